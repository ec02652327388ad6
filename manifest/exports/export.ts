/** What a format that Baton writes looks like to the rest of it. One file per format in this folder; the list is index.ts. */
import type { CutList } from '../documents/cutlist.ts';
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

export interface Export {
  /** Stable word used on the command line: `edl`. */
  id: string;
  label: string;
  /** `.edl` */
  suffix: string;
  write(cutList: CutList): Exported | Refused;
}
