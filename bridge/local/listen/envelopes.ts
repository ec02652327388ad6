/**
 * Peaks of sound for a person to look at: the lowest and highest sample of each few milliseconds, read once, kept in memory, and
 * joined into as many buckets as were asked for. The same mix that is listened to; only the range that was asked for is read.
 */
import { stat } from 'node:fs/promises';
import { Cancelled } from '../../../manifest/listen/types.ts';
import type { Envelope } from '../../desk.ts';
import { CannotDecode, Decoder, findFfmpeg, needsFfmpeg } from './ffmpeg.ts';
import { gainsOf } from './hearing.ts';
import { locatePcm } from './locate.ts';
import { PcmReader, soundLength, type Pcm } from './pcm.ts';

/** Samples in the smallest bucket: 1.3 ms at 48 kHz, a thirtieth of a frame. */
const LEAST = 64;
/** Smallest buckets read together. */
const PAGE = 1024;
/** Pages kept, 4 KiB each: two hours of sound at 48 kHz. */
const MOST_PAGES = 6000;
/** Pages one question may ask for, a day at 48 kHz: no take is longer, and a file that says so may be made to keep a reader busy. */
const MOST_ASKED = 65_000;
/** Files whose layout is kept. */
const MOST_FILES = 64;

/** Lows, then highs, of 16 bits. */
type Page = Int16Array;

interface Shape {
  pcm: Pcm;
  /** One factor a channel: the mix. */
  gains: number[];
}

/** From and to (exclusive) in samples of the file; either may lie outside of it. */
export type Range = readonly [from: number, to: number];

export interface EnvelopeAsked {
  /** Absolute. */
  path: string;
  range(sampleRate: number): Range;
  /** The most buckets wanted; at least 1. One more may come, because buckets lie on a grid. */
  buckets: number;
  signal: AbortSignal;
}

export class Envelopes {
  readonly #ffmpeg: string | null | undefined;
  /** By path, size and time; the latest last. */
  readonly #shapes = new Map<string, Shape>();
  readonly #pages = new Map<string, Page>();

  /** `ffmpeg`: null = none; looked for where absent, once there is sound for it. */
  constructor(ffmpeg?: string | null) {
    this.#ffmpeg = ffmpeg;
  }

  /** Throws CannotDecode with a part of a sentence, Cancelled, and what the disk throws. */
  async of(asked: EnvelopeAsked): Promise<Envelope> {
    const { path, signal } = asked;
    const found = await stat(path);
    if (!found.isFile()) throw new CannotDecode('it is no file');
    const key = `${path}\n${found.size} ${found.mtimeMs}`;
    const known = this.#shapes.get(key);
    const pcm = known?.pcm ?? locatePcm(path);
    if (!('what' in pcm)) return this.#read(key, path, pcm, asked);
    const decoded = await this.#decoded(key, asked);
    if (decoded) return decoded;
    const program = this.#ffmpeg === undefined ? await findFfmpeg() : this.#ffmpeg;
    if (program === null) throw new CannotDecode(needsFfmpeg(pcm.what));
    const decoder = new Decoder(program, signal);
    try {
      const made = await decoder.decode(path);
      const there = locatePcm(made);
      if ('what' in there) throw new CannotDecode(`ffmpeg made ${there.what} of its sound`);
      // All of it: what was decoded is not kept, but its peaks are.
      await this.#read(`decoded ${key}`, made, there, { ...asked, range: () => [0, soundLength(there)] });
      return await this.#read(`decoded ${key}`, made, there, asked);
    } finally {
      await decoder.close();
    }
  }

  /** From memory alone; null where a page of it is not there any more. */
  async #decoded(key: string, asked: EnvelopeAsked): Promise<Envelope | null> {
    const shape = this.#shapes.get(`decoded ${key}`);
    if (!shape) return null;
    try {
      return await this.#read(`decoded ${key}`, null, shape.pcm, asked);
    } catch (error) {
      if (error instanceof Gone) return null;
      throw error;
    }
  }

  async #read(key: string, path: string | null, pcm: Pcm, asked: EnvelopeAsked): Promise<Envelope> {
    const samples = soundLength(pcm);
    if (samples === 0) throw new CannotDecode('it holds no sound');
    const grid = gridOf(asked.range(pcm.sampleRate), samples, asked.buckets);
    const [first, last] = [Math.floor(grid.at / PER_PAGE), Math.ceil(grid.end / PER_PAGE)];
    if (last - first > MOST_ASKED) throw new CannotDecode('it is longer than a day');
    let reader: PcmReader | undefined;
    try {
      for (let nth = first; nth < last; nth++) {
        let page = this.#pages.get(`${key} ${nth}`);
        if (!page) {
          if (path === null) throw new Gone();
          await breathe(asked.signal);
          reader ??= new PcmReader(path, pcm);
          const { gains } = this.#shapes.get(key) ?? this.#know(key, { pcm, gains: gainsOf(reader) });
          page = peaks(reader, nth * PER_PAGE, gains);
        }
        this.#keep(`${key} ${nth}`, page);
        joinPage(grid, page, nth * PER_PAGE);
      }
    } finally {
      reader?.close();
    }
    const { at, each, low, high } = grid;
    return { sampleRate: pcm.sampleRate, samples, at, each, low: [...low], high: [...high] };
  }

  #know(key: string, shape: Shape): Shape {
    this.#shapes.set(key, shape);
    forget(this.#shapes, MOST_FILES);
    return shape;
  }

  #keep(key: string, page: Page): void {
    // To the end, where the latest are.
    this.#pages.delete(key);
    this.#pages.set(key, page);
    forget(this.#pages, MOST_PAGES);
  }
}

/** A page that is no longer in memory, of a file that is no longer on the disk. */
class Gone extends Error {}

const PER_PAGE = LEAST * PAGE;

function forget(kept: Map<string, unknown>, most: number): void {
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}

interface Grid {
  at: number;
  /** After the last sample that is there. */
  end: number;
  each: number;
  low: Int16Array;
  high: Int16Array;
}

/** Buckets of 64 samples times a power of two, on multiples of their size: the same sample is in the same bucket however far one looks. */
function gridOf([from, to]: Range, samples: number, buckets: number): Grid {
  let each = LEAST;
  while ((to - from) / each > buckets) each *= 2;
  const end = Math.max(0, Math.min(samples, Math.ceil(to / each) * each));
  const at = Math.min(end, Math.floor(Math.max(0, from) / each) * each);
  const count = Math.ceil((end - at) / each);
  return { at, end, each, low: new Int16Array(count), high: new Int16Array(count) };
}

/** The smallest buckets of one page; silence past the end of the sound. */
function peaks(reader: PcmReader, start: number, gains: readonly number[]): Page {
  const page = new Int16Array(PAGE * 2);
  const samples = reader.read(start, PER_PAGE, gains);
  for (let at = 0; at < samples.length; at += LEAST) {
    let [low, high] = [samples[at]!, samples[at]!];
    for (let nth = at + 1, end = Math.min(at + LEAST, samples.length); nth < end; nth++) {
      const value = samples[nth]!;
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    page[at / LEAST] = sixteen(low);
    page[PAGE + at / LEAST] = sixteen(high);
  }
  return page;
}

const sixteen = (value: number) => Math.round(Math.max(-1, Math.min(1, value)) * 0x7fff);

/** `start`: the page's first sample. */
function joinPage({ at, end, each, low, high }: Grid, page: Page, start: number): void {
  const from = Math.max(0, Math.floor((at - start) / LEAST));
  const to = Math.min(PAGE, Math.ceil((end - start) / LEAST));
  for (let nth = from; nth < to; nth++) {
    const past = start + nth * LEAST - at;
    const bucket = Math.floor(past / each);
    const fresh = past % each === 0;
    const [down, up] = [page[nth]!, page[PAGE + nth]!];
    if (fresh || down < low[bucket]!) low[bucket] = down;
    if (fresh || up > high[bucket]!) high[bucket] = up;
  }
}

/** Lets a stop come through. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new Cancelled();
}
