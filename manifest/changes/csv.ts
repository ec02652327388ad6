/** A change list as a table for spreadsheets: one row for each change, timecodes and frames in columns of their own. */
import { frameToTimecode } from '../time/timecode.ts';
import type { ChangeList, CutSummary, EventAt } from './list.ts';
import { notComparedLines } from './text.ts';
import { changeRows } from './words.ts';

const HEAD = [
  'Change',
  'Track',
  'Event before',
  'Event after',
  'Name',
  'Record in before',
  'Record out before',
  'Record in after',
  'Record out after',
  'Frames',
  'What changed',
];

/** RFC 4180: CRLF, quotes where needed. No cell can be taken for a formula. */
export function changesCsv(list: ChangeList): string {
  const rows = changeRows(list).map(({ word, track, was, now, name, at, frames, text }) => [
    word,
    track,
    was?.id ?? '',
    now?.id ?? '',
    name,
    ...places(list.before, was),
    ...(now || was ? places(list.after, now) : [at, '']),
    frames === null ? '' : String(frames),
    text,
  ]);
  const left = notComparedLines(list).map((line) => ['not compared', ...Array<string>(9).fill(''), line]);
  return [HEAD, ...rows, ...left].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function places(cut: CutSummary, event: EventAt | null): [string, string] {
  if (!event) return ['', ''];
  const label = (frame: number) => frameToTimecode(cut.start + frame, cut.rate);
  return [label(event.in), label(event.out)];
}

/** A spreadsheet runs what begins with = + - @ (also after a space or tab, and in full width); an apostrophe before it makes it text. */
function cell(text: string): string {
  const safe = /^[-+]?\d+$/.test(text) || !/^\s*[=+\-@\t\r＝＋－＠|]/.test(text) ? text : `'${text}`;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
