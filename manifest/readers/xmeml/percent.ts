/** Constant speeds as xmeml writes them, percent with a decimal point, and the exact ratios behind them. */
import { fraction, type Fraction } from '../../time/fraction.ts';

interface Ratio {
  num: number;
  den: number;
}

const DIGITS = 10;
/** A speed is seldom finer than this; a decimal is taken for a ratio of small numbers before it is taken as it stands. */
const SMALL = 12;

/** The size of a speed in percent, to ten places: `50`, `66.6666666667`. The sign is xmeml's own parameter. */
export function percentOf({ num, den }: Ratio): string {
  return decimal(fraction(Math.abs(num) * 100, den), DIGITS);
}

/** A number of at most `digits` places, nearest, no zeros at the end. */
export function decimal(value: Fraction, digits: number): string {
  if (value.den === 1n) return String(value.num);
  const scale = 10n ** BigInt(digits);
  const negative = value.num < 0n;
  const top = (negative ? -value.num : value.num) * scale;
  const scaled = (top * 2n + value.den) / (value.den * 2n);
  const places = String(scaled % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${negative && scaled > 0n ? '-' : ''}${scaled / scale}${places ? `.${places}` : ''}`;
}

/** A decimal as a fraction; null where it is not one or is absurdly long. Exponents occur: FCP writes `%g`. */
export function readDecimal(text: string | undefined): Fraction | null {
  const match = /^([+-]?)(\d{1,15})(?:[.,](\d{0,20}))?(?:e([+-]?\d{1,2}))?$/i.exec((text ?? '').trim());
  if (!match) return null;
  const places = match[3] ?? '';
  const exponent = Number(match[4] ?? 0) - places.length;
  const digits = BigInt(`${match[2]}${places}`) * (match[1] === '-' ? -1n : 1n);
  return exponent < 0
    ? fraction(digits, 10n ** BigInt(-exponent))
    : fraction(digits * 10n ** BigInt(exponent));
}

/**
 * The ratio behind a percentage: `66.67` is 2/3, `47.56` is 1189/2500, ten places give the ratio they were made from.
 * Null where the text is no number or its ratio does not fit.
 */
export function speedOf(text: string | undefined): Ratio | null {
  const value = readDecimal(text);
  if (!value) return null;
  const places = /[.,](\d*)/.exec(text!)?.[1]!.length ?? 0;
  const exact = fraction(value.num, value.den * 100n);
  const found = places > 1 ? simplest(exact, places) : exact;
  const [num, den] = [Number(found.num), Number(found.den)];
  return Number.isSafeInteger(num) && Number.isSafeInteger(den) ? { num, den } : null;
}

/** The smallest ratio that rounds to the same percentage at as many places, if it is small for that many. */
function simplest(exact: Fraction, places: number): Fraction {
  const most = places < 5 ? BigInt(SMALL) : 10n ** BigInt(Math.floor(places / 2));
  const half = fraction(1n, 200n * 10n ** BigInt(places));
  // Continued fractions: each convergent is the best ratio of its size.
  let [a, b] = [exact.num, exact.den];
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  while (b !== 0n) {
    const floor = a >= 0n ? a / b : -((-a + b - 1n) / b);
    [p0, q0, p1, q1] = [p1, q1, floor * p1 + p0, floor * q1 + q0];
    if (q1 > most) return exact;
    const off = fraction(p1, q1);
    const away = off.num * exact.den - exact.num * off.den;
    if ((away < 0n ? -away : away) * half.den <= half.num * off.den * exact.den) return off;
    [a, b] = [b, a - floor * b];
  }
  return exact;
}
