/** The lines that make an old event, ripples carried out, into the new one: moved, trimmed, slipped, retimed, switched on or off. */
import type { CutEvent } from '../documents/cutlist.ts';
import type { Rate } from '../documents/rate.ts';
import { same } from './canonical.ts';
import type { Change, EventAt, Shift } from './list.ts';
import { headOf, shiftOf, type Times } from './trim.ts';

export interface EventPair {
  was: EventAt;
  now: EventAt;
  old: CutEvent;
  /** Where the old event would be: ripples carried out, its source counted as the new cut counts it. */
  expected: Times;
  event: CutEvent;
  /** See `moved` in list.ts. */
  onto: string | null;
  reordered: boolean;
}

/** Empty where the event is where it is expected. `rate` is the new cut's. */
export function pairLines(pair: EventPair, rate: Rate): Change[] {
  const { was, now, old, event, onto, reordered } = pair;
  const at = { was, now };
  const shift = shiftOf(pair.expected, event);
  const retimed = !same(old.speed, event.speed);
  const trimmed = !retimed && (shift.record[0] !== shift.record[1] || shift.source[0] !== shift.source[1]);
  const head = trimmed ? headOf(shift, event, rate) : 0;
  const by = trimmed
    ? moveBeside(shift.record, head)
    : shift.record[0] === shift.record[1]
      ? shift.record[0]
      : 0;
  const record: Shift['record'] = [shift.record[0] - by, shift.record[1] - by];
  const { source } = shift;
  const lines: Change[] = [];
  if (by !== 0 || onto !== null || reordered) lines.push({ what: 'moved', by, onto, reordered, ...at });
  if (retimed) lines.push({ what: 'retimed', before: old.speed, after: event.speed, record, source, ...at });
  else if (trimmed) {
    const tail = shift.record[1] - shift.record[0] + head;
    lines.push({ what: 'trimmed', head: head === 0 ? 0 : -head, tail, record, source, ...at });
  } else if (source[0] !== 0)
    lines.push({ what: 'slipped', by: source[0], rate: event.source?.rate ?? rate, ...at });
  if (old.enabled !== event.enabled) lines.push({ what: event.enabled ? 'enabled' : 'disabled', ...at });
  return lines;
}

/** How far it moved, once its trims are told: not at all where its in stayed, or its head was trimmed in place. */
function moveBeside([first]: Shift['record'], head: number): number {
  return first === 0 || first === head ? 0 : first - head;
}
