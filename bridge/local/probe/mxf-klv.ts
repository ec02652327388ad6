/** The triplets of key, length and value that MXF is made of, and the partitions they lie in. SMPTE ST 377-1, 336. */
import type { MediaBytes } from './bytes.ts';

export interface Klv {
  /** The last 12 of the key's 16 bytes, as numbers; the first four are the same in every key. */
  category: number;
  group: number;
  item: number;
  body: number;
  /** Past the last byte of the value, never past the end of the file. */
  end: number;
  /** Its length claims more than the file holds. */
  cut: boolean;
}

/** What every SMPTE universal label begins with. */
export const SMPTE = 0x060e2b34;
const KEY = 16;
/** A key and the longest length. */
const HEADER = KEY + 9;

/** The triplet at an offset; null where there is no SMPTE key. */
export function klvAt(bytes: MediaBytes, at: number): Klv | null {
  if (!bytes.load(at, Math.min(HEADER, bytes.size - at)) || bytes.u32(at) !== SMPTE) return null;
  const first = bytes.u8(at + KEY);
  const more = first & 0x7f;
  if (first === 0x80 || (first > 0x80 && more > 8)) return null;
  let length = first < 0x80 ? first : 0;
  if (first > 0x80) for (let nth = 1; nth <= more; nth++) length = length * 256 + bytes.u8(at + KEY + nth);
  const body = at + KEY + (first < 0x80 ? 1 : 1 + more);
  const end = body + length;
  return {
    category: bytes.u32(at + 4),
    group: bytes.u32(at + 8),
    item: bytes.u32(at + 12),
    body,
    end: Math.min(end, bytes.size),
    cut: end > bytes.size,
  };
}

export interface Partition {
  kind: 'header' | 'body' | 'footer';
  /** What it says of the material may still change: the file was not closed, or closed in a hurry. */
  unfinished: boolean;
  /** Offset of the footer partition; 0 where it is not known. */
  footer: number;
  /** Bytes of header metadata that follow. */
  metadata: number;
  /** Past the partition pack. */
  end: number;
}

const PARTITION_CATEGORY = 0x0205;
const PARTITION_GROUP = 0x0d010201;
const KINDS: Record<number, Partition['kind']> = { 2: 'header', 3: 'body', 4: 'footer' };

export function isPartition({ category, group }: Klv): boolean {
  return category >>> 16 === PARTITION_CATEGORY && group === PARTITION_GROUP;
}

export function partitionAt(bytes: MediaBytes, at: number): Partition | null {
  const klv = klvAt(bytes, at);
  if (!klv || !isPartition(klv) || klv.end - klv.body < 64) return null;
  const kind = KINDS[(klv.item >>> 16) & 0xff];
  if (!kind) return null;
  // 1 open and incomplete, 2 closed and incomplete, 3 open and complete, 4 closed and complete.
  const status = (klv.item >>> 8) & 0xff;
  return {
    kind,
    unfinished: status !== 4,
    footer: bytes.u64(klv.body + 24),
    metadata: bytes.u64(klv.body + 32),
    end: klv.end,
  };
}

/** The random index pack at the file's end names every partition; the footer is the last. Null where there is none. */
export function footerByIndex(bytes: MediaBytes): number | null {
  const length = bytes.size > 64 ? bytes.u32(bytes.size - 4) : 0;
  if (length < 32 || length > bytes.size) return null;
  const klv = klvAt(bytes, bytes.size - length);
  if (!klv || !isPartition(klv) || ((klv.item >>> 16) & 0xff) !== 0x11) return null;
  return bytes.u64(bytes.size - 12);
}
