/** What one container format's prober looks like to the others, and what a probe brings back. */
import type { Tech, Witness } from '../../../manifest/documents/handoff.ts';
import type { Rate } from '../../../manifest/time/rate.ts';
import type { MediaBytes } from './bytes.ts';

/**
 * empty-file: no bytes. truncated: the file ends before its header says. not-media: another kind of file under this name.
 * unreadable: the disk refused, or the header makes no sense. variable-rate: no one frame rate. unknown-rate: timecode
 * without a rate, or one that no edit runs at. timecode-rate: timecode that counts at a rate the picture does not run at.
 * misnamed: another container
 * than the name says. needs-ffprobe: a container only ffprobe reads, and there is none. not-read: the scan was stopped before it came to the file.
 */
export type ProblemCode =
  | 'empty-file'
  | 'truncated'
  | 'not-media'
  | 'unreadable'
  | 'variable-rate'
  | 'unknown-rate'
  | 'timecode-rate'
  | 'misnamed'
  | 'needs-ffprobe'
  | 'not-read';

export interface Problem {
  code: ProblemCode;
  /** A sentence without the file's name: what is wrong, and what to do about it. */
  message: string;
}

export interface Probe {
  tech: Tech;
  /** What the media's own metadata says of scene, take and the like. */
  witness: Witness;
  /** Where there is one, what stands in `tech` is still true, but not all there is to know. */
  problem?: Problem;
}

export interface Prober {
  id: string;
  /** Lower case, no dot. */
  suffixes: string[];
  /** Bytes worth loading at once from where the header is read; the usual window where absent. */
  ahead?: number;
  /** By content, from the file's first bytes. */
  looksLike(bytes: MediaBytes): boolean;
  /** `projectRate` decides only where the media says how labels count but not how fast. */
  probe(bytes: MediaBytes, projectRate?: Rate): Probe;
}

type Present<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

/** The fields that hold something: a document has no use for undefined. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept as Present<Fields>;
}

/** `2026-03-14`, from `2026-03-14`, `2019:01:01` or `2026/03/14T10:00:00+0100`; undefined where it is no date. */
export function calendarDate(text: string | undefined): string | undefined {
  const match = /^(\d{4})[-:/._ ](\d{2})[-:/._ ](\d{2})(?!\d)/.exec(text ?? '');
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  // Recorders whose clock was never set write zeros.
  if (
    year < 1970 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > new Date(Date.UTC(year, month, 0)).getUTCDate()
  )
    return undefined;
  return `${match[1]}-${match[2]}-${match[3]}`;
}
