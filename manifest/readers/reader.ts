/** What a format that Baton reads looks like to the rest of it. One file per format in this folder; the list is index.ts. */
import type { Issue } from '../documents/issue.ts';
import type { ColumnChoice } from '../documents/log.ts';
import type { Rate } from '../documents/rate.ts';

export interface ReadOptions {
  /** Name of the file, for issues' `at`. */
  name: string;
  /** The rate a format that names none counts at; without it a list without a rate cannot be read. */
  rate?: Rate;
  /** What a person decided of a log sheet's columns; formats that name their columns themselves ask nobody. */
  columns?: ColumnChoice[];
}

/**
 * What the cuts of some format do not say, or not in every program's hands. Where a cut shows none of it, nothing follows from that:
 *
 * `clock` where the sequence begins and whether it counts drop-frame (`drop` alone: the latter) · `size` the sequence's picture size · `media-start` where media begins ·
 * `media` whether it has picture, how many channels · `frame-grid` source times finer than the sequence's frames ·
 * `source-out` an out other than the record length gives · `speeds` exact ones, varying ones · `names` other letters than ASCII, which of several names · `sound`, `sound-past-four`, `upper-pictures` those tracks · `channel-tracks` which tracks are channels of one ·
 * `track-names`, `track-enabled`, `enabled`, `links`, `markers`, `clip-markers`, `marker-owners` (sequence or clip), `marker-colours`, `marker-lengths` ·
 * `made` titles, nests and other events without media · `transition-words` names and kinds of transitions, where under one its cut lies ·
 * `sound-transitions`, `other-transitions` · `grades`.
 */
export type Silence =
  | 'clock'
  | 'drop'
  | 'size'
  | 'media-start'
  | 'media'
  | 'frame-grid'
  | 'source-out'
  | 'speeds'
  | 'names'
  | 'sound'
  | 'sound-past-four'
  | 'upper-pictures'
  | 'channel-tracks'
  | 'track-names'
  | 'track-enabled'
  | 'enabled'
  | 'links'
  | 'markers'
  | 'clip-markers'
  | 'marker-owners'
  | 'marker-colours'
  | 'marker-lengths'
  | 'made'
  | 'transition-words'
  | 'sound-transitions'
  | 'other-transitions'
  | 'grades';

export interface Reader<Value> {
  /** Stable word: `csv-log`. */
  id: string;
  label: string;
  /** Lower case, no dot. */
  suffixes: string[];
  /** What the value is used for. */
  reads: 'handoff' | 'log-sheet' | 'sound-metadata' | 'timeline';
  /** What cuts of this format say nothing of; none where absent. */
  silent?: readonly Silence[];
  /** Cheap guess from the text's beginning; never throws. */
  looksLike(text: string): boolean;
  /** Never throws for bad input: what was understood, and an issue for each thing that was not. */
  read(text: string, options: ReadOptions): { value: Value; issues: Issue[] };
}
