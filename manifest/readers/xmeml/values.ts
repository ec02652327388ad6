/** The small values inside xmeml's elements: whole numbers, truths, words, rates and timecodes. */
import { nominal, mayDrop, snapRate, type Rate } from '../../time/rate.ts';
import { hasDropMark, timecodeToFrame } from '../../time/timecode.ts';
import { child, childText, type XmlElement } from '../../xml/read.ts';
import { rescale } from './count.ts';

/** Three years at 100 frames a second: what lies beyond is no time but damage. */
const MOST_FRAMES = 1e10;

/** A frame count; null where the text is none or is absurd. `1055.0` occurs (Hiero); a broken frame is rounded. */
export function whole(text: string | undefined): number | null {
  if (text === undefined || !/^[+-]?\d{1,15}(\.\d{0,20})?$/.test(text)) return null;
  const value = Math.round(Number(text));
  // Adding 0 turns −0 into 0.
  return Math.abs(value) <= MOST_FRAMES ? value + 0 : null;
}

export function frames(element: XmlElement, name: string): number | null {
  return whole(childText(element, name));
}

/** TRUE or FALSE in any case; `fallback` where the element is absent or says neither. */
export function truth(element: XmlElement, name: string, fallback: boolean): boolean {
  const text = childText(element, name)?.toUpperCase();
  if (text === 'TRUE' || text === '1') return true;
  return text === 'FALSE' || text === '0' ? false : fallback;
}

/** A name as written: indentation around it is not part of it, spaces on its line are. */
export function words(element: XmlElement, name: string): string | undefined {
  const text = child(element, name)?.text;
  if (!text) return undefined;
  const [left, right] = [text.trimStart(), text.trimEnd()];
  const from = text.slice(0, text.length - left.length).includes('\n') ? text.length - left.length : 0;
  const to = text.slice(right.length).includes('\n') ? right.length : text.length;
  return text.slice(from, to) || undefined;
}

/** The element's own `<rate>`, without drop-frame; null where it has none that can be counted at. */
export function rateOf(element: XmlElement): Rate | null {
  const rate = child(element, 'rate');
  const text = rate && childText(rate, 'timebase');
  if (!rate || text === undefined || !/^\d{1,6}(\.\d{1,10})?$/.test(text)) return null;
  const base = Number(text);
  if (!(base > 0 && base <= 1000)) return null;
  if (!Number.isInteger(base)) return snapRate(base);
  return truth(rate, 'ntsc', false)
    ? { num: base * 1000, den: 1001, drop: false }
    : { num: base, den: 1, drop: false };
}

export interface Timecode {
  /** Frames at `rate`; null where only a reel or nothing is said. */
  frame: number | null;
  /** With drop-frame as the display format says it. */
  rate: Rate;
  reel: string | undefined;
  /** What the label says where it is not the frame; Premiere's labels are often wrong. */
  label: string | null;
}

/** `inherited` is the rate of what the timecode belongs to. Null where there is no timecode element. */
export function timecodeOf(element: XmlElement, inherited: Rate): Timecode | null {
  const timecode = child(element, 'timecode');
  if (!timecode) return null;
  const text = childText(timecode, 'string');
  const own = rateOf(timecode) ?? inherited;
  const format = childText(timecode, 'displayformat')?.toUpperCase();
  const drop =
    mayDrop(own) && (format === 'DF' || (format === undefined && text !== undefined && hasDropMark(text)));
  const rate: Rate = { num: own.num, den: own.den, drop };
  const reel = child(timecode, 'reel');
  const frame = frames(timecode, 'frame');
  const read = text === undefined ? null : timecodeToFrame(text, rate);
  const wrong = frame !== null && text !== undefined && (!read?.ok || read.frame !== dayFrame(frame, rate));
  return {
    frame: frame ?? (read?.ok ? read.frame : null),
    rate,
    reel: reel ? words(reel, 'name') : undefined,
    label: wrong || (frame === null && text !== undefined && !read?.ok) ? text! : null,
  };
}

/** Labels wrap at midnight; a count may run on. */
function dayFrame(frame: number, rate: Rate): number {
  const drop = rate.drop ? (nominal(rate) / 15) * 1296 : 0;
  const day = nominal(rate) * 86400 - drop;
  return ((frame % day) + day) % day;
}

/** A timecode's frame counted at another rate. */
export function startAt(timecode: Timecode | null, rate: { num: number; den: number }): number | null {
  return timecode === null || timecode.frame === null ? null : rescale(timecode.frame, timecode.rate, rate);
}
