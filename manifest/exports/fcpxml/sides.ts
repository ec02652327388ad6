/** Which events a transition lies between. */

interface Ends {
  recordIn: number;
  recordOut: number;
}

export interface Sides<Event> {
  before: Event | null;
  after: Event | null;
  cut: number;
  /** End of the last event before the cut, and start of the next after it, whether they reach it or not. */
  since: number;
  until: number;
}

/** `cut` is where the two sides meet, or the end of the only one; the middle of the transition where there is none. */
export function sidesOf<Event extends Ends>(
  events: readonly Event[],
  transition: { in: number; out: number },
): Sides<Event> {
  // The first event that begins at or after the transition does; events lie in order.
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.recordIn < transition.in) low = middle + 1;
    else high = middle;
  }
  // One that begins with an event and goes on past its end lies over that end: there is not enough of the event to come into.
  const [first, second] = [events[low], events[low + 1]];
  if (first?.recordIn === transition.in && second?.recordIn === first.recordOut)
    if (first.recordOut > transition.in && first.recordOut < transition.out) low++;
  const [before, after] = [events[low - 1], events[low]];
  if (after && after.recordIn <= transition.out) {
    const cut = after.recordIn;
    const meets = before?.recordOut === cut ? before : null;
    return { before: meets, after, cut, since: before?.recordOut ?? 0, until: cut };
  }
  const ends = { since: before?.recordOut ?? 0, until: after?.recordIn ?? Infinity };
  if (before && before.recordOut >= transition.in && before.recordOut <= transition.out)
    return { before, after: null, cut: before.recordOut, ...ends };
  const cut = Math.floor((transition.in + transition.out) / 2);
  return { before: null, after: null, cut, ...ends };
}
