/** Writes the sequence as the chosen formats through the desk, which records the files and their hashes in the manifest. */
import { exportWitness } from '../../bridge/witness.ts';
import { proposedName } from '../cut-record.ts';
import { readAll } from '../read.ts';
import type { Command } from './command.ts';

export const exportCut: Command = {
  id: 'export-cut',
  label: 'Export cut',
  doing: 'Writing the cut',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.opened?.handoff) return 'Open a handoff first';
    if (!state.writable) return 'The handoff cannot be written here';
    if (!state.cutList) return 'No sequence is open';
    return state.cut.formats.length === 0 ? 'Choose a format' : null;
  },
  run: async (bench) => {
    const { store, desk, editor } = bench;
    const { path, cut, cutList, sequence } = store.get();
    const history = store.get().opened!.handoff!.history;
    const name = cut.name.trim() || proposedName(cutList!.value.name, history);
    const written = await desk.writeCut(path!, {
      cutList: cutList!.value,
      formats: cut.formats,
      name,
      lock: cut.lock,
      losses: cutList!.losses,
      options: cut.options,
    });
    const own =
      editor && sequence
        ? await exportWitness(editor, desk, { manifest: path!, sequence, cut: cutList!.value, written })
        : null;
    if (own && 'path' in own) written.files.push(own);
    if (own) written.own = own;
    store.change((state) => {
      state.written = written;
      // Each lock is a decision of its own: the next export is none unless that is said again.
      state.cut.lock = false;
      state.said = `${written.files.length} ${written.files.length === 1 ? 'file' : 'files'} written`;
    });
    await readAll(bench);
  },
};
