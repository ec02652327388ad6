/** What a person chose in Cut: which sequence, what it is written as, and which two cuts are compared. */
import type { CutRequest } from '../../bridge/desk.ts';
import type { Comparison } from '../heavy/comparison.ts';

export interface CutChoices {
  /** The sequence shown; null = the active one. */
  sequence: string | null;
  /** Export ids. */
  formats: string[];
  /** '' = the sequence's own name. */
  name: string;
  lock: boolean;
  /** What a person chose for the formats. */
  options: NonNullable<CutRequest['options']>;
}

/** Two cuts to compare: when each was recorded, or `active` for the sequence that is open. */
export interface ComparedCuts {
  before: string;
  after: string;
}

/** What became of the one on the way to the other. */
export type Compared = ComparedCuts & { shown: Comparison };
