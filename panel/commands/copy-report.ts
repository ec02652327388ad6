/** Puts a report for a fault on the clipboard: versions, counts and messages, with every path and file name taken out. */
import { report } from '../report.ts';
import type { Command } from './command.ts';

export const copyReport: Command = {
  id: 'copy-report',
  label: 'Copy report',
  when: () => null,
  run: async ({ store, copy }) => {
    await copy(report(store.get()));
    store.change((state) => {
      state.said = 'The report is on the clipboard; it names no file and no person';
    });
  },
};
