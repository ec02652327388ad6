/** Lays the events of a channel onto as many tracks as they need to never overlap, in the time that sorting takes. */
import type { Placed } from './joins.ts';

/** Sorts by record in, gives every event its lane from 0 and returns how many lanes there are. Lane 0 is filled first. */
export function layLanes(events: Placed[]): number {
  // An event that comes out of a transition goes before others of its moment: its track is the one it dissolves on.
  events.sort((a, b) => a.in - b.in || Number(b.after !== null) - Number(a.after !== null));
  const ends: number[] = [];
  const busy = heap<number>((lane) => ends[lane]!);
  const free = heap<number>((lane) => lane);
  for (const event of events) {
    while (busy.size() > 0 && ends[busy.top()!]! <= event.in) free.push(busy.pop()!);
    const wanted = event.after && ends[event.after.lane]! <= event.in ? event.after.lane : null;
    let lane = wanted;
    while (lane === null && free.size() > 0) {
      const candidate = free.pop()!;
      // Lanes taken out of turn are still in the heap.
      if (ends[candidate]! <= event.in) lane = candidate;
    }
    lane ??= ends.length;
    event.lane = lane;
    ends[lane] = event.out;
    busy.push(lane);
  }
  return ends.length;
}

interface Heap<Thing> {
  size(): number;
  top(): Thing | undefined;
  push(thing: Thing): void;
  pop(): Thing | undefined;
}

/** Smallest first; a key is taken when its thing is pushed. */
function heap<Thing>(keyOf: (thing: Thing) => number): Heap<Thing> {
  const things: { key: number; thing: Thing }[] = [];
  const swap = (a: number, b: number) => ([things[a], things[b]] = [things[b]!, things[a]!]);
  return {
    size: () => things.length,
    top: () => things[0]?.thing,
    push(thing) {
      let at = things.push({ key: keyOf(thing), thing }) - 1;
      while (at > 0) {
        const up = (at - 1) >> 1;
        if (things[up]!.key <= things[at]!.key) break;
        swap(at, up);
        at = up;
      }
    },
    pop() {
      const first = things[0]?.thing;
      const last = things.pop();
      if (things.length === 0 || !last) return first;
      things[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < things.length && things[left]!.key < things[least]!.key) least = left;
        if (right < things.length && things[right]!.key < things[least]!.key) least = right;
        if (least === at) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}
