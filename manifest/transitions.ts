/** What a transition is, by the name an editor gives it: names are localised, and only a few kinds survive interchange. */
import type { CutTransition, CutTransitionKind } from './documents/cutlist.ts';

/** Dissolves of picture and crossfades of sound, as Premiere, Resolve, Final Cut and Avid call them in their languages. */
const DISSOLVE =
  /dissol|cross[\s-]?(fade|zoom)?$|crossfade|cross fade|constant (power|gain)|exponential fade|überblend|weiche blende|kreuzblende|fondu|encha[iî]n|fundido|disoluci|encadenado|dissolvenza|incrociat|transi[cç][aã]o cruzada|dissolu|overvloei|crossdissolve|クロス|ディゾルブ|交叉溶解|叠化/i;
const WIPE = /wipe|wisch|schiebeblende|volet|cortinilla|tendina|cortina|ワイプ|划像|擦除/i;
const THROUGH_BLACK =
  /dip to|fade (to|in|out|from)|through (black|white)|schwarzblende|weißblende|fondu au (noir|blanc)|fundido a/i;

/**
 * `left` and `right` say whether an event lies on that side of the cut. With one side empty it is a fade whatever it is called;
 * a dip through a colour is neither a dissolve nor a fade, so it stays `other`.
 */
export function transitionKind(name: string, left: boolean, right: boolean): CutTransitionKind {
  if (THROUGH_BLACK.test(name) && left && right) return 'other';
  if (WIPE.test(name)) return 'wipe';
  if (!left || !right) return 'fade';
  return DISSOLVE.test(name) ? 'dissolve' : 'other';
}

/** Record frames of an event. Events of a track lie in order and not over one another. */
interface Ends {
  readonly recordIn: number;
  readonly recordOut: number;
}

type Crossing = Pick<CutTransition, 'in' | 'out'> & Partial<Pick<CutTransition, 'kind' | 'cutAt'>>;

/** The cut under a transition and what meets there. */
export interface Sides<Event> {
  /** Frames from the sequence's first; null where no event begins or ends under it, its first and last frame's edge included. */
  cut: number | null;
  /** The event that ends at the cut, and the one that begins there; null = black. */
  before: Event | null;
  after: Event | null;
  /** Index of the first event that begins at the cut or behind it; without a cut, at the transition's in or behind it. */
  next: number;
  /** Whether the two sides fill it: nothing else begins, ends or plays under it. */
  fits: boolean;
  /** Whether its other end would do as well, and neither `cutAt` nor its kind says which. */
  open: boolean;
}

/**
 * The one rule for where a transition's cut lies. It is the frame where what plays under the transition from its beginning
 * hands over to what plays to its end: so a short clip that lies wholly under it is never taken for both. Where one event, or
 * one gap, lies exactly under it, either end could be that frame: `cutAt` decides, then whether its kind wants black on a side,
 * then where an event begins, the first before the last. Where it runs into other events, the edge nearest to its middle is the cut.
 * Takes the time of halving, however many events there are.
 */
export function sidesOf<Event extends Ends>(events: readonly Event[], transition: Crossing): Sides<Event> {
  const { in: from, out: to } = transition;
  const first = firstThat(events, (event) => event.recordOut > from);
  const under = [events[first], events[first + 1], events[first + 2]].filter(
    (event): event is Event => event !== undefined && event.recordIn < to,
  );
  const cuts = handovers(events, first, under, from, to);
  if (cuts.length === 0) return meeting(events, nearestEdge(events, from, to), from, false);
  const [one, other] = cuts.map((cut) => meeting(events, cut, from, true));
  if (other) return chosen(one!, other, transition, under.length > 0);
  return transition.kind === 'dissolve' ? mixing(one!, events, from, to) : one!;
}

/** A dissolve mixes two events: where they meet at one of its ends, it is longer than one of them, and no fade of the other. */
function mixing<Event extends Ends>(
  sides: Sides<Event>,
  events: readonly Event[],
  from: number,
  to: number,
): Sides<Event> {
  if (sides.before && sides.after) return sides;
  const meet = [from, to]
    .map((cut) => meeting(events, cut, from, false))
    .find(({ before, after }) => before && after);
  return meet ?? sides;
}

/** The frames at which two sides that fill the transition would meet; two where both its ends do. */
function handovers(
  events: readonly Ends[],
  first: number,
  [one, two, three]: readonly Ends[],
  from: number,
  to: number,
): number[] {
  if (!one) {
    const ends = events[first - 1]?.recordOut === from;
    const begins = events[first]?.recordIn === to;
    return [...(ends ? [from] : []), ...(begins ? [to] : [])];
  }
  const [early, late] = [one.recordIn <= from, (two ?? one).recordOut >= to];
  if (two) return !three && early && late && one.recordOut === two.recordIn ? [two.recordIn] : [];
  if (early && late) return [...(one.recordIn === from ? [from] : []), ...(one.recordOut === to ? [to] : [])];
  return early ? [one.recordOut] : late ? [one.recordIn] : [];
}

function chosen<Event>(
  atIn: Sides<Event>,
  atOut: Sides<Event>,
  { kind, cutAt }: Crossing,
  filled: boolean,
): Sides<Event> {
  if (cutAt) return cutAt === 'in' ? atIn : atOut;
  const [meets, other] = [atIn, atOut].map(({ before, after }) => before !== null && after !== null);
  if (meets !== other) {
    const wanted = meets === (kind !== 'fade') ? atIn : atOut;
    return { ...wanted, open: kind !== 'fade' && kind !== 'dissolve' };
  }
  return { ...(filled ? atIn : atOut), open: true };
}

function meeting<Event extends Ends>(
  events: readonly Event[],
  cut: number | null,
  from: number,
  fits: boolean,
): Sides<Event> {
  const next = firstThat(events, (event) => event.recordIn >= (cut ?? from));
  const [before, after] = [events[next - 1], events[next]];
  return {
    cut,
    before: before && before.recordOut === cut ? before : null,
    after: after && after.recordIn === cut ? after : null,
    next,
    fits,
    open: false,
  };
}

/** The earlier of two that are as near. */
function nearestEdge(events: readonly Ends[], from: number, to: number): number | null {
  const at = firstThat(events, (event) => 2 * event.recordIn >= from + to);
  let nearest: number | null = null;
  const off = (frame: number) => Math.abs(2 * frame - from - to);
  for (const event of [events[at - 2], events[at - 1], events[at]])
    for (const edge of event ? [event.recordIn, event.recordOut] : [])
      if (edge >= from && edge <= to && (nearest === null || off(edge) < off(nearest))) nearest = edge;
  return nearest;
}

/** `holds` for all events from some index on. */
function firstThat<Event>(events: readonly Event[], holds: (event: Event) => boolean): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(events[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The frame of the cut alone; the middle where no event begins or ends under it. */
export function cutPoint(transition: Crossing, events: readonly Ends[]): number {
  return sidesOf(events, transition).cut ?? Math.floor((transition.in + transition.out) / 2);
}

/** A transition whose cut is known, with `cutAt` where the events under it would not tell. */
export function withCut(transition: CutTransition, cut: number, events: readonly Ends[]): CutTransition {
  if (sidesOf(events, transition).cut === cut) return transition;
  const cutAt = cut === transition.in ? 'in' : 'out';
  const said: CutTransition = { ...transition, cutAt };
  return sidesOf(events, said).cut === cut ? said : transition;
}
