/** Takes the newest change to the manifest back. */
import { change, whyNot } from './edit.ts';
import type { Command } from './command.ts';

export const undo: Command = {
  id: 'undo',
  label: 'Undo',
  doing: 'Writing the handoff',
  when: (state) => whyNot(state) ?? (state.undo.length === 0 ? 'There is nothing to undo' : null),
  run: (bench) => {
    const changes = bench.store.get().undo;
    return change(bench, changes[changes.length - 1]!, (state, taken) => {
      state.undo = state.undo.slice(0, -1);
      state.redo = [...state.redo, taken];
      state.said = `Taken back: ${taken.label}`;
    });
  },
};
