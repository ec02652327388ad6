/** Makes the change a person asked for in the manifest, against what it holds by then, or in how it is brought in, and keeps what takes it back. */
import { readManifest } from '../read.ts';
import type { Change, PanelState } from '../state.ts';
import type { Bench, Command } from './command.ts';
import { layOut } from './lay-out.ts';

/** Changes that can be taken back, at most. */
const MOST = 200;

export const edit: Command = {
  id: 'edit',
  label: 'Change the handoff',
  doing: 'Writing the handoff',
  when: whyNot,
  run: (bench) =>
    change(bench, bench.store.get().toEdit, (state, taken) => {
      state.undo = [...state.undo, taken].slice(-MOST);
      state.redo = [];
      state.said = `${taken.label}. Undo takes it back`;
    }),
};

export function whyNot(state: PanelState): string | null {
  if (state.work) return 'Something is being done';
  if (!state.opened?.handoff) return 'Open a handoff first';
  return state.writable ? null : 'The handoff cannot be written here';
}

/** Writes a change, reads the manifest again, and hands on what takes it back. */
export async function change(
  bench: Bench,
  asked: Change | null,
  then: (state: PanelState, taken: Change) => void,
): Promise<void> {
  const { store, desk } = bench;
  const { path } = store.get();
  if (!asked || path === null) return;
  const { chosen } = asked;
  if (chosen) {
    const { bins, flags } = store.get();
    store.change((state) => {
      Object.assign(state, chosen);
      then(state, { label: asked.label, edits: [], chosen: { bins, flags } });
    });
    return layOut.run(bench, new AbortController().signal);
  }
  const { undo } = await desk.edit(path, asked.edits);
  store.change((state) => {
    state.toEdit = null;
    then(state, { label: asked.label, edits: undo });
  });
  await readManifest(bench);
}
