/**
 * Speeds of an EDL: an M2 line has one decimal of source frames a second, and the source span of its event follows one of two
 * conventions. Here is what a reader makes of the two together; the writer asks the same question to know what it loses.
 */
import { gcd } from '../../time/rate.ts';

/** What an M2 line says: `num`/`den` source frames a second at the list's count, as it stands there. Negative = backwards. */
export interface Motion {
  num: number;
  /** 10, or more where the line has more decimals. */
  den: number;
}

/** An event as its line says it: `source` and `length` are frames at the list's count. */
export interface Listed {
  sourceIn: number;
  /** Source out − source in. */
  span: number;
  /** Record out − record in, above 0. */
  length: number;
  motion: Motion | null;
  /** Frames in a second of the list's count. */
  fps: number;
}

/** Source frames from `low` to `high`, exclusive, at `speed`. `fits` is false where spans and M2 contradict each other. */
export interface Played {
  low: number;
  high: number;
  speed: { num: number; den: number };
  fits: boolean;
}

const PLAIN = { num: 1, den: 1 };

/** `count` × `num`/`den`, to the nearest whole; a half goes up. */
export function scaled(count: number, speed: { num: number; den: number }): number {
  return Math.floor((2 * count * Math.abs(speed.num) + speed.den) / (2 * speed.den));
}

/** `48.0`, `-025.0`, `012.5`; null where it is not a number. */
export function parseMotion(word: string): Motion | null {
  const match = /^([+-]?)(\d{1,6})(?:\.(\d{1,3}))?$/.exec(word);
  if (!match) return null;
  const decimals = (match[3] ?? '').padEnd(1, '0');
  const size = Number(match[2]! + decimals);
  return { num: match[1] === '-' && size > 0 ? -size : size, den: 10 ** decimals.length };
}

/**
 * Avid and Premiere list the source frames that are really used (Avid to the last one shown, so up to one step of the speed
 * less), a reverse or a freeze of Avid with one frame; Resolve and Final Cut Pro list as many as record frames.
 */
export function played(listed: Listed): Played {
  const { sourceIn, span, length, motion, fps } = listed;
  if (!motion) return { low: sourceIn, high: sourceIn + length, speed: PLAIN, fits: span === length };
  if (motion.num === 0)
    return {
      low: sourceIn,
      high: sourceIn + 1,
      speed: { num: 0, den: 1 },
      fits: span <= 1 || span === length,
    };
  const backwards = motion.num < 0;
  const size = { num: Math.abs(motion.num), den: motion.den };
  const told = (counts: boolean) => magnitude(length, counts ? span : null, size, fps);
  const result = (low: number, used: number, speed: { num: number; den: number }, fits: boolean) => ({
    low,
    high: low + used,
    speed: { num: backwards ? -speed.num : speed.num, den: speed.den },
    fits,
  });
  if (backwards && span === 1 && length > 1) {
    // One frame stands for a reverse: the frame it starts from, which is the last one of its range.
    const speed = told(false);
    const used = Math.max(1, scaled(length, speed));
    return result(sourceIn + 1 >= used ? sourceIn + 1 - used : sourceIn, used, speed, true);
  }
  // What the spans may differ by: a frame or a step of rounding, and what the M2's own rounding adds up to.
  const off = Math.abs(span * fps * size.den - length * size.num);
  const usedFits = span > 0 && off <= Math.max(fps * size.den, size.num) + length / 2;
  if (span !== length && usedFits) return result(sourceIn, span, told(true), true);
  const speed = told(false);
  const record = Math.abs(span - length) <= 1;
  return result(sourceIn, Math.max(1, scaled(length, speed)), speed, record || usedFits);
}

/**
 * The speed behind a rounded one: whole percents, which is what people set, then the number as it stands, then what the
 * spans tell beyond its decimal. `span` null = the spans say nothing about it.
 */
function magnitude(
  length: number,
  span: number | null,
  size: { num: number; den: number },
  fps: number,
): { num: number; den: number } {
  const rounds = (num: number, den: number) =>
    2 * Math.abs(num * fps * size.den - den * size.num) <= den && num > 0;
  const spans = (num: number, den: number) =>
    span === null || Math.abs(span * den - length * num) <= Math.max(num, den);
  const percent = Math.round((100 * size.num) / (fps * size.den));
  if (rounds(percent, 100) && spans(percent, 100)) return lowest(percent, 100);
  const written = lowest(size.num, fps * size.den);
  if (span === null || spans(size.num, fps * size.den)) return written;
  const middle = Math.round((1000 * size.num) / (fps * size.den));
  const tenths = [-3, -2, -1, 0, 1, 2, 3]
    .map((step) => middle + step)
    .filter((tenth) => rounds(tenth, 1000) && spans(tenth, 1000));
  if (tenths.length === 1) return lowest(tenths[0]!, 1000);
  return rounds(span, length) ? lowest(span, length) : written;
}

function lowest(num: number, den: number): { num: number; den: number } {
  const divisor = gcd(num, den);
  return { num: num / divisor, den: den / divisor };
}

/**
 * The same range after the event has lost `head` record frames in front to the clip before it, and plays `length` in all:
 * what a transition's maths does to an event.
 */
export function resized(range: Played, listed: Pick<Listed, 'length'>, head: number, length: number): Played {
  if (head === 0 && length === listed.length) return range;
  const { speed } = range;
  if (speed.num === 0) return range;
  const [moved, used] = [scaled(head, speed), Math.max(1, scaled(length, speed))];
  if (speed.num > 0) return { ...range, low: range.low + moved, high: range.low + moved + used };
  return { ...range, low: range.high - moved - used, high: range.high - moved };
}
