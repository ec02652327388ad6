/** A media file read in small windows: a probe sees headers only, however long the file, and never the media itself. */
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** One window where nothing else is said. Most headers fit in a few; a smaller one costs more reads, a larger one more bytes. */
export const WINDOW = 640;
/** The most that is loaded at once, whatever a size field claims. */
export const LARGEST = 8192;

/** A stretch of the file in memory. */
interface Window {
  bytes: Buffer;
  start: number;
  length: number;
}

/**
 * Two, so that a look elsewhere (a timecode sample far from the header) does not cost the header. A probe runs from open to
 * close without a pause, so all probes share them.
 */
const WINDOWS = [Buffer.alloc(LARGEST), Buffer.alloc(LARGEST)] as const;

/**
 * Numbers and text at absolute offsets. What lies past the end of the file reads as 0 or '': whether a file is cut short
 * is judged from its boxes' ends, not from the reads. Throws only what the disk throws.
 */
export class MediaBytes {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes read so far, and in how many reads. */
  bytesRead = 0;
  reads = 0;
  /** What is loaded at once where no more is asked for: a format whose header is all read in order sets it higher. */
  ahead = WINDOW;
  readonly #file: number;
  // The window in use lies in fields of its own: every number read comes through here.
  #bytes: Buffer = WINDOWS[0];
  #start = 0;
  #length = 0;
  #other: Window = { bytes: WINDOWS[1], start: 0, length: 0 };

  constructor(file: number, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Makes [offset, offset + length) the window, and more after it where `ahead` asks; false where the file ends before. */
  load(offset: number, length: number, ahead = this.ahead): boolean {
    if (this.#holds(offset, length)) return true;
    if (!(offset >= 0 && offset + length <= this.size && length <= LARGEST)) return false;
    this.#swap();
    if (this.#holds(offset, length)) return true;
    const want = Math.min(Math.max(length, ahead), LARGEST, this.size - offset);
    this.#start = offset;
    this.#length = readSync(this.#file, this.#bytes, 0, want, offset);
    this.bytesRead += this.#length;
    this.reads++;
    return length <= this.#length;
  }

  #holds(offset: number, length: number): boolean {
    return offset >= this.#start && offset + length <= this.#start + this.#length;
  }

  #swap(): void {
    const { bytes, start, length } = this.#other;
    const other = this.#other;
    [other.bytes, other.start, other.length] = [this.#bytes, this.#start, this.#length];
    [this.#bytes, this.#start, this.#length] = [bytes, start, length];
  }

  /** Where `offset` lies in the window, which then holds `length` bytes from there; −1 past the end of the file. */
  #at(offset: number, length: number): number {
    const at = offset - this.#start;
    if (at >= 0 && at + length <= this.#length) return at;
    return this.load(offset, length) ? offset - this.#start : -1;
  }

  u8(offset: number): number {
    const at = this.#at(offset, 1);
    return at < 0 ? 0 : this.#bytes[at]!;
  }
  u16(offset: number): number {
    const at = this.#at(offset, 2);
    return at < 0 ? 0 : (this.#bytes[at]! << 8) | this.#bytes[at + 1]!;
  }
  u32(offset: number): number {
    return this.i32(offset) >>> 0;
  }
  i32(offset: number): number {
    const at = this.#at(offset, 4);
    if (at < 0) return 0;
    const bytes = this.#bytes;
    return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  /** Loses precision past 2⁵³, which is past any file and any length of time. */
  u64(offset: number): number {
    return this.u32(offset) * 2 ** 32 + this.u32(offset + 4);
  }
  i64(offset: number): number {
    return this.i32(offset) * 2 ** 32 + this.u32(offset + 4);
  }
  f64(offset: number): number {
    const at = this.#at(offset, 8);
    return at < 0 ? 0 : this.#bytes.readDoubleBE(at);
  }
  u16le(offset: number): number {
    const at = this.#at(offset, 2);
    return at < 0 ? 0 : this.#bytes[at]! | (this.#bytes[at + 1]! << 8);
  }
  u32le(offset: number): number {
    const at = this.#at(offset, 4);
    if (at < 0) return 0;
    const bytes = this.#bytes;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }
  u64le(offset: number): number {
    return this.u32le(offset) + this.u32le(offset + 4) * 2 ** 32;
  }
  /** `length` characters (LARGEST at most), one byte each. */
  text(offset: number, length: number): string {
    const at = this.#at(offset, length);
    return at < 0 ? '' : this.#bytes.toString('latin1', at, at + length);
  }
  /** Four characters, one byte each. */
  tag(offset: number): string {
    return this.text(offset, 4);
  }
  /** A copy of at most `length` bytes (LARGEST at most); fewer where the file ends. */
  copy(offset: number, length: number): Buffer {
    const there = Math.min(length, LARGEST, this.size - offset);
    if (!(there > 0)) return Buffer.alloc(0);
    const at = this.#at(offset, there);
    if (at < 0) return Buffer.alloc(0);
    const copied = Buffer.allocUnsafe(there);
    this.#bytes.copy(copied, 0, at, at + there);
    return copied;
  }
}

/** Text as recorders and cameras write it: UTF-8, else one byte a character; up to the first NUL, trimmed. */
export function decode(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  const said = nul < 0 ? bytes : bytes.subarray(0, nul);
  return (isUtf8(said) ? said.toString('utf8') : said.toString('latin1')).trim();
}

/** Opens, hands over, closes. A pipe or device with a media name must not hold up a scan, hence non-blocking. */
export function withBytes<Result>(file: string, use: (bytes: MediaBytes, stats: Stats) => Result): Result {
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    return use(new MediaBytes(handle, stats.size), stats);
  } finally {
    closeSync(handle);
  }
}
