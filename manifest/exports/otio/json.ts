/** Pieces of OTIO's JSON as text: times on one line, rates as the doubles the format asks for, strings every parser takes. */
import type { Rate } from '../../documents/rate.ts';

/** JSON has one kind of number; OTIO reads `24` and `24.0` as different ones, and wants the latter here. */
function double(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A whole surrogate pair, or half of one, which strict readers of JSON refuse. */
const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

function wellFormed(text: string): string {
  return text.replace(SURROGATES, (found) => (found.length === 2 ? found : '\ufffd'));
}

/** Printable ASCII without quotation marks and backslashes, as nearly every name is, needs no escape. */
const PLAIN = /^[ !#-[\]-~]*$/;

export function string(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(wellFormed(text));
}

/** The beginning of a time, by its rate: writing out a double costs more than all the rest of the line. */
const heads = new Map<number, string>();

export function time(value: number, rate: Pick<Rate, 'num' | 'den'>): string {
  const perSecond = rate.num / rate.den;
  let head = heads.get(perSecond);
  if (head === undefined) {
    head = `{"OTIO_SCHEMA": "RationalTime.1", "rate": ${double(perSecond)}, "value": `;
    if (heads.size < 64) heads.set(perSecond, head);
  }
  return `${head}${value}.0}`;
}

export function range(start: string, duration: string): string {
  return `{"OTIO_SCHEMA": "TimeRange.1", "duration": ${duration}, "start_time": ${start}}`;
}

/** A JSON list of objects that each begin on a line of their own. */
export function list(entries: readonly string[], indent: string): string {
  if (entries.length === 0) return '[]';
  return `[\n${entries.map((entry) => indent + entry).join(',\n')}\n${indent.slice(2)}]`;
}
