/** What cells share: the texts they point at, and whether a number is shown as one or as a date; and so what a cell shows. */
import { parseXml } from './xml.ts';

/** How a cell's number is shown, by its style. */
export type NumberKind = 'number' | 'date';

export interface Shared {
  strings: string[];
  /** By style index. */
  kinds: NumberKind[];
  /** Workbooks of old Macs count days from 1904. */
  from1904: boolean;
}

/** A cell as its element has it: its type, its style, and the text of its value or of its own string. */
export interface RawCell {
  type: string;
  style: number;
  value: string;
  text: string;
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

/** The text a person sees in a cell; '' for an empty one. */
export function shown({ type, style, value, text }: RawCell, shared: Shared): string {
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
