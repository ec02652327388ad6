/** The sentence behind a verdict: the numbers, and what a difference of this size usually comes from. */
import type { Clip } from '../documents/handoff.ts';
import { dayInFlicks, framesToFlicks, fromFlicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import { framesPerDay, mayDrop, rateLabel } from '../time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../time/timecode.ts';
import { covers, overlap, type Span } from './span.ts';

/** `01:00:00:00 (86400 frames)`, with its sign left to the sentence. */
export function lengthText(flicks: number, picture: Pick<Span, 'rate'>): string {
  const rate = { ...picture.rate!, drop: false };
  const frames = Math.abs(fromFlicks(flicks, rate.num, rate.den));
  const clock = frames >= framesPerDay(rate) ? '' : `${frameToTimecode(frames, rate)} (`;
  return `${clock}${frames} ${frames === 1 ? 'frame' : 'frames'}${clock ? ')' : ''}`;
}

/** Where the sound begins as seen from the picture. */
export function startText(at: number, picture: Pick<Span, 'rate'>): string {
  if (fromFlicks(Math.abs(at), picture.rate!.num, picture.rate!.den) === 0) return 'starts with the picture';
  return `starts ${lengthText(at, picture)} ${at < 0 ? 'before' : 'after'} the picture`;
}

export function crossesMidnight(picture: Span, at: number): boolean {
  const soundStart = picture.start + at;
  return picture.start + picture.length > picture.day! || soundStart < 0 || soundStart >= picture.day!;
}

/** ` Across midnight.` where either side lies on the other day. */
export function midnightText(picture: Span, at: number): string {
  return crossesMidnight(picture, at) ? '; the take runs across midnight' : '';
}

/**
 * What would explain sound that does not fit: a whole hour, drop-frame read as non-drop or the other way round, 0.1 %, or
 * midnight. Empty where none of these would make it fit. Sound that fits in part is only explained by what would make it
 * fit wholly; sound that does not fit at all, by what would bring most of the shorter side over the other.
 */
export function explanation(picture: Clip, span: Span, sound: Span, at: number): string {
  const apart = overlap(span, sound, at) === 0;
  const fits = (shift: number) => {
    if (shift === 0) return false;
    const moved = at - shift;
    const most = overlap(span, sound, moved) * 2 > Math.min(span.length, sound.length);
    return covers(span, sound, moved) || (apart && most);
  };
  return (
    hourText(span, at, fits) ??
    countingText(picture, span, at, fits) ??
    percentText(span, at, fits) ??
    dayText(span, fits) ??
    ''
  );
}

type Fits = (shift: number) => boolean;

function hourText(span: Span, at: number, fits: Fits): string | null {
  const labelHour = dayInFlicks(span.rate!) / 24;
  for (let hours = 1; hours <= 12; hours++)
    for (const hour of [labelHour, 3600 * FLICKS_PER_SECOND])
      if (fits(Math.sign(at) * hours * hour))
        return ` That is ${hours === 1 ? 'one hour' : `${hours} hours`} ${at < 0 ? 'early' : 'late'}: one of the two clocks was set to another hour.`;
  return null;
}

/** The same label counted with and without skipped numbers: 3.6 s for every hour of the day. */
function countingText(picture: Clip, span: Span, at: number, fits: Fits): string | null {
  const rate = span.rate!;
  if (!mayDrop(rate)) return null;
  const other = { ...rate, drop: !rate.drop };
  const here = timecodeToFrame(picture.tech.startTc!, rate);
  const there = timecodeToFrame(picture.tech.startTc!, other);
  if (!here.ok || !there.ok) return null;
  const shift = framesToFlicks(there.frame - here.frame, rate);
  if (Math.abs(shift) <= framesToFlicks(1, rate) || Math.sign(shift) !== Math.sign(at) || !fits(shift))
    return null;
  return ` That is what ${rateLabel(rate)} against ${rateLabel(other)} makes at this time of day: one side counted drop-frame and the other did not.`;
}

function percentText(span: Span, at: number, fits: Fits): string | null {
  for (const shift of [Math.round(span.start / 1000), -Math.round(span.start / 1001)])
    if (Math.abs(shift) > framesToFlicks(1, span.rate!) && Math.sign(shift) === Math.sign(at) && fits(shift))
      return ' That is 0.1 % of the time of day: one side ran at 24, 30 or 60 and the other at 23.976, 29.97 or 59.94.';
  return null;
}

/** A clock that wrapped at 24 h of real time where the labels' day is longer, or the other way round. */
function dayText(span: Span, fits: Fits): string | null {
  const difference = span.day! - 86400 * FLICKS_PER_SECOND;
  for (const shift of [difference, -difference])
    if (Math.abs(shift) > framesToFlicks(1, span.rate!) && fits(shift))
      return ' One side wrapped at midnight of the clock and the other at midnight of the labels.';
  return null;
}
