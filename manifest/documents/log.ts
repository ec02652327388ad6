/** A log sheet as a reader understood it, before anyone asked which clips its rows speak of. */
import type { Issue } from './issue.ts';
import type { LogEntry, Note, Pick, SoundKind } from './handoff.ts';
import type { Rate } from './rate.ts';

/** What a column of a log sheet can mean, in the words of `--map HEADING=MEANING`. */
export const LOG_MEANINGS = [
  'scene',
  'setup',
  'take',
  'scene-take',
  'camera',
  'reel',
  'sound-roll',
  'file',
  'sound-file',
  'sound',
  'mos',
  'wild',
  'circled',
  'good',
  'rejected',
  'status',
  'start',
  'end',
  'duration',
  'rate',
  'author',
  'clap',
  'tags',
  'note-timecode',
  'note-offset',
  'note-frame',
  'note',
  'note:director',
  'note:camera',
  'note:sound',
  'note:script',
  'note:vfx',
] as const;
export type LogMeaning = (typeof LOG_MEANINGS)[number];

/** What a person or an earlier scan decided of a column; null = carried along untouched. */
export interface ColumnChoice {
  heading: string;
  meaning: LogMeaning | null;
}

/** `chosen` by a person; `sure` by its heading; `likely` by a heading much like a known one; `guess` by its cells. */
export type Confidence = 'chosen' | 'sure' | 'likely' | 'guess';

/** A column of a sheet and what it is taken for: what a preview shows, and what a manifest keeps (without why and samples). */
export interface SheetColumn extends ColumnChoice {
  confidence: Confidence;
  /** A sentence part: `"Szene" is a heading for scene`. */
  why: string;
  /** The first filled cells, cut short. */
  samples: string[];
}

/** A note before it has an id; an offset still in seconds, because a row knows no rate. */
export interface LogNote {
  kind: Note['kind'];
  text: string;
  author?: string;
  timecode?: string;
  /** Whole seconds from the clip's first frame. */
  offsetSeconds?: number;
  /** A label counted from the clip's first frame: `00:00:05:12` is 5 seconds and 12 frames in. */
  offsetLabel?: string;
  /** Frames from the clip's first frame. */
  offset?: number;
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
  /** Words to find it by: characters, emotions; each once. */
  tags?: string[];
  startTc?: string;
  endTc?: string;
  soundFile?: string;
  duration?: string;
  clap?: string;
  rate?: Rate;
  about?: LogEntry['about'];
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
  /** What each column was taken for, in the sheet's order; absent where the format itself says so. */
  columns?: SheetColumn[];
  /** Row of the headings, from 1; absent where none was found. */
  headerRow?: number;
  /** Path of the workbook it is a sheet of: reading that again replaces every sheet it had. */
  workbook?: string;
}
