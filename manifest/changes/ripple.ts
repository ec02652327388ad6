/**
 * Finds how much of a cut moved as one. Each track's events have moved by some frames each; the fewest lines that say so are
 * ripples (everything from here on) and single moves. Ripples of several tracks at one place become one.
 */

/** A thing that stayed in order: where it was, and the moves that leave it in its place (two where one end was trimmed). */
export interface Point {
  from: number;
  shifts: number[];
}

/** A track's points, or those of the sequence's markers, by place. */
export interface Lane {
  key: string;
  points: Point[];
}

export interface Ripple {
  from: number;
  by: number;
  lanes: string[];
}

/** A ripple of one lane: any `from` within the window divides its points alike. */
interface Step {
  lane: string;
  low: number;
  high: number;
  by: number;
  /** How many points follow it until the next. */
  follow: number;
  last: boolean;
}

/** In order of place; `by` adds to those before. */
export function ripplesOf(lanes: readonly Lane[]): Ripple[] {
  const byAmount = new Map<number, Step[]>();
  for (const lane of lanes)
    for (const step of stepsOf(lane)) {
      const list = byAmount.get(step.by);
      if (list) list.push(step);
      else byAmount.set(step.by, [step]);
    }
  const ripples: Ripple[] = [];
  for (const steps of byAmount.values())
    for (const group of meeting(steps)) {
      const [first] = group;
      // One thing at the end of one track has moved, not all that follows.
      if (group.length === 1 && first!.last && first!.follow === 1) continue;
      ripples.push({
        from: first!.high,
        by: first!.by,
        lanes: lanes.map(({ key }) => key).filter((key) => group.some((step) => step.lane === key)),
      });
    }
  return ripples.sort((a, b) => a.from - b.from || a.by - b.by);
}

/** Groups of steps whose windows share a frame, each group's first being the one that ends earliest. */
function meeting(steps: Step[]): Step[][] {
  const byLow = [...steps].sort((a, b) => a.low - b.low);
  const taken = new Set<Step>();
  const groups: Step[][] = [];
  let next = 0;
  for (const first of steps.sort((a, b) => a.high - b.high)) {
    if (taken.has(first)) continue;
    // Whatever began before and is not taken yet ends after this one does.
    const group = [first];
    for (; next < byLow.length && byLow[next]!.low <= first.high; next++)
      if (byLow[next] !== first) group.push(byLow[next]!);
    for (const step of group) taken.add(step);
    groups.push(group);
  }
  return groups;
}

function stepsOf({ key, points }: Lane): Step[] {
  const bases = basesOf(points);
  const steps: Step[] = [];
  let [base, low] = [0, -1];
  points.forEach((point, at) => {
    const now = bases[at]!;
    if (now !== base) {
      if (steps.length > 0) steps[steps.length - 1]!.last = false;
      steps.push({
        lane: key,
        low: Math.min(low, point.from),
        high: point.from,
        by: now - base,
        follow: 0,
        last: true,
      });
      base = now;
    }
    if (!point.shifts.includes(now)) return;
    low = point.from + 1;
    if (steps.length > 0) steps[steps.length - 1]!.follow++;
  });
  return steps;
}

/**
 * The move that holds at each point, so that changes of it plus points it does not fit are fewest. One pass: every move but the
 * point's own costs one more, so only those are written, against a common offset.
 */
function basesOf(points: readonly Point[]): number[] {
  const cost = new Map<number, number>([[0, 0]]);
  /** At point i, where a move was taken up anew: the move that held before. */
  const switched: Map<number, number>[] = [];
  let [least, leader, offset] = [0, 0, 0];
  for (const { shifts } of points) {
    const from = new Map<number, number>();
    let [nextLeast, nextLeader] = [least + 1, leader];
    for (const shift of shifts) {
      const stay = (cost.get(shift) ?? Infinity) + offset;
      if (stay > least + 1) from.set(shift, leader);
      const now = Math.min(stay, least + 1);
      cost.set(shift, now - offset - 1);
      if (now <= nextLeast) [nextLeast, nextLeader] = [now, shift];
    }
    switched.push(from);
    offset++;
    [least, leader] = [nextLeast, nextLeader];
  }
  const bases: number[] = Array.from({ length: points.length });
  let base = leader;
  for (let at = points.length - 1; at >= 0; at--) {
    bases[at] = base;
    base = switched[at]!.get(base) ?? base;
  }
  return bases;
}

/** How far ripples move what stands at a frame of a lane. */
export type ShiftAt = (lane: string, frame: number) => number;

export function shifter(ripples: readonly { from: number; by: number; lanes: readonly string[] }[]): ShiftAt {
  const steps = new Map<string, { from: number; total: number }[]>();
  for (const { from, by, lanes } of [...ripples].sort((a, b) => a.from - b.from))
    for (const lane of lanes) {
      const list = steps.get(lane) ?? [];
      list.push({ from, total: by + (list[list.length - 1]?.total ?? 0) });
      steps.set(lane, list);
    }
  return (lane, frame) => {
    const list = steps.get(lane);
    if (!list) return 0;
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]!.from <= frame) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : list[low - 1]!.total;
  };
}
