/** Fields of events that have no line of their own (name, kind, channels and whatever a later model adds), and links: one line for all alike. */
import type { CutEvent } from '../documents/cutlist.ts';
import { keyOf, same } from './canonical.ts';
import type { Gathered } from './gather.ts';
import type { LinkNumber } from './links.ts';
import type { OfEvent } from './list.ts';

/** Each has lines of its own. */
const OWN = new Set([
  'id',
  'recordIn',
  'recordOut',
  'sourceIn',
  'sourceOut',
  'source',
  'speed',
  'enabled',
  'link',
  'markers',
]);

export interface FieldChanges {
  compare(old: CutEvent, event: CutEvent, at: OfEvent): void;
  /** A field that differs, whatever it is. */
  differs(field: string, before: unknown, after: unknown, at: OfEvent): void;
  tell(to: Gathered): void;
}

export function fieldChanges(linkNumber: LinkNumber): FieldChanges {
  const groups = new Map<string, { field: string; before: unknown; after: unknown; events: OfEvent[] }>();
  const linked: { group: number | null; at: OfEvent }[] = [];
  const differs: FieldChanges['differs'] = (field, before, after, at) => {
    const key = `${field} ${keyOf(before)} ${keyOf(after)}`;
    const group = groups.get(key);
    if (group) group.events.push(at);
    else groups.set(key, { field, before, after, events: [at] });
  };
  return {
    differs,
    compare(old, event, at) {
      const [left, right] = [old, event] as unknown as [Record<string, unknown>, Record<string, unknown>];
      for (const field in left)
        if (!OWN.has(field) && !same(left[field], right[field]))
          differs(field, left[field] ?? null, right[field] ?? null, at);
      for (const field in right)
        if (!OWN.has(field) && left[field] === undefined && right[field] !== undefined)
          differs(field, null, right[field], at);
      const group = linkNumber(event.link);
      if (group !== old.link) linked.push({ group: group ?? null, at });
    },
    tell(to) {
      for (const group of groups.values()) to.last({ what: 'changed', ...group });
      if (linked.length > 0)
        to.last({
          what: 'linked',
          groups: linked.map(({ group }) => group),
          events: linked.map(({ at }) => at),
        });
    },
  };
}
