/** How a list counts: its rate, which the file does not hold, whether it drops, and every label as a frame. */
import type { IssueBook } from './issues.ts';
import { isTimecode } from './edit.ts';
import type { RawEdit, RawList } from './raw.ts';
import {
  droppedPerMinute,
  framesPerDay,
  mayDrop,
  nominal,
  rateLabel,
  RATES,
  type Rate,
} from '../../time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../../time/timecode.ts';

export interface Clock {
  rate: Rate;
  day: number;
  record(label: string, line: number): number;
  /** Also takes a bare frame count. `rate` is the list's, dropping or not as this label and its surroundings say. */
  source(label: string, edit: RawEdit): { frame: number; rate: Rate };
}

export function clockOf(list: RawList, given: Rate | undefined, issues: IssueBook): Clock {
  const drops = dropWord(list, issues);
  const rate = counted(given ?? inferred(list, drops === true, issues), drops, given !== undefined, issues);
  if (given) checkFrames(list, rate, issues);
  const other: Rate = { ...rate, drop: !rate.drop };
  return {
    rate,
    day: framesPerDay(rate),
    record: (label, line) => frameOf(label, rate, line, issues),
    source: (label, edit) => {
      if (!isTimecode(label)) return { frame: Number(label), rate };
      const own = mayDrop(rate) && sourceDrops(label, edit, rate.drop) !== rate.drop ? other : rate;
      return { frame: frameOf(label, own, edit.line, issues), rate: own };
    },
  };
}

const marked = (label: string) => label.includes(';') || label.includes(',');

/**
 * Avid writes drop-frame with colons under FCM: DROP FRAME, everyone else with a semicolon. Under a semicolon record
 * a source with a colon does not drop.
 */
function sourceDrops(label: string, edit: RawEdit, listDrops: boolean): boolean {
  if (marked(label)) return true;
  if (edit.record.some(marked)) return false;
  return edit.fcm ?? listDrops;
}

/** What most of the list's edits say about their record; null = none says anything. */
function dropWord(list: RawList, issues: IssueBook): boolean | null {
  let [drop, plain] = [0, 0];
  let change = 0;
  let last: boolean | null = null;
  for (const edit of list.edits) {
    const word = edit.record.some(marked) ? true : edit.fcm;
    if (word === null) continue;
    if (word) drop++;
    else plain++;
    if (last !== null && word !== last) change ||= edit.line;
    last = word;
  }
  if (drop + plain === 0) return list.fcm;
  const drops = drop === plain ? last! : drop > plain;
  if (change > 0) {
    const message = `The count changes between drop-frame and non-drop from here on; record timecodes are counted ${drops ? 'with' : 'without'} drop-frame throughout, sources as each line says.`;
    issues.add('edl-fcm', 'warning', change, message);
  }
  return drops;
}

function counted(rate: Rate, drops: boolean | null, given: boolean, issues: IssueBook): Rate {
  if (drops === null || drops === rate.drop) return rate;
  if (!drops) {
    const message = `The list says NON-DROP FRAME and the rate given is ${rateLabel(rate)}; the list's word counts.`;
    if (given) issues.add('edl-drop', 'warning', 0, message);
    return { ...rate, drop: false };
  }
  // Who says 30 or 60 of a list that drops means the NTSC rate of that count: no other has drop-frame.
  const ntsc: Rate = { num: nominal(rate) * 1000, den: 1001, drop: true };
  if (!mayDrop(ntsc)) {
    const message = `The list is marked drop-frame, which ${rateLabel(rate)} does not have; it is counted without.`;
    issues.add('edl-drop', 'warning', 0, message, 'give the rate the list was made at: 29.97df or 59.94df');
    return rate;
  }
  if (given) {
    const message = `The list is marked drop-frame and the rate given is ${rateLabel(rate)}; it is counted at ${rateLabel(ntsc)}, as its marks say.`;
    issues.add('edl-drop', 'note', 0, message);
  }
  return ntsc;
}

function highestFrame(
  edits: readonly RawEdit[],
  which: 'source' | 'record',
): { frame: number; line: number } {
  let highest = { frame: 0, line: 0 };
  for (const edit of edits)
    for (const label of edit[which]) {
      const frame = frameNumber(label);
      if (frame > highest.frame) highest = { frame, line: edit.line };
    }
  return highest;
}

/** 0 of a bare count. */
function frameNumber(label: string): number {
  const digits = /\d/.test(label.charAt(label.length - 3)) ? 3 : 2;
  return isTimecode(label) ? Number(label.slice(-digits)) : 0;
}

/** Counts that a list can have, by their highest frame number. */
const COUNTS = ['24', '25', '30', '48', '50', '60', '100', '120'] as const;
/** From so many labels on, one of each frame number is likely to be among the record's. */
const ENOUGH = 40;

function inferred(list: RawList, drops: boolean, issues: IssueBook): Rate {
  const { edits } = list;
  const record = highestFrame(edits, 'record').frame;
  // Tapes with a count of their own stand in the source columns of some lists.
  const highest = edits.length >= ENOUGH ? record : Math.max(record, highestFrame(edits, 'source').frame);
  const name = drops
    ? highest < 30
      ? '29.97df'
      : highest < 60
        ? '59.94df'
        : '119.88df'
    : (COUNTS.find((count) => highest < Number(count)) ?? '120');
  const message = `An EDL does not say its frame rate. Its frame numbers run to ${highest}, so it is counted at ${rateLabel(RATES[name])}; at another rate of the same count every length in seconds differs.`;
  issues.add(
    'edl-rate',
    'warning',
    0,
    message,
    `give the rate: ${drops ? name : `--rate ${NEAR[name] ?? name}`}`,
  );
  return RATES[name];
}

const NEAR: Record<string, string> = {
  '24': '23.976 or 24',
  '30': '29.97 or 30',
  '48': '47.952 or 48',
  '60': '59.94 or 60',
};

/** A stray label or two in a long list are said where they stand; more than one in fifty, and no such rate made the list. */
const STRAY = 50;

function checkFrames(list: RawList, rate: Rate, issues: IssueBook): void {
  const { frame, line } = highestFrame(list.edits, 'record');
  if (frame < nominal(rate)) return;
  const beyond = list.edits.reduce(
    (sum, { record }) => sum + record.filter((label) => frameNumber(label) >= nominal(rate)).length,
    0,
  );
  if (beyond * STRAY <= list.edits.length * 2) return;
  const least = COUNTS.find((count) => frame < Number(count)) ?? '120';
  const message = `Record timecodes count to ${frame}, and ${rateLabel(rate)} has frames 00 to ${nominal(rate) - 1}: the rate given is not the list's.`;
  issues.add('edl-rate', 'error', line, message, `give a rate of at least ${least}`);
}

/** The frame of a plain label that exists; −1 for all others. Four of five words of a list are labels. */
function quickly(label: string, fps: number, dropped: number): number {
  if (label.length !== 11) return -1;
  const two = (at: number) => (label.charCodeAt(at) - 48) * 10 + label.charCodeAt(at + 1) - 48;
  const [hours, minutes, seconds, frames] = [two(0), two(3), two(6), two(9)];
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= fps) return -1;
  const minute = hours * 60 + minutes;
  if (dropped > 0 && seconds === 0 && frames < dropped && minutes % 10 !== 0) return -1;
  return (minute * 60 + seconds) * fps + frames - dropped * (minute - Math.floor(minute / 10));
}

/** A label (it has passed isTimecode) that does not exist becomes the nearest one that does, and is said. */
function frameOf(label: string, rate: Rate, line: number, issues: IssueBook): number {
  const quick = quickly(label, nominal(rate), droppedPerMinute(rate));
  if (quick >= 0) return quick;
  const read = timecodeToFrame(label, rate);
  if (read.ok) return read.frame;
  const [hours, minutes, seconds, frames] = label.split(/[:;.,]/).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const fps = nominal(rate);
  const minute = (hours % 24) * 60 + Math.min(minutes, 59);
  const second = Math.min(seconds, 59);
  const dropped = droppedPerMinute(rate);
  const skipped = second === 0 && minute % 10 !== 0 ? dropped : 0;
  const number = Math.max(Math.min(frames, fps - 1), skipped);
  const frame = (minute * 60 + second) * fps + number - dropped * (minute - Math.floor(minute / 10));
  // Midnight is often counted on: 24:00:10:00 is ten seconds past it.
  if (hours !== 24 || minutes > 59 || seconds > 59 || frames >= fps)
    issues.add('edl-timecode', 'warning', line, `${read.message}; read as ${frameToTimecode(frame, rate)}.`);
  return frame;
}
