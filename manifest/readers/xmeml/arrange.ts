/**
 * Where a track's items meet. Beside a transition an edge is −1 and the item's source runs on under the whole of it; in a cut
 * list events end and begin at the cut, and the transition lies over it.
 */
import type { Rate } from '../../time/rate.ts';
import { rescale } from './count.ts';
import { quoted, type Report } from './report.ts';
import type { RawItem, RawTransition } from './item.ts';

/** In the order of the file. */
export type Entry = { item: RawItem } | { transition: RawTransition };

export interface Arranged {
  item: RawItem;
  recordIn: number;
  recordOut: number;
  /** Frames at each end that only the transition shows. */
  head: number;
  tail: number;
}

export interface Met {
  transition: RawTransition;
  cut: number;
}

export interface Arrangement {
  items: Arranged[];
  transitions: Met[];
}

/** `record` is the sequence's rate. */
export function arrange(entries: Entry[], record: Rate, report: Report): Arrangement {
  const met = entries.map((entry, at) =>
    'transition' in entry
      ? { transition: entry.transition, cut: cutOf(entries, at, entry.transition) }
      : null,
  );
  const items: Arranged[] = [];
  entries.forEach((entry, at) => {
    if (!('item' in entry)) return;
    const placed = place(entry.item, met[at - 1] ?? null, met[at + 1] ?? null, entries, at, record, report);
    if (placed) items.push(placed);
  });
  return { items, transitions: met.filter((each): each is Met => each !== null) };
}

/** The frame at which the two sides of a transition meet. */
function cutOf(entries: Entry[], at: number, transition: RawTransition): number {
  const { in: from, out: to, cut, alignment } = transition;
  // An edge that is written out inside the transition is the cut itself.
  for (const edge of [endBefore(entries, at), startAfter(entries, at)])
    if (edge !== null && edge > from && edge < to) return edge;
  if (cut !== null) return from + cut;
  if (alignment.startsWith('start')) return from;
  if (alignment.startsWith('end')) return to;
  return from + Math.floor((to - from) / 2);
}

function endBefore(entries: Entry[], at: number): number | null {
  const before = entries[at - 1];
  return before && 'item' in before ? before.item.end : null;
}

function startAfter(entries: Entry[], at: number): number | null {
  const after = entries[at + 1];
  return after && 'item' in after ? after.item.start : null;
}

function place(
  item: RawItem,
  before: Met | null,
  after: Met | null,
  entries: Entry[],
  at: number,
  record: Rate,
  report: Report,
): Arranged | null {
  const { start, end } = item;
  const span = Math.max(1, rescale(item.out - item.in, item.rate, record));
  let [recordIn, recordOut, head, tail] = [start, end, 0, 0];
  if (
    before &&
    hidden(start, before.transition.in, before.cut, endBefore(entries, at - 1), before.transition.out)
  ) {
    recordIn = before.cut;
    head = before.cut - before.transition.in;
  }
  if (
    after &&
    hidden(end, after.transition.out, after.cut, startAfter(entries, at + 1), after.transition.in)
  ) {
    recordOut = after.cut;
    tail = after.transition.out - after.cut;
  }
  if (recordIn < 0 && recordOut >= 0) recordIn = recordOut + tail - span;
  else if (recordOut < 0 && recordIn >= 0) recordOut = recordIn - head + span;
  const why = problem(recordIn, recordOut);
  if (why) {
    report.add(
      'xmeml-event',
      'error',
      item.element.line,
      `${quoted(item.name)} ${why}, so it cannot be placed`,
    );
    return null;
  }
  if ((start < 0 && !before) || (end < 0 && !after))
    report.warn(
      'xmeml-edge',
      item.element.line,
      `${quoted(item.name)} has an edge of −1 and no transition beside it; its length is taken from in and out`,
    );
  return { item, recordIn, recordOut, head, tail };
}

/** −1, or an edge written at the transition's far side, with the neighbour's likewise: both sources run under all of it. */
function hidden(edge: number, far: number, cut: number, neighbour: number | null, near: number): boolean {
  if (edge < 0) return true;
  return edge === far && cut !== far && neighbour !== null && (neighbour < 0 || neighbour === near);
}

function problem(recordIn: number, recordOut: number): string | null {
  if (recordIn < 0 || recordOut < 0) return 'has neither a start nor a transition that gives it one';
  if (recordOut === recordIn) return 'has no length on the track';
  return recordOut < recordIn ? `ends ${recordIn - recordOut} frames before it starts` : null;
}
