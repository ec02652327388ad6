/** What the words of one LTC track add up to: rate, drop-frame, and which frame begins at which sample; or that they do not. */
import { nominal, RATES, type Rate } from '../time/rate.ts';
import { framesPerDay } from '../time/rate.ts';
import { framesToSamples } from '../time/samples.ts';
import { timecodeToFrame, wrapDay } from '../time/timecode.ts';
import type { LtcWord } from './ltc.ts';

export interface LtcReading {
  rate: Rate;
  /** Frame of day whose beginning lies at `sample`. */
  frame: number;
  /** Samples from the start of the file, nearest; may be negative where the file begins inside a frame. */
  sample: number;
  /** How fast the labels run against the rate by the file's own clock, parts per million: 0 = as they should. */
  speedPpm: number;
  backwards: boolean;
  /** Words on the one line, and words read in all: fewer on the line than read = the timecode jumps. */
  agreeing: number;
  words: number;
}

/** Fewer words in a row are chance. At 24 frames a second these take a third of a second. */
const LEAST = 8;
/** A label further from its place than this part of a frame is of another line. */
const ASTRAY = 0.2;

/** Null where too few words follow one another. Words in the order they were read; pieces of a file may be left out between. */
export function readLtc(words: readonly LtcWord[], sampleRate: number): LtcReading | null {
  if (words.length < LEAST) return null;
  const frameLength = median(words.map((word) => word.length));
  const backwards = words.filter((word) => word.backwards).length * 2 > words.length;
  const rate = rateOf(words, sampleRate / frameLength);
  if (!rate) return null;
  const placed = words
    .filter((word) => word.backwards === backwards)
    .flatMap((word) => {
      const frame = frameOf(word, rate);
      return frame === null ? [] : [{ at: word.at, frame: backwards ? -frame : frame }];
    });
  const line = longestLine(placed, frameLength, framesPerDay(rate));
  if (line.length < LEAST) return null;
  const { slope, start } = fit(line);
  const exact = exactRate(rate, sampleRate / slope);
  // A reverse count is laid on the line with its sign turned, and turned back here.
  const first = backwards ? -line[0]!.frame : line[0]!.frame;
  return {
    rate: exact,
    frame: wrapDay(first, exact),
    sample: Math.round(start),
    speedPpm: Math.round((sampleRate / slope / (exact.num / exact.den) - 1) * 1e7) / 10,
    backwards,
    agreeing: line.length,
    words: words.length,
  };
}

interface Placed {
  at: number;
  frame: number;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** How labels count decides first; the speed tells 23.976 from 24 only once a line is laid through them. */
function rateOf(words: readonly LtcWord[], speed: number): Rate | null {
  const highest = words.reduce((most, word) => Math.max(most, word.frames), 0);
  const drop = words.filter((word) => word.drop).length * 2 > words.length;
  if (drop) return RATES['29.97df'];
  const counts = [24, 25, 30].filter((each) => each > highest);
  const nearest = counts.sort((a, b) => Math.abs(a - speed) - Math.abs(b - speed))[0];
  return nearest === undefined ? null : { num: nearest, den: 1, drop: false };
}

/** The rate of this count that runs nearest to the measured speed. */
function exactRate(rate: Rate, speed: number): Rate {
  if (rate.drop) return rate;
  const count = nominal(rate);
  const slow = [RATES['23.976'], RATES['29.97']].find((each) => nominal(each) === count);
  if (!slow) return rate;
  return Math.abs(slow.num / slow.den - speed) < Math.abs(count - speed) ? slow : rate;
}

/** Null for a label that the rate skips. */
function frameOf({ hours, minutes, seconds, frames }: LtcWord, rate: Rate): number | null {
  const pair = (value: number) => String(value).padStart(2, '0');
  const label = `${pair(hours)}:${pair(minutes)}:${pair(seconds)}:${pair(frames)}`;
  const read = timecodeToFrame(label, rate);
  return read.ok ? read.frame : null;
}

/** The most words, in order, whose labels lie as far apart as their places; frames go on past midnight. */
function longestLine(placed: readonly Placed[], frameLength: number, day: number): Placed[] {
  const lines: Placed[][] = [];
  for (const word of placed) {
    const joined = lines.some((line) => {
      const last = line[line.length - 1]!;
      const span = word.at - last.at;
      const steps = Math.round(span / frameLength);
      const turn = Math.round((word.frame - last.frame - steps) / day) * day;
      const frame = word.frame - turn;
      // Over a stretch left out, the clocks may part a little.
      const astray = Math.abs(span - (frame - last.frame) * frameLength);
      if (astray > frameLength * ASTRAY + span * 2e-4) return false;
      line.push({ at: word.at, frame });
      return true;
    });
    if (!joined) lines.push([{ ...word }]);
    // A track of noise would open a line at every word.
    if (lines.length > MOST_LINES) lines.sort((a, b) => b.length - a.length).length = MOST_LINES / 2;
  }
  return lines.reduce((best, line) => (line.length > best.length ? line : best), [] as Placed[]);
}
const MOST_LINES = 64;

/** Least squares: samples a frame, and where the line's first frame begins. */
function fit(line: readonly Placed[]): { slope: number; start: number } {
  const [first, count] = [line[0]!, line.length];
  let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
  for (const { at, frame } of line) {
    const [x, y] = [frame - first.frame, at - first.at];
    [sumX, sumY, sumXX, sumXY] = [sumX + x, sumY + y, sumXX + x * x, sumXY + x * y];
  }
  const slope = (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX);
  return { slope, start: first.at + (sumY - slope * sumX) / count };
}

/** The frame the file's first sample lies in. */
export function ltcStartFrame({ frame, sample, rate, backwards }: LtcReading, sampleRate: number): number {
  const before = Math.floor((-sample * rate.num) / (rate.den * sampleRate) + NEARLY);
  return wrapDay(backwards ? frame - before : frame + before, rate);
}
/** A frame that begins a hair after the first sample is the file's first. */
const NEARLY = 0.02;

/** Samples of real time since midnight at the file's first sample, as bext counts them. */
export function ltcStartSamples({ frame, sample, rate }: LtcReading, sampleRate: number): number {
  const start = framesToSamples(frame, rate, sampleRate) - sample;
  return start < 0 ? start + framesToSamples(framesPerDay(rate), rate, sampleRate) : start;
}
