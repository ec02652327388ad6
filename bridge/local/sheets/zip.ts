/**
 * Reads single parts out of a ZIP archive in memory, as far as workbooks need it. Nothing is ever unpacked to disk, and what an archive
 * can make us do is bounded: entries, bytes of one part, bytes in all. Never throws anything but ZipError.
 */
import { crc32, inflateRawSync } from 'node:zlib';

/** Why an archive cannot be read, as a sentence part. */
export class ZipError extends Error {}

export interface ZipLimits {
  /** Entries in the directory. */
  entries: number;
  /** Bytes of one part, unpacked. */
  part: number;
  /** Bytes unpacked in all, whatever the directory claims. */
  total: number;
}

const WORKBOOK_LIMITS: ZipLimits = {
  entries: 10_000,
  part: 256 * 1024 * 1024,
  total: 512 * 1024 * 1024,
};

interface Entry {
  method: number;
  flags: number;
  crc: number;
  packed: number;
  size: number;
  /** Of its local header. */
  offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** A comment of at most 65,535 bytes may follow the end record of 22. */
const END_WITHIN = 22 + 0xffff;

export class Zip {
  private readonly entries = new Map<string, Entry>();
  private unpacked = 0;
  private readonly bytes: Buffer;
  private readonly limits: ZipLimits;

  constructor(bytes: Buffer, limits: ZipLimits = WORKBOOK_LIMITS) {
    this.bytes = bytes;
    this.limits = limits;
    this.readDirectory();
  }

  /** Names of the parts, as the archive spells them. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  /** The part's bytes; null where there is none of that name. */
  part(name: string): Buffer | null {
    const entry = this.entries.get(name);
    if (!entry) return null;
    if (entry.flags & 1) throw new ZipError(`${name} is encrypted`);
    const packed = this.packedBytes(name, entry);
    const room = Math.min(this.limits.part, this.limits.total - this.unpacked);
    const bytes = entry.method === 0 ? packed : inflate(packed, entry, name, room);
    if (bytes.length > room) throw new ZipError(tooLarge(name, room));
    this.unpacked += bytes.length;
    if (crc32(bytes) !== entry.crc) throw new ZipError(`${name} is damaged (its checksum does not fit)`);
    return bytes;
  }

  private packedBytes(name: string, { offset, packed }: Entry): Buffer {
    if (offset + 30 > this.bytes.length || this.bytes.readUInt32LE(offset) !== LOCAL)
      throw new ZipError(`${name} is not where the archive says`);
    const start = offset + 30 + this.bytes.readUInt16LE(offset + 26) + this.bytes.readUInt16LE(offset + 28);
    if (start + packed > this.bytes.length) throw new ZipError(`${name} ends before its size says`);
    return this.bytes.subarray(start, start + packed);
  }

  private readDirectory(): void {
    const { bytes, limits } = this;
    const end = this.findEnd();
    const count = bytes.readUInt16LE(end + 10);
    let at = bytes.readUInt32LE(end + 16);
    if (count === 0xffff || at === 0xffffffff)
      throw new ZipError('it is a ZIP64 archive, which no log sheet needs');
    if (count > limits.entries)
      throw new ZipError(`it holds ${count} parts; at most ${limits.entries} are read`);
    for (let nth = 0; nth < count; nth++) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY)
        throw new ZipError('its directory is damaged');
      const [named, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
        number,
        number,
        number,
      ];
      const name = bytes.toString('utf8', at + 46, at + 46 + named).replaceAll('\\', '/');
      // The first of two parts by one name counts, as a reader that looks it up would find it.
      if (!this.entries.has(name))
        this.entries.set(name, {
          flags: bytes.readUInt16LE(at + 8),
          method: bytes.readUInt16LE(at + 10),
          crc: bytes.readUInt32LE(at + 16),
          packed: bytes.readUInt32LE(at + 20),
          size: bytes.readUInt32LE(at + 24),
          offset: bytes.readUInt32LE(at + 42),
        });
      at += 46 + named + extra + comment;
    }
  }

  private findEnd(): number {
    const { bytes } = this;
    const last = bytes.length - 22;
    for (let at = last; at >= Math.max(0, bytes.length - END_WITHIN); at--)
      if (bytes.readUInt32LE(at) === END) return at;
    throw new ZipError('it is cut short or no ZIP archive');
  }
}

function tooLarge(name: string, room: number): string {
  return `${name} unpacks to more than ${Math.round(room / 1024 / 1024)} MB, which no log sheet does`;
}

function inflate(packed: Buffer, { method, size }: Entry, name: string, room: number): Buffer {
  if (method !== 8) throw new ZipError(`${name} is packed by a method (${method}) that workbooks do not use`);
  if (size > room) throw new ZipError(tooLarge(name, room));
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new ZipError(code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(name, room) : `${name} is damaged`);
  }
}
