/** Tells what was removed, added and changed among things without an identity of their own: transitions and markers. */
import { keyOf } from './canonical.ts';

export interface Leftovers<Thing> {
  /** Places in the old list. */
  removed: number[];
  changed: { nth: number; after: Thing }[];
  added: Thing[];
}

/**
 * What is the same on both sides goes first; then each of `alike` in turn pairs what has one name on both. `expected` is the old
 * list as ripples left it.
 */
export function leftovers<Thing>(
  expected: readonly Thing[],
  actual: readonly Thing[],
  alike: readonly ((thing: Thing) => string)[],
): Leftovers<Thing> {
  const partner = expected.map(() => -1);
  const taken = new Set<number>();
  const pairBy = (name: (thing: Thing) => string) => {
    const waiting = new Map<string, number[]>();
    for (let at = actual.length - 1; at >= 0; at--) {
      if (taken.has(at)) continue;
      const key = name(actual[at]!);
      const list = waiting.get(key);
      if (list) list.push(at);
      else waiting.set(key, [at]);
    }
    expected.forEach((thing, nth) => {
      if (partner[nth]! >= 0) return;
      const found = waiting.get(name(thing))?.pop();
      if (found === undefined) return;
      partner[nth] = found;
      taken.add(found);
    });
  };
  pairBy(keyOf);
  const exact = partner.map((at) => at >= 0);
  for (const name of alike) pairBy(name);
  const result: Leftovers<Thing> = { removed: [], changed: [], added: [] };
  partner.forEach((at, nth) => {
    if (at < 0) result.removed.push(nth);
    else if (!exact[nth]) result.changed.push({ nth, after: actual[at]! });
  });
  actual.forEach((thing, at) => {
    if (!taken.has(at)) result.added.push(thing);
  });
  return result;
}
