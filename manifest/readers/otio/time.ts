/** OTIO's times as exact ones: its rates are doubles that stand for 24000/1001 and the like, its values doubles that mean whole frames. */
import type { Rate } from '../../documents/rate.ts';
import { fraction, multiply, round, type Fraction } from '../../time/fraction.ts';
import { gcd, parseRate, snapRate } from '../../time/rate.ts';

/** Past this a count of frames is no place in any media: 2^40 frames at 24 are 1,450 years. */
const MOST = 2 ** 40;

export interface OtioTime {
  /** Whole units of `rate`, or parts of one as a fraction where the file says so. */
  value: number | Fraction;
  rate: Rate;
}

export interface OtioRange {
  start: OtioTime;
  duration: OtioTime;
}

/** A plain object of the file's, or null: everything read from JSON passes here before a field of it is asked for. */
export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** Null where the file says nothing that can be a time: no number, no rate, or one out of all bounds. */
export function readTime(value: unknown): OtioTime | null {
  const given = record(value);
  const [count, perSecond] = [given?.['value'], given?.['rate']];
  if (typeof count !== 'number' || typeof perSecond !== 'number') return null;
  if (!(Math.abs(count) <= MOST)) return null;
  const rate = exactRate(perSecond);
  return rate && { value: settled(count), rate };
}

export function readRange(value: unknown): OtioRange | null {
  const given = record(value);
  if (!given) return null;
  const [start, duration] = [readTime(given['start_time']), readTime(given['duration'])];
  return start && duration && { start, duration };
}

/** A double within a thousandth of a frame is that frame; others are kept to the millionth. */
function settled(count: number): number | Fraction {
  const whole = Math.round(count);
  if (Math.abs(count - whole) < 1e-3) return whole + 0;
  return fraction(BigInt(whole) * 1_000_000n + BigInt(Math.round((count - whole) * 1e6)), 1_000_000n);
}

const rates = new Map<number, Rate | null>();

/** The exact rate behind a double: frame rates, sample rates, or the ratio as the double has it to the thousandth. */
function exactRate(perSecond: number): Rate | null {
  let rate = rates.get(perSecond);
  if (rate !== undefined) return rate;
  rate = readRate(perSecond);
  if (rates.size < 64) rates.set(perSecond, rate);
  return rate;
}

function readRate(perSecond: number): Rate | null {
  if (!(perSecond > 0 && perSecond <= 1_000_000)) return null;
  const frames = snapRate(perSecond) ?? parseRate(String(perSecond));
  if (frames) return { ...frames, drop: false };
  const num = Math.round(perSecond * 1000);
  if (num === 0) return null;
  const divisor = gcd(num, 1000);
  return { num: num / divisor, den: 1000 / divisor, drop: false };
}

export function isWhole(time: OtioTime, rate: Rate): boolean {
  return typeof time.value === 'number' && time.rate.num === rate.num && time.rate.den === rate.den;
}

/** The time in units of `rate`, exactly. */
export function unitsAt(time: OtioTime, rate: Rate): Fraction {
  const value = typeof time.value === 'number' ? fraction(time.value) : time.value;
  return multiply(value, fraction(time.rate.den * rate.num, time.rate.num * rate.den));
}

/** Nearest count of `rate`; `exact` is false where the time lies between two. */
export function countAt(time: OtioTime, rate: Rate): { count: number; exact: boolean } {
  if (isWhole(time, rate)) return { count: time.value as number, exact: true };
  const units = unitsAt(time, rate);
  return { count: round(units), exact: units.den === 1n };
}

/** The simplest ratio within a billionth of a double: 0.333333333 is a third. Null for what is no speed at all. */
export function exactRatio(value: number): { num: number; den: number } | null {
  if (!(Math.abs(value) <= 1e6)) return null;
  const size = Math.abs(value);
  let [num, den, before, below] = [Math.floor(size), 1, 1, 0];
  let rest = size - num;
  while (Math.abs(num / den - size) > 1e-9 * Math.max(1, size) && den < 1e6 && rest > 0) {
    const next = Math.floor(1 / rest);
    rest = 1 / rest - next;
    [num, before] = [next * num + before, num];
    [den, below] = [next * den + below, den];
  }
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den)) return null;
  return { num: value < 0 ? -num : num, den };
}
