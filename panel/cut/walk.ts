/** Going from event to event on the tracks of a cut with keys, and finding the one under the pointer. Frames throughout. */

export interface Placed {
  in: number;
  out: number;
}

/** Lanes from above; events in order, none over another. */
export type Lanes = readonly (readonly Placed[])[];

export interface At {
  lane: number;
  nth: number;
}

type WalkStep = 'next' | 'back' | 'up' | 'down' | 'first' | 'last';

/** Null only where there is no event at all. Up and down go to the nearest in time; lanes that hold nothing are passed over. */
export function walked(lanes: Lanes, from: At | null, step: WalkStep): At | null {
  const here = from && lanes[from.lane]?.[from.nth] ? from : null;
  if (!here) {
    const lane = lanes.findIndex((events) => events.length > 0);
    if (lane < 0) return null;
    return { lane, nth: step === 'last' ? lanes[lane]!.length - 1 : 0 };
  }
  const { lane, nth } = here;
  const end = lanes[lane]!.length - 1;
  if (step === 'next') return { lane, nth: Math.min(end, nth + 1) };
  if (step === 'back') return { lane, nth: Math.max(0, nth - 1) };
  if (step === 'first') return { lane, nth: 0 };
  if (step === 'last') return { lane, nth: end };
  const way = step === 'up' ? -1 : 1;
  for (let other = lane + way; other >= 0 && other < lanes.length; other += way) {
    const near = nearest(lanes[other]!, lanes[lane]![nth]!.in);
    if (near !== null) return { lane: other, nth: near };
  }
  return here;
}

/** The event at a frame, else the nearest; null on an empty lane. */
export function nearest(events: readonly Placed[], frame: number): number | null {
  const after = firstEndingAfter(events, frame);
  const away = (nth: number) => {
    const event = events[nth];
    return event ? Math.max(0, event.in - frame, frame - event.out + 1) : Infinity;
  };
  const best = away(after) <= away(after - 1) ? after : after - 1;
  return events[best] ? best : null;
}

/** The event at a frame, or the nearest within `reach` frames. */
export function eventAt(events: readonly Placed[], frame: number, reach: number): number | null {
  const near = nearest(events, frame);
  if (near === null) return null;
  const { in: from, out } = events[near]!;
  return frame >= from - reach && frame < out + reach ? near : null;
}

/** Events of a lane end in the order they begin, because none lies over another. */
export function firstEndingAfter(events: readonly Placed[], frame: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.out <= frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

const KEYS: Record<string, WalkStep> = {
  ArrowRight: 'next',
  ArrowLeft: 'back',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** Each key that walks, with what it does. */
export function walkKeys(go: (step: WalkStep) => void): Record<string, () => void> {
  return Object.fromEntries(Object.entries(KEYS).map(([key, step]) => [key, () => go(step)]));
}

/** Null for a key that does not walk. */
export function stepOf(key: string): WalkStep | null {
  return KEYS[key] ?? null;
}
