/**
 * What the numbers of a comparison amount to. The rule was set on one set of simulated pairs and judged on others
 * (bench/listen.ts); a wrong place costs more than ten refusals, so it asks for everything at once.
 */
import { fraction, secondsToFrames } from '../time/fraction.ts';
import type { Rate } from '../documents/rate.ts';
import type { Fitted } from './fine.ts';
import type { Candidate } from './place.ts';
import type { Evidence, Heard, Place } from './types.ts';
import { COMMON_RATE } from './window.ts';

/** The coarse place: standard deviations above all others. */
export const LEAST_Z = 6;
/**
 * The whole must be alike too, not only what the windows hear: one take gives a height of three and more for the root of each second
 * that both run, a song played back under other talk less than two.
 */
const LEAST_ALIKE = 2.5;
/** Seconds by which a drift moves the sound before the coarse correlation loses it: more than that of a take adds nothing. */
const COHERENT = 0.02;
/** The fine line: times what chance finds. */
const LEAST_SCORE = 2.5;
const LEAST_AGREEING = 3;
/** Part of the windows that must lie on the line. */
const LEAST_PART = 0.5;
/** A rival needs less than the best does, but this part of what the best has: from here on two places fit. */
const RIVAL_SCORE = 1.6;
const RIVAL_OF_BEST = 0.6;
const RIVAL_PART = 0.3;
/** Two places whose lines are nearer than this, in 48 kHz samples, are one. */
const SAME = 960;

export interface Judged {
  candidate: Candidate;
  fitted: Fitted | null;
}

export interface Lengths {
  /** Of the picture's sound and of the recording, in 48 kHz samples. */
  picture: number;
  sound: number;
  soundRate: number;
  frameRate: Rate;
}

/** Whether the windows say that the place is right. */
function holds({ fitted }: Judged, least = LEAST_SCORE, part = LEAST_PART): boolean {
  if (!fitted) return false;
  const { agreeing, score } = fitted.line;
  return score >= least && agreeing.length >= Math.max(LEAST_AGREEING, fitted.windows * part);
}

/** Whether it fits as well, elsewhere. */
function isRival(each: Judged, top: Judged): boolean {
  if (!top.fitted || !each.fitted) return false;
  const least = Math.max(RIVAL_SCORE, RIVAL_OF_BEST * top.fitted.line.score);
  if (!holds(each, least, RIVAL_PART)) return false;
  const middle = (top.fitted.from + top.fitted.to) / 2;
  return Math.abs(delayAt(each.fitted, middle) - delayAt(top.fitted, middle)) > SAME;
}

/** `places`, best coarse place first; those not looked at closely have no `fitted`. */
export function judge(places: Judged[], lengths: Lengths): Heard {
  const top = best(places);
  if (!top)
    return {
      heard: 'none',
      evidence: null,
      reason: 'Nowhere do the two run together long enough to compare.',
    };
  const rivals = places.filter((each) => each !== top);
  const evidence = evidenceOf(top, rivals, lengths);
  const { z, score, windows, agreeing, secondPeak } = evidence;
  const numbers = `z ${z.toFixed(1)}, score ${score.toFixed(2)}, ${agreeing} of ${windows} windows agree`;
  const equals = rivals.filter((each) => isRival(each, top));
  if (z < LEAST_Z || !holds(top))
    return {
      heard: 'none',
      evidence,
      reason: `No place fits: the best has ${numbers}; needed are z ${LEAST_Z}, score ${LEAST_SCORE} and ${LEAST_AGREEING} windows or ${Math.round(LEAST_PART * 100)} % of them.`,
    };
  const alike = leastAlike(top.fitted!);
  if (equals.length === 0 && z < alike)
    return {
      heard: 'none',
      evidence,
      reason: `No place fits: at the best the windows agree, but as a whole the two are less alike than one take would be (${numbers}; needed is z ${alike.toFixed(1)}). A song played back in another take does this.`,
    };
  if (equals.length > 0)
    return {
      heard: 'ambiguous',
      places: [top, ...equals].map((each) => placeOf(each, lengths)),
      evidence,
      reason: `${equals.length + 1} places fit: the next best is ${Math.round(secondPeak * 100)} % as high as the best (${numbers}). The same sound is there more than once, as with a playback.`,
    };
  return match(top, evidence, lengths, numbers);
}

/** The height below which the two are too unlike for how long both run. */
function leastAlike({ line, from, to }: Fitted): number {
  const seconds = (to - from) / COMMON_RATE;
  const coherent = line.slope === 0 ? 1 : Math.min(1, COHERENT / (Math.abs(line.slope) * seconds));
  return Math.max(LEAST_Z, LEAST_ALIKE * Math.sqrt(seconds) * coherent);
}

/** The place the windows hold for, else the highest coarse one. */
function best(places: Judged[]): Judged | undefined {
  return places.filter((each) => holds(each)).sort((a, b) => b.candidate.z - a.candidate.z)[0] ?? places[0];
}

function evidenceOf({ candidate, fitted }: Judged, rivals: Judged[], lengths: Lengths): Evidence {
  return {
    z: candidate.z,
    score: fitted?.line.score ?? 0,
    windows: fitted?.windows ?? 0,
    agreeing: fitted?.line.agreeing.length ?? 0,
    // Where the windows chose a place that is not the highest, another is higher.
    secondPeak: Math.min(1, Math.max(0, ...rivals.map((each) => each.candidate.z)) / candidate.z),
    coverage: fitted ? (fitted.to - fitted.from) / lengths.picture : 0,
  };
}

/** Delay, in 48 kHz samples, at a moment of the picture. */
function delayAt({ line }: Fitted, time: number): number {
  return line.at + line.slope * (time - line.origin);
}

/** The first and last moment both run, with the delay as fitted. */
function run(fitted: Fitted, lengths: Lengths): { from: number; to: number } {
  return {
    from: Math.max(0, -delayAt(fitted, fitted.from)),
    to: Math.min(lengths.picture, lengths.sound - delayAt(fitted, fitted.to)),
  };
}

/** Away from nought where halfway, so that swapping the sides negates it. */
function whole(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) + 0;
}

function offset(delay: number, { soundRate }: Lengths): number {
  return whole((-delay * soundRate) / COMMON_RATE);
}

function placeOf({ candidate, fitted }: Judged, lengths: Lengths): Place {
  const delay = fitted ? delayAt(fitted, fitted.from) : (candidate.delay * COMMON_RATE) / 100;
  return { offsetSamples: offset(delay, lengths), z: candidate.z, score: fitted?.line.score ?? 0 };
}

function match(top: Judged, evidence: Evidence, lengths: Lengths, numbers: string): Heard {
  const fitted = top.fitted!;
  const { line } = fitted;
  const { from, to } = run(fitted, lengths);
  const offsetSamples = offset(delayAt(fitted, from), lengths);
  const farthest = Math.max(Math.abs(from - line.origin), Math.abs(to - line.origin));
  const deviation = Math.sqrt(line.atError ** 2 + (line.slopeError * farthest) ** 2);
  const errorSamples = Math.ceil(((1 + 4 * deviation) * lengths.soundRate) / COMMON_RATE);
  const driftPpm = line.slope * 1e6;
  const slipsHalfFrameAt = slip(line.slope, from, to, lengths.frameRate);
  const seconds = offsetSamples / lengths.soundRate;
  const driftErrorPpm = line.slopeError * 1e6;
  return {
    heard: 'match',
    offsetSamples,
    offsetAtEndSamples: offset(delayAt(fitted, to), lengths),
    errorSamples,
    driftPpm,
    driftErrorPpm,
    slipsHalfFrameAt,
    evidence,
    reason: `The sound starts ${Math.abs(seconds).toFixed(3)} s ${seconds < 0 ? 'before' : 'after'} the picture (± ${errorSamples} samples; ${numbers}; ${driftWords(driftPpm, driftErrorPpm, slipsHalfFrameAt)}).`,
  };
}

/** A drift is told of where it is more than twice its error. */
function driftWords(ppm: number, error: number, slipsAt: number | null): string {
  if (Math.abs(ppm) < 2 * error || Math.abs(ppm) < 0.05) return 'no drift to be heard';
  const from = slipsAt === null ? '' : `, half a frame from frame ${slipsAt} on`;
  const pull = Math.abs(Math.abs(ppm) - 1000) < 5 ? ', which is 0.1 %: a pull-down left undone' : '';
  return `drift ${ppm.toFixed(1)} ppm${pull}${from}`;
}

/** The frame from which the drift, counted from `from`, is half a frame or more. */
function slip(slope: number, from: number, to: number, rate: Rate): number | null {
  const half = fraction(rate.den * COMMON_RATE, 2 * rate.num);
  if (slope === 0) return null;
  const time = from + Number(half.num) / Number(half.den) / Math.abs(slope);
  if (time >= to) return null;
  return secondsToFrames(fraction(Math.ceil(time), COMMON_RATE), rate);
}
