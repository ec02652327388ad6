/** Exact seconds. Everything that leaves frames behind (FCPXML, ticks, sync) passes through here. */
import type { Rate } from './rate.ts';

/** `num`/`den` seconds in lowest terms; `den` > 0. */
export interface Fraction {
  num: bigint;
  den: bigint;
}

export function fraction(num: bigint | number, den: bigint | number = 1n): Fraction {
  let [n, d] = [BigInt(num), BigInt(den)];
  if (d === 0n) throw new Error('fraction with denominator 0');
  if (d < 0n) [n, d] = [-n, -d];
  // As nearly all are written and read.
  if (d === 1n) return { num: n, den: d };
  const divisor = gcdBig(n < 0n ? -n : n, d);
  return divisor === 1n ? { num: n, den: d } : { num: n / divisor, den: d / divisor };
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** `b` > 0. */
function gcdBig(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (x > SAFE || y > SAFE) {
    [x, y] = [y, x % y];
    if (y === 0n) return x;
  }
  // The rest in plain numbers, exact below 2^53 and many times as fast.
  let [m, n] = [Number(x), Number(y)];
  while (n) [m, n] = [n, m % n];
  return BigInt(m);
}

export const ZERO: Fraction = { num: 0n, den: 1n };

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}
export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den);
}
export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den);
}
export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den, a.den * b.num);
}
/** −1, 0 or 1. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
export function min(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) <= 0 ? a : b;
}
export function max(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) >= 0 ? a : b;
}
export function abs(a: Fraction): Fraction {
  return a.num < 0n ? { num: -a.num, den: a.den } : a;
}

/** Nearest whole number; a half goes up. */
export function round(a: Fraction): number {
  return Number(roundBig(a));
}
export function floor(a: Fraction): number {
  return Number(floorBig(a));
}
export function roundBig(a: Fraction): bigint {
  return floorBig({ num: a.num * 2n + a.den, den: a.den * 2n });
}
function floorBig(a: Fraction): bigint {
  const quotient = a.num / a.den;
  return a.num < 0n && quotient * a.den !== a.num ? quotient - 1n : quotient;
}

/** `count` × `top` / `bottom`, nearest; a half goes up. Whole numbers, `bottom` > 0; exact for any size. */
export function nearest(count: number, top: number, bottom: number): number {
  const [num, den] = [count * top * 2, bottom * 2];
  if (Number.isSafeInteger(num) && Number.isSafeInteger(den) && Number.isSafeInteger(num + bottom))
    return floorOf(num + bottom, den);
  return Number(roundBig({ num: BigInt(count) * BigInt(top), den: BigInt(bottom) }));
}

/** The same, never above. */
export function lowest(count: number, top: number, bottom: number): number {
  const product = count * top;
  if (Number.isSafeInteger(product) && Number.isSafeInteger(bottom)) return floorOf(product, bottom);
  return Number(floorBig({ num: BigInt(count) * BigInt(top), den: BigInt(bottom) }));
}

/** Whole quotient of two safe integers: the division may round up to the next whole number, the remainder tells. */
function floorOf(num: number, den: number): number {
  const quotient = Math.floor(num / den);
  return quotient * den > num ? quotient - 1 : quotient;
}

/** Real seconds that `frames` frames take at `rate`. */
export function framesToSeconds(frames: number, rate: Pick<Rate, 'num' | 'den'>): Fraction {
  return fraction(BigInt(frames) * BigInt(rate.den), BigInt(rate.num));
}
/** Nearest frame count to a length of real time. */
export function secondsToFrames(seconds: Fraction, rate: Pick<Rate, 'num' | 'den'>): number {
  return round(multiply(seconds, fraction(rate.num, rate.den)));
}
/** The same, and null where the time is not on a frame boundary. */
export function exactFrames(seconds: Fraction, rate: Pick<Rate, 'num' | 'den'>): number | null {
  const frames = multiply(seconds, fraction(rate.num, rate.den));
  return frames.den === 1n ? Number(frames.num) : null;
}

/** For people only: a decimal with up to `digits` places. Never feeds a calculation. */
export function toDecimal(a: Fraction, digits = 3): string {
  const scale = 10n ** BigInt(digits);
  const scaled = BigInt(round(multiply(a, fraction(scale))));
  const sign = scaled < 0n ? '-' : '';
  const size = scaled < 0n ? -scaled : scaled;
  const rest = String(size % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${sign}${size / scale}${rest ? `.${rest}` : ''}`;
}
