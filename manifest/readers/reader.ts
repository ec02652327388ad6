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

export interface Reader<Value> {
  /** Stable word: `csv-log`. */
  id: string;
  label: string;
  /** Lower case, no dot. */
  suffixes: string[];
  /** What the value is used for. */
  reads: 'handoff' | 'log-sheet' | 'sound-metadata' | 'timeline';
  /** Cheap guess from the text's beginning; never throws. */
  looksLike(text: string): boolean;
  /** Never throws for bad input: what was understood, and an issue for each thing that was not. */
  read(text: string, options: ReadOptions): { value: Value; issues: Issue[] };
}
