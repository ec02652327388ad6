/** Log sheets as CSV, TSV or semicolon-separated text, with or without a byte-order mark, in English or German. */
import Papa from 'papaparse';
import type { Issue } from '../documents/issue.ts';
import type { LogRow, LogSheet } from '../documents/log.ts';
import { columnOf, isHeader } from '../log/columns.ts';
import { readRow, rowProblem } from '../log/row.ts';
import type { Reader, ReadOptions } from './reader.ts';

/** Titles and dates may stand above the header row; further down it is not looked for. */
const HEADER_WITHIN = 20;
/** One cell of more than this is not a log sheet's. */
const LONGEST_CELL = 64 * 1024;

function table(text: string): { rows: string[][]; errors: Papa.ParseError[] } {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter: '',
    delimitersToGuess: [',', ';', '\t'],
    skipEmptyLines: false,
  });
  // A quote that does not close swallows the rest of the sheet into one cell: that is a fault to be said, not a row.
  return { rows: parsed.data, errors: parsed.errors.filter((error) => error.type === 'Quotes') };
}

const isBlank = (row: string[]) => row.every((cell) => cell.trim() === '');

function read(text: string, { name }: ReadOptions): { value: LogSheet; issues: Issue[] } {
  const sheet: LogSheet = { path: name, reader: csvLog.id, rows: [] };
  const { rows, errors } = table(text);
  const issues = errors.map((error) => quoteIssue(error, name));
  const header = rows.slice(0, HEADER_WITHIN).findIndex(isHeader);
  if (header < 0) return { value: sheet, issues: [...issues, noHeader(name, rows)] };
  const headings = rows[header]!;
  const columns = headings.map(columnOf);
  rows.slice(header + 1).forEach((cells, index) => {
    if (isBlank(cells)) return;
    const row = header + 2 + index;
    issues.push(...cellIssues(cells, headings, row, name));
    const entry: LogRow = readRow({
      row,
      cells: cells.map((cell, at) => ({
        column: columns[at] ?? null,
        heading: headings[at]?.trim() || `column ${at + 1}`,
        text: cell.slice(0, LONGEST_CELL),
      })),
    });
    const problem = rowProblem(entry, name);
    if (problem) issues.push(problem);
    sheet.rows.push(entry);
  });
  return { value: sheet, issues };
}

function cellIssues(cells: string[], headings: string[], row: number, name: string): Issue[] {
  const at = `${name} row ${row}`;
  const issues: Issue[] = [];
  const surplus = cells.slice(headings.length).filter((cell) => cell.trim() !== '').length;
  if (surplus > 0) {
    const message = `${at} has ${surplus} more filled cells than the header has columns; they are kept as column ${headings.length + 1} and up.`;
    const fix = 'a cell that holds a separator must stand in quotes';
    issues.push({ code: 'log-row-too-long', severity: 'warning', at, clips: [], message, fix });
  }
  if (cells.some((cell) => cell.length > LONGEST_CELL)) {
    const message = `${at} holds a cell of more than ${LONGEST_CELL} characters; it is cut there.`;
    issues.push({ code: 'log-cell-too-long', severity: 'warning', at, clips: [], message });
  }
  return issues;
}

function quoteIssue(error: Papa.ParseError, name: string): Issue {
  const at = `${name} row ${(error.row ?? 0) + 1}`;
  const message = `${at}: a quotation mark opens a cell and does not close it (${error.message.toLowerCase()}).`;
  return {
    code: 'log-quote',
    severity: 'warning',
    at,
    clips: [],
    message,
    fix: 'write "" for a quotation mark inside a cell',
  };
}

function noHeader(name: string, rows: string[][]): Issue {
  const first = rows.find((row) => !isBlank(row));
  const seen = first ? `its first row reads ${first.slice(0, 6).join(' | ').slice(0, 120)}` : 'it is empty';
  const filled = rows.filter((row) => !isBlank(row)).length;
  const message = `${name} has no header row that names scene and take, or a file (${seen}); its ${filled} filled rows were not read.`;
  const fix = 'put a first row such as: Scene,Take,Camera,File,Sound,Circled,Notes';
  return { code: 'log-no-header', severity: 'error', at: name, clips: [], message, fix };
}

export const csvLog: Reader<LogSheet> = {
  id: 'csv-log',
  label: 'Log sheet (CSV, TSV)',
  suffixes: ['csv', 'tsv', 'tab', 'txt'],
  reads: 'log-sheet',
  looksLike: (text) =>
    table(text.slice(0, 16 * 1024))
      .rows.slice(0, HEADER_WITHIN)
      .some(isHeader),
  read,
};
