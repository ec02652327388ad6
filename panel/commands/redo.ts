/** Makes the change again that was taken back last. */
import { change, whyNot } from './edit.ts';
import type { Command } from './command.ts';

export const redo: Command = {
  id: 'redo',
  label: 'Redo',
  doing: 'Writing the handoff',
  when: (state) => whyNot(state) ?? (state.redo.length === 0 ? 'There is nothing to redo' : null),
  run: (bench) => {
    const changes = bench.store.get().redo;
    return change(bench, changes[changes.length - 1]!, (state, taken) => {
      state.redo = state.redo.slice(0, -1);
      state.undo = [...state.undo, taken];
      state.said = `Made again: ${taken.label}`;
    });
  },
};
