/**
 * One sheet of a workbook → rows of cell texts, as a person sees them: shared and inline text, times and dates by their number format,
 * cells merged downwards filled. Read as a stream of elements, so that memory grows with the cells and not with the XML.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** Why a part cannot be read, as a sentence part. */
export class WorkbookError extends Error {}

export interface SheetLimits {
  rows: number;
  columns: number;
  cells: number;
}

export const SHEET_LIMITS: SheetLimits = { rows: 200_000, columns: 1024, cells: 4_000_000 };

/** How a cell's number is shown, by its style. */
export type NumberKind = 'number' | 'date';

export interface Shared {
  strings: string[];
  /** By style index. */
  kinds: NumberKind[];
  /** Workbooks of old Macs count days from 1904. */
  from1904: boolean;
}

/** Feeds a part to a parser; a DOCTYPE is refused, because a workbook has none and an entity could only be meant to do harm. */
export function parseXml(
  xml: string,
  name: string,
  on: {
    open?(name: string, attributes: Record<string, string>): void;
    close?(name: string): void;
    text?(text: string): void;
  },
): void {
  const parser = new SaxesParser({});
  // Writers may prefix every element: x:row is a row.
  const local = (tag: string) => tag.slice(tag.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw new WorkbookError(`${name} holds a DOCTYPE, which no workbook has`);
  });
  parser.on('opentag', (tag) => on.open?.(local(tag.name), (tag as SaxesTagPlain).attributes));
  parser.on('closetag', (tag) => on.close?.(local(tag.name)));
  parser.on('text', (text) => on.text?.(text));
  parser.on('cdata', (text) => on.text?.(text));
  parser.on('error', (error) => {
    throw new WorkbookError(`${name} is damaged (${error.message.split('\n')[0]})`);
  });
  parser.write(xml.replace(/^\uFEFF/, '')).close();
}

/** The texts that cells point at, in order. Readings of Japanese characters (`rPh`) are not part of the text. */
export function readStrings(xml: string, name: string): string[] {
  const strings: string[] = [];
  let text: string | null = null;
  let reading = 0;
  let inside = false;
  parseXml(xml, name, {
    open(tag) {
      if (tag === 'si') text = '';
      if (tag === 'rPh') reading++;
      if (tag === 't') inside = true;
    },
    close(tag) {
      if (tag === 'si') strings.push(unescaped(text ?? ''));
      if (tag === 'rPh') reading--;
      if (tag === 't') inside = false;
    },
    text(more) {
      if (inside && reading === 0 && text !== null) text += more;
    },
  });
  return strings;
}

/** Excel writes characters that XML forbids, and carriage returns, as `_x000D_`. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What kind of number each style shows: formats 14 to 22 and 45 to 47, and any of a workbook's own with a day or an hour in it. */
export function readKinds(xml: string, name: string): NumberKind[] {
  const own = new Map<string, NumberKind>();
  const kinds: NumberKind[] = [];
  let cellStyles = false;
  parseXml(xml, name, {
    open(tag, attributes) {
      if (tag === 'cellXfs') cellStyles = true;
      if (tag === 'numFmt')
        own.set(
          attributes['numFmtId'] ?? '',
          isDateFormat(attributes['formatCode'] ?? '') ? 'date' : 'number',
        );
      if (tag === 'xf' && cellStyles) {
        const id = attributes['numFmtId'] ?? '0';
        const built = Number(id);
        const date = (built >= 14 && built <= 22) || (built >= 45 && built <= 47);
        kinds.push(own.get(id) ?? (date ? 'date' : 'number'));
      }
    },
    close(tag) {
      if (tag === 'cellXfs') cellStyles = false;
    },
  });
  return kinds;
}

function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/gi, '');
  return /[dhys]|m{1,5}/i.test(bare) && !/general/i.test(bare);
}

export interface Worksheet {
  rows: string[][];
  /** Rows or columns past the limits, which were left out; said by the caller. */
  leftOut: { rows: number; columns: number };
}

interface Merge {
  from: [row: number, column: number];
  to: [row: number, column: number];
}

/** Row `r="5"` is the fifth, also where the four above are missing; cells likewise. */
export function readWorksheet(
  xml: string,
  name: string,
  shared: Shared,
  limits: SheetLimits = SHEET_LIMITS,
): Worksheet {
  const sheet: Worksheet = { rows: [], leftOut: { rows: 0, columns: 0 } };
  const merges: Merge[] = [];
  let [row, column, cells] = [-1, -1, 0];
  let cell: { type: string; style: number; value: string; text: string } | null = null;
  let inside: 'v' | 't' | null = null;
  let reading = 0;
  parseXml(xml, name, {
    open(tag, attributes) {
      if (tag === 'row') {
        row = placeOf(attributes['r'], row);
        column = -1;
      } else if (tag === 'c') {
        column = columnNumber(attributes['r']) ?? column + 1;
        cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: '', text: '' };
      } else if (tag === 'v' || tag === 't') inside = tag;
      else if (tag === 'rPh') reading++;
      else if (tag === 'mergeCell') {
        const merge = mergeOf(attributes['ref'] ?? '');
        if (merge && merges.length < 10_000) merges.push(merge);
      }
    },
    text(more) {
      if (!cell || !inside || reading > 0) return;
      if (inside === 'v') cell.value += more;
      else cell.text += more;
    },
    close(tag) {
      if (tag === 'v' || tag === 't') inside = null;
      if (tag === 'rPh') reading--;
      if (tag !== 'c' || !cell) return;
      const text = shown(cell, shared);
      cell = null;
      if (text === '') return;
      if (row >= limits.rows) sheet.leftOut.rows = Math.max(sheet.leftOut.rows, row + 1 - limits.rows);
      else if (column >= limits.columns)
        sheet.leftOut.columns = Math.max(sheet.leftOut.columns, column + 1 - limits.columns);
      else {
        if (++cells > limits.cells)
          throw new WorkbookError(`${name} holds more than ${limits.cells} filled cells`);
        put(sheet.rows, row, column, text);
      }
    },
  });
  for (const merge of merges) fillDown(sheet.rows, merge);
  for (let at = 0; at < sheet.rows.length; at++) sheet.rows[at] ??= [];
  return sheet;
}

function placeOf(r: string | undefined, before: number): number {
  return r !== undefined && /^\d{1,7}$/.test(r) && Number(r) > 0 ? Number(r) - 1 : before + 1;
}

/** `AB12` → 27; null for what is no cell's name. */
function columnNumber(r: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(r ?? '')?.[1];
  if (!letters) return null;
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

function put(rows: string[][], row: number, column: number, text: string): void {
  const cells = (rows[row] ??= []);
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function mergeOf(ref: string): Merge | null {
  const [from, to] = ref.split(':').map((corner): [number, number] | null => {
    const column = columnNumber(corner);
    const row = /\d{1,7}$/.exec(corner)?.[0];
    return column === null || row === undefined ? null : [Number(row) - 1, column];
  });
  return from && to ? { from, to } : null;
}

/** A scene merged over its takes is every take's scene. Sideways a merged cell stays at its left, as in a CSV of it. */
function fillDown(rows: string[][], { from: [top, left], to: [bottom] }: Merge): void {
  const text = rows[top]?.[left];
  if (!text) return;
  // A merge may be claimed to the sheet's last row; only rows that are there are filled.
  for (let row = top + 1; row <= Math.min(bottom, rows.length - 1); row++)
    if (rows[row]?.some((cell) => cell !== '') && !rows[row]![left]) put(rows, row, left, text);
}

function shown(
  { type, style, value, text }: { type: string; style: number; value: string; text: string },
  shared: Shared,
): string {
  if (type === 's') return shared.strings[Number(value)] ?? '';
  if (type === 'inlineStr') return unescaped(text);
  if (type === 'str' || type === 'e' || type === 'd') return unescaped(value);
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (value === '') return '';
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (shared.kinds[style] === 'date' && number >= 0 && number < 3_000_000)
    return dateText(number, shared.from1904);
  // Excel shows fifteen digits; the sixteenth of a double is noise.
  return String(Number(number.toPrecision(15)));
}

const DAY_1970_FROM_1900 = 25_569;
const DAY_1970_FROM_1904 = 24_107;

/** Days since 1900 (or 1904) → `2026-03-14`, `10:04:22` for less than a day, both for both. */
function dateText(days: number, from1904: boolean): string {
  const seconds = Math.round(days * 86_400);
  const [whole, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
  const two = (each: number) => String(each).padStart(2, '0');
  const clock = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  if (whole === 0) return clock;
  const day = new Date((whole - (from1904 ? DAY_1970_FROM_1904 : DAY_1970_FROM_1900)) * 86_400_000);
  const date = `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
  return rest === 0 ? date : `${date} ${clock}`;
}
