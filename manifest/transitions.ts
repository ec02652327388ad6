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

/**
 * Where its two events meet, in frames from the sequence's first. A cut strictly inside the transition goes before one at its
 * edge: a clip that begins with a transition and ends under it is its outgoing side. With no event on one side it is the
 * other's edge, and with none at all the middle.
 */
export function cutPoint(
  transition: Pick<CutTransition, 'in' | 'out'>,
  events: readonly { recordIn: number; recordOut: number }[],
): number {
  const near = events.filter(
    ({ recordIn, recordOut }) => recordIn <= transition.out && recordOut >= transition.in,
  );
  const starts = new Set(near.map((event) => event.recordIn));
  const meets = near.map((event) => event.recordOut).filter((frame) => starts.has(frame));
  const within = (frame: number) => frame >= transition.in && frame <= transition.out;
  const inside = meets.find((frame) => frame > transition.in && frame < transition.out);
  const middle = Math.floor((transition.in + transition.out) / 2);
  return (
    inside ??
    meets.find(within) ??
    near.find((event) => within(event.recordIn))?.recordIn ??
    near.find((event) => within(event.recordOut))?.recordOut ??
    middle
  );
}
