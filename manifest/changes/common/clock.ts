/**
 * One clock for two cuts: an EDL begins at its first event and may not say drop-frame, so where one side does not say where the
 * sequence begins, places are compared by timecode.
 */
import type { CutList } from '../../documents/cutlist.ts';
import { framesPerDay, sameSpeed } from '../../time/rate.ts';
import type { Ground } from '../common.ts';

export function onOneClock(ground: Ground): void {
  const { before, after } = ground;
  if (!sameSpeed(before.rate, after.rate)) return;
  if (ground.is('before', 'drop')) before.rate = after.rate;
  else if (ground.is('after', 'drop')) after.rate = before.rate;
  if (!ground.either('clock') || before.start === after.start) return;
  if (before.rate.drop !== after.rate.drop || elsewhere(before, after)) return;
  let start = ground.is('before', 'clock') ? after.start : before.start;
  const earliest = Math.min(firstOf(before, start), firstOf(after, start));
  // What begins before the other side's first frame makes the sequence begin there.
  if (earliest < 0 || (ground.is('before', 'clock') && ground.is('after', 'clock'))) start += earliest;
  startAt(before, start);
  startAt(after, start);
}

/** Frames from one timecode to another: the shorter way round the day. */
function apart(cut: CutList, start: number): number {
  const day = framesPerDay(cut.rate);
  const by = (((cut.start - start) % day) + day) % day;
  return by > day / 2 ? by - day : by;
}

/** The first thing's place, counted from `start`. */
function firstOf(cut: CutList, start: number): number {
  let first = Infinity;
  for (const { events } of cut.tracks)
    for (const { recordIn } of events) if (recordIn < first) first = recordIn;
  for (const { frame } of cut.markers) if (frame < first) first = frame;
  return Number.isFinite(first) ? first + apart(cut, start) : 0;
}

/** Everything keeps its timecode. */
function startAt(cut: CutList, start: number): void {
  const by = apart(cut, start);
  cut.start = start;
  if (by === 0) return;
  for (const marker of cut.markers) marker.frame += by;
  for (const track of cut.tracks) {
    for (const event of track.events) {
      event.recordIn += by;
      event.recordOut += by;
    }
    for (const each of track.transitions) {
      each.in += by;
      each.out += by;
    }
  }
}

/** The whole cut stands at another timecode: nothing meets by timecode, and most does by place after the first event. */
function elsewhere(before: CutList, after: CutList): boolean {
  const places = (cut: CutList, by: number) => {
    const found = new Set<string>();
    for (const { type, events } of cut.tracks)
      for (const { recordIn, recordOut } of events) found.add(`${type} ${recordIn + by} ${recordOut + by}`);
    return found;
  };
  const meeting = (start: number, from: CutList, by: number) => {
    const there = places(after, apart(after, start));
    let count = 0;
    for (const place of places(from, by)) if (there.has(place)) count++;
    return count;
  };
  const byTimecode = meeting(before.start, before, 0);
  if (byTimecode > 0) return false;
  const relative = firstOf(after, after.start) - firstOf(before, before.start);
  return meeting(after.start, before, relative) * 2 > places(before, 0).size;
}
