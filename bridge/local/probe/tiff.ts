/** TIFF and what is built on it: pictures, and the frames of CinemaDNG with timecode and rate in each. */
import type { MediaBytes } from './bytes.ts';
import { exactRate } from './mov-rate.ts';
import type { Probe, Prober } from './prober.ts';
import { still } from './stills.ts';
import { labelled } from './stills-timecode.ts';

const MOST_ENTRIES = 512;
const MOST_FOLDERS = 8;

/** Tags; the last three are DNG's. */
const TAG = { kind: 254, width: 256, height: 257, below: 330, dng: 50706, timecode: 51043, rate: 51044 };

interface Reader {
  u16(at: number): number;
  u32(at: number): number;
}
/** Where a value lies, and whether it is a short one. */
type Entries = Map<number, { at: number; short: boolean }>;

/** Bytes of a value by type; 3 is a short. */
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4, 10: 8, 13: 4 };
const SHORT = 3;

/** One directory of tags. */
function directory(bytes: MediaBytes, read: Reader, at: number): Entries {
  const found: Entries = new Map();
  const count = Math.min(read.u16(at), MOST_ENTRIES);
  for (let nth = 0, entry = at + 2; nth < count && entry + 12 <= bytes.size; nth++, entry += 12) {
    const [tag, type, values] = [read.u16(entry), read.u16(entry + 2), read.u32(entry + 4)];
    const size = (SIZES[type] ?? 0) * values;
    // What fits into four bytes stands in the entry itself.
    if (size > 0) found.set(tag, { at: size <= 4 ? entry + 8 : read.u32(entry + 8), short: type === SHORT });
  }
  return found;
}

function probeTiff(bytes: MediaBytes): Probe {
  const read: Reader = bytes.tag(0).startsWith('II')
    ? { u16: (at) => bytes.u16le(at), u32: (at) => bytes.u32le(at) }
    : { u16: (at) => bytes.u16(at), u32: (at) => bytes.u32(at) };
  const number = (folder: Entries, tag: number): number => {
    const entry = folder.get(tag);
    return !entry ? 0 : entry.short ? read.u16(entry.at) : read.u32(entry.at);
  };
  const first = directory(bytes, read, read.u32(4));
  const main = mainPicture(bytes, read, first, number);
  const [timecode, rate] = [first.get(TAG.timecode), first.get(TAG.rate)];
  const speed = rate ? exactRate(read.u32(rate.at), read.u32(rate.at + 4)) : null;
  // Its eight bytes begin with the frames; the other formats' number begins with the hours.
  const more = timecode ? labelled(bytes.u32le(timecode.at), speed) : {};
  const codec = first.has(TAG.dng) ? 'DNG' : 'TIFF';
  return still(number(main, TAG.width), number(main, TAG.height), codec, more);
}

/** A first directory marked as reduced is a preview; the picture itself lies in one of those below. */
function mainPicture(
  bytes: MediaBytes,
  read: Reader,
  first: Entries,
  number: (folder: Entries, tag: number) => number,
): Entries {
  const below = first.get(TAG.below);
  if ((number(first, TAG.kind) & 1) === 0 || !below) return first;
  for (let nth = 0; nth < MOST_FOLDERS; nth++) {
    const folder = directory(bytes, read, read.u32(below.at + nth * 4));
    if ((number(folder, TAG.kind) & 1) === 0 && folder.has(TAG.width)) return folder;
  }
  return first;
}

export const tiff: Prober = {
  id: 'tiff',
  suffixes: ['tif', 'tiff', 'dng'],
  looksLike: (bytes) => ['II*\0', 'MM\0*'].includes(bytes.tag(0)),
  probe: probeTiff,
};
