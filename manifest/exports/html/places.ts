/** Times of sources as timecode, and their range in a cut; quick enough for ten thousand events of sound. */
import type { CutEvent, CutList, CutSource } from '../../documents/cutlist.ts';
import { framesToSeconds, secondsToFrames } from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';

/** Whether a source counts samples: its timecodes are shown at the sequence's rate. */
export function isSampled({ rate }: Pick<CutSource, 'rate'>): boolean {
  return rate.den === 1 && rate.num >= 8000;
}

/** The nearest frame of `to` at the same moment. */
export function converted(count: number, from: Rate, to: Rate): number {
  const scaled = count * from.den * to.num;
  const whole = from.num * to.den;
  if (Number.isSafeInteger(2 * scaled + whole)) return Math.floor((2 * scaled + whole) / (2 * whole));
  return secondsToFrames(framesToSeconds(count, from), to);
}

/** Timecode of a place in a source, counted from its first frame; the bare count where the source has no timecode. */
export function sourceTimecode(source: CutSource, at: number, list: Pick<CutList, 'rate'>): string {
  const sampled = isSampled(source);
  const rate = sampled ? list.rate : source.rate;
  const count = (source.start ?? 0) + at;
  const label = frameToTimecode(sampled ? converted(count, source.rate, rate) : count, rate);
  return source.start === null ? `+${label}` : label;
}

/** Source in and out; both empty for what has no source, or no time of its own. */
export function sourceRange(event: CutEvent, list: Pick<CutList, 'rate'>): [string, string] {
  const { source, sourceIn, sourceOut } = event;
  if (!source || source.still) return ['', ''];
  return [sourceTimecode(source, sourceIn, list), sourceTimecode(source, sourceOut, list)];
}
