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
 * The correlation at each delay from `shortest` up, over the square root of what two unrelated signals of the same courses
 * would give: so a loud moment counts as one event, however short the overlap.
 */
function correlate(picture: Shape, sound: Shape, fft: Fft): { heights: Float32Array; shortest: number } {
  const least = LEAST_OVERLAP * FRAMES_PER_SECOND;
  const shortest = least - picture.frames;
  const count = sound.frames - least - shortest + 1;
  if (picture.frames < least || sound.frames < least) return { heights: new Float32Array(0), shortest };
  const transform = fft.open(transformSize(picture.frames + sound.frames, true), 5);
  const [P, S, SUM, POWER_P, POWER_S] = [0, 1, 2, 3, 4] as const;
  for (const nth of [SUM, POWER_P, POWER_S]) transform.buffer(nth).fill(0);
  for (let band = 0; band < BANDS; band++) {
    load(picture, band, transform.buffer(P), transform.buffer(POWER_P), true);
    load(sound, band, transform.buffer(S), transform.buffer(POWER_S), false);
    transform.forward(P, P, 'native');
    transform.forward(S, S, 'native');
    transform.multiplyAdd(P, S, SUM, 1 / transform.size);
  }
  transform.inverse(SUM, SUM, 'native');
  transform.forward(POWER_P, POWER_P, 'native');
  transform.forward(POWER_S, POWER_S, 'native');
  transform.buffer(P).fill(0);
  transform.multiplyAdd(POWER_P, POWER_S, P, 1 / transform.size);
  transform.inverse(P, P, 'native');
  const [sum, chance] = [transform.buffer(SUM), transform.buffer(P)];
  // The picture lies reversed, so the delay d is found at d + picture.frames − 1.
  const first = shortest + picture.frames - 1;
  const heights = new Float32Array(count);
  // Where next to nothing stands out, nothing can be said: a floor of one strong frame in a hundred.
  for (let at = 0; at < count; at++)
    heights[at] = sum[first + at]! / Math.sqrt(Math.max(chance[first + at]!, 1));
  transform.close();
  return { heights, shortest };
}

/** One band into a buffer, the rest of which is nought, and its power added to `power`. */
function load(shape: Shape, band: number, into: Float32Array, power: Float32Array, reversed: boolean): void {
  into.fill(0);
  shape.band(band, into);
  if (reversed) into.subarray(0, shape.frames).reverse();
  for (let at = 0; at < shape.frames; at++) power[at]! += into[at]! * into[at]!;
}

/** The standard deviation of the bulk, from the median of a sample: true places are too few to move it. */
function robustSpread(heights: Float32Array): number {
  const step = Math.max(1, Math.floor(heights.length / 20000));
  const sizes = new Float32Array(Math.floor(heights.length / step));
  for (let at = 0; at < sizes.length; at++) sizes[at] = Math.abs(heights[at * step]!);
  sizes.sort();
  return (sizes[sizes.length >> 1] ?? 0) / 0.6745;
}
