/**
 * What changed between two cuts: added, removed, moved, trimmed, slipped, retimed, replaced, and what merely slid along with it.
 * Events are matched by the media they show and the range of it, never by position. The list is an edit script: applyChanges
 * carries it out and arrives at the new cut.
 */
import { canonicalCut, runningTime, same } from './changes/canonical.ts';
import { changesOfEvents } from './changes/events.ts';
import { onCommonGround, type Comparable, type NotCompared } from './changes/common.ts';
import { gather } from './changes/gather.ts';
import type { Change, ChangeList, ChangeWord, CutSummary } from './changes/list.ts';
import { atRate } from './changes/place.ts';
import type { CutList } from './documents/cutlist.ts';
import type { Silence } from './readers/reader.ts';
import { sameSpeed } from './time/rate.ts';

export { applyChanges } from './changes/apply.ts';
export { canonicalCut } from './changes/canonical.ts';
export { changesCsv } from './changes/csv.ts';
export { changesHtml } from './changes/html.ts';
export { changesText } from './changes/text.ts';
export { runningTimes } from './changes/units.ts';
export type { Comparable, NotCompared } from './changes/common.ts';
export type { Change, ChangeList, ChangeWord, CutSummary, EventAt } from './changes/list.ts';

/**
 * Pure, n log n in the number of events. Cuts that differ only in ids, link numbers or the order things were written in give no
 * lines. Neither cut is changed.
 */
export function changes(before: CutList, after: CutList): ChangeList {
  const [old, now] = [canonicalCut(before), canonicalCut(after)];
  const kept = changesBetween(old, now, 'kept');
  // At another speed frames are either counted on (a conform) or stand for other times (a conversion): whichever says less.
  const converted = sameSpeed(old.rate, now.rate) ? null : changesBetween(old, now, 'converted');
  const lines = converted && converted.length < kept.length ? converted : kept;
  return { kind: 'changes', version: 1, before: summary(old), after: summary(now), changes: lines };
}

/** What an editor's own snapshot of a sequence may leave out. */
export const SEQUENCE_SILENT: readonly Silence[] = [
  'size',
  'media',
  'source-out',
  'links',
  'transition-words',
  'grades',
];

/** A change list between cuts of any formats, and the cuts it was made from and can be carried out on. */
export interface Compared {
  list: ChangeList;
  before: CutList;
  after: CutList;
}

/**
 * What changed between two cuts of any formats: what one of them cannot say is no change, but named in `notCompared`, and counts
 * are compared at the coarser side's resolution. The same cut in two formats gives no lines.
 */
export function compareCuts(before: Comparable, after: Comparable): Compared {
  const common = onCommonGround(before, after);
  const list = changes(common.before, common.after);
  const notCompared: NotCompared[] = common.notCompared;
  return {
    before: common.before,
    after: common.after,
    list: notCompared.length > 0 ? { ...list, notCompared } : list,
  };
}

/** How many lines of each sort there are. */
export function countChanges(list: ChangeList): Partial<Record<ChangeWord, number>> {
  const counts: Partial<Record<ChangeWord, number>> = {};
  for (const { what } of list.changes) counts[what] = (counts[what] ?? 0) + 1;
  return counts;
}

function changesBetween(old: CutList, now: CutList, frames: 'kept' | 'converted'): Change[] {
  const lines = gather();
  const [left, right] = [old, now] as unknown as [Record<string, unknown>, Record<string, unknown>];
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (field === 'tracks' || field === 'markers' || same(left[field], right[field])) continue;
    const [before, after] = [left[field] ?? null, right[field] ?? null];
    const mode = field === 'rate' && !sameSpeed(old.rate, now.rate) ? { frames } : {};
    lines.first({ what: 'sequence', field, before, after, ...mode });
  }
  changesOfEvents(frames === 'converted' ? atRate(old, now.rate) : old, now, lines);
  return lines.all();
}

function summary(list: CutList): CutSummary {
  return {
    name: list.name,
    rate: list.rate,
    start: list.start,
    frames: runningTime(list),
    events: list.tracks.reduce((sum, track) => sum + track.events.length, 0),
    tracks: list.tracks.length,
  };
}
