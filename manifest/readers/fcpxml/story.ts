/** What reading one sequence has gathered so far: events, transitions and markers on the record, not yet on tracks. */
import type { CutEvent, CutMarker } from '../../documents/cutlist.ts';
import type { Fraction } from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import type { Resources } from './resources.ts';
import { framesOf } from './seconds.ts';
import type { Tally } from './tally.ts';

/** An event and where in the stack of lanes it lies. */
export interface Placed {
  type: 'video' | 'audio';
  /** Lanes from the outermost in; below 0 lies under. */
  lanes: readonly number[];
  /** Sound track that its role names, from 1; null where it names none. */
  slot: number | null;
  event: CutEvent;
  /** The number of its track, once tracks are made. */
  track: number;
}

/** A transition between two events; null on a side that holds nothing. Frames from the sequence's first. */
export interface Crossing {
  type: 'video' | 'audio';
  in: number;
  out: number;
  name: string;
  /** The uid of its effect. */
  effect: string;
  before: Placed | null;
  after: Placed | null;
}

export interface Story {
  resources: Resources;
  tally: Tally;
  rate: Rate;
  placed: Placed[];
  crossings: Crossing[];
  markers: CutMarker[];
  links: number;
  /** Compound and multicam media being read now, innermost last. */
  open: string[];
  /** Elements that may still be taken out of compound and multicam clips. */
  budget: number;
  /** Set where a place on the record had to be rounded, or where a transition was cut off. */
  inexact: boolean;
}

export function newStory(resources: Resources, tally: Tally, rate: Rate, budget: number): Story {
  return {
    resources,
    tally,
    rate,
    placed: [],
    crossings: [],
    markers: [],
    links: 0,
    open: [],
    budget,
    inexact: false,
  };
}

/** The nearest frame of the sequence; rounding is noted. */
export function recordFrame(story: Story, time: Fraction, line: number): number {
  const { frame, exact } = framesOf(time, story.rate);
  if (!exact) {
    story.inexact = true;
    story.tally.say(
      'fcpxml-off-grid',
      line,
      'it begins or ends between frames of the sequence; the nearest frame is read',
    );
  }
  return frame;
}

/** What is seen of a clip in frames of the sequence: one at least. */
export function ends(
  story: Story,
  { from, to }: { from: Fraction; to: Fraction },
  line: number,
): { recordIn: number; recordOut: number } {
  const recordIn = recordFrame(story, from, line);
  return { recordIn, recordOut: Math.max(recordIn + 1, recordFrame(story, to, line)) };
}
