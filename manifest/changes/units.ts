/** Lengths, places and values as a person reads them. */
import { rateLabel, type Rate } from '../time/rate.ts';
import { frameToTimecode } from '../time/timecode.ts';
import { same } from './canonical.ts';
import type { ChangeList, CutSummary } from './list.ts';
import { carried } from './sources.ts';

/** `48 frames (00:00:02:00)`; without a sign. */
export function length(frames: number, rate: Rate): string {
  const size = Math.abs(frames);
  return `${counted(size, 'frame')} (${frameToTimecode(size, rate)})`;
}

/** `1 frame`, `2 frames`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** A timecode of one of the two cuts. */
export function timecode(cut: CutSummary, frame: number): string {
  return frameToTimecode(cut.start + frame, cut.rate);
}

/** A field's value for people: a rate, a size, a name, on or off; whatever else there is as JSON. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const { num, den, drop, width, height, name } = value as Record<string, unknown>;
  if (typeof num === 'number' && typeof den === 'number' && typeof drop === 'boolean')
    return den === 1 && num >= 8000 ? `${num} samples a second` : `${rateLabel({ num, den, drop })} fps`;
  if (typeof width === 'number' && typeof height === 'number') return `${width} × ${height}`;
  return typeof name === 'string' ? `“${name}”` : JSON.stringify(value);
}

/** Fields that count frames of the sequence, where the thing lies on it. */
const PLACES = new Set(['in', 'out', 'frame']);

/** `in 01:00:00:12 → 01:00:00:14, name “a” → “b”`: the fields that differ. `cut` where their places are the sequence's. */
export function otherwise(before: object, after: object, cut?: CutSummary): string {
  const [left, right] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const say = (name: string, value: unknown) =>
    typeof value !== 'number' ? shown(value) : cut && PLACES.has(name) ? timecode(cut, value) : String(value);
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((name) => !same(left[name], right[name]))
    .map((name) => `${name} ${say(name, left[name])} → ${say(name, right[name])}`)
    .join(', ');
}

export interface Duration {
  frames: number;
  timecode: string;
}

/** Running times; the difference is counted at the new cut's rate, with a sign. */
export function runningTimes({
  before,
  after,
}: ChangeList): Record<'before' | 'after' | 'difference', Duration> {
  const of = ({ frames, rate }: CutSummary): Duration => ({
    frames,
    timecode: frameToTimecode(frames, rate),
  });
  const frames = after.frames - carried(before.frames, before.rate, after.rate);
  const sign = frames < 0 ? '-' : frames > 0 ? '+' : '';
  return {
    before: of(before),
    after: of(after),
    difference: { frames, timecode: `${sign}${frameToTimecode(Math.abs(frames), after.rate)}` },
  };
}
