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
import type { Listened } from '../manifest/documents/sync.ts';
import type { Receipt, ReceiptStep } from '../manifest/documents/receipt.ts';
import type { InterchangeFile } from './contract.ts';
import type { ColumnChoice } from '../manifest/documents/log.ts';
import type { Facts } from '../manifest/checks/check.ts';
import type { ClipRename, RenamePlan } from '../manifest/patterns/rename.ts';
import type { MovedFile } from '../manifest/patterns/renamed.ts';
import type { Silence } from '../manifest/readers/reader.ts';

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

export interface ListeningAsked {
  /** Paths of pictures; those that timecode leaves open where absent. */
  clips?: string[];
  /** Every picture, against every sound of its day. */
  all?: boolean;
}

/** How far listening is, or what it came to. */
export interface ListeningState {
  running: boolean;
  progress: {
    done: number;
    total: number;
    current: string;
    perSecond: number;
    secondsLeft: number | null;
  } | null;
  /** What was heard, once it is over; a stop keeps what was finished. */
  listened: Listened[] | null;
  issues: Issue[];
  /** Why it broke off, where it did. */
  failed?: string;
}

/** A picture and a sound to be looked at together, over a range of the picture. */
export interface WaveformsAsked {
  /** Clip ids. */
  picture: string;
  sound: string;
  /** Sound start − picture start, in samples of the sound: where it is laid. */
  offsetSamples: number;
  /** Picture frames from its first, before it where negative; `to` is exclusive. */
  from: number;
  to: number;
  /** The most buckets wanted of each side, 1–2000. */
  buckets: number;
}

/** The lowest and highest sample of each bucket, of 16 bits, of all channels but timecode mixed alike. */
export interface Envelope {
  sampleRate: number;
  /** Of the whole file. */
  samples: number;
  /** First sample of the first bucket, from the file's first; a multiple of `each`. */
  at: number;
  /** Samples in a bucket: 64 times a power of two. */
  each: number;
  /** As many as the file has sound for in the range. */
  low: number[];
  high: number[];
}

/** `reason`: why one side cannot be looked at, a part of a sentence. */
export type Waveform = Envelope | { reason: string };

export interface Waveforms {
  picture: Waveform;
  sound: Waveform;
}

/** Sync by ear, for a face that asks now and then how far it is: minutes of work do not fit one call. */
export interface ListeningDesk {
  /** Begins, or goes on where it is under way already. */
  listen(path: string, asked: ListeningAsked): Promise<ListeningState>;
  /** Null where nothing was asked for this manifest. */
  listening(path: string): Promise<ListeningState | null>;
  /** Resolves when it has stopped. */
  stopListening(path: string): Promise<ListeningState | null>;
  /** The newest question for a manifest ends the one before it, which throws HostError `busy`. Throws `refused` for what is no picture and sound of it. */
  waveforms(path: string, asked: WaveformsAsked): Promise<Waveforms>;
  /** Ends the question for this picture (clip id), where it is the newest. */
  stopWaveforms(path: string, picture: string): Promise<void>;
}

export interface ScanAsked {
  /** What a person says that columns of the log sheets are; kept for later scans. */
  columns?: ColumnChoice[];
}

/** How far a scan is, or what it came to. */
export interface ScanState {
  running: boolean;
  /** Null while the drive is being listed. */
  progress: { done: number; total: number; current: string; secondsLeft: number | null } | null;
  /** Null until it is over. `unread`: files that a stop left unread; `added`: clips that are new. */
  scanned: { revision: number; clips: number; added: number; unread: number } | null;
  issues: Issue[];
  /** Why it broke off, where it did. */
  failed?: string;
}

/** Making or refreshing a manifest from the folder it lies in, for a face that asks now and then how far it is. */
export interface ScanningDesk {
  /** Begins, or goes on where it is under way already. `path` is where the manifest is, or will be. */
  scan(path: string, asked: ScanAsked): Promise<ScanState>;
  /** Null where nothing was asked for this manifest. */
  scanning(path: string): Promise<ScanState | null>;
  /** Resolves when it has stopped; what was read by then is kept. */
  stopScan(path: string): Promise<ScanState | null>;
}

/** A name for a clip's file, and the lists that know it by its present one. */
export interface ProposedName extends ClipRename {
  /** Places in `lists`. */
  lists: number[];
}

/** A rename that can be taken back. */
export interface LastRename {
  id: string;
  at: string;
  /** How many files it gave another name. */
  files: number;
  /** It was cut short: nothing else is proposed until its files have their old names again. */
  interrupted: boolean;
}

/** What files should be called, by the production's own patterns or Baton's. Nothing was written. */
export interface ProposedNames extends Omit<RenamePlan, 'renames'> {
  renames: ProposedName[];
  /** Hash lists (MHL) that would no longer know the files; absolute. */
  lists: string[];
  /** Null where there is none. */
  last: LastRename | null;
}

export interface RenameAsked {
  /** Clips, and the paths that were shown for them: if others come out by now, nothing is renamed. */
  renames: { clip: string; to: string }[];
  /** Although hash lists will not know the files any more. */
  force: boolean;
}

/** How far a rename, or taking one back, is, or what it came to. */
export interface RenamingState {
  running: boolean;
  progress: { done: number; total: number; current: string } | null;
  /** Every file that has another name now; null until it is over. */
  renamed: { files: MovedFile[]; undone: boolean } | null;
  /** Why nothing was renamed, where nothing was. */
  failed?: string;
}

/** File names on the disk, for a face: shown first, then all that were chosen or none, and back. A stop puts everything back. */
export interface RenamingDesk {
  proposeNames(path: string): Promise<ProposedNames>;
  /** Begins, or goes on where it is under way already. */
  rename(path: string, asked: RenameAsked): Promise<RenamingState>;
  /** Begins giving the files of the last rename their old names. */
  undoRename(path: string): Promise<RenamingState>;
  /** Null where nothing was asked for this manifest. */
  renaming(path: string): Promise<RenamingState | null>;
  /** Resolves when it has stopped. */
  stopRenaming(path: string): Promise<RenamingState | null>;
}
