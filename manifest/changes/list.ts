/**
 * The change list: what makes one cut into another, as an edit script that can be carried out (apply.ts) and read aloud (words.ts).
 * Lines name the old cut's places; frames are the old cut's record frames unless a field says otherwise.
 */
import type { CutEvent, CutMarker, CutSource, CutTransition } from '../documents/cutlist.ts';
import type { Rate } from '../documents/rate.ts';
import type { NotCompared } from './common.ts';

/** An event as one of the two cuts has it; `id` counts from each track's first event (`V1-003`). */
export interface EventAt {
  id: string;
  /** `V1`, `A2`. */
  track: string;
  name: string;
  /** Record in and out, from that cut's first frame. */
  in: number;
  out: number;
}

/** What a line adds to an event's four times, once ripples are carried out: record in and out, source in and out. */
export interface Shift {
  record: [number, number];
  /** In the source's frames (samples of sound), after a change of its rate or start. */
  source: [number, number];
}

export interface OfEvent {
  was: EventAt;
  now: EventAt;
}

export type Change =
  /** Name, rate, start, size of the sequence. `frames` on a rate: are frame numbers kept, or the times they stand for? */
  | {
      what: 'sequence';
      field: string;
      before: unknown;
      after: unknown;
      frames?: 'kept' | 'converted';
    }
  | { what: 'track-added'; track: string; fields: Record<string, unknown> }
  | { what: 'track-removed'; track: string }
  | { what: 'track-moved'; track: string; to: string }
  | { what: 'track-changed'; track: string; field: string; before: unknown; after: unknown }
  /** Everything at or after `from` on these tracks moves by `by` frames. `next`: the first event that does. */
  | {
      what: 'ripple';
      from: number;
      by: number;
      /** Where `from` is in the new cut, all ripples before it carried out. */
      to: number;
      tracks: string[];
      /** No track with anything after `from` stays behind. */
      everywhere: boolean;
      markers: boolean;
      /** How many events move. */
      events: number;
      next: EventAt | null;
    }
  | { what: 'added'; now: EventAt; value: CutEvent }
  | { what: 'removed'; was: EventAt }
  /** Another source at the same place. */
  | ({ what: 'replaced'; value: CutEvent } & OfEvent)
  /**
   * `by` = frames on top of the ripples; `onto` = the new cut's track where it is another than its own became; `reordered` = it
   * changed places with others of its track.
   */
  | ({ what: 'moved'; by: number; onto: string | null; reordered: boolean } & OfEvent)
  /** Frames of record that the event is longer at its head and tail (negative = shorter). */
  | ({ what: 'trimmed'; head: number; tail: number } & OfEvent & Shift)
  /** Other material in the same place: `by` frames of the source later (negative = earlier), at `rate`. */
  | ({ what: 'slipped'; by: number; rate: Rate } & OfEvent)
  | ({ what: 'retimed'; before: CutEvent['speed']; after: CutEvent['speed'] } & OfEvent & Shift)
  | ({ what: 'enabled' } & OfEvent)
  | ({ what: 'disabled' } & OfEvent)
  /** One field, changed alike in all these events: their name, kind, channels. */
  | { what: 'changed'; field: string; before: unknown; after: unknown; events: OfEvent[] }
  /** Events that belong to another group of links than before; null = to none. */
  | { what: 'linked'; groups: (number | null)[]; events: OfEvent[] }
  /** The same media described otherwise (relinked, renamed, start found). `shift` is added to source times after conversion. */
  | { what: 'source'; before: CutSource; after: CutSource; shift: number; events: number }
  | { what: 'transition-added'; track: string; value: CutTransition }
  | { what: 'transition-removed'; track: string; nth: number; before: CutTransition }
  | { what: 'transition-changed'; track: string; nth: number; before: CutTransition; after: CutTransition }
  /** `event` = the event whose media the marker is on; null = on the sequence. `nth` counts from 0 in the old cut. */
  | { what: 'marker-added'; event: EventAt | null; value: CutMarker }
  | { what: 'marker-removed'; event: EventAt | null; nth: number; before: CutMarker }
  | { what: 'marker-changed'; event: EventAt | null; nth: number; before: CutMarker; after: CutMarker };

export type ChangeWord = Change['what'];

/** What a list says about each of its two cuts. */
export interface CutSummary {
  name: string;
  rate: Rate;
  /** Timecode of the first frame, as a frame count. */
  start: number;
  /** Running time: the last event's record out, in frames. */
  frames: number;
  events: number;
  tracks: number;
}

export interface ChangeList {
  kind: 'changes';
  version: 1;
  before: CutSummary;
  after: CutSummary;
  /** Sequence and tracks first, then by place in the new cut. Empty where the cuts are the same. */
  changes: Change[];
  /** What only one side's format can say, and so was left out of both. */
  notCompared?: NotCompared[];
}
