/** Sound samples ⇄ frames and timecode. */
import { fraction, lowest, nearest } from './fraction.ts';
import type { Fraction } from './fraction.ts';
import { frameToTimecode } from './timecode.ts';
import type { Rate } from './rate.ts';

export function samplesToSeconds(samples: number, sampleRate: number): Fraction {
  return fraction(samples, sampleRate);
}
/** Nearest sample to the start of a frame. */
export function framesToSamples(frames: number, rate: Rate, sampleRate: number): number {
  return nearest(frames, rate.den * sampleRate, rate.num);
}
/** Nearest frame to a sample. */
export function samplesToFrames(samples: number, sampleRate: number, rate: Rate): number {
  return nearest(samples, rate.num, rate.den * sampleRate);
}

/** Recorders stamp 1–4 samples after a frame boundary, or truncate just before it; two samples bring the latter back. */
const BEXT_TOLERANCE = 2;

/**
 * The frame a broadcast-WAV time reference falls in. TimeReference counts samples of real time since midnight, not a
 * wall-clock label, so at 23.976 the label is 3.6 s an hour behind a naive reading (EBU Tech 3285; measured on recorders).
 */
export function timeReferenceToFrame(samples: number, sampleRate: number, rate: Rate): number {
  return lowest(samples + BEXT_TOLERANCE, rate.num, rate.den * sampleRate);
}
export function timeReferenceToTimecode(samples: number, sampleRate: number, rate: Rate): string {
  return frameToTimecode(timeReferenceToFrame(samples, sampleRate, rate), rate);
}
