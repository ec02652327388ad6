/** Where a clip lies in its day, as elapsed time: frames ÷ rate, samples ÷ sample rate, wrapped at 24 h of labels. */
import type { Clip } from '../documents/handoff.ts';
import { dayInFlicks, framesToFlicks, toFlicks } from '../time/flicks.ts';
import { labelSpeed, type LabelSpeed, type Rate } from '../time/rate.ts';
import { timecodeToFrame } from '../time/timecode.ts';

/** Recorders stamp a frame up to four samples late, and a frame of 29.97 is no whole number of samples. */
const LATE_SAMPLES = 4;

export interface Span {
  /** Flicks since midnight, 0 ≤ start < day. */
  start: number;
  /** Flicks; at least one frame or sample, so that a clip of unknown length is a point that can be covered. */
  length: number;
  /** Flicks in 24 h of labels at the clip's own rate; null for sound whose rate nobody wrote down. */
  day: number | null;
  speed: LabelSpeed | null;
  rate: Rate | null;
  /** Flicks by which a recorder may stamp late; 0 of a picture. */
  late: number;
}

/** Null where the picture carries no timecode or no rate. */
export function pictureSpan(clip: Clip): Span | null {
  const { rate, startTc, durationFrames } = clip.tech;
  if (!rate || startTc === undefined) return null;
  const read = timecodeToFrame(startTc, rate);
  if (!read.ok) return null;
  return {
    start: framesToFlicks(read.frame, rate),
    length: framesToFlicks(Math.max(1, durationFrames ?? 1), rate),
    day: dayInFlicks(rate),
    speed: labelSpeed(rate),
    rate,
    late: 0,
  };
}

/** Null where the sound carries no time reference. */
export function soundSpan(clip: Clip): Span | null {
  const { rate, sampleRate, startSamples, durationSamples } = clip.tech;
  if (sampleRate === undefined || startSamples === undefined) return null;
  const day = rate ? dayInFlicks(rate) : null;
  const start = toFlicks(startSamples, sampleRate);
  return {
    start: day ? start % day : start,
    // From start to end, so that where a sample is no whole number of flicks the end is as near as the start.
    length: Math.max(1, toFlicks(startSamples + Math.max(1, durationSamples ?? 1), sampleRate) - start),
    day,
    speed: rate ? labelSpeed(rate) : null,
    rate: rate ?? null,
    late: toFlicks(LATE_SAMPLES, sampleRate),
  };
}

/** Sound start − picture start by the shorter way round the day, in flicks. */
export function offset(picture: Span, sound: Span): number {
  const day = picture.day!;
  const raw = (((sound.start - picture.start) % day) + day) % day;
  return raw > day / 2 ? raw - day : raw;
}

/** Flicks of the picture that a sound starting `at` after it covers. */
export function overlap(picture: Span, sound: Span, at: number): number {
  return Math.max(0, Math.min(picture.length, at + sound.length) - Math.max(0, at));
}

/** Whether sound starting `at` after the picture covers it but for at most one frame at each end. */
export function covers(picture: Span, sound: Span, at: number): boolean {
  const frame = framesToFlicks(1, picture.rate!) + sound.late;
  return at <= frame && picture.length - (at + sound.length) <= frame;
}

/** Labels of the two sides run at the same speed, or the sound does not say. */
export function comparableSpans(picture: Span, sound: Span): boolean {
  return sound.speed === null || sound.speed === picture.speed;
}
