/** What a format that Baton writes looks like to the rest of it. One file per format in this folder; the list is index.ts. */
import type { CutList } from '../documents/cutlist.ts';
import type { Handoff } from '../documents/handoff.ts';
import type { Loss } from '../documents/issue.ts';

/** One file of an export: its name is the cut's name plus `suffix` (`.edl`, `_V2.edl`). */
export interface ExportedFile {
  suffix: string;
  text: string;
}

export interface Exported {
  files: ExportedFile[];
  losses: Loss[];
}

/** Thrown-free refusal: writing would produce something wrong. */
export interface Refused {
  refused: string;
}

/** What a person chose; a format reads the options that concern it and passes over the rest. */
export interface ExportOptions {
  /** The program the files are for: they disagree on speed lines, comments and drop-frame marks. */
  target: 'premiere' | 'resolve' | 'avid';
  /** Characters a reel name may have in an EDL. */
  reels: 8 | 32 | 129;
  /** FCPXML version, `1.9` to `1.14`. */
  fcpxml: string;
  /** Whether an EDL of more than 999 events is split into several. */
  split: boolean;
  /** Cuts that this one's nested events may play, by name, for formats that hold a sequence inside another. */
  nests?: readonly CutList[];
  /** The handoff behind the cut, for formats that carry all of it: bins, logs, what was not used. */
  handoff?: Handoff;
  /** Where the handoff's roots lie, absolute. */
  roots?: Record<string, string>;
}

export const DEFAULT_OPTIONS: ExportOptions = { target: 'premiere', reels: 8, fcpxml: '1.10', split: true };

export interface Export {
  /** Stable word used on the command line: `edl`. */
  id: string;
  label: string;
  /** `.edl` */
  suffix: string;
  write(cutList: CutList, options?: ExportOptions): Exported | Refused;
  /** Formats that can also carry a handoff on its own, without a cut. `roots` says where its roots lie, absolute. */
  writeHandoff?(handoff: Handoff, roots: Record<string, string>): Exported;
}
