/**
 * Elapsed time as whole flicks, 1/705,600,000 s: exact for every named frame rate and for 8–192 kHz sound, and a whole
 * day stays far below 2^53. Other rates (48,048 Hz) land on the nearest flick, 0.7 ns away at most.
 */
import type { Rate } from './rate.ts';
import { framesPerDay } from './rate.ts';

export const FLICKS_PER_SECOND = 705_600_000;

/** Samples a second below which twice a second's worth of flicks stays below 2^53. */
const MOST_SAMPLES = 6_000_000;

/** Flicks that `count` units take at `num`/`den` units a second: frames at a rate, samples at a sample rate over 1. */
export function toFlicks(count: number, num: number, den = 1): number {
  const unit = (FLICKS_PER_SECOND * den) / num;
  if (Number.isInteger(unit)) return count * unit;
  // Whole seconds are exact, and what is left of one fits a number where `den` is 1 and `num` is a sample rate.
  if (den === 1 && count >= 0 && num <= MOST_SAMPLES) {
    const left = count % num;
    return (
      ((count - left) / num) * FLICKS_PER_SECOND +
      Math.floor((left * FLICKS_PER_SECOND * 2 + num) / (num * 2))
    );
  }
  return Number(
    (BigInt(count) * BigInt(FLICKS_PER_SECOND) * BigInt(den) * 2n + BigInt(num)) / (BigInt(num) * 2n),
  );
}
export function framesToFlicks(frames: number, rate: Rate): number {
  return toFlicks(frames, rate.num, rate.den);
}
const MOST_EXACT = 2 ** 51;

/** Nearest count of units; a half goes up. */
export function fromFlicks(flicks: number, num: number, den = 1): number {
  const unit = (FLICKS_PER_SECOND * den) / num;
  // Below 2^53 the quotient of two whole numbers never rounds up to the next whole one, so its floor is exact.
  if (Number.isInteger(unit) && Math.abs(flicks) < MOST_EXACT)
    return Math.floor((flicks * 2 + unit) / (unit * 2));
  const [n, d] = [
    BigInt(flicks) * BigInt(num) * 2n + BigInt(FLICKS_PER_SECOND * den),
    BigInt(FLICKS_PER_SECOND * den) * 2n,
  ];
  const quotient = n / d;
  return Number(n < 0n && quotient * d !== n ? quotient - 1n : quotient);
}
/** 24 hours of labels at a rate, as real time: 86,486.4 s at 23.976, 86,399.9136 s at 29.97 DF. */
export function dayInFlicks(rate: Rate): number {
  return framesToFlicks(framesPerDay(rate), rate);
}
