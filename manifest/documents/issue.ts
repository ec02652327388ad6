/** What a person's file or project can cause: always a value, never thrown. */

export type Severity = 'error' | 'warning' | 'note';

/**
 * `code` is stable and documented in docs/checks.md. `at` is the place (`clips[12]`, `day1.csv row 14`, a path).
 * `message` says what, where and the rule; `fix` the nearest right thing.
 */
export interface Issue {
  code: string;
  severity: Severity;
  at: string;
  /** Paths, relative to their roots, of the clips concerned. */
  clips: string[];
  message: string;
  fix?: string;
}

/** What a format or an editor could not carry: said, never dropped in silence. */
export interface Loss {
  /** Stable word for the kind of thing lost: `transition`, `retime`, `track`, `marker`, `unknown-source`… */
  what: string;
  /** The place: an event, a track, a record timecode. */
  where: string;
  /** How many were lost there; at least 1. */
  count: number;
  message: string;
  /** Id of the format that could not carry it; absent where it was lost before any format was written. */
  format?: string;
}

/** What a reader or writer returns: the value, and what went wrong on the way. */
export interface Read<T> {
  value: T;
  issues: Issue[];
}
