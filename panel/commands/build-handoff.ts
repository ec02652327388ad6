/** Asks the person for a folder of media, and makes its manifest, or brings it up to date. */
import { manifestOf } from '../desk/cep.ts';
import { turnTo } from './open-handoff.ts';
import { scan } from './scan.ts';
import type { Command } from './command.ts';

export const buildHandoff: Command = {
  id: 'build-handoff',
  label: 'Build from a folder…',
  doing: 'Looking through the folder',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.canOpen && state.canScan ? null : 'Make it with baton scan FOLDER';
  },
  run: async (bench, signal) => {
    const folder = await bench.choose?.('folder');
    if (folder === null || folder === undefined) return;
    turnTo(bench, manifestOf(folder));
    await scan.run(bench, signal);
  },
};
