/**
 * The line through the fine windows: one delay, drifting evenly, that most of them agree on; and how much better it does
 * than lines through the same windows turned against each other, where only chance agrees.
 */
import { CAP } from './peaks.ts';

/** One fine window: the middle of its stretch of picture, in 48 kHz samples, and its correlation from delay `base` up. */
export interface Fine {
  time: number;
  base: number;
  lags: Float32Array;
}

export interface Line {
  /** Delay = at + slope × (time − origin), in 48 kHz samples. */
  origin: number;
  at: number;
  slope: number;
  /** Standard errors of `at` and `slope`. */
  atError: number;
  slopeError: number;
  /** Times of the windows that lie on it. */
  agreeing: number[];
  /** Mean height over all windows, over the best that chance found. */
  score: number;
}

/** Samples a window may lie off the line. */
const NEAR = 8;
/** Peaks of each window that lines are drawn through, and how far apart they are. */
const PEAKS = 3;
const PEAKS_APART = 24;
/** A window agrees from this height on: about one in 10⁵ would by chance. */
const AGREES = 5;
const SHUFFLES = 8;
/** How far the clocks of two machines differ, as a standard deviation, where the windows do not say: 20 parts in a million. */
const CLOCKS = 20e-6;
/** Samples a window's peak is off, for weighing that against what the windows say. */
const PEAK_ERROR = 2;
const ROUNDS = 6;

/** Delay = at + slope × (time − origin). */
type Course = Pick<Line, 'origin' | 'at' | 'slope'>;
interface Drawn extends Course {
  support: number;
}

/** `slope` and `slopeReach`: which drifts are looked for. Null where no line is better than nothing. */
export function findLine(windows: Fine[], slope: number, slopeReach: number): Line | null {
  if (windows.length === 0) return null;
  let best: (Drawn & { sign: number }) | null = null;
  let chance = 0;
  for (const sign of [1, -1]) {
    const heights = windows.map((each) => widened(each.lags, sign));
    const tops = windows.map((each) => peaks(each.lags, sign));
    const turned = (nth: number) =>
      draw(
        windows,
        heights,
        tops,
        windows.map(({ lags }, at) => (nth === 0 ? 0 : turn(nth, at, lags.length))),
        slope,
        slopeReach,
      );
    const drawn = turned(0);
    if (drawn && (!best || drawn.support > best.support)) best = { ...drawn, sign };
    for (let nth = 1; nth <= SHUFFLES; nth++) chance = Math.max(chance, turned(nth)?.support ?? 0);
  }
  if (!best || !(best.support > 0)) return null;
  return fit(windows, best, best.sign, slope, chance > 0 ? best.support / chance : 0);
}

/** A turn that is the same in every run and differs between windows. */
function turn(nth: number, at: number, length: number): number {
  const mixed = Math.imul(nth * 7919 + at * 104729 + 12345, 2654435761) >>> 0;
  return Math.floor((mixed / 2 ** 32) * length);
}

/** At each delay the highest within NEAR of it; what is above CAP counts as its logarithm, so that the higher of two still wins. */
function widened(lags: Float32Array, sign: number): Float32Array {
  const wide = new Float32Array(lags.length);
  for (let at = 0; at < lags.length; at++) {
    const raw = sign * lags[at]!;
    if (raw <= 0) continue;
    const height = raw <= CAP ? raw : CAP * (1 + Math.log(raw / CAP));
    const end = Math.min(lags.length - 1, at + NEAR);
    for (let near = Math.max(0, at - NEAR); near <= end; near++)
      if (height > wide[near]!) wide[near] = height;
  }
  return wide;
}

/** Where the window is highest. */
function peaks(lags: Float32Array, sign: number): number[] {
  const found: number[] = [];
  while (found.length < PEAKS) {
    let best = -1;
    for (let at = 0; at < lags.length; at++)
      if (
        sign * lags[at]! > 0 &&
        (best < 0 || sign * lags[at]! > sign * lags[best]!) &&
        found.every((other) => Math.abs(other - at) > PEAKS_APART)
      )
        best = at;
    if (best < 0) break;
    found.push(best);
  }
  return found;
}

/** The best line through any two peaks of different windows, or level through one; each window turned round by `turns`. */
function draw(
  windows: Fine[],
  heights: Float32Array[],
  tops: number[][],
  turns: number[],
  slope: number,
  slopeReach: number,
): Drawn | null {
  let best: Drawn | null = null;
  const consider = (origin: number, at: number, tilt: number) => {
    let support = 0;
    for (let nth = 0; nth < windows.length; nth++) {
      const { time, base, lags } = windows[nth]!;
      const lag = Math.round(at + tilt * (time - origin)) - base;
      if (lag < 0 || lag >= lags.length) continue;
      support += heights[nth]![lag < turns[nth]! ? lag - turns[nth]! + lags.length : lag - turns[nth]!]!;
    }
    if (!best || support > best.support) best = { origin, at, slope: tilt, support };
  };
  const place = (nth: number, peak: number) => {
    const { base, lags } = windows[nth]!;
    return base + ((peak + turns[nth]!) % lags.length);
  };
  for (let one = 0; one < windows.length; one++)
    for (const top of tops[one]!) {
      const from = place(one, top);
      const origin = windows[one]!.time;
      consider(origin, from, slope);
      for (let two = one + 1; two < windows.length; two++)
        for (const other of tops[two]!) {
          const tilt = (place(two, other) - from) / (windows[two]!.time - origin);
          if (Math.abs(tilt - slope) <= slopeReach) consider(origin, from, tilt);
        }
    }
  return best;
}

interface Point {
  time: number;
  delay: number;
  height: number;
}

/** Where each window peaks near a line, for those that agree with it. */
function pointsOn(windows: Fine[], sign: number, { origin, at, slope }: Course): Point[] {
  return windows.flatMap(({ time, base, lags }) => {
    const peak = refine(lags, sign, Math.round(at + slope * (time - origin)) - base);
    return peak && peak.height >= AGREES ? [{ time, delay: base + peak.lag, height: peak.height }] : [];
  });
}

/** The line found, made exact: peaks near it, least squares through them, and again along what that gives. */
function fit(windows: Fine[], drawn: Drawn, sign: number, expected: number, score: number): Line {
  let course: Course = drawn;
  let errors = { atError: Infinity, slopeError: Infinity };
  let points = pointsOn(windows, sign, course);
  for (let round = 0; round < ROUNDS && points.length > 0; round++) {
    ({ course, errors } = leastSquares(points, course, expected));
    points = pointsOn(windows, sign, course);
  }
  const { origin, at, slope } = course;
  return { origin, at, slope, ...errors, agreeing: points.map(({ time }) => time), score };
}

/** By height, those far off the line so far counting less. `expected`: the slope where the points say nothing. */
function leastSquares(points: Point[], before: Course, expected: number) {
  const origin = points.reduce((sum, { time }) => sum + time, 0) / points.length;
  let at = before.at + before.slope * (origin - before.origin);
  let { slope } = before;
  let [weights, spreads, variance] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const weighed = points.map((point) => {
      const off = Math.abs(point.delay - at - slope * (point.time - origin));
      return { ...point, off, weight: Math.min(1, point.height / CAP) ** 2 * (off <= 1 ? 1 : 1 / off) };
    });
    const sum = (of: (point: (typeof weighed)[number]) => number) =>
      weighed.reduce((total, point) => total + point.weight * of(point), 0);
    weights = sum(() => 1);
    variance = Math.max(0.05, sum(({ off }) => off * off) / weights);
    const middle = sum(({ time }) => time - origin) / weights;
    const mean = sum(({ delay }) => delay) / weights;
    const prior = (PEAK_ERROR / CLOCKS) ** 2;
    spreads = sum(({ time }) => (time - origin - middle) ** 2) + prior;
    const product = sum(({ time, delay }) => (time - origin - middle) * (delay - mean));
    slope = (product + prior * expected) / spreads;
    at = mean - slope * middle;
  }
  return {
    course: { origin, at, slope },
    errors: { atError: Math.sqrt(variance / weights), slopeError: Math.sqrt(variance / spreads) },
  };
}

/** The peak nearest to where it is expected, between samples by a parabola. */
function refine(lags: Float32Array, sign: number, expected: number): { lag: number; height: number } | null {
  let best = -1;
  for (let at = Math.max(1, expected - NEAR * 2); at <= expected + NEAR * 2 && at < lags.length - 1; at++)
    if (best < 0 || sign * lags[at]! > sign * lags[best]!) best = at;
  if (best < 0) return null;
  const [before, top, after] = [lags[best - 1]!, lags[best]!, lags[best + 1]!];
  const bend = before - 2 * top + after;
  const shift = bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend));
  return { lag: best + shift, height: sign * top };
}
