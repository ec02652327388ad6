/** A row of a log sheet from its cells, for the tests of what cells say. */
import type { LogMeaning } from '../../manifest/documents/log.ts';
import { readRow } from '../../manifest/log/row.ts';

export type Cell = readonly [LogMeaning | null, string, string?];

export const rowOf = (cells: Cell[], combined = false) =>
  readRow({
    row: 2,
    combined,
    columns: cells.map(([meaning, , heading]) => ({ meaning, heading: heading ?? meaning ?? '' })),
    texts: cells.map(([, text]) => text),
  });
export const row = (cells: Partial<Record<LogMeaning, string>>, combined = false) =>
  rowOf(Object.entries(cells) as [LogMeaning, string][], combined);
