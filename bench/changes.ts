/**
 * Two cuts compared: 10,000 and 40,000 events on 8 tracks whose events moved, changed places or were trimmed. Milliseconds of the processor, beside
 * the same two cuts taken through JSON, which looks at every value once. Run: npm run -s bench bench/changes.ts
 */
import { changes } from '../manifest/changes.ts';
import type { CutEvent, CutList } from '../manifest/documents/cutlist.ts';
import { bigCut } from './interchange/cut.ts';
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

const [small, large] = [bigCut(10_000), bigCut(40_000)];
const rows = EDITS.map(([what, edit]) => {
  const [few, many] = [recut(small, edit), recut(large, edit)];
  const spent = cpuRivals(
    {
      few: () => changes(small, few),
      many: () => changes(large, many),
      limit: () => JSON.parse(JSON.stringify([small, few])) as unknown,
    },
    5,
  );
  return [
    what,
    spent['few']!,
    spent['limit']!,
    spent['many']!,
    `${(spent['many']! / spent['few']!).toFixed(1)}x`,
  ];
});
table(
  'Changes between two cuts, ms of the processor',
  ['', '10,000 events', 'limit: JSON', '40,000 events', 'four times as many'],
  rows,
);
