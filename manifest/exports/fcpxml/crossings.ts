/**
 * Transitions as Final Cut holds them: centred on the cut between two clips, inside the clip at the end of a storyline, and only
 * as long as both clips' handles and their other transitions allow. A cut that lies elsewhere is moved to the middle of its
 * transition, which changes no frame; that, and what must be moved or shortened for want of handles, is said.
 */
import { recordTimecode, trackName } from '../../cutlist.ts';
import type { CutList, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { sidesOf, transitionKind, type Sides } from '../../transitions.ts';
import { handles, recut, type Item } from './item.ts';

/** A transition that can be written. Frames from the sequence's first. */
export interface Crossing {
  in: number;
  out: number;
  name: string;
  before: Item | null;
  after: Item | null;
  /** Written as a fade of the clip's own opacity: beside a gap Final Cut knows no transition inside the clip. */
  fade: boolean;
}

/** An item and where it lay before any cut of it was moved, by which sidesOf finds it. */
export interface Laid {
  /** As it is now: a cut that is moved replaces it. */
  item: Item;
  readonly recordIn: number;
  readonly recordOut: number;
}

export function laid(item: Item): Laid {
  return { item, recordIn: item.recordIn, recordOut: endOf(item) };
}

function endOf({ recordIn, length }: Item): number {
  return recordIn + length;
}

type Said = (what: string, message: string) => void;

/** A crossing whose sides may yet be made anew by the next one. */
type Found = Omit<Crossing, 'before' | 'after'> & { before: Laid | null; after: Laid | null };

/**
 * Those of `track` that hold over its `items`, in order; where a cut is moved, the items it lies between are replaced in `items`.
 * `length` is that of a storyline with gaps where nothing lies (V1); null on the other tracks, whose storylines end where a
 * clip meets no other.
 */
export function crossingsOf(
  list: CutList,
  track: CutTrack,
  items: readonly Laid[],
  length: number | null,
  lose: (loss: Loss) => void,
): Crossing[] {
  const found: Found[] = [];
  let free = 0;
  for (const transition of [...track.transitions].sort((a, b) => a.in - b.in)) {
    const where = `${trackName(track)} at ${recordTimecode(list, transition.in)}`;
    const said: Said = (what, message) =>
      lose({ what, where, count: 1, message: `${transition.name}: ${message}` });
    const place = placeOf(items, transition);
    const crossing = place && fitted(list, transition, place, length, free, said);
    if (!crossing) {
      said('transition', 'the clips it lies over have no room for it; it is written as a straight cut');
      continue;
    }
    sayKind(transition, crossing, said);
    free = crossing.out;
    found.push(crossing);
  }
  return found.map((each) => ({
    ...each,
    before: each.before?.item ?? null,
    after: each.after?.item ?? null,
  }));
}

/** What a transition lies between, and how far the items before and behind its cut reach, whether they meet there or not. */
interface Place extends Sides<Laid> {
  cut: number;
  since: number;
  until: number;
}

function placeOf(items: readonly Laid[], transition: CutTransition): Place | null {
  const sides = sidesOf(items, transition);
  const { cut, next } = sides;
  if (cut === null) return null;
  return { ...sides, cut, since: items[next - 1]?.recordOut ?? 0, until: items[next]?.recordIn ?? Infinity };
}

function fitted(
  list: CutList,
  transition: CutTransition,
  place: Place,
  length: number | null,
  free: number,
  said: Said,
): Found | null {
  const { before, after, cut } = place;
  // Another transition over the same cut has moved it.
  if ((before && endOf(before.item) !== cut) || (after && after.item.recordIn !== cut)) return null;
  const frames = transition.out - transition.in;
  const wanted = { head: cut - transition.in, tail: transition.out - cut };
  const centred = Math.abs(wanted.head - wanted.tail) <= 1;
  const gap = length !== null && (before ? !after && cut < length : cut > 0);
  // A gap is a side like any other to Final Cut; the end of a storyline is not.
  const inside = !(before && after) && !(gap && centred);
  const room = roomOf(list, place, free, inside);
  const { name } = transition;
  if (before && after && !centred && wanted.head <= room.head && wanted.tail <= room.tail) {
    moveCut(list, transition, before, after, said);
    return { in: transition.in, out: transition.out, name, before, after, fade: false };
  }
  let { head, tail } = wanted;
  if (inside) [head, tail] = before ? [frames, 0] : [0, frames];
  else if (!centred) [head, tail] = [Math.ceil(frames / 2), Math.floor(frames / 2)];
  // Centred, it may be no longer on one side than on the other.
  const most = inside ? Infinity : Math.min(room.head, room.tail);
  const [first, last] = [Math.min(head, room.head, most), Math.min(tail, room.tail, most)];
  if (first + last < 1 || (!inside && Math.min(first, last) < Math.min(1, head, tail))) return null;
  if (first + last < frames)
    said(
      'transition-length',
      `its clips have room for ${first + last} of its ${frames} frames, which are written`,
    );
  else if (first !== wanted.head)
    said(
      'transition-place',
      `Final Cut holds it only ${inside ? 'inside its clip' : 'centred on the cut'}, where it is written`,
    );
  return { in: cut - first, out: cut + last, name, before, after, fade: inside && gap };
}

/** Under a transition both clips play, so where between its ends the one hands over to the other is not seen. */
function moveCut(
  list: CutList,
  { in: from, out }: CutTransition,
  before: Laid,
  after: Laid,
  said: Said,
): void {
  const moved = from + Math.ceil((out - from) / 2) - after.item.recordIn;
  before.item = recut(list, before.item, 0, moved);
  after.item = recut(list, after.item, moved, 0);
  const frames = Math.abs(moved) === 1 ? 'frame' : 'frames';
  said(
    'transition-place',
    `the cut was moved ${Math.abs(moved)} ${frames} ${moved < 0 ? 'back ' : ''}to the middle of its transition, as Final Cut holds it; the picture is the same`,
  );
}

/** Frames before and after the cut that the clips, their handles and the transition before this one leave. */
function roomOf(list: CutList, { before, after, cut, since, until }: Place, free: number, inside: boolean) {
  const tail = after ? endOf(after.item) - cut : until - cut;
  const head = cut - Math.max(free, before ? before.item.recordIn : since);
  if (inside) return { head, tail };
  return {
    head: Math.min(head, after ? handles(list, after.item).head : Infinity),
    tail: Math.min(tail, before ? handles(list, before.item).tail : Infinity),
  };
}

/** Only dissolves are written, so every other kind is said. */
function sayKind(transition: CutTransition, { before, after, fade }: Found, said: Said): void {
  const { kind, name, wipe } = transition;
  if (fade && name !== fadeName(before !== null))
    said('transition-kind', `it is written as a fade of the clip's own opacity, which has no name`);
  else if (
    before && after ? kind !== 'dissolve' : kind !== transitionKind(name, before !== null, after !== null)
  )
    said('transition-kind', `it is a ${kind}; a dissolve of its length is written`);
  else if (wipe !== undefined) said('transition-kind', `the number of its wipe, ${wipe}, is not kept`);
}

/** What a fade of opacity is called when it is read. */
function fadeName(out: boolean): string {
  return out ? 'Fade Out' : 'Fade In';
}
