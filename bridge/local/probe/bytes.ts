/** A media file read in small windows: a probe sees headers only, however long the file, and never the media itself. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** One window. Most tracks' headers fit in one; a smaller one costs more reads, a larger one more bytes. */
const WINDOW = 640;
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
  /** Bytes read so far. */
  bytesRead = 0;
  readonly #file: number;
  #window: Window = { bytes: WINDOWS[0], start: 0, length: 0 };
  #other: Window = { bytes: WINDOWS[1], start: 0, length: 0 };

  constructor(file: number, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Makes [offset, offset + length) the window, and more after it where `ahead` asks; false where the file ends before. */
  load(offset: number, length: number, ahead = WINDOW): boolean {
    if (!(offset >= 0 && offset + length <= this.size && length <= LARGEST)) return false;
    if (holds(this.#window, offset, length)) return true;
    [this.#window, this.#other] = [this.#other, this.#window];
    if (holds(this.#window, offset, length)) return true;
    const want = Math.min(Math.max(length, ahead), LARGEST, this.size - offset);
    this.#window.start = offset;
    this.#window.length = readSync(this.#file, this.#window.bytes, 0, want, offset);
    this.bytesRead += this.#window.length;
    return length <= this.#window.length;
  }

  u8(offset: number): number {
    return this.load(offset, 1) ? this.#window.bytes.readUInt8(offset - this.#window.start) : 0;
  }
  u16(offset: number): number {
    return this.load(offset, 2) ? this.#window.bytes.readUInt16BE(offset - this.#window.start) : 0;
  }
  u32(offset: number): number {
    return this.load(offset, 4) ? this.#window.bytes.readUInt32BE(offset - this.#window.start) : 0;
  }
  i32(offset: number): number {
    return this.u32(offset) | 0;
  }
  /** Loses precision past 2⁵³, which is past any file and any length of time. */
  u64(offset: number): number {
    return this.u32(offset) * 2 ** 32 + this.u32(offset + 4);
  }
  f64(offset: number): number {
    return this.load(offset, 8) ? this.#window.bytes.readDoubleBE(offset - this.#window.start) : 0;
  }
  u16le(offset: number): number {
    return this.load(offset, 2) ? this.#window.bytes.readUInt16LE(offset - this.#window.start) : 0;
  }
  u32le(offset: number): number {
    return this.load(offset, 4) ? this.#window.bytes.readUInt32LE(offset - this.#window.start) : 0;
  }
  u64le(offset: number): number {
    return this.u32le(offset) + this.u32le(offset + 4) * 2 ** 32;
  }
  /** Four characters, one byte each. */
  tag(offset: number): string {
    return this.load(offset, 4)
      ? this.#window.bytes.toString('latin1', offset - this.#window.start, offset - this.#window.start + 4)
      : '';
  }
  /** A copy of at most `length` bytes (LARGEST at most); fewer where the file ends. */
  copy(offset: number, length: number): Buffer {
    const there = Math.min(length, LARGEST, this.size - offset);
    if (!(there > 0) || !this.load(offset, there)) return Buffer.alloc(0);
    const copied = Buffer.allocUnsafe(there);
    this.#window.bytes.copy(copied, 0, offset - this.#window.start, offset - this.#window.start + there);
    return copied;
  }
}

function holds({ start, length }: Window, offset: number, wanted: number): boolean {
  return offset >= start && offset + wanted <= start + length;
}

/** Text as recorders and cameras write it: UTF-8, else one byte a character; up to the first NUL, trimmed. */
export function decode(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  const said = nul < 0 ? bytes : bytes.subarray(0, nul);
  return (isUtf8(said) ? said.toString('utf8') : said.toString('latin1')).trim();
}

const STRICT = new TextDecoder('utf-8', { fatal: true });

export function isUtf8(bytes: Buffer): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
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
