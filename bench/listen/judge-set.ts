/** Runs the trials of a set and holds each answer against the truth. */
import { Ear } from '../../manifest/listen/features.ts';
import { listen } from '../../manifest/listen/listen.ts';
import { RATES } from '../../manifest/time/rate.ts';
import type { Fft, Heard, Side } from '../../manifest/listen/types.ts';
import { trials, type Recording, type Size, type Trial } from './trials.ts';

export interface Outcome {
  kind: string;
  heard: Heard;
  /** Whether the recording truly lies there. */
  there: boolean;
  /** A match that is not there, or by more than a frame elsewhere. */
  wrong: boolean;
  /** Milliseconds the answer is off at the first and at the last moment both run; parts per million. Null without a match. */
  off: { start: number; end: number; drift: number } | null;
  seconds: number;
  note: string;
}

const FRAME = 1 / 24;

function floats(words: Int16Array, start: number, count: number): Float32Array {
  const out = new Float32Array(Math.max(0, Math.min(count, words.length - start)));
  for (let at = 0; at < out.length; at++) out[at] = words[start + at]! / 32768;
  return out;
}

export function sideOf(fft: Fft, { samples, rate }: Recording): Side {
  const ear = new Ear(fft, rate);
  for (let at = 0; at < samples.length; at += 65536) ear.hear(floats(samples, at, 65536));
  return { features: ear.close(), read: async (start, count) => floats(samples, start, count) };
}

/** Milliseconds between the answer and the truth. */
function offBy(trial: Trial, heard: Extract<Heard, { heard: 'match' }>): Outcome['off'] {
  if (trial.truth.kind === 'nowhere') return null;
  const { offset, drift } = trial.truth;
  const picture = trial.picture.samples.length / trial.picture.rate;
  const sound = trial.sound.samples.length / trial.sound.rate;
  const stretch = 1 + drift / 1e6;
  // A moment of the picture's clock, and where the sound's then is: (moment × stretch) − offset.
  const first = Math.max(0, offset / stretch);
  const last = Math.min(picture, (sound + offset) / stretch);
  const at = (moment: number) => moment - (moment * stretch - offset);
  return {
    start: 1000 * (heard.offsetSamples / trial.sound.rate - at(first)),
    end: 1000 * (heard.offsetAtEndSamples / trial.sound.rate - at(last)),
    drift: heard.driftPpm - drift,
  };
}

export async function judgeSet(
  fft: Fft,
  seed: number,
  size: Size,
  each?: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const known = new Map<Recording, Side>();
  const outcomes: Outcome[] = [];
  for (const trial of trials(fft, seed, size)) {
    let sound = known.get(trial.sound);
    if (!sound) known.set(trial.sound, (sound = sideOf(fft, trial.sound)));
    const start = performance.now();
    const heard = await listen(sideOf(fft, trial.picture), sound, { fft, frameRate: RATES['24'] });
    const seconds = (performance.now() - start) / 1000;
    const there = trial.truth.kind === 'at';
    const off = heard.heard === 'match' ? offBy(trial, heard) : null;
    const wrong =
      heard.heard === 'match' && (!off || Math.max(Math.abs(off.start), Math.abs(off.end)) > 1000 * FRAME);
    const outcome = { kind: trial.kind, heard, there, wrong, off, seconds, note: trial.note };
    outcomes.push(outcome);
    each?.(outcome);
  }
  return outcomes;
}
