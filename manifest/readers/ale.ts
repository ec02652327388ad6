/**
 * Avid log exchange files as log sheets: a row for each clip with its names, timecode and notes. Columns that Baton has no
 * use for are carried along. For the clips as a cut, laid end to end, see ale/cut.ts.
 */
import type { Issue } from '../documents/issue.ts';
import type { LogRow, LogSheet } from '../documents/log.ts';
import { logRow } from './ale/row.ts';
import { columnAt, readTable, type AleTable } from './ale/table.ts';
import type { ReadOptions, Reader } from './reader.ts';

export const ale: Reader<LogSheet> = {
  id: 'ale',
  label: 'Avid log exchange (ALE)',
  suffixes: ['ale'],
  reads: 'log-sheet',
  looksLike: (text) => /^\ufeff?\s*(?:heading|column)[ \t]*[\r\n]/i.test(text.slice(0, 400)),
  read,
};

function read(text: string, { name }: ReadOptions): { value: LogSheet; issues: Issue[] } {
  const { table, issues } = readTable(text, name);
  const sheet: LogSheet = { path: name, reader: ale.id, rows: [] };
  const headings = uniqueHeadings(table);
  const fps = table.heading.get('FPS');
  for (const { row, cells } of table.rows) {
    const entry = logRow(table, headings, row, cells);
    // The file's own rate: without it a row's timecode could not be counted.
    if (fps && columnAt(table, 'FPS') < 0) entry.other = { ...entry.other, FPS: fps };
    const problem = rowProblem(entry, name);
    if (problem) issues.push(problem);
    sheet.rows.push(entry);
  }
  return { value: sheet, issues };
}

/** A second column of the same name would take the first one's place among those carried along. */
function uniqueHeadings(table: AleTable): string[] {
  const seen = new Map<string, number>();
  return table.columns.map((column, at) => {
    const heading = column === '' ? `column ${at + 1}` : column;
    const nth = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, nth);
    return nth === 1 ? heading : `${heading} (${nth})`;
  });
}

/** A row that names neither a take nor a file says nothing about any clip. */
function rowProblem(entry: LogRow, name: string): Issue | null {
  if (entry.file || entry.take || entry.scene || entry.setup) return null;
  const at = `${name} row ${entry.row}`;
  const message = `${at} names neither scene and take nor a file, so no clip can be found for it.`;
  return { code: 'log-row-empty', severity: 'warning', at, clips: [], message, fix: 'fill in Name' };
}
