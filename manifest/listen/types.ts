/**
 * What listening takes and gives: the features of a file, a way to read windows of its samples, and the answer.
 * Sound here is one channel of floats in ±1, at the file's own sample rate; offsets are whole samples with a stated bound.
 *
 * How it is called (`fft` comes from bridge/local/listen/fft.ts: `const fft = await loadFft()`):
 *
 *     const ear = new Ear(fft, 48000);                 // manifest/listen/features.ts
 *     for await (const block of mono) ear.hear(block); // blocks of any length
 *     const features = ear.close();                    // keep it: 2.9 MB an hour
 *     const heard = await listen(                      // manifest/listen/listen.ts
 *       { features: ofPicture, read: readPicture },
 *       { features: ofSound, read: readSound },
 *       { fft, frameRate: clip.rate },
 *     );
 */
import type { Rate } from '../documents/rate.ts';

/** Which of the two is spoken of. */
export type SideName = 'picture' | 'sound';

/** Raised whenever features of an older kernel can no longer be compared with new ones. A cache keeps it in its key. */
export const FEATURES_VERSION = 1;

export const BANDS = 8;
/** Feature frames a second, at every sample rate. */
export const FRAMES_PER_SECOND = 100;

/** What the coarse search needs of a file. `levels` may be stored and read back as bytes. */
export interface Features {
  version: number;
  sampleRate: number;
  /** Samples heard in all. */
  samples: number;
  /** Frame by frame, BANDS bytes each: half decibels above −127.5 dBFS; 0 is that or less, 255 full scale. */
  levels: Uint8Array;
}

/**
 * Reads `count` samples from `start`, as floats in ±1. Never asked for anything outside 0…`features.samples`. Must give the
 * same channel (or mix) the features were made of. A shorter answer is taken as a file that ends there.
 */
export type ReadSamples = (start: number, count: number) => Promise<Float32Array>;

export interface Side {
  features: Features;
  read: ReadSamples;
}

export interface ListenOptions {
  fft: Fft;
  /** The picture's rate: for where a drift reaches half a frame. */
  frameRate: Rate;
  /** Asked between steps; true ends the work with `Cancelled`. */
  cancelled?: () => boolean;
}

/** Thrown by `listen` when `cancelled` said so. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** The numbers behind an answer. */
export interface Evidence {
  /** Height of the place in the coarse correlation, in standard deviations of all places. */
  z: number;
  /** How far the fine windows agree: their height along the line, over the best line through the same windows turned against each other. About 1 is chance. */
  score: number;
  /** Fine windows compared, and those that lie on the line. */
  windows: number;
  agreeing: number;
  /** Second-best place over the best, 0…1; near 1 two places fit. */
  secondPeak: number;
  /** Part of the picture that the sound covers, 0…1. */
  coverage: number;
}

/** One place where the two could lie: sound start − picture start, in samples at the sound's rate. */
export interface Place {
  offsetSamples: number;
  z: number;
  score: number;
}

export type Heard =
  | {
      heard: 'match';
      /**
       * Sound start − picture start, in samples at the sound's rate, exact at the first moment both run.
       * Positive: the sound starts later than the picture.
       */
      offsetSamples: number;
      /** The same at the last moment both run; differs from `offsetSamples` by the drift. */
      offsetAtEndSamples: number;
      /** The true offset lies within ± this many samples (at the sound's rate) with near certainty; at least 1. */
      errorSamples: number;
      /** Parts per million by which the sound runs long: a second of picture lasts 1 + drift/10⁶ seconds of sound. */
      driftPpm: number;
      /** Standard error of `driftPpm`: large for a short clip, whose drift says nothing. */
      driftErrorPpm: number;
      /**
       * Frames from the picture's start at which the drift has moved the sound by half a frame, counted from the first moment
       * both run. Null where it does not while both run.
       */
      slipsHalfFrameAt: number | null;
      evidence: Evidence;
      reason: string;
    }
  | { heard: 'ambiguous'; places: Place[]; evidence: Evidence; reason: string }
  | { heard: 'silence'; side: SideName | 'both'; reason: string }
  | { heard: 'too-little'; side: SideName | 'both'; seconds: number; needed: number; reason: string }
  | { heard: 'none'; evidence: Evidence | null; reason: string };

/** A real Fourier transform of one size, with its own row of buffers of `size` floats. */
export interface Transform {
  readonly size: number;
  /** The nth buffer. Ask anew after anything else was opened: memory may have moved. */
  buffer(nth: number): Float32Array;
  /**
   * `from` and `to` are buffer numbers. `ordered`: re, im in pairs, [0] the zero frequency, [1] the highest; `native`: the
   * engine's own order, for multiplyAdd and inverse only, and faster. Nothing is scaled.
   */
  forward(from: number, to: number, order: 'ordered' | 'native'): void;
  inverse(from: number, to: number, order: 'ordered' | 'native'): void;
  /** into += a × b × scale, all in native order: convolution. */
  multiplyAdd(a: number, b: number, into: number, scale: number): void;
  close(): void;
}

/** Sizes: multiples of 32 with no prime factor above 5. */
export interface Fft {
  /** Whether it uses vector instructions. */
  readonly simd: boolean;
  open(size: number, buffers: number): Transform;
}
