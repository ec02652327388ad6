/**
 * Where two files could lie against each other, from their features alone: every offset is tried at once by transform, each
 * judged against what offsets of that overlap give by chance.
 */
import type { Shape } from './shape.ts';
import { transformSize } from './features.ts';
import { BANDS, FRAMES_PER_SECOND, type Fft } from './types.ts';

export interface Candidate {
  /** Sound frame − picture frame of one moment, in hundredths of a second. */
  delay: number;
  /** Height in standard deviations of all offsets. */
  z: number;
}

/** Seconds both must run together to be compared. */
export const LEAST_OVERLAP = 3;
/** Places nearer than this are one place: hundredths of a second. */
const APART = 30;
const MOST_PLACES = 6;

/** The highest places, best first; none where the files are too short. */
export function place(picture: Shape, sound: Shape, fft: Fft): Candidate[] {
  const { heights, shortest } = correlate(picture, sound, fft);
  const spread = robustSpread(heights);
  if (spread === 0) return [];
  const found: Candidate[] = [];
  const used = new Uint8Array(heights.length);
  while (found.length < MOST_PLACES) {
    let best = -1;
    for (let at = 0; at < heights.length; at++)
      if (used[at] === 0 && heights[at]! > 0 && (best < 0 || heights[at]! > heights[best]!)) best = at;
    if (best < 0) break;
    used.fill(1, Math.max(0, best - APART), best + APART + 1);
    found.push({ delay: best + shortest, z: heights[best]! / spread });
  }
  return found;
}

/**
 * The correlation at each delay from `shortest` up, over the square root of the overlap, so that a short one is not judged by
 * a long one's chance.
 */
function correlate(picture: Shape, sound: Shape, fft: Fft): { heights: Float32Array; shortest: number } {
  const least = LEAST_OVERLAP * FRAMES_PER_SECOND;
  const shortest = least - picture.frames;
  if (picture.frames < least || sound.frames < least) return { heights: new Float32Array(0), shortest };
  const transform = fft.open(transformSize(picture.frames + sound.frames, true), 3);
  const [P, S, SUM] = [0, 1, 2] as const;
  transform.buffer(SUM).fill(0);
  for (let band = 0; band < BANDS; band++) {
    picture.band(band, transform.buffer(P).fill(0));
    // Reversed, so that the product is a correlation.
    transform.buffer(P).subarray(0, picture.frames).reverse();
    sound.band(band, transform.buffer(S).fill(0));
    transform.forward(P, P, 'ordered');
    transform.forward(S, S, 'ordered');
    addProduct(transform.buffer(P), transform.buffer(S), transform.buffer(SUM));
  }
  transform.inverse(SUM, SUM, 'ordered');
  const sum = transform.buffer(SUM);
  const heights = new Float32Array(sound.frames - least - shortest + 1);
  for (let at = 0; at < heights.length; at++) {
    const delay = shortest + at;
    const overlap = Math.min(picture.frames, sound.frames - delay) - Math.max(0, -delay);
    heights[at] = sum[delay + picture.frames - 1]! / Math.sqrt(overlap);
  }
  transform.close();
  return { heights, shortest };
}

/**
 * into += a × b, each frequency at the root of its strength: beats and pauses that recur all through a file would else make
 * every place like every other. The highest frequency is left out, and with it the mean.
 */
function addProduct(a: Float32Array, b: Float32Array, into: Float32Array): void {
  for (let at = 2; at < a.length; at += 2) {
    const re = a[at]! * b[at]! - a[at + 1]! * b[at + 1]!;
    const im = a[at]! * b[at + 1]! + a[at + 1]! * b[at]!;
    const strength = re * re + im * im;
    if (strength === 0) continue;
    const scale = 1 / Math.sqrt(Math.sqrt(strength));
    into[at]! += re * scale;
    into[at + 1]! += im * scale;
  }
}

/** The standard deviation of the bulk, from the median of a sample: true places are too few to move it. */
function robustSpread(heights: Float32Array): number {
  const step = Math.max(1, Math.floor(heights.length / 20000));
  const sizes = new Float32Array(Math.floor(heights.length / step));
  for (let at = 0; at < sizes.length; at++) sizes[at] = Math.abs(heights[at * step]!);
  sizes.sort();
  return (sizes[sizes.length >> 1] ?? 0) / 0.6745;
}
