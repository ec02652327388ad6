/** Reads the sequence that was chosen in Cut, for its tracks and events. */
import { followed } from '../read.ts';
import type { Command } from './command.ts';

export const chooseSequence: Command = {
  id: 'choose-sequence',
  label: 'Choose sequence',
  doing: 'Reading the sequence',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.editor ? null : 'No editor project is open';
  },
  run: async ({ store, editor }) => {
    const sequence = await editor!.sequence(store.get().cut.sequence ?? undefined);
    const before = store.get();
    const { cutList } = followed({ ...before, sequence }, before.plan);
    store.change((state) => void Object.assign(state, { sequence, cutList, written: null }));
  },
};
