/**
 * One fine window: where a stretch of the picture lies within a longer stretch of the sound, to the sample, by the phase of
 * every frequency (GCC-PHAT): loudness, equalisation and automatic gain do not enter.
 */
import { COMMON_RATE } from './window.ts';
import type { Transform } from './types.ts';

/** Hz between which phases count: below is rumble, above is little that a camera's microphone and a codec keep. */
const LOWEST = 120;
const HIGHEST = 8000;
/** Standard deviations above which a window's correlation counts for less: one click must not outvote the rest. */
export const CAP = 12;

/**
 * The correlation at each delay from 0 to `reach`, in its own standard deviations. `highest` is half the lower of the two
 * sample rates. Null where either side holds nothing at all.
 */
export function correlateWindow(
  transform: Transform,
  picture: Float32Array,
  sound: Float32Array,
  reach: number,
  highest: number,
): Float32Array | null {
  if (!fill(transform.buffer(0), picture) || !fill(transform.buffer(1), sound)) return null;
  transform.forward(0, 0, 'ordered');
  transform.forward(1, 1, 'ordered');
  whiten(transform.buffer(0), transform.buffer(1), transform.size, highest);
  transform.inverse(1, 1, 'ordered');
  const lags = transform.buffer(1).slice(0, reach + 1);
  let power = 0;
  for (const value of lags) power += value * value;
  const spread = robust(lags) || Math.sqrt(power / lags.length);
  if (!(spread > 0)) return null;
  for (let at = 0; at < lags.length; at++) lags[at]! /= spread;
  return lags;
}

/** Less its mean; false where that leaves nothing. */
function fill(into: Float32Array, samples: Float32Array): boolean {
  let sum = 0;
  for (const value of samples) sum += value;
  const mean = sum / samples.length;
  let most = 0;
  into.fill(0);
  for (let at = 0; at < samples.length; at++) {
    const value = samples[at]! - mean;
    into[at] = value;
    if (value > most || -value > most) most = Math.abs(value);
  }
  // Below the last bit of 24.
  return most > 1e-7 && Number.isFinite(sum);
}

/** b ← b × a* at unit size, in the band; nought elsewhere. */
function whiten(a: Float32Array, b: Float32Array, size: number, highest: number): void {
  const low = Math.ceil((LOWEST * size) / COMMON_RATE);
  const high = Math.floor((Math.min(HIGHEST, 0.9 * highest) * size) / COMMON_RATE);
  b.fill(0, 0, 2 * low);
  for (let bin = low; bin < high; bin++) {
    const at = 2 * bin;
    const [ar, ai, br, bi] = [a[at]!, a[at + 1]!, b[at]!, b[at + 1]!];
    const re = br * ar + bi * ai;
    const im = bi * ar - br * ai;
    const length = Math.sqrt(re * re + im * im);
    const scale = length > 0 ? 1 / length : 0;
    b[at] = re * scale;
    b[at + 1] = im * scale;
  }
  b.fill(0, 2 * high);
}

/** Standard deviation of the bulk. */
function robust(values: Float32Array): number {
  const sizes = new Float32Array(Math.ceil(values.length / 4));
  for (let at = 0; at < sizes.length; at++) sizes[at] = Math.abs(values[at * 4]!);
  sizes.sort();
  return sizes[sizes.length >> 1]! / 0.6745;
}
