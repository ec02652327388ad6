/**
 * The cut list: one model between every editor's sequence and every file format. Times are frame counts;
 * record times at the sequence's rate, source times at the media's own. Every out point is exclusive.
 */
import type { Rate } from './rate.ts';

/** Where an event's picture or sound comes from. */
export interface CutSource {
  /** The manifest's clip id; absent where the manifest does not know the source. */
  clip?: string;
  /** Absolute path on this machine; null = offline or unknown. */
  file: string | null;
  /** Where no absolute path is known but one relative to a root of some manifest is: that one, with `/`, in NFC. */
  path?: string;
  name: string;
  reel?: string;
  scene?: string;
  take?: string;
  camera?: string;
  /** The media's own rate (for sound with no rate: its sample rate, so that `in` and `out` count samples). */
  rate: Rate;
  /** Start timecode of the media as a frame count at `rate`; null = none. */
  start: number | null;
  /** Whole length of the media at `rate`; null = unknown. */
  duration: number | null;
  hasPicture: boolean;
  /** What the take is, as words an editor can search by: `circled`, `MOS`, `B-roll`. */
  tags?: string[];
  /** Sound channels; 0 = none. */
  channels: number;
  sampleRate?: number;
  size?: { width: number; height: number };
  /** A picture without time of its own (a graphic): any length of it may be used, and `in` and `out` mean nothing. */
  still?: boolean;
}

export type CutEventKind = 'clip' | 'title' | 'nested' | 'adjustment' | 'multicam' | 'unknown';

/** Red, green, blue; decimal numbers in plain spelling, as `decimalOf` gives them: `-0.0122`. */
export type Rgb = [string, string, string];

/** ASC CDL values: what the set or the dailies did to a clip's colour. At least one of the two is there. */
export interface CutGrade {
  sop?: { slope: Rgb; offset: Rgb; power: Rgb };
  sat?: string;
}

export interface CutEvent {
  /** Stable within the list: `V1-003`. */
  id: string;
  kind: CutEventKind;
  name: string;
  /** Record in and out, from the sequence's first frame. */
  recordIn: number;
  recordOut: number;
  /**
   * Source in and out from the media's first frame, at the source's rate, in < out even where `speed` is negative;
   * 0 and the record length where there is no source.
   */
  sourceIn: number;
  sourceOut: number;
  source: CutSource | null;
  /** Seconds of source per second of record, in lowest terms, den > 0; 1/1 = plain; negative = backwards; 0/1 = freeze; null = varies. */
  speed: { num: number; den: number } | null;
  enabled: boolean;
  /** Events that share a number are linked: moved together, and picture and sound of one take. */
  link?: number;
  /** Source channels this event plays, from 1; absent = as many as its track takes, from the first. */
  channels?: number[];
  /** Markers on the media under this event. `frame` counts like `sourceIn`, at the source's rate. */
  markers?: CutMarker[];
  /** ASC CDL of this event's picture. */
  cdl?: CutGrade;
}

/**
 * `dissolve` mixes two sides, `wipe` replaces one by the other with an edge, `fade` comes from or goes to nothing (its track
 * is empty on one side), `other` is a named effect that no interchange format but its own editor's can repeat.
 */
export type CutTransitionKind = 'dissolve' | 'wipe' | 'fade' | 'other';

export interface CutTransition {
  /** Record in and out, from the sequence's first frame; out is exclusive. The cut it lies over is where its events meet. */
  in: number;
  out: number;
  kind: CutTransitionKind;
  /** SMPTE wipe number, 0–999, where kind is `wipe` and somebody said which. */
  wipe?: number;
  /** The editor's own name for it, possibly localised. */
  name: string;
  /**
   * Which of its ends is its cut, where one event or one gap lies exactly under it and `sidesOf` would take the other:
   * a clip that fades out over its whole length. Absent everywhere else.
   */
  cutAt?: 'in' | 'out';
}

export interface CutTrack {
  type: 'video' | 'audio';
  /** From 1, bottom up. */
  index: number;
  name: string;
  enabled: boolean;
  events: CutEvent[];
  transitions: CutTransition[];
}

export interface CutMarker {
  /** From the sequence's first frame; on an event from its media's first. */
  frame: number;
  duration: number;
  name: string;
  comment: string;
  colour: string;
}

export interface CutList {
  kind: 'cutlist';
  version: 1;
  name: string;
  rate: Rate;
  /** Timecode of the first frame, as a frame count. */
  start: number;
  size: { width: number; height: number } | null;
  tracks: CutTrack[];
  markers: CutMarker[];
}
