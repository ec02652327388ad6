/** A log sheet's bytes → log sheets: text in whatever encoding, or every sheet of a workbook, each through the reader it looks like. */
import type { Issue } from '../../manifest/documents/issue.ts';
import type { ColumnChoice, LogSheet } from '../../manifest/documents/log.ts';
import { suffix } from '../../manifest/documents/paths.ts';
import { isLogReader } from '../../manifest/log/sheet.ts';
import { READERS } from '../../manifest/readers/index.ts';
import type { Reader } from '../../manifest/readers/reader.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { decodeText, type Decoded } from './sheets/encoding.ts';
import { isZip, readWorkbook } from './sheets/workbook.ts';

const LOG_READERS = READERS.filter((reader) => reader.reads === 'log-sheet') as Reader<LogSheet>[];
const TABLE_READERS = LOG_READERS.filter(isLogReader);
const WORKBOOKS = new Set(['xlsx', 'xlsm']);
/** Spreadsheets that are no XLSX: a person who names one learns what to do. */
const OTHER_SPREADSHEETS: Record<string, string> = {
  xls: 'an Excel workbook from before 2007, or one with a password',
  ods: 'an OpenDocument spreadsheet',
  numbers: 'a Numbers spreadsheet',
};

/** A sheet larger than this is none. */
export const LARGEST_SHEET = 64 * 1024 * 1024;

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
  /** What was decided of the columns of one sheet, by its path and its headings as far as they are known. */
  columnsFor?(path: string, headings: string[] | null): ColumnChoice[];
}

export interface ReadSheet {
  sheet: LogSheet;
  label: string;
  encoding: Decoded['encoding'] | 'xlsx';
  issues: Issue[];
}

/** No sheets and no issues for a file that was only found and is no log. Never throws. */
export function readSheetFile(
  bytes: Buffer,
  options: SheetFileOptions,
): { sheets: ReadSheet[]; issues: Issue[] } {
  const ending = suffix(options.name);
  if (bytes.length > LARGEST_SHEET)
    return refused(options, `it is larger than ${LARGEST_SHEET / 1024 / 1024} MB, which no log sheet is`);
  // Old workbooks and those with a password share these first bytes.
  const compound = bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0;
  if (compound) return refused(options, `it is ${OTHER_SPREADSHEETS['xls']!}`);
  const other = OTHER_SPREADSHEETS[ending];
  if (other && ending !== 'xls') return refused(options, `it is ${other}`);
  return isZip(bytes) ? readBook(bytes, options) : readText(bytes, options);
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

function readText(bytes: Buffer, options: SheetFileOptions): { sheets: ReadSheet[]; issues: Issue[] } {
  const { name, named } = options;
  const { text, encoding, certain } = decodeText(bytes);
  const fits = LOG_READERS.filter((reader) => reader.suffixes.includes(suffix(name)));
  const like = fits.find((each) => each.looksLike(text));
  const reader =
    like ?? (named ? (LOG_READERS.find((each) => each.looksLike(text)) ?? fits[fits.length - 1]) : undefined);
  const last = reader ?? (named ? TABLE_READERS[TABLE_READERS.length - 1] : undefined);
  if (!last) return { sheets: [], issues: [] };
  const read = (columns: ColumnChoice[]) => last.read(text, { name, columns, ...rateOf(options) });
  const { value, issues } = withChoices(read, options, name);
  const unsure = certain ? [] : [encodingIssue(name, encoding)];
  return {
    sheets: [{ sheet: value, label: last.label, encoding, issues: [...unsure, ...issues] }],
    issues: [],
  };
}

function readBook(bytes: Buffer, options: SheetFileOptions): { sheets: ReadSheet[]; issues: Issue[] } {
  const { name, named } = options;
  const book = readWorkbook(bytes, name);
  // One that was only found and cannot be read may be anything; it stays a document among the clips.
  if (book.sheets.length === 0)
    return named ? { sheets: [], issues: book.issues } : { sheets: [], issues: [] };
  const sheets = book.sheets.flatMap(({ name: tab, rows }): ReadSheet[] => {
    const path = `${name}#${tab}`;
    const reader = TABLE_READERS.find((each) => each.suits(rows)) ?? null;
    const chosen = options.columnsFor?.(path, null) ?? [];
    // Sheets of a workbook that are lists of something else are passed over.
    const wanted = reader ?? (chosen.length > 0 ? TABLE_READERS[TABLE_READERS.length - 1]! : null);
    if (!wanted) return [];
    const read = (columns: ColumnChoice[]) =>
      wanted.readTable(rows, { name: path, columns, ...rateOf(options) });
    const { value, issues } = withChoices(read, options, path);
    if (!reader && !value.columns) return [];
    return [{ sheet: { ...value, workbook: name }, label: wanted.label, encoding: 'xlsx', issues }];
  });
  const none = named && sheets.length === 0;
  const issues = none
    ? [
        ...book.issues,
        noLogIn(
          name,
          book.sheets.map((sheet) => sheet.name),
        ),
      ]
    : book.issues;
  return { sheets, issues: named || sheets.length > 0 ? issues : [] };
}

const rateOf = ({ rate }: SheetFileOptions) => (rate ? { rate } : {});

/** The headings are known once a sheet was read; only where something was decided of them is it read again. */
function withChoices(
  read: (columns: ColumnChoice[]) => { value: LogSheet; issues: Issue[] },
  { columnsFor }: SheetFileOptions,
  path: string,
): { value: LogSheet; issues: Issue[] } {
  const first = read([]);
  const headings = first.value.columns?.map((column) => column.heading) ?? null;
  const choices = columnsFor?.(path, headings) ?? [];
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
