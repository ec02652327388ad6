/** The three parts of an ALE: its heading, its columns, its rows, whatever blank lines and line ends lie between. */
import type { Issue } from '../../documents/issue.ts';

export interface AleTable {
  /** `FPS` → `23.976`, by name in capitals. */
  heading: Map<string, string>;
  columns: string[];
  /** Where each column stands, by its name in small letters; the first of two that share one. */
  places: Map<string, number>;
  /** Cells by column; `row` counts from the line of columns, which is 1. */
  rows: { row: number; cells: string[] }[];
}

/** One cell of more than this is not a log's. */
const LONGEST_CELL = 64 * 1024;

/** Never throws. Without columns or rows the table is empty, and an issue says why. */
export function readTable(text: string, name: string): { table: AleTable; issues: Issue[] } {
  const table: AleTable = { heading: new Map(), columns: [], places: new Map(), rows: [] };
  const issues: Issue[] = [];
  let part: 'heading' | 'columns' | 'rows' = 'heading';
  let row = 1;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    const word = line.trim().toLowerCase();
    if (part === 'heading' && word === 'heading') continue;
    else if (part === 'heading' && word === 'column') part = 'columns';
    else if (part !== 'rows' && word === 'data') part = 'rows';
    else if (part === 'heading') readHeading(line, table);
    else if (part === 'columns') {
      // Trailing tabs would be an empty heading or two.
      if (table.columns.length === 0)
        table.columns = line
          .trimEnd()
          .split('\t')
          .map((cell) => cell.trim());
    } else {
      row++;
      const cells = line.split('\t');
      issues.push(...cellIssues(cells, table.columns, row, name));
      table.rows.push({ row, cells: cells.map((cell) => cell.slice(0, LONGEST_CELL)) });
    }
  }
  table.columns.forEach((column, at) => {
    const key = column.toLowerCase();
    if (!table.places.has(key)) table.places.set(key, at);
  });
  const missing =
    table.columns.length === 0
      ? 'a Column part that names its columns'
      : part === 'rows'
        ? null
        : 'a Data part';
  if (missing) {
    const message = `${name} has no ${missing.replace(/^an? /, '')}, as an ALE has; its ${table.rows.length} rows were not read.`;
    const fix = 'the file is cut short or of another kind; export it again';
    issues.push({ code: 'ale-parts', severity: 'error', at: name, clips: [], message, fix });
    table.rows = [];
  }
  const parted = table.heading.get('FIELD_DELIM');
  if (parted !== undefined && !/^tabs?$/i.test(parted)) {
    const message = `${name} says that "${parted.slice(0, 40)}" parts its cells; it is read as parted by tabs, which is all an ALE has.`;
    issues.push({ code: 'ale-delimiter', severity: 'warning', at: name, clips: [], message });
  }
  return { table, issues };
}

/** A name and its value; some programs put all the pairs into one line, and some a space for the tab. */
function readHeading(line: string, table: AleTable): void {
  const spaced = line.includes('\t') ? null : /^(\S+)\s+(.+)$/.exec(line.trim());
  const cells = spaced ? [spaced[1]!, spaced[2]!] : line.split('\t');
  for (let at = 0; at < cells.length; at += 2) {
    const key = cells[at]!.trim().toUpperCase();
    if (key !== '' && !table.heading.has(key)) table.heading.set(key, (cells[at + 1] ?? '').trim());
  }
}

function cellIssues(cells: string[], columns: string[], row: number, name: string): Issue[] {
  const at = `${name} row ${row}`;
  const issues: Issue[] = [];
  const surplus = cells.slice(columns.length).filter((cell) => cell.trim() !== '').length;
  if (surplus > 0 && columns.length > 0) {
    const message = `${at} has ${surplus} more filled cells than there are columns; they are kept as column ${columns.length + 1} and up.`;
    issues.push({ code: 'log-row-too-long', severity: 'warning', at, clips: [], message });
  }
  if (cells.some((cell) => cell.length > LONGEST_CELL)) {
    const message = `${at} holds a cell of more than ${LONGEST_CELL} characters; it is cut there.`;
    issues.push({ code: 'log-cell-too-long', severity: 'warning', at, clips: [], message });
  }
  return issues;
}

/** The text of a row under the first of these headings that has any. */
export function cellOf(table: AleTable, cells: string[], ...headings: string[]): string {
  for (const heading of headings) {
    const at = columnAt(table, heading);
    const text = at < 0 ? '' : (cells[at] ?? '').trim();
    if (text !== '') return text;
  }
  return '';
}

/** Where a column stands; headings differ in capitals from program to program. −1 where there is none. */
export function columnAt(table: AleTable, heading: string): number {
  return table.places.get(heading.toLowerCase()) ?? -1;
}
