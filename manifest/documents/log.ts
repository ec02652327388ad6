/** A log sheet as a reader understood it, before anyone asked which clips its rows speak of. */
import type { Issue } from './issue.ts';
import type { Note, Pick, SoundKind } from './handoff.ts';

/** A note before it has an id; an offset still in seconds, because a row knows no rate. */
export interface LogNote {
  kind: Note['kind'];
  text: string;
  author?: string;
  timecode?: string;
  /** Whole seconds from the clip's first frame. */
  offsetSeconds?: number;
}

/** A row as LogEntrySchema keeps it, less what only matching can add. */
export type LogRow = {
  /** Row in the sheet, header = 1. */
  row: number;
  file?: string;
  scene?: string;
  setup?: string;
  take?: string;
  camera?: string;
  reel?: string;
  soundRoll?: string;
  pick?: Pick;
  soundKind?: SoundKind;
  startTc?: string;
  endTc?: string;
  notes: LogNote[];
  /** Columns Baton has no use for, by heading. */
  other?: Record<string, string>;
};

export interface LogSheet {
  /** Path or name of the sheet. */
  path: string;
  /** Id of the reader that read it. */
  reader: string;
  rows: LogRow[];
  /** What could not be read of it; kept in the manifest, so that a check can say it again. */
  issues?: Issue[];
}
