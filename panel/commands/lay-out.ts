/** Plans again for how bins are to be laid out and unsynced clips shown, where that takes a while, and keeps the choice. */
import { followed, planSoon } from '../read.ts';
import type { Command } from './command.ts';
import { keepBins } from './keep-bins.ts';

export const layOut: Command = {
  id: 'lay-out',
  label: 'Lay bins out',
  doing: 'Planning',
  when: (state) => (state.work ? 'Something is being done' : keepBins.when(state)),
  run: async (bench, signal) => {
    const { store } = bench;
    const plan = await planSoon(bench, store.get(), signal);
    const follows = followed(store.get(), plan);
    store.change((state) => void Object.assign(state, follows));
    await keepBins.run(bench, signal);
  },
};
