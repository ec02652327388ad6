/** Judges one place to the sample: picks the moments that say most, reads them from both files, draws the line through them. */
import { findLine, type Fine, type Line } from './line.ts';
import { correlateWindow } from './peaks.ts';
import type { Candidate } from './place.ts';
import type { Shape } from './shape.ts';
import { transformSize } from './features.ts';
import { track, type Track } from './track.ts';
import { FRAMES_PER_SECOND, type Fft, type Side } from './types.ts';
import { COMMON_RATE, window } from './window.ts';

const PER_FRAME = COMMON_RATE / FRAMES_PER_SECOND;
/** Samples looked at on each side of the coarse place: 120 ms. */
const REACH = 5760;
/** A long window: what fits one transform of 2¹⁷ with the search. */
const LONGEST = 131072 - 2 * REACH;
const SHORTEST = COMMON_RATE;
const MOST_WINDOWS = 16;
/** Every third window is compared first; four or more say whether the rest is worth it. */
const GLANCE = 3;
const ENOUGH_TO_SEE = 4;
/** Drift looked for where the coarse course gives none, and around the one it gives. */
const FREE_DRIFT = 150e-6;
const TRACKED_DRIFT = 60e-6;
/** Samples that the coarse course may be off from one end to the other. */
const COARSE_ERROR = 720;
/** Seconds of overlap from which the coarse course is followed. */
const FOLLOW = 120;
/** Shorter ones, down to this, only where the windows alone come to nothing and the course is this steep and sure. */
const MAY_FOLLOW = 20;
const SETTLED = 2.5;
const STEEP = 100e-6;
const STEEP_PART = 0.6;
/** A drift that would smear a window is taken out before the comparison. */
const SMEARS = 40e-6;

export interface Fitted {
  line: Line;
  windows: number;
  /** Picture time both run, in 48 kHz samples. */
  from: number;
  to: number;
}

export interface Pair {
  picture: Side;
  sound: Side;
  shapes: { picture: Shape; sound: Shape };
  fft: Fft;
}

/** Where windows lie, and how the sound is expected to run against them. */
interface Attempt {
  starts: number[];
  count: number;
  course: Track;
  /** Drift looked for around the course's. */
  drift: number;
}

/** Null where the windows there hold nothing to compare. */
export async function fine(pair: Pair, candidate: Candidate, step: () => void): Promise<Fitted | null> {
  const { shapes, fft } = pair;
  const { from, to } = shared(pair, candidate.delay);
  const count = Math.floor(Math.min(LONGEST, Math.max(SHORTEST, (to - from) / 4)));
  const starts = moments(shapes, candidate.delay, from, to, count);
  if (starts.length === 0) return null;
  const seconds = (to - from) / COMMON_RATE;
  const level: Attempt = {
    starts,
    count,
    course: { origin: 0, at: candidate.delay, slope: 0, agreeing: 0 },
    drift: FREE_DRIFT,
  };
  const followed = (): Attempt => {
    const middles = starts.map((start) => Math.round((start + count / 2) / PER_FRAME));
    const course = track(shapes.picture, shapes.sound, middles, candidate.delay, fft);
    return { ...level, course, drift: Math.max(TRACKED_DRIFT, COARSE_ERROR / (to - from)) };
  };
  const fitted = (found: Found | null) => found && { ...found, from, to };
  if (seconds > FOLLOW) return fitted(await attempt(pair, followed(), step));
  const found = await attempt(pair, level, step);
  if (seconds < MAY_FOLLOW || (found && found.line.score >= SETTLED)) return fitted(found);
  // A pull-down left undone smears the windows of a short take too: where the course says so, once more along it.
  const along = followed();
  const steep = Math.abs(along.course.slope) > STEEP && along.course.agreeing >= starts.length * STEEP_PART;
  return fitted(steep ? await attempt(pair, along, step) : found);
}

type Found = Pick<Fitted, 'line' | 'windows'>;

/** Compares the windows along a course and draws the line through them. */
async function attempt(
  { picture, sound, fft }: Pair,
  along: Attempt,
  step: () => void,
): Promise<Found | null> {
  const { starts, count, course, drift } = along;
  const stretch = Math.abs(course.slope) > SMEARS ? course.slope : 0;
  const transform = fft.open(transformSize(count + 2 * REACH, true), 2);
  const highest = Math.min(picture.features.sampleRate, sound.features.sampleRate) / 2;
  const windows: Fine[] = [];
  const compare = async (nth: number) => {
    step();
    const start = starts[nth]!;
    const middle = start + count / 2;
    const base =
      Math.round(course.at * PER_FRAME + course.slope * (middle - course.origin * PER_FRAME)) - REACH;
    const ofPicture = await window(picture, start, count);
    // Stretched about its middle, so that a delay means the same as in every other window.
    const half = count / 2 + REACH;
    const soundStart = start + base + half - half * (1 + stretch);
    const ofSound = await window(sound, soundStart, count + 2 * REACH, 1 + stretch);
    const lags = correlateWindow(transform, ofPicture, ofSound, 2 * REACH, highest);
    if (lags) windows.push({ time: middle, base, lags });
  };
  const lineNow = () => findLine(windows, course.slope, drift);
  try {
    const first = starts.map((_, nth) => nth).filter((nth) => nth % GLANCE === 0);
    for (const nth of first) await compare(nth);
    // Where none of a few agrees with another, the rest will not either.
    const glance = first.length >= ENOUGH_TO_SEE ? lineNow() : null;
    if (glance === null || glance.agreeing.length > 1)
      for (const nth of starts.keys()) if (nth % GLANCE !== 0) await compare(nth);
  } finally {
    transform.close();
  }
  const line = lineNow();
  return line && { line, windows: windows.length };
}

/** Picture time, in 48 kHz samples, during which both run. */
function shared({ picture, sound }: Pair, delay: number): { from: number; to: number } {
  const length = ({ features }: Side) => (features.samples * COMMON_RATE) / features.sampleRate;
  return {
    from: Math.max(0, -delay * PER_FRAME),
    to: Math.min(length(picture), length(sound) - delay * PER_FRAME),
  };
}

/** Where windows of `count` samples begin: one in each even part of the overlap, where both sides are liveliest. */
function moments(
  { picture, sound }: Pair['shapes'],
  delay: number,
  from: number,
  to: number,
  count: number,
): number[] {
  const room = to - from - count;
  if (room < 0) return [];
  const parts = Math.max(4, Math.min(MOST_WINDOWS, Math.floor((1.5 * (to - from)) / count)));
  const frames = Math.floor(count / PER_FRAME);
  // What stands out on one side only may be under the other's noise, and is heard by its phases all the same.
  const life = (frame: number) =>
    (picture.standsOut(frame) ? 1 : 0) + (sound.standsOut(frame + delay) ? 1 : 0);
  const found: number[] = [];
  for (let part = 0; part < parts; part++) {
    const first = Math.ceil((from + (room * part) / parts) / PER_FRAME);
    const last = Math.max(first, Math.floor((from + (room * (part + 1)) / parts) / PER_FRAME) - 1);
    let lively = 0;
    for (let frame = first; frame < first + frames; frame++) lively += life(frame);
    let [best, most] = [first, lively];
    for (let frame = first; frame < last; frame++) {
      lively += life(frame + frames) - life(frame);
      if (lively > most) [best, most] = [frame + 1, lively];
    }
    // A tenth of a window at least, or there is nothing to hear.
    if (most * 10 >= frames) found.push(best * PER_FRAME);
  }
  return found;
}
