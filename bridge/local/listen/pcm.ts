/**
 * Uncompressed sound where it lies in a media file: which bytes, of what form, and the mix of its channels as floats. The files
 * are read in place, only as far as their sound goes, and nothing else of them.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs';

/** How one sample is written: i = whole number, u = offset whole number, f = float; bits; le/be. */
export type SampleForm = 'u8' | 'i8' | `${'i16' | 'i24' | 'i32' | 'f32' | 'f64'}${'le' | 'be'}`;

export interface Extent {
  /** Offset in the file. */
  at: number;
  /** Samples of all channels. */
  samples: number;
}

/** Channels that lie interleaved: a WAV has one strand, a MOV one for each of its sound tracks. */
export interface Strand {
  form: SampleForm;
  channels: number;
  /** Bytes of one sample of all channels, padding included. */
  block: number;
  /** In order, next to one another in time. */
  extents: Extent[];
  /** Samples after (before, where negative) the first picture frame that the first of them sounds. */
  delay: number;
}

export interface Pcm {
  sampleRate: number;
  strands: Strand[];
}

const BYTES: Record<string, number> = { u8: 1, i8: 1, i16: 2, i24: 3, i32: 4, f32: 4, f64: 8 };

export function bytesOf(form: SampleForm): number {
  return BYTES[form.replace(/[lb]e$/, '')]!;
}

export function channelCount({ strands }: Pcm): number {
  return strands.reduce((sum, strand) => sum + strand.channels, 0);
}

function strandLength({ extents }: Strand): number {
  return extents.reduce((sum, extent) => sum + extent.samples, 0);
}

/** Samples from the picture's first frame (the sound's first, where there is no picture) to the end of the last strand. */
export function soundLength({ strands }: Pcm): number {
  return strands.reduce((most, strand) => Math.max(most, strand.delay + strandLength(strand)), 0);
}

/** The most that is read at once. */
const LARGEST = 1 << 20;

/** One opened file. Not for two readers at a time: it has one buffer. */
export class PcmReader {
  readonly pcm: Pcm;
  readonly length: number;
  /** Bytes of sound read so far. */
  bytesRead = 0;
  readonly #file: number;
  /** Where each extent begins in its strand's time, and where the last one ends. */
  readonly #begins: Map<Strand, Float64Array>;
  #bytes = Buffer.alloc(0);

  /** Throws what the disk throws. */
  constructor(path: string, pcm: Pcm) {
    this.pcm = pcm;
    this.length = soundLength(pcm);
    this.#begins = new Map(pcm.strands.map((strand) => [strand, beginnings(strand)]));
    this.#file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  }

  close(): void {
    closeSync(this.#file);
  }

  /**
   * `count` samples from `start` of the mix: `gains` holds one factor a channel, in file order; 0 leaves a channel out. Silence
   * where a strand has nothing; fewer than `count` only past the end of the sound.
   */
  read(start: number, count: number, gains: readonly number[]): Float32Array {
    const mixed = new Float32Array(Math.max(0, Math.min(count, this.length - start)));
    let first = 0;
    for (const strand of this.pcm.strands) {
      const own = gains.slice(first, first + strand.channels);
      if (own.some((gain) => gain !== 0)) this.#addStrand(strand, start, own, mixed);
      first += strand.channels;
    }
    return mixed;
  }

  /** The same for every channel alone; the bytes are read once. */
  readChannels(start: number, count: number): Float32Array[] {
    const length = Math.max(0, Math.min(count, this.length - start));
    return this.pcm.strands.flatMap((strand) => {
      const channels = Array.from({ length: strand.channels }, () => new Float32Array(length));
      this.#eachPiece(strand, start, length, (there, place) => {
        for (const [channel, samples] of channels.entries()) {
          const only = channels.map((_, other) => (other === channel ? 1 : 0));
          addSamples(this.#bytes, there, strand, only, samples, place);
        }
      });
      return channels;
    });
  }

  #addStrand(strand: Strand, start: number, gains: readonly number[], mixed: Float32Array): void {
    this.#eachPiece(strand, start, mixed.length, (there, place) =>
      addSamples(this.#bytes, there, strand, gains, mixed, place),
    );
  }

  /** Loads the strand's part of [start, start + length) piece by piece: samples that are there, and their place in it. */
  #eachPiece(
    strand: Strand,
    start: number,
    length: number,
    use: (there: number, place: number) => void,
  ): void {
    const most = Math.max(1, Math.floor(LARGEST / strand.block));
    const [from, to] = [start - strand.delay, start - strand.delay + length];
    const begins = this.#begins.get(strand)!;
    for (let nth = extentAt(begins, from); nth < strand.extents.length; nth++) {
      const [extent, begin, end] = [strand.extents[nth]!, begins[nth]!, begins[nth + 1]!];
      if (begin >= to) return;
      for (let at = Math.max(from, begin); at < Math.min(to, end);) {
        const count = Math.min(most, Math.min(to, end) - at);
        const there = this.#load(extent.at + (at - begin) * strand.block, count * strand.block);
        use(Math.floor(there / strand.block), at - from);
        at += count;
      }
    }
  }

  #load(at: number, length: number): number {
    if (this.#bytes.length < length) this.#bytes = Buffer.alloc(Math.max(length, 1 << 16));
    let there = 0;
    // A network volume may give less than it was asked for.
    while (there < length) {
      const read = readSync(this.#file, this.#bytes, there, length - there, at + there);
      if (read === 0) break;
      there += read;
    }
    this.bytesRead += there;
    return there;
  }
}

function beginnings({ extents }: Strand): Float64Array {
  const begins = new Float64Array(extents.length + 1);
  for (const [nth, extent] of extents.entries()) begins[nth + 1] = begins[nth]! + extent.samples;
  return begins;
}

/** The extent that holds a sample: the last that begins at or before it. A MOV has one for every frame. */
function extentAt(begins: Float64Array, sample: number): number {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begins[middle + 1]! <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}

type ReadOne = (bytes: Buffer, at: number) => number;

const READ: Record<SampleForm, ReadOne> = {
  u8: (bytes, at) => (bytes[at]! - 128) / 128,
  i8: (bytes, at) => ((bytes[at]! << 24) >> 24) / 128,
  i16le: (bytes, at) => (((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16) / 0x8000,
  i16be: (bytes, at) => (((bytes[at + 1]! | (bytes[at]! << 8)) << 16) >> 16) / 0x8000,
  i24le: (bytes, at) => ((bytes[at]! << 8) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 24)) / 0x80000000,
  i24be: (bytes, at) => ((bytes[at + 2]! << 8) | (bytes[at + 1]! << 16) | (bytes[at]! << 24)) / 0x80000000,
  i32le: (bytes, at) => bytes.readInt32LE(at) / 0x80000000,
  i32be: (bytes, at) => bytes.readInt32BE(at) / 0x80000000,
  f32le: (bytes, at) => finite(bytes.readFloatLE(at)),
  f32be: (bytes, at) => finite(bytes.readFloatBE(at)),
  f64le: (bytes, at) => finite(bytes.readDoubleLE(at)),
  f64be: (bytes, at) => finite(bytes.readDoubleBE(at)),
};

/** A damaged float file may hold anything; one such sample must not silence all sums it enters. */
const finite = (value: number) => (value > -16 && value < 16 ? value : 0);

function addSamples(
  bytes: Buffer,
  count: number,
  { form, channels, block }: Strand,
  gains: readonly number[],
  mixed: Float32Array,
  place: number,
): void {
  const width = bytesOf(form);
  const read = READ[form];
  for (let channel = 0; channel < channels; channel++) {
    const gain = gains[channel] ?? 0;
    if (gain === 0) continue;
    const from = channel * width;
    // The two forms nearly all sound has, written out: a call a sample takes as long as all the rest.
    if (form === 'i24le')
      for (let nth = 0, at = from; nth < count; nth++, at += block)
        mixed[place + nth]! +=
          gain * (((bytes[at]! << 8) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 24)) / 0x80000000);
    else if (form === 'i16le')
      for (let nth = 0, at = from; nth < count; nth++, at += block)
        mixed[place + nth]! += gain * ((((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16) / 0x8000);
    else
      for (let nth = 0, at = from; nth < count; nth++, at += block)
        mixed[place + nth]! += gain * read(bytes, at);
  }
}
