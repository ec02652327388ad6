/**
 * Brings two cuts of any formats onto common ground before they are compared: what one format cannot say is taken away from the
 * other cut and named, source times are counted at the coarser resolution, and what is the same media is described alike. What
 * differs after that has changed.
 */
import type { CutEvent, CutList } from '../documents/cutlist.ts';
import type { Silence } from '../readers/reader.ts';
import { canonicalCut } from './canonical.ts';
import { onOneClock } from './common/clock.ts';
import { withoutTheUnsaid } from './common/facets.ts';
import { ownMarkers, snapMarkers } from './common/markers.ts';
import { onOneMedia } from './common/media.ts';
import { snapped } from './common/snap.ts';
import { channelTracks, oneTitle, plainTracks, realLinks } from './common/tracks.ts';

/** A cut and where it comes from. */
export interface Comparable {
  cut: CutList;
  /** Id of the format it was read from. Cuts of one format say the same sorts of things. */
  format: string;
  /** What that format does not say. */
  silent?: readonly Silence[] | undefined;
}

/** Something that only one of the two cuts can say. */
export interface NotCompared {
  /** `markers`, `tracks above V1`. */
  what: string;
  count: number;
  /** The cut that says nothing of it. */
  silent: 'before' | 'after';
}

export interface Common {
  before: CutList;
  after: CutList;
  notCompared: NotCompared[];
}

/** What the steps work on; both cuts are copies that they may change. */
export interface Ground extends Common {
  /** Formats differ: one may lack what the other has. */
  cross: boolean;
  /** Whether either side's format is silent on this. */
  either(silence: Silence): boolean;
  is(side: 'before' | 'after', silence: Silence): boolean;
  /** Adds to `notCompared`; the same `what` of a side is counted together. */
  unsaid(silent: 'before' | 'after', what: string, count: number): void;
}

/** Pure; about n log n in the number of events. */
export function onCommonGround(before: Comparable, after: Comparable): Common {
  const ground = groundOf(before, after);
  onOneClock(ground);
  withoutTheUnsaid(ground);
  ownMarkers(ground);
  const slack = onOneMedia(ground);
  plainTracks(ground);
  channelTracks(ground, sameStretch);
  realLinks(ground);
  oneTitle(ground);
  snapped(ground, slack);
  snapMarkers(ground);
  return {
    before: canonicalCut(ground.before),
    after: canonicalCut(ground.after),
    notCompared: ground.notCompared,
  };
}

/** The same part of the same media at the same place, whatever its channel. */
function sameStretch(a: CutEvent, b: CutEvent): boolean {
  return (
    a.recordIn === b.recordIn &&
    a.recordOut === b.recordOut &&
    a.source === b.source &&
    Math.abs(a.sourceIn - b.sourceIn) <= 1 &&
    Math.abs(a.sourceOut - b.sourceOut) <= 1
  );
}

function groundOf(before: Comparable, after: Comparable): Ground {
  const said = { before: new Set(before.silent), after: new Set(after.silent) };
  const notCompared: NotCompared[] = [];
  return {
    before: canonicalCut(before.cut),
    after: canonicalCut(after.cut),
    notCompared,
    cross: before.format !== after.format,
    either: (silence) => said.before.has(silence) || said.after.has(silence),
    is: (side, silence) => said[side].has(silence),
    unsaid(silent, what, count) {
      const known = notCompared.find((each) => each.silent === silent && each.what === what);
      if (known) known.count += count;
      else if (count > 0) notCompared.push({ what, count, silent });
    },
  };
}
