/** The exact frame rate behind a track's sample durations, and whether there is one at all. */
import type { MediaBytes } from './bytes.ts';
import { gcd, snapRate, type Rate } from '../../../manifest/time/rate.ts';
import { fourccs } from './mov-boxes.ts';
import type { Track } from './mov-track.ts';

const TYPE = fourccs('stts', 'stsz', 'stz2');

/** 6 KiB of table. A longer one is held against the track's total length instead of being read to its end. */
const MOST_RUNS = 768;

/** Samples in a row that each last `ticks`. */
export interface Run {
  count: number;
  ticks: number;
}

export interface Pace {
  rate: Rate | null;
  /** Frames in the media. */
  frames: number;
  /** Frames a second at the slowest, on average and at the fastest; for people. */
  slowest: number;
  average: number;
  fastest: number;
}

/** The runs of a track's stts, up to MOST_RUNS of them; `more` says that the table goes on. */
export function readRuns(bytes: MediaBytes, track: Track): { runs: Run[]; more: boolean } {
  const stts = track.tables.get(TYPE.stts);
  if (!stts) return { runs: [], more: false };
  const claimed = bytes.u32(stts.body + 4);
  const there = Math.min(claimed, Math.floor((stts.end - stts.body - 8) / 8));
  const count = Math.min(there, MOST_RUNS);
  const runs: Run[] = [];
  for (let index = 0, at = stts.body + 8; index < count; index++, at += 8) {
    const ticks = bytes.u32(at + 4);
    runs.push({ count: bytes.u32(at), ticks });
  }
  return { runs, more: there > count };
}

/** The number of samples by the table of their sizes; undefined where it was not needed. */
function sizedSamples(bytes: MediaBytes, track: Track): number | undefined {
  const table = track.tables.get(TYPE.stsz) ?? track.tables.get(TYPE.stz2);
  return table && bytes.u32(table.body + 8);
}

export function trackPace(bytes: MediaBytes, track: Track): Pace {
  const { runs, more } = readRuns(bytes, track);
  if (!more) return pace(runs, track.timescale);
  const read = pace(runs, track.timescale);
  const frames = sizedSamples(bytes, track) ?? read.frames;
  // The rest of a long table is taken to go on as it began where the whole comes out to the frame.
  const length = read.rate && (track.duration * read.rate.num) / (read.rate.den * track.timescale);
  return { ...read, frames, rate: length !== null && Math.abs(length - frames) <= 1 ? read.rate : null };
}

export function pace(runs: Run[], timescale: number): Pace {
  let [frames, ticks] = [0, 0];
  for (const run of runs) {
    frames += run.count;
    ticks += run.count * run.ticks;
  }
  const steady = withoutLast(runs);
  let [shortest, longest] = [Infinity, 0];
  for (const run of steady) {
    shortest = Math.min(shortest, run.ticks);
    longest = Math.max(longest, run.ticks);
  }
  return {
    frames,
    rate: timescale > 0 && longest > 0 ? steadyRate(steady, timescale, shortest, longest) : null,
    slowest: longest > 0 ? timescale / longest : 0,
    average: ticks > 0 ? (frames * timescale) / ticks : 0,
    fastest: shortest > 0 && shortest < Infinity ? timescale / shortest : 0,
  };
}

function steadyRate(steady: Run[], timescale: number, shortest: number, longest: number): Rate | null {
  if (shortest === longest) return exactRate(timescale, longest);
  return longest - shortest === 1 ? roundedRate(steady, timescale) : null;
}

/** The last frame's length is what was left over and says nothing about the rate; a lone frame has only that. */
function withoutLast(runs: Run[]): Run[] {
  const kept = runs.filter((run) => run.count > 0);
  const last = kept[kept.length - 1];
  if (!last || (kept.length === 1 && last.count === 1)) return kept;
  kept.pop();
  if (last.count > 1) kept.push({ count: last.count - 1, ticks: last.ticks });
  return kept;
}

/** The named rate a timescale and frame length stand for, else their own fraction in lowest terms; null outside 1–1000. */
export function exactRate(timescale: number, ticks: number): Rate | null {
  const value = timescale / ticks;
  // Below one frame a second there are no labels to count; that is a still, or a time lapse in the making.
  if (!(value >= 1 && value < 1000)) return null;
  const divisor = gcd(timescale, ticks);
  return snapRate(value) ?? { num: timescale / divisor, den: ticks / divisor, drop: false };
}

/**
 * A timescale that a frame does not divide (600 or 1000 at 23.976) rounds every frame to one of two neighbouring
 * lengths. That is one rate where each run ends within a tick of where that rate puts it.
 */
function roundedRate(steady: Run[], timescale: number): Rate | null {
  const frames = steady.reduce((sum, run) => sum + run.count, 0);
  const ticks = steady.reduce((sum, run) => sum + run.count * run.ticks, 0);
  // A few frames average out to anything; the named rates near the average are tried, and the positions decide.
  const average = (frames * timescale) / ticks;
  const whole = [Math.floor(average), Math.ceil(average)];
  const fits = whole
    .flatMap((each) => [snapRate(each), snapRate((each * 1000) / 1001)])
    .flatMap((rate) => (rate ? [{ rate, off: strays(steady, timescale, rate) }] : []))
    .filter(({ off }) => off < 1)
    .sort((a, b) => a.off - b.off);
  return fits[0]?.rate ?? null;
}

/** How far, in ticks, the end of any run lies from where the rate puts it. */
function strays(steady: Run[], timescale: number, rate: Rate): number {
  let [frames, ticks, furthest] = [0, 0, 0];
  for (const run of steady) {
    frames += run.count;
    ticks += run.count * run.ticks;
    furthest = Math.max(furthest, Math.abs(ticks - (frames * timescale * rate.den) / rate.num));
  }
  return furthest;
}
