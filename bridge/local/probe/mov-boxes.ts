/** The boxes (atoms) QuickTime and MP4 are made of: size, four-letter type, contents. ISO/IEC 14496-12, 4.2. */
import type { MediaBytes } from './bytes.ts';

export interface Box {
  type: string;
  start: number;
  /** First byte of the contents. */
  body: number;
  /** Past the last byte, never past the box it lies in. */
  end: number;
  /** Its size field promises more than there is. */
  cut: boolean;
}

/** More boxes in one place than any camera writes; the walk ends there. */
const MOST_BOXES = 4096;

/** A header of 32-bit size, type and 64-bit size. */
const HEADER = 16;

/** The boxes that lie in [from, to), up to the first that makes no sense. `ahead`: bytes worth loading with each header. */
export function* boxes(bytes: MediaBytes, from: number, to: number, ahead?: number): Generator<Box> {
  let at = from;
  for (let count = 0; count < MOST_BOXES && at + 8 <= to; count++) {
    bytes.load(at, Math.min(HEADER, bytes.size - at), ahead);
    const box = boxAt(bytes, at, to);
    if (!box) return;
    yield box;
    at = box.end;
  }
}

export function boxAt(bytes: MediaBytes, at: number, to: number): Box | null {
  const short = bytes.u32(at);
  const type = bytes.tag(at + 4);
  const long = short === 1;
  // Size 0 runs to the end of what it lies in.
  const size = long ? bytes.u64(at + 8) : short === 0 ? to - at : short;
  const header = long ? HEADER : 8;
  if (size < header || !isType(type)) return null;
  return {
    type,
    start: at,
    body: Math.min(at + header, to),
    end: Math.min(at + size, to),
    cut: at + size > to,
  };
}

/** Printable, or begun by © (0xA9); numbered entries of a metadata list are read by their own reader. */
const isType = (type: string) => /^[\x20-\x7e\xa9][\x20-\x7e]{3}$/.test(type);

/** The first box of each wanted type inside one, and the walk stops once all are found. */
export function find(bytes: MediaBytes, within: Box, ...types: string[]): (Box | undefined)[] {
  const found = new Map<string, Box>();
  for (const box of boxes(bytes, within.body, within.end)) {
    if (types.includes(box.type) && !found.has(box.type)) found.set(box.type, box);
    if (found.size === types.length) break;
  }
  return types.map((type) => found.get(type));
}
