/**
 * The work of listening, one file or one pair at a time: opens sound, hears it once, reads what its channels hold, compares. Runs in a
 * worker, and in this thread where there is none.
 */
import { findClap } from '../../../manifest/listen/clap.ts';
import { Ear } from '../../../manifest/listen/features.ts';
import { listen } from '../../../manifest/listen/listen.ts';
import { LtcDecoder } from '../../../manifest/listen/ltc.ts';
import { readLtc, type LtcReading } from '../../../manifest/listen/ltc-reading.ts';
import { Cancelled, type Features, type Fft, type Heard } from '../../../manifest/listen/types.ts';
import type { Rate } from '../../../manifest/time/rate.ts';
import { framesToSamples } from '../../../manifest/time/samples.ts';
import { PcmReader, type Pcm } from './pcm.ts';

/** A file as it was heard: what comparing it with others needs. Plain data; the levels lie in shared memory. */
export interface HeardFile {
  /** Where its samples are read: the file, or what ffmpeg made of it. */
  path: string;
  pcm: Pcm;
  /** One factor a channel: the mix that is listened to. */
  gains: number[];
  features: Features;
  ltc: { channel: number; reading: LtcReading } | null;
  bytesRead: number;
}

export interface PairTask {
  picture: HeardFile;
  sound: HeardFile;
  /** For where a drift reaches half a frame. */
  frameRate: Rate;
  /** The picture frame on which the slate closes, from the log. */
  slate?: number;
}

export interface HeardPair {
  heard: Heard;
  clap?: { pictureFrame: number; soundSample: number; pictureSample?: number };
}

/** Samples heard at a time. */
const BLOCK = 1 << 16;
/** Seconds in which timecode on a channel must show itself, and for which it is then read: enough for its rate. */
const SHOWS_WITHIN = 4;
const READ_FOR = 60;
/** Words that make a channel one of timecode. */
const FEW_WORDS = 4;
/** Kept in memory for the windows that comparing asks for: two minutes of the last files heard. */
const KEEP_SECONDS = 120;
const KEEP_FILES = 6;

/** Seconds around the place where the slate should be heard, and the frames a log may be off. */
const LEAD = 0.6;
const SLATE_FRAMES = 6;
/** Without a place found by ear, the clap is looked for in so many seconds. */
const SEARCH_SECONDS = 60;

export class Hearing {
  readonly #fft: Fft;
  readonly #cancelled: () => boolean;
  /** Mixes of short files, the latest last. */
  readonly #kept = new Map<string, Float32Array>();

  constructor(fft: Fft, cancelled: () => boolean) {
    this.#fft = fft;
    this.#cancelled = cancelled;
  }

  /** Throws Cancelled, and what the disk throws. */
  async hear(path: string, pcm: Pcm): Promise<HeardFile> {
    const reader = new PcmReader(path, pcm);
    try {
      const head = headLength(reader);
      const { first, decoders, speaking } = headOf(reader, head);
      const gains = mixOf(first, speaking);
      const ear = new Ear(this.#fft, pcm.sampleRate);
      const kept = reader.length <= KEEP_SECONDS * pcm.sampleRate ? new Float32Array(reader.length) : null;
      const listenTo = (block: Float32Array, at: number) => {
        ear.hear(block);
        kept?.set(block, at);
      };
      listenTo(mixed(first, gains, head), 0);
      const readUntil = speaking < 0 ? 0 : Math.round(READ_FOR * pcm.sampleRate);
      for (let at = head; at < reader.length; at += BLOCK) {
        await this.#breathe();
        if (at >= readUntil) {
          listenTo(reader.read(at, BLOCK, gains), at);
          continue;
        }
        const block = reader.readChannels(at, BLOCK);
        const { decoder, words } = decoders[speaking]!;
        words.push(...decoder.push(block[speaking]!));
        listenTo(mixed(block, gains, block[0]!.length), at);
      }
      if (kept) this.#keep(path, kept);
      const reading = speaking < 0 ? null : readLtc(decoders[speaking]!.words, pcm.sampleRate);
      return {
        path,
        pcm,
        gains,
        features: shared(ear.close()),
        ltc: reading && { channel: speaking + 1, reading },
        bytesRead: reader.bytesRead,
      };
    } finally {
      reader.close();
    }
  }

  async compare({ picture, sound, frameRate, slate }: PairTask): Promise<HeardPair> {
    const [readPicture, readSound] = [this.#source(picture), this.#source(sound)];
    try {
      const heard = await listen(
        { features: picture.features, read: readPicture.read },
        { features: sound.features, read: readSound.read },
        { fft: this.#fft, frameRate, cancelled: this.#cancelled },
      );
      if (slate === undefined) return { heard };
      const clap = await clapOf(slate, frameRate, heard, picture, sound, readPicture.read, readSound.read);
      return clap ? { heard, clap } : { heard };
    } finally {
      readPicture.close();
      readSound.close();
    }
  }

  /** Opens the file only once something is asked that is not kept. */
  #source({ path, pcm, gains }: HeardFile) {
    let reader: PcmReader | undefined;
    return {
      read: async (start: number, count: number) => {
        const kept = this.#kept.get(path);
        if (kept) return kept.slice(start, start + count);
        await this.#breathe();
        reader ??= new PcmReader(path, pcm);
        return reader.read(start, count, gains);
      },
      close: () => reader?.close(),
    };
  }

  #keep(path: string, samples: Float32Array): void {
    this.#kept.set(path, samples);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEEP_FILES && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** Lets a stop come through. */
  async #breathe(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.#cancelled()) throw new Cancelled();
  }
}

/** Samples of the first seconds; a sample rate beyond reason asks for no more of them than 384 kHz has. */
function headLength({ length, pcm }: PcmReader): number {
  return Math.min(length, Math.round(SHOWS_WITHIN * Math.min(pcm.sampleRate, 384_000)));
}

/** The first seconds of every channel, and the channel in which timecode shows itself there; −1 = in none. */
function headOf(reader: PcmReader, length: number) {
  const first = reader.readChannels(0, length);
  const decoders = first.map((samples) => {
    const decoder = new LtcDecoder(reader.pcm.sampleRate);
    return { decoder, words: decoder.push(samples) };
  });
  const speaking = decoders.findIndex(({ words }) => words.length >= FEW_WORDS);
  return { first, decoders, speaking };
}

/** The mix that is listened to: one factor a channel. */
export function gainsOf(reader: PcmReader): number[] {
  const { first, speaking } = headOf(reader, headLength(reader));
  return mixOf(first, speaking);
}

/** Every channel that is not timecode, alike; all nought where there is no other. */
function mixOf(channels: readonly Float32Array[], timecode: number): number[] {
  const others = channels.length - (timecode < 0 ? 0 : 1);
  return channels.map((_, channel) => (channel === timecode || others === 0 ? 0 : 1 / others));
}

function mixed(channels: readonly Float32Array[], gains: readonly number[], length: number): Float32Array {
  const mix = new Float32Array(length);
  for (const [channel, samples] of channels.entries()) {
    const gain = gains[channel]!;
    if (gain !== 0) for (let at = 0; at < samples.length; at++) mix[at]! += gain * samples[at]!;
  }
  return mix;
}

function shared(features: Features): Features {
  const levels = new Uint8Array(new SharedArrayBuffer(features.levels.length));
  levels.set(features.levels);
  return { ...features, levels };
}

type Read = (start: number, count: number) => Promise<Float32Array>;

/** The clap near where the slate closes; nothing where the sound has no clear one there. */
async function clapOf(
  frame: number,
  frameRate: Rate,
  heard: Heard,
  picture: HeardFile,
  sound: HeardFile,
  readPicture: Read,
  readSound: Read,
): Promise<HeardPair['clap'] | null> {
  const near = async (read: Read, { features }: HeardFile, at: number) => {
    const spread = Math.round((SLATE_FRAMES * frameRate.den * features.sampleRate) / frameRate.num);
    const lead = Math.round(LEAD * features.sampleRate);
    const from = Math.max(0, at - spread - lead);
    const to = Math.min(features.samples, at + spread + lead);
    if (to <= from) return null;
    const clap = findClap(await read(from, to - from), features.sampleRate);
    const place = clap && from + clap.at;
    return place !== null && Math.abs(place - at) <= spread ? place : null;
  };
  const pictureSample = await near(
    readPicture,
    picture,
    framesToSamples(frame, frameRate, picture.features.sampleRate),
  );
  const rate = sound.features.sampleRate;
  const soundSample =
    heard.heard === 'match'
      ? await near(readSound, sound, framesToSamples(frame, frameRate, rate) - heard.offsetSamples)
      : await anywhere(readSound, sound, rate);
  if (soundSample === null) return null;
  return { pictureFrame: frame, soundSample, ...(pictureSample === null ? {} : { pictureSample }) };
}

async function anywhere(read: Read, { features }: HeardFile, rate: number): Promise<number | null> {
  const count = Math.min(features.samples, SEARCH_SECONDS * rate);
  return findClap(await read(0, count), rate)?.at ?? null;
}
