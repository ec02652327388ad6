/** Asks what the files should be called, and shows it, for all or for those an issue speaks of. Renames nothing. */
import type { ProposedNames, RenamingDesk } from '../../bridge/desk.ts';
import type { PanelState, Store } from '../state.ts';
import { counted } from '../words.ts';
import type { Command } from './command.ts';

export const proposeNames: Command = {
  id: 'propose-names',
  label: 'File names…',
  doing: 'Looking at the files',
  when: whyNot,
  run: async ({ store, naming }) => {
    const { path } = store.get();
    const names = await naming!.proposeNames(path!);
    const about = store.get().toName;
    const shown = { names, about, chosen: chosenAtFirst(names, about), force: false };
    store.change((state) => {
      state.filter.handoff = '';
    });
    // By itself: beside a change of what lies deeper, every name would be searched for more such changes.
    store.change((state) => {
      state.names = shown;
      state.toName = null;
      state.said = `${counted(shown.chosen.length, 'clip')} would get another name`;
    });
  },
};

export function whyNot(state: PanelState): string | null {
  if (state.work) return 'Something is being done';
  if (!state.canRename) return 'Here files are renamed with baton rename';
  return state.opened?.handoff ? null : 'Open a handoff first';
}

/** All that are shown: whoever wants fewer leaves some out. */
function chosenAtFirst({ renames }: ProposedNames, about: readonly string[] | null): string[] {
  const told = about && new Set(about);
  return renames.flatMap(({ clip, from }) => (told && !told.has(from) ? [] : [clip]));
}

/** What is proposed by now, with nothing chosen: that was just done. */
export async function proposeAgain(store: Store, naming: RenamingDesk): Promise<void> {
  const names = await naming.proposeNames(store.get().path!);
  const about = store.get().names?.about ?? null;
  store.change((state) => {
    state.names = { names, about, chosen: [], force: false };
  });
}
