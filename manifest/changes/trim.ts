/** Trims: how much later an event begins in its material, and so which moves of the events around it leave it where it is. */
import type { CutEvent } from '../documents/cutlist.ts';
import type { Rate } from '../documents/rate.ts';
import { divide, fraction, round } from '../time/fraction.ts';
import { same } from './canonical.ts';
import type { Shift } from './list.ts';

/** Where an event is: `recordIn` and the like, as CutEvent has them. */
export type Times = Pick<CutEvent, 'recordIn' | 'recordOut' | 'sourceIn' | 'sourceOut'>;

export function shiftOf(from: Times, to: Times): Shift {
  return {
    record: [to.recordIn - from.recordIn, to.recordOut - from.recordOut],
    source: [to.sourceIn - from.sourceIn, to.sourceOut - from.sourceOut],
  };
}

/**
 * Frames of record by which the event begins later in its material: what its source says, because in a ripple trim the record in
 * stays. Without material that moves (made things, freezes, varying speed) what the record says.
 */
export function headOf({ record, source }: Shift, event: CutEvent, rate: Rate): number {
  const [first, last] = record;
  const told = headInSource(source, event, rate);
  if (!told) return first;
  // Where a source frame is not a record frame, its whole numbers miss the record's by one at times.
  if (told.rounded)
    for (const exact of [first, first - last]) if (Math.abs(told.head - exact) <= 1) return exact;
  return told.head;
}

/** Null where there is no material that moves. */
function headInSource(
  source: Shift['source'],
  { source: media, speed }: CutEvent,
  rate: Rate,
): { head: number; rounded: boolean } | null {
  if (!media || media.still || !speed || speed.num === 0) return null;
  // Played backwards, an event begins at its source's out.
  const units = speed.num > 0 ? source[0] : -source[1];
  if (units === 0) return { head: 0, rounded: false };
  const perFrame = fraction(
    BigInt(rate.den) * BigInt(media.rate.num) * BigInt(Math.abs(speed.num)),
    BigInt(rate.num) * BigInt(media.rate.den) * BigInt(speed.den),
  );
  return { head: round(divide(fraction(units), perFrame)), rounded: perFrame.num !== perFrame.den };
}

/**
 * The moves of its surroundings that leave this event in place: its in stayed with them, or it was trimmed at its head and what is
 * left of its material stayed with them.
 */
export function movesThatFit(from: Times, old: CutEvent, to: CutEvent, rate: Rate): number[] {
  const { record, source } = shiftOf(from, to);
  const [first, last] = record;
  if (first === last) return [first];
  const told = same(old.speed, to.speed) ? headInSource(source, to, rate) : null;
  if (!told) return [last, first];
  const still = first - told.head;
  if (told.head === 0) return [first];
  return [told.rounded && Math.abs(still - last) <= 1 ? last : still, first];
}
