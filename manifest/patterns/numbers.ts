/** Running numbers for the files whose pattern has an `{n}`: those that have one keep it, the others get the next that is free. */
import type { Handoff } from '../documents/handoff.ts';
import { build } from './build.ts';
import { fieldsOf, valuesOf } from './clip.ts';
import { namedAs, patternsFor, type Naming } from './defaults.ts';

/** By clip id, for clips whose name would be whole but for its number. Counted among files of one name, in the manifest's order. */
export function giveNumbers(handoff: Handoff, naming: Naming[]): Map<string, string> {
  const groups = new Map<string, { clip: string; n: number | null }[]>();
  for (const clip of handoff.clips) {
    const pattern = patternsFor(naming, namedAs(clip)).find(({ tokens }) =>
      tokens.some((token) => token.type === 'field' && token.name === 'n'),
    );
    if (!pattern) continue;
    const values = valuesOf(fieldsOf(clip, handoff.production.title, naming));
    const made = build(pattern, { ...values, n: '1' });
    if (!made.ok) continue;
    const key = `${clip.root}\n${made.name}`;
    const own = /^\d+$/.test(values['n'] ?? '') ? Number(values['n']) : null;
    const group = groups.get(key);
    if (group) group.push({ clip: clip.id, n: own });
    else groups.set(key, [{ clip: clip.id, n: own }]);
  }
  const numbers = new Map<string, string>();
  for (const group of groups.values()) {
    const taken = new Set<number>();
    const late: string[] = [];
    for (const { clip, n } of group) {
      // Two that bear one number: the first keeps it.
      if (n === null || taken.has(n)) late.push(clip);
      else {
        taken.add(n);
        numbers.set(clip, String(n));
      }
    }
    let next = 1;
    for (const clip of late) {
      while (taken.has(next)) next++;
      taken.add(next);
      numbers.set(clip, String(next));
    }
  }
  return numbers;
}
