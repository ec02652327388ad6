/**
 * What a file or a sheet said when it was last read, in a few letters a field. Held against what the manifest says and what is
 * read now, it tells which values a person changed since: those stay.
 */
import type { Rate } from '../time/rate.ts';

type Fields = Record<string, unknown>;

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
const NAME = 2;
const VALUE = 4;

/** The first letters of a text's 32-bit FNV-1a hash. Not for secrets: it only has to differ where a person changed something. */
function letters(text: string, count: number): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  // The low bits of FNV are the weakest.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  let spelled = '';
  for (let at = 0; at < count; at++) spelled += LETTERS[(hash >>> (26 - 6 * at)) & 63]!;
  return spelled;
}

/** Fields that others added to a rate or a picture size are no change of it. */
function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const { num, den, drop, width, height } = value as Partial<Rate> & { width?: number; height?: number };
  if (num !== undefined && den !== undefined) return `${num}/${den}${drop ? ' drop' : ''}`;
  if (width !== undefined && height !== undefined) return `${width}x${height}`;
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One mark for each of these fields that has a value. */
export function asRead(thing: object, fields: readonly string[]): string {
  return fields
    .filter((field) => (thing as Fields)[field] !== undefined)
    .map((field) => letters(field, NAME) + letters(plain((thing as Fields)[field]), VALUE))
    .join(' ');
}

/** The mark of one field in what was read; '' where it had no value. */
export function markOf(marks: string, field: string): string {
  const name = letters(field, NAME);
  return marks.split(' ').find((mark) => mark.startsWith(name)) ?? '';
}

/** A value that a person changed. */
export interface ByHand {
  /** Where, for people: a clip's path, a row. */
  at: string;
  /** Paths of the clips it is about. */
  clips: string[];
  field: string;
  hand: unknown;
  /** What the file or the sheet says now; undefined = nothing. */
  read: unknown;
  /** Whether that is another value than at the last scan: then two have changed it. */
  both: boolean;
  /** Why the person's value could not stay; absent = it stays. */
  lost?: string;
}

export type HandField = Pick<ByHand, 'field' | 'hand' | 'read' | 'both'>;

/** Fields of `known` that differ from `marks`, what was read when it was written; a value taken out counts too. */
export function changedByHand(
  known: object,
  marks: string | undefined,
  fresh: object,
  fields: readonly string[],
): HandField[] {
  if (marks === undefined) return [];
  const mine = asRead(known, fields);
  if (mine === marks) return [];
  const now = asRead(fresh, fields);
  return fields
    .filter(
      (field) => markOf(mine, field) !== markOf(marks, field) && markOf(mine, field) !== markOf(now, field),
    )
    .map((field) => ({
      field,
      hand: (known as Fields)[field],
      read: (fresh as Fields)[field],
      both: markOf(now, field) !== markOf(marks, field),
    }));
}

/** `fresh` with the values a person changed. */
export function withHand<Fresh extends object>(fresh: Fresh, changed: readonly HandField[]): Fresh {
  if (changed.length === 0) return fresh;
  const merged = { ...fresh } as Fields;
  for (const { field, hand } of changed)
    if (hand === undefined) delete merged[field];
    else merged[field] = hand;
  return merged as Fresh;
}
