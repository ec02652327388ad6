/** Reads two cuts, from their recorded files or from the open sequence, and says what changed from one to the other. */
import { HostError } from '../../bridge/call.ts';
import { SEQUENCE_SILENT, type Comparable } from '../../manifest/changes.ts';
import { cutRecords, tellingFile } from '../cut-record.ts';
import { counted } from '../words.ts';
import type { Bench, Command } from './command.ts';

export const compareCuts: Command = {
  id: 'compare-cuts',
  label: 'Compare',
  doing: 'Comparing the cuts',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.opened?.handoff) return 'Open a handoff first';
    const { before, after } = state.toCompare;
    if (before === after) return 'Choose two different cuts';
    return before === '' || after === '' ? 'Choose two cuts' : null;
  },
  run: async (bench) => {
    const { toCompare } = bench.store.get();
    const before = await cutOf(bench, toCompare.before);
    const after = await cutOf(bench, toCompare.after);
    const shown = await bench.heavy.ask(null, { ask: 'compare', before, after });
    bench.store.change((state) => {
      state.compared = { ...toCompare, shown };
      state.changed = null;
      state.said = shown.rows.length === 0 ? 'The cuts are the same' : counted(shown.rows.length, 'change');
    });
  },
};

async function cutOf({ store, desk }: Bench, which: string): Promise<Comparable> {
  const { path, opened, cutList } = store.get();
  if (which === 'active') {
    if (!cutList) throw new HostError('not-open', 'compare-cuts', 'No sequence is open.');
    return { cut: cutList.value, format: 'sequence', silent: SEQUENCE_SILENT };
  }
  const record = cutRecords(opened!.handoff!.history).find(({ at }) => at === which);
  const file = record && tellingFile(record);
  if (!file)
    throw new HostError(
      'refused',
      'compare-cuts',
      `${record?.name ?? 'That cut'} was written in no format that can be read back (EDL, FCPXML, FCP7 XML, OTIO).`,
    );
  if (!desk.readCut) throw new HostError('unknown-method', 'compare-cuts', 'Cuts cannot be read from here.');
  return desk.readCut(path!, file.path);
}
