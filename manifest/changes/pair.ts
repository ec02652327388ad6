/** The lines that make an old event, ripples carried out, into the new one: moved, trimmed, slipped, retimed, switched on or off. */
import type { CutEvent } from '../documents/cutlist.ts';
import type { Rate } from '../documents/rate.ts';
import { same } from './canonical.ts';
import { divide, fraction, round } from '../time/fraction.ts';
import type { Change, EventAt, Shift } from './list.ts';

/** Where an event is: `recordIn` and the like, as CutEvent has them. */
export type Times = Pick<CutEvent, 'recordIn' | 'recordOut' | 'sourceIn' | 'sourceOut'>;

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

function shiftOf(from: Times, to: Times): Shift {
  return {
    record: [to.recordIn - from.recordIn, to.recordOut - from.recordOut],
    source: [to.sourceIn - from.sourceIn, to.sourceOut - from.sourceOut],
  };
}

/**
 * Frames of record by which the event begins later in its material: what its source says, because in a ripple trim the record in
 * stays. Without material that moves (made things, freezes, varying speed) what the record says.
 */
function headOf({ record, source }: Shift, { source: media, speed }: CutEvent, rate: Rate): number {
  const [first, last] = record;
  if (!media || media.still || !speed || speed.num === 0) return first;
  // Played backwards, an event begins at its source's out.
  const units = speed.num > 0 ? source[0] : -source[1];
  if (units === 0) return 0;
  const perFrame = fraction(
    BigInt(rate.den) * BigInt(media.rate.num) * BigInt(Math.abs(speed.num)),
    BigInt(rate.num) * BigInt(media.rate.den) * BigInt(speed.den),
  );
  const head = round(divide(fraction(units), perFrame));
  // Where a source frame is not a record frame, its whole numbers miss the record's by one at times.
  const inPlace = first;
  const rippled = first - last;
  if (perFrame.num !== perFrame.den)
    for (const exact of [inPlace, rippled]) if (Math.abs(head - exact) <= 1) return exact;
  return head;
}

/** How far it moved, once its trims are told: not at all where its in stayed, or its head was trimmed in place. */
function moveBeside([first]: Shift['record'], head: number): number {
  return first === 0 || first === head ? 0 : first - head;
}
