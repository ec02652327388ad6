/**
 * Two cuts compared: 10,000 and 40,000 events on 8 tracks whose events moved, changed places or were trimmed. Milliseconds of the processor, beside
 * the same two cuts taken through JSON, which looks at every value once; and the same cut compared from two formats. Run: npm run -s bench bench/changes.ts
 */
import { changes, compareCuts } from '../manifest/changes.ts';
import type { CutEvent, CutList } from '../manifest/documents/cutlist.ts';
import { READERS } from '../manifest/readers/index.ts';
import { bigCut } from './interchange/cut.ts';
import { readWhole, textsOf } from './interchange/work.ts';
import { cpuRivals, table } from './table.ts';

/** The cut with other events on every track. */
function recut(cut: CutList, edit: (events: CutEvent[]) => CutEvent[]): CutList {
  return { ...cut, tracks: cut.tracks.map((track) => ({ ...track, events: edit(track.events) })) };
}

const later = (event: CutEvent, frames: number): CutEvent => ({
  ...event,
  recordIn: event.recordIn + frames,
  recordOut: event.recordOut + frames,
});

/** One after the other from the first one's place, by the order given. */
function inRow(events: CutEvent[]): CutEvent[] {
  let at = 0;
  return events.map((event) => {
    const moved = later(event, at - event.recordIn);
    at = moved.recordOut;
    return moved;
  });
}

const EDITS: [what: string, edit: (events: CutEvent[]) => CutEvent[]][] = [
  ['the same', (events) => events],
  ['a gap before each', (events) => events.map((event, nth) => later(event, nth))],
  ['every tenth taken out', (events) => inRow(events.filter((_, nth) => nth % 10 !== 9))],
  [
    'in another order',
    (events) =>
      inRow(events.toSorted((a, b) => ((a.recordIn * 7919) % 50_021) - ((b.recordIn * 7919) % 50_021))),
  ],
];

/** The cut as it comes back from this format, with what the format does not say. */
function from(format: string, cut: CutList) {
  const [read] = readWhole(format, textsOf(format, cut)) as [CutList];
  return { cut: read, format, silent: READERS.find(({ id }) => id === format)!.silent };
}

const [small, large] = [bigCut(10_000), bigCut(40_000)];
/** By what is done: small, the limit, large, and how much longer large takes. */
function row(what: string, few: () => unknown, many: () => unknown, cuts: unknown): (string | number)[] {
  const spent = cpuRivals({ few, many, limit: () => JSON.parse(JSON.stringify(cuts)) as unknown }, 5);
  const times = `${(spent['many']! / spent['few']!).toFixed(1)}x`;
  return [what, spent['few']!, spent['limit']!, spent['many']!, times];
}

const edited = EDITS.map(([what, edit]) => {
  const [few, many] = [recut(small, edit), recut(large, edit)];
  return row(
    what,
    () => changes(small, few),
    () => changes(large, many),
    [small, few],
  );
});
const sides = (cut: CutList) => [from('fcpxml', cut), from('xmeml', cut)] as const;
const [few, many] = [sides(small), sides(large)];
table(
  'Changes between two cuts, ms of the processor',
  ['', '10,000 events', 'limit: JSON', '40,000 events', 'four times as many'],
  [
    ...edited,
    row(
      'FCPXML and xmeml of the same',
      () => compareCuts(...few),
      () => compareCuts(...many),
      few,
    ),
  ],
);
