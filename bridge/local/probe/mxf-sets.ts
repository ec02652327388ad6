/** The header metadata of an MXF file: packages, tracks, timecode and descriptors, as far as a scan needs them. SMPTE ST 377-1. */
import type { MediaBytes } from './bytes.ts';
import { isPartition, klvAt } from './mxf-klv.ts';

/** Kinds of set, by the byte of their key that differs. */
export const SET = {
  sequence: 0x0f,
  clip: 0x11,
  timecode: 0x14,
  tape: 0x2e,
  identification: 0x30,
  material: 0x36,
  source: 0x37,
} as const;

export interface Ratio {
  num: number;
  den: number;
}

/** One set; a field that is absent was not written. References are the 16 or 32 bytes of the other's id, one character a byte. */
export interface MxfSet {
  kind: number;
  id: string;
  // Packages
  umid?: string;
  name?: string;
  tracks?: string[];
  descriptor?: string;
  // Tracks
  trackId?: number;
  editRate?: Ratio;
  sequence?: string;
  // Sequences, clips and timecode
  components?: string[];
  essence?: 'picture' | 'sound' | 'timecode';
  /** In edit units of the track; −1 where it was not known when written. */
  duration?: number;
  /** First edit unit used of the source. */
  startPosition?: number;
  sourcePackage?: string;
  sourceTrack?: number;
  startTimecode?: number;
  timecodeBase?: number;
  drop?: boolean;
  // Descriptors
  stored?: { width?: number; height?: number };
  sampled?: { width?: number; height?: number };
  display?: { width?: number; height?: number };
  separateFields?: boolean;
  audioRate?: Ratio;
  channels?: number;
  bits?: number;
  sampleRate?: Ratio;
  containerDuration?: number;
  /** Byte of the essence container label that says which coding it wraps. */
  wraps?: number;
  // Identification
  company?: string;
  product?: string;
}

/** More than any camera writes; the walk ends there. */
const MOST_SETS = 2048;
/** Header metadata further out than this is not read: it is descriptive, or made to keep a reader busy. */
const MOST_BYTES = 256 * 1024;
const MOST_ITEMS = 256;
const MOST_REFERENCES = 256;
const LONGEST_NAME = 256;

const SET_GROUP = 0x0d010101;

/** Preface, content storage and its list of containers: they only point at the sets that are read anyway. */
const UNUSED = new Set([0x2f, 0x18, 0x23]);

/** The sets of the partition whose pack ends at `from`. */
export function readSets(bytes: MediaBytes, from: number): MxfSet[] {
  const sets: MxfSet[] = [];
  for (let at = from, count = 0; count < MOST_SETS && at < from + MOST_BYTES; count++) {
    const klv = klvAt(bytes, at);
    if (!klv || isEssence(klv.category) || (isPartition(klv) && isPack(klv.item))) break;
    // 0x53: a set whose items carry two-byte tags and lengths, which is what header metadata is.
    const kind = (klv.item >>> 8) & 0xff;
    if (klv.category >>> 16 === 0x0253 && klv.group === SET_GROUP && !UNUSED.has(kind))
      sets.push(readSet(bytes, kind, klv.body, klv.end));
    at = klv.end;
  }
  return sets;
}

/** Essence elements, and index tables before them, are where the header metadata is over. */
const isEssence = (category: number) => category >>> 16 === 0x0102;
/** A header, body or footer pack; the primer pack has the same group. */
const isPack = (item: number) => ((item >>> 16) & 0xff) >= 2 && ((item >>> 16) & 0xff) <= 4;

function readSet(bytes: MediaBytes, kind: number, from: number, to: number): MxfSet {
  const set: MxfSet = { kind, id: '' };
  for (let at = from, count = 0; count < MOST_ITEMS && at + 4 <= to; count++) {
    const [tag, length] = [bytes.u16(at), bytes.u16(at + 2)];
    const body = at + 4;
    at = body + length;
    if (at <= to) ITEMS.get(tag)?.(set, bytes, body, length);
  }
  return set;
}

type Read = (set: MxfSet, bytes: MediaBytes, at: number, length: number) => void;

/** By tag. Tags are fixed for what the standard names; those above 0x8000 are the file's own and are passed over. */
const ITEMS = new Map<number, Read>([
  [0x3c0a, (set, bytes, at) => (set.id = bytes.text(at, 16))],
  [0x4401, (set, bytes, at) => (set.umid = bytes.text(at, 32))],
  [0x4402, (set, bytes, at, length) => (set.name = utf16(bytes, at, length))],
  [0x4403, (set, bytes, at, length) => (set.tracks = references(bytes, at, length))],
  [0x4701, (set, bytes, at) => (set.descriptor = bytes.text(at, 16))],
  [0x4801, (set, bytes, at) => (set.trackId = bytes.u32(at))],
  [0x4b01, (set, bytes, at) => (set.editRate = ratio(bytes, at))],
  [0x4803, (set, bytes, at) => (set.sequence = bytes.text(at, 16))],
  [0x1001, (set, bytes, at, length) => (set.components = references(bytes, at, length))],
  [0x0201, (set, bytes, at) => (set.essence = essenceOf(bytes.u32(at + 8), bytes.u32(at + 12)))],
  [0x0202, (set, bytes, at) => (set.duration = bytes.i64(at))],
  [0x1201, (set, bytes, at) => (set.startPosition = bytes.i64(at))],
  [0x1101, (set, bytes, at) => (set.sourcePackage = bytes.text(at, 32))],
  [0x1102, (set, bytes, at) => (set.sourceTrack = bytes.u32(at))],
  [0x1501, (set, bytes, at) => (set.startTimecode = bytes.i64(at))],
  [0x1502, (set, bytes, at) => (set.timecodeBase = bytes.u16(at))],
  [0x1503, (set, bytes, at) => (set.drop = bytes.u8(at) !== 0)],
  [0x3203, (set, bytes, at) => ((set.stored ??= {}).width = bytes.u32(at))],
  [0x3202, (set, bytes, at) => ((set.stored ??= {}).height = bytes.u32(at))],
  [0x3205, (set, bytes, at) => ((set.sampled ??= {}).width = bytes.u32(at))],
  [0x3204, (set, bytes, at) => ((set.sampled ??= {}).height = bytes.u32(at))],
  [0x3209, (set, bytes, at) => ((set.display ??= {}).width = bytes.u32(at))],
  [0x3208, (set, bytes, at) => ((set.display ??= {}).height = bytes.u32(at))],
  [0x320c, (set, bytes, at) => (set.separateFields = bytes.u8(at) === 1)],
  [0x3d03, (set, bytes, at) => (set.audioRate = ratio(bytes, at))],
  [0x3d07, (set, bytes, at) => (set.channels = bytes.u32(at))],
  [0x3d01, (set, bytes, at) => (set.bits = bytes.u32(at))],
  [0x3001, (set, bytes, at) => (set.sampleRate = ratio(bytes, at))],
  [0x3002, (set, bytes, at) => (set.containerDuration = bytes.i64(at))],
  [0x3004, (set, bytes, at) => (set.wraps = bytes.u8(at + 13))],
  [0x3c01, (set, bytes, at, length) => (set.company = utf16(bytes, at, length))],
  [0x3c02, (set, bytes, at, length) => (set.product = utf16(bytes, at, length))],
]);

function ratio(bytes: MediaBytes, at: number): Ratio {
  return { num: bytes.u32(at), den: bytes.u32(at + 4) };
}

/** A batch: count, size of one (16), then the references. */
function references(bytes: MediaBytes, at: number, length: number): string[] {
  const count = Math.min(bytes.u32(at), Math.floor((length - 8) / 16), MOST_REFERENCES);
  const found: string[] = [];
  for (let nth = 0; nth < count; nth++) found.push(bytes.text(at + 8 + nth * 16, 16));
  return found;
}

/** The data definitions Avid used before the standard's, by the same four bytes. */
const OLDER: Record<number, MxfSet['essence']> = {
  0x6f3c8ce1: 'picture',
  0x78e1ebe1: 'sound',
  0x7f275e81: 'timecode',
};

/** Data definitions: 01.03.02.01 timecode, 01.03.02.02.01 picture, 01.03.02.02.02 sound. */
function essenceOf(group: number, item: number): MxfSet['essence'] {
  if (group === 0x01030201) return 'timecode';
  if (group !== 0x01030202) return OLDER[group];
  return item >>> 24 === 1 ? 'picture' : item >>> 24 === 2 ? 'sound' : undefined;
}

/** Big-endian UTF-16 up to the first NUL, trimmed. */
function utf16(bytes: MediaBytes, at: number, length: number): string {
  const text = bytes
    .copy(at, Math.min(length, LONGEST_NAME) & ~1)
    .swap16()
    .toString('utf16le');
  return text.split('\0', 1)[0]!.trim();
}
