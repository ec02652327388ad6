/** Tries again to reach an editor that could not be reached when the panel opened, then reads it. */
import { readAll } from '../read.ts';
import type { Command } from './command.ts';

export const connectEditor: Command = {
  id: 'connect-editor',
  label: 'Try again',
  doing: 'Connecting to the editor',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.unreached === '' ? 'The editor was reached' : null;
  },
  run: async (bench, signal) => {
    const editor = (await bench.connectEditor?.()) ?? null;
    bench.editor = editor;
    bench.store.change((state) => {
      state.unreached = '';
    });
    await readAll(bench, signal);
  },
};
