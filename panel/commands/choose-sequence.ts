/** Reads the sequence that was chosen in Cut, for its tracks and events. */
import { cutOf } from '../follow.ts';
import type { Command } from './command.ts';

export const chooseSequence: Command = {
  id: 'choose-sequence',
  label: 'Choose sequence',
  doing: 'Reading the sequence',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.editor ? null : 'No editor project is open';
  },
  run: async (bench) => {
    const { store, editor } = bench;
    const sequence = await editor!.sequence(store.get().cut.sequence ?? undefined);
    const cutList = await cutOf(bench, store.get(), sequence);
    store.put({ sequence, cutList, written: null });
  },
};
