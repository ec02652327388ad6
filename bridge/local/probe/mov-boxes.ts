/**
 * The boxes (atoms) QuickTime and MP4 are made of: size, four-letter type, contents. ISO/IEC 14496-12, 4.2. Types are compared as
 * the 32-bit numbers they are: a header has some fifty of them, and texts would take most of a probe's time.
 */
import type { MediaBytes } from './bytes.ts';

export interface Box {
  /** Four letters as one number: `TYPE.moov`. */
  type: number;
  start: number;
  /** First byte of the contents. */
  body: number;
  /** Past the last byte, never past the box it lies in. */
  end: number;
  /** Its size field promises more than there is. */
  cut: boolean;
  /** Its place among its siblings, from 0. */
  nth: number;
}

/** More boxes in one place than any camera writes; the walk ends there. */
const MOST_BOXES = 4096;

/** A header of 32-bit size, type and 64-bit size. */
const HEADER = 16;

/** The number of a four-letter type; each letter is one byte. */
export function fourcc(type: string): number {
  let number = 0;
  for (let at = 0; at < 4; at++) number = (number << 8) | (type.charCodeAt(at) & 0xff);
  return number >>> 0;
}

/** The same for several, by name: `TYPE.moov`. */
export function fourccs<Name extends string>(...types: Name[]): Record<Name, number> {
  return Object.fromEntries(types.map((type) => [type, fourcc(type)])) as Record<Name, number>;
}

/** The letters of a type, for people. */
export function letters(type: number): string {
  return String.fromCharCode(type >>> 24, (type >>> 16) & 255, (type >>> 8) & 255, type & 255);
}

/** The first box in [from, to); null where there is none or it makes no sense. `ahead`: bytes worth loading with its header. */
export function firstBox(bytes: MediaBytes, from: number, to: number, ahead?: number): Box | null {
  return from + 8 <= to ? boxAt(bytes, from, to, 0, ahead) : null;
}

/** The box after `box`, up to the first that makes no sense. */
export function nextBox(bytes: MediaBytes, box: Box, to: number, ahead?: number): Box | null {
  if (box.end + 8 > to || box.nth + 1 >= MOST_BOXES) return null;
  return boxAt(bytes, box.end, to, box.nth + 1, ahead);
}

export function boxAt(bytes: MediaBytes, at: number, to: number, nth = 0, ahead?: number): Box | null {
  bytes.load(at, Math.min(HEADER, bytes.size - at), ahead);
  const short = bytes.u32(at);
  const type = bytes.u32(at + 4);
  const long = short === 1;
  // Size 0 runs to the end of what it lies in.
  const size = long ? bytes.u64(at + 8) : short === 0 ? to - at : short;
  const header = long ? HEADER : 8;
  if (size < header || !isType(type)) return null;
  const [body, end] = [Math.min(at + header, to), Math.min(at + size, to)];
  return { type, start: at, body, end, cut: at + size > to, nth };
}

/** Printable, or begun by © (0xA9); numbered entries of a metadata list are read by their own reader. */
function isType(type: number): boolean {
  const first = type >>> 24;
  if (!isPrintable(first) && first !== 0xa9) return false;
  return isPrintable((type >>> 16) & 255) && isPrintable((type >>> 8) & 255) && isPrintable(type & 255);
}

const isPrintable = (byte: number) => byte >= 0x20 && byte <= 0x7e;

/** The first box of a type inside another. */
export function find(bytes: MediaBytes, within: Box, type: number): Box | null {
  let box = firstBox(bytes, within.body, within.end);
  while (box && box.type !== type) box = nextBox(bytes, box, within.end);
  return box;
}
