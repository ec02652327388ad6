/** Sound samples ⇄ frames and timecode. */
import { floor, fraction, framesToSeconds, multiply, round, secondsToFrames } from './fraction.ts';
import type { Fraction } from './fraction.ts';
import { frameToTimecode } from './timecode.ts';
import type { Rate } from './rate.ts';

export function samplesToSeconds(samples: number, sampleRate: number): Fraction {
  return fraction(samples, sampleRate);
}
/** Nearest sample to the start of a frame. */
export function framesToSamples(frames: number, rate: Rate, sampleRate: number): number {
  return round(multiply(framesToSeconds(frames, rate), fraction(sampleRate)));
}
/** Nearest frame to a sample. */
export function samplesToFrames(samples: number, sampleRate: number, rate: Rate): number {
  return secondsToFrames(samplesToSeconds(samples, sampleRate), rate);
}

/** Recorders stamp 1–4 samples after a frame boundary, or truncate just before it; two samples bring the latter back. */
const BEXT_TOLERANCE = 2;

/**
 * The frame a broadcast-WAV time reference falls in. TimeReference counts samples of real time since midnight, not a
 * wall-clock label, so at 23.976 the label is 3.6 s an hour behind a naive reading (EBU Tech 3285; measured on recorders).
 */
export function timeReferenceToFrame(samples: number, sampleRate: number, rate: Rate): number {
  const frames = multiply(
    samplesToSeconds(samples + BEXT_TOLERANCE, sampleRate),
    fraction(rate.num, rate.den),
  );
  return floor(frames);
}
export function timeReferenceToTimecode(samples: number, sampleRate: number, rate: Rate): string {
  return frameToTimecode(timeReferenceToFrame(samples, sampleRate, rate), rate);
}
