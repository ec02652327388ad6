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

/** Where its two events meet; the middle where there is none on either side. Frames from the sequence's first. */
export function cutPoint(
  transition: Pick<CutTransition, 'in' | 'out'>,
  events: readonly { recordIn: number; recordOut: number }[],
): number {
  const within = (frame: number) => frame >= transition.in && frame <= transition.out;
  const next = events.find((event) => within(event.recordIn));
  if (next) return next.recordIn;
  const last = events.find((event) => within(event.recordOut));
  return last ? last.recordOut : Math.floor((transition.in + transition.out) / 2);
}
