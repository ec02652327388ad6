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
    store.change((state) => {
      const about = state.toName;
      state.names = { names, about, chosen: chosenAtFirst(names, about), force: false };
      state.toName = null;
      state.filter.handoff = '';
      state.said = `${counted(names.renames.length, 'clip')} would get another name`;
    });
  },
};

export function whyNot(state: PanelState): string | null {
  if (state.work) return 'Something is being done';
  if (!state.canRename) return 'Here files are renamed with baton rename';
  return state.opened?.handoff ? null : 'Open a handoff first';
}

/** All that are shown: whoever wants fewer leaves some out. */
export function chosenAtFirst({ renames }: ProposedNames, about: readonly string[] | null): string[] {
  return renames.flatMap(({ clip, from }) => (about && !about.includes(from) ? [] : [clip]));
}

/** What is proposed by now, with nothing chosen: that was just done. */
export async function proposeAgain(store: Store, naming: RenamingDesk): Promise<void> {
  const names = await naming.proposeNames(store.get().path!);
  store.change((state) => {
    state.names = { names, about: state.names?.about ?? null, chosen: [], force: false };
  });
}
