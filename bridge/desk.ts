/**
 * What a face of Baton asks of the disk. bridge/local/ answers in Node; bridge/loopback.ts asks a `baton serve` on this
 * machine the same questions for a panel that has no Node. Types only.
 */
import type { Choices } from '../manifest/documents/choices.ts';
import type { CutList } from '../manifest/documents/cutlist.ts';
import type { Edit } from '../manifest/documents/edit.ts';
import type { ExportOptions } from '../manifest/exports/export.ts';
import type { Handoff, HistoryRecord } from '../manifest/documents/handoff.ts';
import type { Issue, Loss } from '../manifest/documents/issue.ts';
import type { Receipt, ReceiptStep } from '../manifest/documents/receipt.ts';
import type { InterchangeFile } from './contract.ts';
import type { Facts } from '../manifest/checks/check.ts';
import type { Silence } from '../manifest/readers/reader.ts';

export type * from './desk-runs.ts';

export interface OpenedHandoff {
  /** Absolute path of the manifest. */
  path: string;
  /** Null where it could not be read; `issues` say why. */
  handoff: Handoff | null;
  issues: Issue[];
  /** Where each named root lies on this machine, absolute. */
  roots: Record<string, string>;
  /** What the disk says about the clips now. */
  facts: Facts;
  /** Absolute path of each clip as the drive spells it, by clip id. */
  files: Record<string, string>;
  /** What a person chose for this handoff; absent = nothing yet. */
  choices?: Choices;
}

/** What can be seen of a manifest without reading it. */
export interface Glance {
  /** Another one whenever the file was written. */
  stamp: string;
  /** As far as its first lines tell. */
  revision: number | null;
  /** Whether this user may write it. */
  writable: boolean;
}

export interface CutRequest {
  cutList: CutList;
  /** Export ids: `edl`, `fcpxml`. */
  formats: string[];
  /** Name of the files; the sequence's name where absent. */
  name?: string;
  /** Marks the cut as the lock. */
  lock: boolean;
  /** Losses found before writing, recorded with the cut. */
  losses: Loss[];
  /** Absolute folder; `cuts/` beside the manifest where absent. */
  out?: string;
  /** What a person chose for the formats; their defaults where absent. */
  options?: Partial<Pick<ExportOptions, 'target' | 'reels' | 'fcpxml' | 'split'>>;
}

export interface CutFile {
  /** Absolute. */
  path: string;
  format: string;
  /** SHA-256 of the bytes, hex. */
  hash: string;
}

/** What an editor wrote of a sequence itself. */
export interface Witness {
  /** Absolute path under which the editor wrote it, beside the cut's files. */
  exported: string;
  format: InterchangeFile['format'];
  /** `premiere`. */
  editor: string;
  /** The name of the cut's files. */
  name: string;
  sequence: string;
  /** The cut as Baton read it, which the editor's file is compared with; not compared where absent. */
  cut?: CutList;
}

/** The editor's own file of a cut, and where it says otherwise than Baton read. */
export interface Witnessed extends CutFile {
  differs: Issue[];
}

export interface CutWritten {
  /** The name that all its files begin with. */
  name?: string;
  files: CutFile[];
  losses: Loss[];
  /** Formats that refused to write, and why. */
  refused: { format: string; message: string }[];
  /** The editor's own file beside them, or why there is none; absent where no editor was asked. */
  own?: Witnessed | { refused: string };
}

/** A cut as read from a file of it. */
export interface CutRead {
  cut: CutList;
  /** Id of the reader. */
  format: string;
  /** What that format says nothing of. */
  silent: readonly Silence[];
}

export interface Desk {
  open(path: string): Promise<OpenedHandoff>;
  /** Null where there is no such file. Cheap enough to be asked every few seconds. */
  glance?(path: string): Promise<Glance | null>;
  /** Calls back when a manifest it serves may have been written, until the returned function is called. Absent where nothing tells. */
  watch?(changed: () => void): () => void;
  /**
   * Keeps the receipt of a running import where a crash cannot take it; called before the first write and after each chunk.
   * What was kept and never recorded is part of the history that `open` gives.
   */
  keep(path: string, receipt: Receipt): Promise<void>;
  /** Notes what is about to be written, beside what is kept; the next `keep` says what came of it. */
  intend?(path: string, receiptId: string, pending: ReceiptStep[]): Promise<void>;
  /** What was kept becomes part of the manifest's history, and is kept no longer. */
  settle(path: string, receipt: Receipt): Promise<{ revision: number }>;
  /** Appends one record to the manifest's history; the new revision. */
  record(path: string, record: HistoryRecord): Promise<{ revision: number }>;
  /**
   * A person's changes, made against what the manifest holds by then, all or none. `undo` takes them back, in its order.
   * Throws HostError `refused` with a sentence where one no longer fits.
   */
  edit(path: string, edits: Edit[]): Promise<{ revision: number; undo: Edit[] }>;
  /** Keeps what a person chose beside the manifest, outside it: the delivery and its hash stay as they are. */
  keepChoices?(path: string, choices: Choices): Promise<void>;
  /** Writes the files, never over an existing one, and records them in the manifest's history. */
  writeCut(path: string, request: CutRequest): Promise<CutWritten>;
  /** The cut a file holds that a record of the manifest names. Throws HostError where it is gone or no cut. */
  readCut?(path: string, file: string): Promise<CutRead>;
  /** Gives the editor's own file of a cut its name beside ours, and records it with its hash. */
  witness?(path: string, witness: Witness): Promise<Witnessed>;
}
