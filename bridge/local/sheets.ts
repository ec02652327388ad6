/** A log sheet's bytes → log sheets: text in whatever encoding, or every sheet of a workbook, each through the reader it looks like. */
import type { Issue } from '../../manifest/documents/issue.ts';
import type { ColumnChoice, LogSheet } from '../../manifest/documents/log.ts';
import { suffix } from '../../manifest/documents/paths.ts';
import { OWN_COLUMN } from '../../manifest/exports/sheet/csv.ts';
import { HEADER_WITHIN } from '../../manifest/log/header.ts';
import { isLogReader, tableOf } from '../../manifest/log/sheet.ts';
import { csvLog } from '../../manifest/readers/csv-log.ts';
import { READERS } from '../../manifest/readers/index.ts';
import type { Reader } from '../../manifest/readers/reader.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { decodeText, type Decoded } from './encoding.ts';
import { isZip, readWorkbook } from './sheets/workbook.ts';

const LOG_READERS = READERS.filter((reader) => reader.reads === 'log-sheet') as Reader<LogSheet>[];
const TABLE_READERS = LOG_READERS.filter(isLogReader);
/** Reads any table that has headings, or a person's word for them. */
const ANY_TABLE = csvLog;
const WORKBOOKS = new Set(['xlsx', 'xlsm']);
/** Spreadsheets that are no XLSX: a person who names one learns what to do. */
const OTHER_SPREADSHEETS: Record<string, string> = {
  xls: 'an Excel workbook from before 2007, or one with a password',
  ods: 'an OpenDocument spreadsheet',
  numbers: 'a Numbers spreadsheet',
};

/** Characters in which headings are looked for before a whole file is read. */
const HEAD = 16 * 1024;

/** A sheet larger than this is none. */
export const LARGEST_SHEET = 64 * 1024 * 1024;
/** Text is no workbook with pictures in it: 20,000 rows are some 3 MB. */
const LARGEST_TEXT = 16 * 1024 * 1024;

/** Whether a file of this name could hold a log at all. */
export function mayBeLog(path: string): boolean {
  const ending = suffix(path);
  return WORKBOOKS.has(ending) || LOG_READERS.some((reader) => reader.suffixes.includes(ending));
}

export interface SheetFileOptions {
  /** Path in the manifest; `#NAME` is put after it for the sheets of a workbook. */
  name: string;
  /** A sheet that a person named is read whatever it looks like; one that was only found must look like a log. */
  named: boolean;
  rate?: Rate;
  /** What was decided of the columns of one sheet, by its path and its headings (its first lines where none were found). */
  columnsFor?(path: string, lines: string[][]): ColumnChoice[];
  /** Whether someone chose columns of this sheet, or of one with these headings: then it is a log, whatever it looks like. */
  isKnown?(path: string, lines: string[][]): boolean;
}

export interface ReadSheet {
  sheet: LogSheet;
  label: string;
  encoding: Decoded['encoding'] | 'xlsx';
  issues: Issue[];
}

/** A table that Baton itself wrote is no log: read again, it would say everything twice. An ALE's headings stand below its own lines. */
function isOwn(text: string): boolean {
  const top = text.slice(0, HEAD).split(/\r?\n/, 12);
  return top.some((line) => line.split(/[,\t]/).includes(OWN_COLUMN));
}

/** `own`: Baton wrote it. */
type ReadFile = { sheets: ReadSheet[]; issues: Issue[]; own?: true };

/** No sheets and no issues for a file that was only found and is no log. Never throws. */
export function readSheetFile(bytes: Buffer, options: SheetFileOptions): ReadFile {
  const ending = suffix(options.name);
  if (bytes.length > LARGEST_SHEET)
    return refused(options, `it is larger than ${LARGEST_SHEET / 1024 / 1024} MB, which no log sheet is`);
  // Old workbooks and those with a password share these first bytes.
  const compound = bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0;
  if (compound) return refused(options, `it is ${OTHER_SPREADSHEETS['xls']!}`);
  const other = OTHER_SPREADSHEETS[ending];
  if (other && ending !== 'xls') return refused(options, `it is ${other}`);
  if (isZip(bytes)) return readBook(bytes, options);
  if (bytes.length > LARGEST_TEXT)
    return refused(
      options,
      `it is text of more than ${LARGEST_TEXT / 1024 / 1024} MB, which no log sheet is`,
    );
  return readText(bytes, options);
}

function refused({ name, named }: SheetFileOptions, why: string): { sheets: []; issues: Issue[] } {
  if (!named) return { sheets: [], issues: [] };
  const message = `${name} was not read: ${why}.`;
  const fix = 'export it as XLSX or CSV';
  return {
    sheets: [],
    issues: [{ code: 'log-workbook', severity: 'error', at: name, clips: [], message, fix }],
  };
}

function readText(bytes: Buffer, options: SheetFileOptions): ReadFile {
  const { name, named } = options;
  const { text, encoding, certain } = decodeText(bytes);
  const fits = LOG_READERS.filter((reader) => reader.suffixes.includes(suffix(name)));
  const top = () => tableOf(text.slice(0, HEAD)).rows.slice(0, HEADER_WITHIN);
  const wanted = named || (options.isKnown?.(name, top()) ?? false);
  if (!wanted && isOwn(text)) return { sheets: [], issues: [], own: true };
  const reader =
    fits.find((each) => each.looksLike(text)) ??
    (wanted
      ? (LOG_READERS.find((each) => each.looksLike(text)) ?? fits[fits.length - 1] ?? ANY_TABLE)
      : null);
  if (!reader) return { sheets: [], issues: [] };
  const read = (columns: ColumnChoice[]) => reader.read(text, { name, columns, ...rateOf(options) });
  const { value, issues } = withChoices(read, options, name, top);
  const unsure = certain ? [] : [encodingIssue(name, encoding)];
  return {
    sheets: [{ sheet: value, label: reader.label, encoding, issues: [...unsure, ...issues] }],
    issues: [],
  };
}

function readBook(bytes: Buffer, options: SheetFileOptions): { sheets: ReadSheet[]; issues: Issue[] } {
  const { name, named } = options;
  const book = readWorkbook(bytes, name);
  // One that was only found and cannot be read may be anything; it stays a document among the clips.
  if (book.sheets.length === 0) return { sheets: [], issues: named ? book.issues : [] };
  const sheets = book.sheets.flatMap(({ name: tab, rows }): ReadSheet[] => {
    const path = `${name}#${tab}`;
    const top = () => rows.slice(0, HEADER_WITHIN);
    const like = TABLE_READERS.find((each) => each.suits(rows));
    // Sheets of a workbook that are lists of something else are passed over, unless a person chose columns in them.
    const reader = like ?? ((options.columnsFor?.(path, top()) ?? []).length > 0 ? ANY_TABLE : null);
    if (!reader || (!like && !named && !options.isKnown?.(path, top()))) return [];
    const read = (columns: ColumnChoice[]) =>
      reader.readTable(rows, { name: path, columns, ...rateOf(options) });
    const { value, issues } = withChoices(read, options, path, top);
    if (!like && !value.columns) return [];
    return [{ sheet: { ...value, workbook: name }, label: reader.label, encoding: 'xlsx', issues }];
  });
  if (sheets.length > 0) return { sheets, issues: book.issues };
  const tabs = book.sheets.map((sheet) => sheet.name);
  return { sheets, issues: named ? [...book.issues, noLogIn(name, tabs)] : [] };
}

const rateOf = ({ rate }: SheetFileOptions) => (rate ? { rate } : {});

/** The headings are known once a sheet was read; only where something was decided of them is it read again. */
function withChoices(
  read: (columns: ColumnChoice[]) => { value: LogSheet; issues: Issue[] },
  { columnsFor }: SheetFileOptions,
  path: string,
  top: () => string[][],
): { value: LogSheet; issues: Issue[] } {
  const first = read([]);
  const { columns } = first.value;
  const lines = columns ? [columns.map((column) => column.heading)] : top();
  const choices = columnsFor?.(path, lines) ?? [];
  return choices.length > 0 ? read(choices) : first;
}

function encodingIssue(name: string, encoding: string): Issue {
  const message = `${name} does not say how its letters are stored; it was read as ${encoding}, and letters outside ASCII may be wrong.`;
  const fix = 'export it as UTF-8';
  return { code: 'log-encoding', severity: 'note', at: name, clips: [], message, fix };
}

function noLogIn(name: string, tabs: string[]): Issue {
  const message = `${name} has no sheet with headings for scene and take, or a file (${tabs.slice(0, 5).join(', ')}).`;
  const fix = 'put a first row such as: Scene, Take, Camera, File, Sound, Circled, Notes';
  return { code: 'log-no-header', severity: 'error', at: name, clips: [], message, fix };
}
