/** Reads the manifest, the project and the sequence again. Writes nothing. */
import { readAll } from '../read.ts';
import type { Command } from './command.ts';

export const refresh: Command = {
  id: 'refresh',
  label: 'Refresh',
  doing: 'Reading',
  when: (state) => (state.work ? 'Something is being done' : null),
  run: async (bench, signal) => {
    await readAll(bench, signal);
    bench.store.change((state) => {
      state.said = state.lastRead ? `Read at ${state.lastRead}` : 'The handoff was read';
    });
  },
};
