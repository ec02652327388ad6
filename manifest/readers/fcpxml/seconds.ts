/** FCPXML's times: rational seconds (`1001/24000s`, `5s`), reduced or not, and what they are in frames. */
import { fraction, multiply, round, type Fraction } from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';

const TIME = /^\s*([+-]?\d{1,40})(?:\/(\d{1,40})|\.(\d{1,20}))?\s*s?\s*$/;
/** Some 300 years: nothing real lies beyond, and frames at any rate stay whole numbers. */
const MOST = 10n ** 10n;

/** Exact, and as it was written: not reduced. Null where it is no time, divides by zero or lies beyond 10^10 s. */
export function readSeconds(text: string): Fraction | null {
  return readUsual(text) ?? readAny(text);
}

/** As many figures are a safe number. */
const MOST_FIGURES = 15;
const [FIGURE_0, LETTER_S] = [0x30, 0x73] as const;

/** `1001/24000s` and `5s`, as nearly all are written; null for any other. */
function readUsual(text: string): Fraction | null {
  const last = text.length - 1;
  if (text.charCodeAt(last) !== LETTER_S) return null;
  const slash = text.indexOf('/');
  const num = figures(text, 0, slash < 0 ? last : slash);
  const den = slash < 0 ? 1 : figures(text, slash + 1, last);
  // Beyond the product's precision it is larger than any 15 figures.
  if (num < 0 || den < 1 || num > Number(MOST) * den) return null;
  return { num: BigInt(num), den: BigInt(den) };
}

/** The whole number written from `from` to before `to`; −1 where it is none or too long. */
function figures(text: string, from: number, to: number): number {
  if (to <= from || to - from > MOST_FIGURES) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const figure = text.charCodeAt(at) - FIGURE_0;
    if (!(figure >= 0 && figure <= 9)) return -1;
    value = value * 10 + figure;
  }
  return value;
}

function readAny(text: string): Fraction | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const decimals = match[3] ?? '';
  const num = BigInt(`${match[1]!.replace('+', '')}${decimals}`);
  const den = match[2] === undefined ? 10n ** BigInt(decimals.length) : BigInt(match[2]);
  if (den === 0n || (num < 0n ? -num : num) > MOST * den) return null;
  return { num, den };
}

/** Nearest frame; `exact` is false where the time lies between two. */
export function framesOf(time: Fraction, rate: Pick<Rate, 'num' | 'den'>): { frame: number; exact: boolean } {
  // The usual case, in plain numbers.
  const [top, bottom] = [Number(time.num) * rate.num, Number(time.den) * rate.den];
  if (Number.isSafeInteger(top) && Number.isSafeInteger(bottom)) {
    const frame = top / bottom;
    // A quotient this near its numbers' limits may be whole only by rounding.
    if (Number.isInteger(frame) && frame * bottom === top) return { frame: frame + 0, exact: true };
  }
  const frames = multiply(time, fraction(rate.num, rate.den));
  return { frame: round(frames), exact: frames.den === 1n };
}

/** A rate whose frame lasts this long; null outside 1–1000 frames a second or past 32 bits. */
export function rateOfFrame(duration: Fraction): Rate | null {
  if (duration.num <= 0n) return null;
  const { num, den } = fraction(duration.den, duration.num);
  if (num > 0x7fffffffn || den > 0x7fffffffn || num < den || num > 1000n * den) return null;
  return { num: Number(num), den: Number(den), drop: false };
}
