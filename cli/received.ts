/** What came against what was expected, as a short table for people. */
import type { Expectation, ReceivedCounts } from '../manifest/received.ts';

const SOURCES: [Expectation['by'], string][] = [
  ['log', 'log sheets'],
  ['mhl', 'hash lists'],
  ['manifest', 'the manifest'],
];
const COLUMNS = ['present', 'missing', 'substituted', 'duplicate'] as const;

/** One line for each source that expects anything, and one for all. */
export function receivedTable(counts: ReceivedCounts): string {
  const rows = SOURCES.flatMap(([by, label]) => {
    const cells = COLUMNS.map((column) => counts.expectedBy[by][column]);
    return cells.some((cell) => cell > 0) ? [[label, ...cells.map(String)]] : [];
  });
  const { present, missing, extra, duplicate, substituted } = counts;
  const all = `received: ${present} present, ${missing} missing, ${substituted} substituted, ${extra} extra, ${duplicate} duplicate`;
  if (rows.length === 0) return all;
  const head = ['expected by', ...COLUMNS];
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  return [line(head), ...rows.map(line), all].join('\n');
}
