/** A change list as plain text: one line for each change, in columns, in the order of the new cut. */
import { visible } from '../exports/html/escape.ts';
import { rateLabel } from '../time/rate.ts';
import { frameToTimecode } from '../time/timecode.ts';
import type { NotCompared } from './common.ts';
import type { ChangeList, CutSummary } from './list.ts';
import { counted, length, runningTimes } from './units.ts';
import { changeRows, type ChangeRow } from './words.ts';

/** Lines end with LF. Cuts that are the same say so. */
export function changesText(list: ChangeList): string {
  const rows = changeRows(list);
  const lines = [
    `${visible(list.before.name)} → ${visible(list.after.name)}`,
    `before: ${cutLine(list.before)}`,
    `after:  ${cutLine(list.after)}`,
    runningTimeLine(list),
    '',
    rows.length === 0 ? 'Nothing changed.' : countLine(rows),
    ...notComparedLines(list),
  ];
  if (rows.length > 0) lines.push('', ...columns(rows.map(cells)));
  return `${lines.join('\n')}\n`;
}

function cutLine({ rate, start, frames, events, tracks }: CutSummary): string {
  return `${frameToTimecode(frames, rate)} from ${frameToTimecode(start, rate)} at ${rateLabel(rate)} fps, ${counted(events, 'event')} on ${counted(tracks, 'track')}`;
}

/** `Running time 00:42:10:05, 48 frames (00:00:02:00) longer`. */
export function runningTimeLine(list: ChangeList): string {
  const { after } = list;
  const by = runningTimes(list).difference.frames;
  const how = by === 0 ? 'as before' : `${length(by, after.rate)} ${by > 0 ? 'longer' : 'shorter'}`;
  return `Running time ${frameToTimecode(after.frames, after.rate)}, ${how}`;
}

/** `Not compared: 4 markers, 2 titles (the new cut says nothing of them)`. Empty where everything is. */
export function notComparedLines({ notCompared = [] }: ChangeList): string[] {
  if (notCompared.length === 0) return [];
  const sides = (
    [
      ['before', 'old'],
      ['after', 'new'],
    ] as const
  ).flatMap(([silent, word]) => {
    const what = notCompared.filter((each) => each.silent === silent);
    if (what.length === 0) return [];
    return [`${what.map(ofSort).join(', ')} (the ${word} cut says nothing of them)`];
  });
  return [`Not compared: ${sides.join('; ')}`];
}

/** `2 titles`, `1 marker`. */
function ofSort({ what, count }: NotCompared): string {
  if (what === 'picture size') return what;
  // The first word in the plural is what is counted.
  return `${count} ${count === 1 ? what.replace(/\b(\w+[^s])s\b/, '$1') : what}`;
}

/** `4 changes: 1 added, 2 moved, 1 ripple`. */
export function countLine(rows: readonly ChangeRow[]): string {
  const counts = new Map<string, number>();
  for (const { word } of rows) counts.set(word, (counts.get(word) ?? 0) + 1);
  const parts = [...counts].map(([word, count]) => `${count} ${word}`);
  return `${counted(rows.length, 'change')}: ${parts.join(', ')}`;
}

function cells({ sign, word, track, was, now, name, at, text }: ChangeRow): string[] {
  const id = (now ?? was)?.id ?? track;
  // The id the old cut knows it by, where that is another.
  const once = was && now && was.id !== now.id ? ` (was ${was.id})` : '';
  return [at, id, `${sign} ${word}`, `${name}${name && text ? ': ' : ''}${text}${once}`];
}

function columns(rows: string[][]): string[] {
  const widths = [0, 1, 2].map((at) => rows.reduce((most, row) => Math.max(most, row[at]!.length), 0));
  return rows.map((row) => row.map((cell, at) => (at < 3 ? cell.padEnd(widths[at]!) : cell)).join('  '));
}
