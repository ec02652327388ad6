/** Gives the files of the last rename their old names back, or of one that was cut short. */
import type { Command } from './command.ts';
import { whyNot } from './propose-names.ts';
import { through } from './rename-files.ts';

export const undoRename: Command = {
  id: 'undo-rename',
  label: 'Give the old names back',
  doing: 'Giving old names back',
  when: (state) => {
    if (whyNot(state) !== null) return whyNot(state);
    if (!state.names?.names.last) return 'No file was renamed';
    return state.writable ? null : 'The handoff cannot be written here';
  },
  run: (bench, signal) => through(bench, signal, (path) => bench.naming!.undoRename(path)),
};
