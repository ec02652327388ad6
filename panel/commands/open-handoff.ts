/** Asks the person for another manifest, in the system's own dialog, and reads it. */
import { initialState } from '../state.ts';
import { readAll } from '../read.ts';
import type { Command } from './command.ts';

export const openHandoff: Command = {
  id: 'open-handoff',
  label: 'Open handoff…',
  doing: 'Opening',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.canOpen ? null : 'Start baton serve with the manifest to open';
  },
  run: async (bench) => {
    const path = await bench.choose?.();
    if (path === null || path === undefined) return;
    bench.store.change((state) => {
      // Nothing of the other handoff is left but what is being done now.
      Object.assign(state, initialState(path), { canOpen: state.canOpen, work: state.work });
    });
    await readAll(bench);
    bench.store.change((state) => {
      state.said = state.opened?.handoff ? 'The handoff was read' : 'The handoff could not be read';
    });
  },
};
