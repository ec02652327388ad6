/** The rates Baton knows by name, and what follows from a rate: its nominal count, its label speed, its day. */
import type { Rate } from '../documents/rate.ts';

export type { Rate };

/** Every rate with a name on the command line, in sheets and in documents' messages. NDF unless it ends in `df`. */
export const RATES = {
  '23.976': { num: 24000, den: 1001, drop: false },
  '24': { num: 24, den: 1, drop: false },
  '25': { num: 25, den: 1, drop: false },
  '29.97': { num: 30000, den: 1001, drop: false },
  '29.97df': { num: 30000, den: 1001, drop: true },
  '30': { num: 30, den: 1, drop: false },
  '47.952': { num: 48000, den: 1001, drop: false },
  '48': { num: 48, den: 1, drop: false },
  '50': { num: 50, den: 1, drop: false },
  '59.94': { num: 60000, den: 1001, drop: false },
  '59.94df': { num: 60000, den: 1001, drop: true },
  '60': { num: 60, den: 1, drop: false },
  '100': { num: 100, den: 1, drop: false },
  '119.88': { num: 120000, den: 1001, drop: false },
  '119.88df': { num: 120000, den: 1001, drop: true },
  '120': { num: 120, den: 1, drop: false },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof RATES;

/** Frames a label counts to before the seconds move on: 24 for 23.976, 30 for 29.97. */
export function nominal(rate: Rate): number {
  return Math.round(rate.num / rate.den);
}

/** Whether drop-frame exists at this rate: SMPTE ST 12-1 defines it for 30000/1001 and its multiples. */
export function mayDrop(rate: Pick<Rate, 'num' | 'den'>): boolean {
  return rate.den === 1001 && rate.num % 30000 === 0;
}

/** Label numbers skipped at each minute that is not a tenth: 2 at 29.97 DF, 4 at 59.94 DF, 0 at any NDF rate. */
export function droppedPerMinute(rate: Rate): number {
  return rate.drop ? nominal(rate) / 15 : 0;
}

/** Frames in 24 hours of labels. */
export function framesPerDay(rate: Rate): number {
  return nominal(rate) * 86400 - droppedPerMinute(rate) * (24 * 54);
}

export function sameRate(a: Rate, b: Rate): boolean {
  return a.num * b.den === b.num * a.den && a.drop === b.drop;
}

/** The same speed, whatever the labels. */
export function sameSpeed(a: Rate, b: Rate): boolean {
  return a.num * b.den === b.num * a.den;
}

/**
 * How fast labels run against the clock: `true` (a label second is a second), `slow` (1.001 s, NTSC NDF), `drop`
 * (drop-frame). Two sides whose labels run differently cannot be compared by timecode.
 */
export type LabelSpeed = 'true' | 'slow' | 'drop';

export function labelSpeed(rate: Rate): LabelSpeed {
  if (rate.drop) return 'drop';
  return nominal(rate) * rate.den === rate.num ? 'true' : 'slow';
}

/** The name people use (`23.976`, `29.97df`), or `num/den` for a rate without one. */
export function rateName(rate: Rate): string {
  for (const [name, known] of Object.entries(RATES)) if (sameRate(known, rate)) return name;
  return rate.den === 1 ? `${rate.num}` : `${rate.num}/${rate.den}`;
}

/** As people read it in a sentence: `23.976`, `29.97 DF`. */
export function rateLabel(rate: Rate): string {
  return rateName(rate).replace(/df$/, ' DF');
}

const decimals: Record<string, RateName> = {
  '23.98': '23.976',
  '23.97': '23.976',
  '23.976024': '23.976',
  '47.95': '47.952',
  '47.96': '47.952',
  '59.95': '59.94',
  '119.88': '119.88',
};

/**
 * Reads a rate as people and sheets write it: `23.976`, `23.98 ND`, `29.97 DF`, `29.97df`, `24000/1001`, `25p`, `30 NDF`.
 * Null where it is not one; a drop mark on a rate that has no drop-frame is also null.
 */
export function parseRate(text: string): Rate | null {
  const match = /^(\d+(?:[.,]\d+)?|\d+\/\d+)\s*(?:fps|p)?\s*(ndf|df|nd|d|non-?drop|drop)?$/i.exec(
    text.trim(),
  );
  if (!match) return null;
  const number = match[1]!.replace(',', '.');
  const drop = /^d/i.test(match[2] ?? '');
  const base = number.includes('/') ? fromFraction(number) : fromDecimal(number);
  if (!base) return null;
  if (drop && !mayDrop(base)) return null;
  return { ...base, drop };
}

function fromDecimal(text: string): Rate | null {
  const plain = text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  const name = decimals[plain] ?? plain;
  if (name in RATES) return RATES[name as RateName];
  const value = Number(plain);
  if (!(value > 0 && value <= 1000)) return null;
  if (Number.isInteger(value)) return { num: value, den: 1, drop: false };
  return snapRate(value);
}

function fromFraction(text: string): Rate | null {
  const [num, den] = text.split('/').map(Number) as [number, number];
  // Below half a frame a second no label could count.
  if (!(num > 0 && den > 0 && num / den <= 1000 && Math.round(num / den) >= 1)) return null;
  const divisor = gcd(num, den);
  return { num: num / divisor, den: den / divisor, drop: false };
}

/**
 * The exact rate behind a measured one (an editor's float, a media timescale): within 1 part in 10,000 of an integer
 * or of an integer × 1000/1001. Null where it is neither; such a rate is not one Baton may assume.
 */
export function snapRate(value: number): Rate | null {
  if (!(value > 0.5 && value < 1000)) return null;
  const whole = Math.round(value);
  const ntsc = (whole * 1000) / 1001;
  if (Math.abs(value - whole) / whole < 1e-5) return { num: whole, den: 1, drop: false };
  if (Math.abs(value - ntsc) / ntsc < 1e-4) return { num: whole * 1000, den: 1001, drop: false };
  return null;
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y) [x, y] = [y, x % y];
  return x;
}
