/** A table of cells → a log sheet: finds the headings, settles what each column means, reads every filled row below. */
import Papa from 'papaparse';
import type { Issue } from '../documents/issue.ts';
import type { LogMeaning, LogRow, LogSheet, SheetColumn } from '../documents/log.ts';
import type { Reader, ReadOptions } from '../readers/reader.ts';
import { SceneCarrier } from './carry.ts';
import { plainHeading, proposeColumns } from './columns.ts';
import { findHeader, HEADER_WITHIN, headerAgain, isBlank, SAMPLE_ROWS, type Header } from './header.ts';
import { readRow, rowProblem, type LogPlace } from './row.ts';

/** One cell of more than this is not a log sheet's. */
const LONGEST_CELL = 64 * 1024;
/** A row of more cells than this has lost its line ends. */
const MOST_COLUMNS = 1024;

/** A sheet of more lines than this is none; what follows is left out, and said. */
const MOST_ROWS = 500_000;
/** Of one fault so many are told one by one; the rest are counted. */
const MOST_ALIKE = 100;

/** How a kind of sheet differs from the next. */
export interface SheetStyle {
  id: string;
  label: string;
  /** Whether a table, of which the top may be all there is, is of this kind. */
  suits(rows: string[][]): boolean;
  /** Headings that mean something else here, by their plain form. */
  own?: ReadonlyMap<string, LogMeaning | null>;
  /** A last look at each row and its cells by heading, given the lines above the headings once. */
  finish?(above: string[][]): (row: LogRow, cells: ReadonlyMap<string, string>) => LogRow;
}

/** A reader of log sheets, which takes a table from a workbook as well as text. */
export interface LogReader extends Reader<LogSheet> {
  suits(rows: string[][]): boolean;
  readTable(rows: string[][], options: ReadOptions): { value: LogSheet; issues: Issue[] };
}

export function isLogReader(reader: Reader<unknown>): reader is LogReader {
  return 'readTable' in reader;
}

const TEXT_SUFFIXES = ['csv', 'tsv', 'tab', 'txt'];

export function sheetReader(style: SheetStyle): LogReader {
  return {
    id: style.id,
    label: style.label,
    suffixes: TEXT_SUFFIXES,
    reads: 'log-sheet',
    suits: (rows) =>
      style.suits(rows.slice(0, HEADER_WITHIN + SAMPLE_ROWS).map((cells) => cells.slice(0, MOST_COLUMNS))),
    looksLike: (text) => style.suits(tableOf(text.slice(0, 16 * 1024)).rows),
    read(text, options) {
      const { rows, errors, more } = tableOf(text);
      const read = readTable(rows, style, options);
      const quotes = errors.map((error) => quoteIssue(error, options.name));
      const shortened = more ? [tooLong(options.name)] : [];
      return { ...read, issues: [...shortened, ...enough(quotes, options.name), ...read.issues] };
    },
    readTable: (rows, options) => readTable(rows, style, options),
  };
}

/** Cells of comma, semicolon, tab or bar separated text; lines end in CRLF, LF or a bare CR. */
export function tableOf(text: string): { rows: string[][]; errors: Papa.ParseError[]; more: boolean } {
  // Excel names the separator in a first line of its own, which it does not count as one.
  const named = /^\uFEFF?sep=(.)(?:\r\n|\r|\n)/.exec(text);
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter: named?.[1] ?? '',
    newline: lineEnd(text),
    delimitersToGuess: [',', ';', '\t', '|'],
    skipEmptyLines: false,
    preview: MOST_ROWS,
  });
  // A quote that does not close swallows the rest of the sheet into one cell: that is a fault to be said, not a row.
  const errors = parsed.errors.filter((error) => error.type === 'Quotes');
  return { rows: parsed.data, errors, more: parsed.data.length >= MOST_ROWS };
}

/** The line end there is most of: a bare CR inside a quoted cell does not make a sheet one of bare CRs. */
function lineEnd(text: string): '\r\n' | '\n' | '\r' {
  const head = text.slice(0, 256 * 1024);
  const crlf = head.split('\r\n').length - 1;
  const lf = head.split('\n').length - 1 - crlf;
  const cr = head.split('\r').length - 1 - crlf;
  if (crlf > 0 && crlf >= lf) return '\r\n';
  return lf > 0 || cr === 0 ? '\n' : '\r';
}

export function readTable(
  rows: string[][],
  style: SheetStyle,
  options: ReadOptions,
): { value: LogSheet; issues: Issue[] } {
  const { name } = options;
  const value: LogSheet = { path: name, reader: style.id, rows: [] };
  // A line without end is not searched for headings.
  const top = rows.slice(0, HEADER_WITHIN + SAMPLE_ROWS).map((cells) => cells.slice(0, MOST_COLUMNS));
  const header = findHeader(top) ?? byChoice(top, options) ?? byPosition(top, options);
  if (!header) return { value, issues: [noHeader(name, rows)] };
  const wide = header.headings.slice(0, MOST_COLUMNS);
  const columns = proposeColumns(wide, rows.slice(header.row + 1, header.row + 1 + SAMPLE_ROWS), {
    ...(options.columns ? { chosen: options.columns } : {}),
    ...(style.own ? { own: style.own } : {}),
  });
  value.columns = columns;
  value.headerRow = header.row + 1;
  const places = placesOf(wide, columns);
  const combined = !columns.some((column) => column.meaning === 'take');
  const finish = style.finish?.(rows.slice(0, Math.max(header.row, 0)));
  const again = headerAgain(header);
  const carrier = new SceneCarrier();
  const issues: Issue[] = [];
  for (let at = header.row + 1; at < rows.length; at++) {
    const texts = rows[at]!;
    if (isBlank(texts)) {
      carrier.blank();
      continue;
    }
    const row = at + 1;
    cellIssues(texts, wide.length, row, name, issues);
    const read: LogRow = again(texts)
      ? { row, about: 'nothing', notes: [] }
      : readRow({ row, combined, columns: places, texts: cut(texts) });
    const finished = finish
      ? finish(read, new Map(places.map(({ heading }, nth) => [heading, texts[nth] ?? ''])))
      : read;
    const entry = carrier.carry(finished);
    const problem = rowProblem(entry, name);
    if (problem) issues.push(problem);
    value.rows.push(entry);
  }
  return { value, issues: [...enough(issues, name), ...carrier.issues(name)] };
}

/** A hundred of one fault are enough to find it by; a manifest keeps them. */
function enough(issues: Issue[], name: string): Issue[] {
  const counts = new Map<string, number>();
  const kept = issues.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_ALIKE;
  });
  for (const [code, count] of counts) {
    if (count <= MOST_ALIKE) continue;
    const like = kept.find((issue) => issue.code === code)!;
    const message = `${name}: ${count - MOST_ALIKE} more rows like ${like.at}.`;
    kept.push({ ...like, at: name, message });
  }
  return kept;
}

function tooLong(name: string): Issue {
  const message = `${name} has more than ${MOST_ROWS} lines, which no log sheet has; the rest was not read.`;
  return { code: 'log-too-long', severity: 'error', at: name, clips: [], message, fix: 'split it' };
}

/** Cells no longer and no more than a log sheet's. */
function cut(texts: string[]): string[] {
  const fits = texts.length <= MOST_COLUMNS && texts.every((text) => text.length <= LONGEST_CELL);
  return fits ? texts : texts.slice(0, MOST_COLUMNS).map((text) => text.slice(0, LONGEST_CELL));
}

/** Headings by which no two columns are carried along under one name. */
function placesOf(headings: string[], columns: SheetColumn[]): LogPlace[] {
  const seen = new Map<string, number>();
  return headings.map((text, at) => {
    const heading = text.trim() || `column ${at + 1}`;
    const nth = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, nth);
    return { meaning: columns[at]!.meaning, heading: nth === 1 ? heading : `${heading} (${nth})` };
  });
}

/** Headings that Baton does not know are found by a person's word for them. */
function byChoice(rows: string[][], { columns = [] }: ReadOptions): Header | null {
  const chosen = new Set(columns.map(({ heading }) => plainHeading(heading)));
  const counts = rows
    .slice(0, HEADER_WITHIN)
    .map((cells) => cells.filter((cell) => cell.trim() !== '' && chosen.has(plainHeading(cell))).length);
  const most = Math.max(0, ...counts);
  const row = counts.indexOf(most);
  return most === 0 ? null : { row, headings: rows[row]!, lines: [rows[row]!] };
}

/** A person who names columns by their place, "column 1", says that the sheet has no headings. */
function byPosition(rows: string[][], { columns }: ReadOptions): Header | null {
  if (!columns?.some(({ heading }) => /^column \d+$/i.test(heading))) return null;
  const width = Math.max(0, ...rows.slice(0, SAMPLE_ROWS).map((row) => row.length));
  return { row: -1, headings: Array.from({ length: width }, (_, at) => `column ${at + 1}`), lines: [] };
}

function cellIssues(cells: string[], width: number, row: number, name: string, into: Issue[]): void {
  if (cells.length <= width && cells.every((cell) => cell.length <= LONGEST_CELL)) return;
  const at = `${name} row ${row}`;
  const surplus = cells.length <= width ? 0 : cells.slice(width).filter((cell) => cell.trim() !== '').length;
  if (surplus > 0) {
    const lost = cells.length > MOST_COLUMNS ? `; those past column ${MOST_COLUMNS} are left out` : '';
    const message = `${at} has ${surplus} more filled cells than the header has columns; they are kept as column ${width + 1} and up${lost}.`;
    const fix = 'a cell that holds a separator must stand in quotes';
    into.push({ code: 'log-row-too-long', severity: 'warning', at, clips: [], message, fix });
  }
  if (cells.some((cell) => cell.length > LONGEST_CELL)) {
    const message = `${at} holds a cell of more than ${LONGEST_CELL} characters; it is cut there.`;
    into.push({ code: 'log-cell-too-long', severity: 'warning', at, clips: [], message });
  }
}

function quoteIssue(error: Papa.ParseError, name: string): Issue {
  const at = `${name} row ${(error.row ?? 0) + 1}`;
  const message = `${at}: a quotation mark opens a cell and does not close it (${error.message.toLowerCase()}).`;
  const fix = 'write "" for a quotation mark inside a cell';
  return { code: 'log-quote', severity: 'warning', at, clips: [], message, fix };
}

function noHeader(name: string, rows: string[][]): Issue {
  const first = rows.find((row) => !isBlank(row));
  const seen = first ? `its first row reads ${first.slice(0, 6).join(' | ').slice(0, 120)}` : 'it is empty';
  const filled = rows.filter((row) => !isBlank(row)).length;
  const message = `${name} has no header row that names scene and take, or a file (${seen}); its ${filled} filled rows were not read.`;
  const fix =
    'put a first row such as: Scene,Take,Camera,File,Sound,Circled,Notes, or say which column is which with --map "column 1=scene"';
  return { code: 'log-no-header', severity: 'error', at: name, clips: [], message, fix };
}
