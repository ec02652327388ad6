/** The cut that a transition lies over, found in a track of any length without walking it. */
import type { CutEvent, CutTransition } from '../../documents/cutlist.ts';

/** The first record in under it, else the first record out, as `cutPoint` has it; null where neither is. Events lie in order. */
export function edgeWithin(events: readonly CutEvent[], { in: from, out: to }: CutTransition): number | null {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.recordIn < from) low = middle + 1;
    else high = middle;
  }
  const next = events[low];
  if (next && next.recordIn <= to) return next.recordIn;
  const last = events[low - 1];
  return last && last.recordOut >= from && last.recordOut <= to ? last.recordOut : null;
}
