/** Links are groups, their numbers mean nothing: which group of the new cut is which of the old one is found by who is in it. */
import type { Placed } from './match.ts';

/** The number a group of the new cut has once the changes are carried out: the old cut's where there is one, else a number not in use. */
export type LinkNumber = (link: number | undefined) => number | undefined;

export function linkNumbers(pairs: ReadonlyMap<Placed, Placed>, highest: number): LinkNumber {
  const votes = new Map<string, { old: number; now: number; count: number }>();
  for (const [{ event: a }, { event: b }] of pairs) {
    if (a.link === undefined || b.link === undefined) continue;
    const key = `${a.link} ${b.link}`;
    const vote = votes.get(key);
    if (vote) vote.count++;
    else votes.set(key, { old: a.link, now: b.link, count: 1 });
  }
  const numbers = new Map<number, number>();
  const taken = new Set<number>();
  for (const { old, now } of [...votes.values()].sort((x, y) => y.count - x.count || x.old - y.old)) {
    if (numbers.has(now) || taken.has(old)) continue;
    numbers.set(now, old);
    taken.add(old);
  }
  let next = highest;
  return (link) => {
    if (link === undefined) return undefined;
    if (!numbers.has(link)) numbers.set(link, ++next);
    return numbers.get(link);
  };
}
