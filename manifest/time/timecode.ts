/** SMPTE timecode labels ⇄ frame counts at an exact rate, with drop-frame and the 24-hour wrap. */
import { droppedPerMinute, framesPerDay, nominal, rateLabel, type Rate } from './rate.ts';

/** `00` to `99`, written once: a list of 10,000 events has 40,000 labels of four pairs each. */
const PAIRS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const pair = (value: number) => PAIRS[value]!;

/** Digits of the frame field: three where a label can reach 100 (119.88, 120), else two. */
export function frameDigits(rate: Rate): number {
  return nominal(rate) > 100 ? 3 : 2;
}

/** A frame count brought into one day of labels: 24:00:00:00 is 00:00:00:00, and −1 is the day's last frame. */
export function wrapDay(frame: number, rate: Rate): number {
  const day = framesPerDay(rate);
  return frame >= 0 && frame < day ? frame : ((frame % day) + day) % day;
}

/** `00:00:` to `23:59:`, each made the first time it is asked for. */
const MINUTES: string[] = [];
const clock = (minute: number) =>
  (MINUTES[minute] ??= `${pair(Math.floor(minute / 60))}:${pair(minute % 60)}:`);

/** The label of a frame count (any integer; wraps at 24 h): `01:00:00:00`, or `01:00:00;02` at a drop-frame rate. */
export function frameToTimecode(frame: number, rate: Rate): string {
  const fps = nominal(rate);
  const label = addDropped(wrapDay(frame, rate), fps, droppedPerMinute(rate));
  const seconds = Math.floor(label / fps);
  const frames = label % fps;
  const last = fps > 100 ? String(frames).padStart(3, '0') : pair(frames);
  return clock(Math.floor(seconds / 60)) + pair(seconds % 60) + (rate.drop ? ';' : ':') + last;
}

/** Real frame count → label number, which has the skipped numbers added back. */
function addDropped(frame: number, fps: number, dropped: number): number {
  if (dropped === 0) return frame;
  const perMinute = fps * 60 - dropped;
  const perTen = perMinute * 10 + dropped;
  const tens = Math.floor(frame / perTen);
  const rest = frame % perTen;
  // The first minute of each ten keeps all its numbers, so it is `dropped` longer than the others.
  const minutes = rest < perMinute + dropped ? 0 : 1 + Math.floor((rest - perMinute - dropped) / perMinute);
  return frame + dropped * (9 * tens + minutes);
}

export type TimecodeRead = { ok: true; frame: number } | { ok: false; message: string };

/**
 * Reads a label at a rate. `:`, `;`, `.` and `,` separate; whether frames drop is the rate's word, not the mark's, because
 * Avid writes drop-frame with colons. 24:00:00:00 reads as 0. A skipped label or a frame past the rate is refused
 * with the rule and the nearest right label.
 */
export function timecodeToFrame(text: string, rate: Rate): TimecodeRead {
  const fields = usualFields(text) ?? anyFields(text);
  if (!fields) return { ok: false, message: `"${text}" is not a timecode (HH:MM:SS:FF)` };
  const [hours, minutes, seconds, frames] = fields;
  const fps = nominal(rate);
  const whole = hours === 24 && minutes + seconds + frames === 0;
  if (hours > 23 && !whole) return { ok: false, message: `${text}: hours run from 00 to 23` };
  if (minutes > 59) return { ok: false, message: `${text}: minutes run from 00 to 59` };
  if (seconds > 59) return { ok: false, message: `${text}: seconds run from 00 to 59` };
  if (frames >= fps)
    return {
      ok: false,
      message: `${text} is not a timecode at ${rateLabel(rate)}: frames run from 00 to ${fps - 1}`,
    };
  const dropped = droppedPerMinute(rate);
  const minute = hours * 60 + minutes;
  const skips = minute - Math.floor(minute / 10);
  const frame = (minute * 60 + seconds) * fps + frames - dropped * skips;
  if (dropped > 0 && seconds === 0 && frames < dropped && minutes % 10 !== 0) {
    const next = frameToTimecode(frame - frames + dropped, rate);
    return { ok: false, message: `${text} is an address ${rateLabel(rate)} skips; the next is ${next}` };
  }
  return { ok: true, frame: whole ? 0 : frame };
}

type Fields = [hours: number, minutes: number, seconds: number, frames: number];

/** Of `01:00:00:00` and `01:00:00;00`, as nearly all labels are written; null for any other. */
function usualFields(text: string): Fields | null {
  if (text.length !== 11 || text[2] !== ':' || text[5] !== ':' || (text[8] !== ':' && text[8] !== ';'))
    return null;
  const [hours, minutes, seconds, frames] = [two(text, 0), two(text, 3), two(text, 6), two(text, 9)];
  return hours < 0 || minutes < 0 || seconds < 0 || frames < 0 ? null : [hours, minutes, seconds, frames];
}

/** The two figures from `at` on; below 0 where they are none. */
function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 0x30, text.charCodeAt(at + 1) - 0x30];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function anyFields(text: string): Fields | null {
  const match = /^(\d{1,2})[:;.,](\d{2})[:;.,](\d{2})[:;.,](\d{2,3})$/.exec(text.trim());
  return match && (match.slice(1).map(Number) as Fields);
}

/** Whether a label is written with the drop-frame mark before its frames. */
export function hasDropMark(text: string): boolean {
  return /[;,]\d{2,3}$/.test(text.trim()) || /\d;\d/.test(text);
}
