/** What a face asks of the disk that takes longer than a call: begun, asked after now and then, and stopped. Types only. */
import type { ClipRename, RenamePlan } from '../manifest/patterns/rename.ts';
import type { MovedFile } from '../manifest/patterns/renamed.ts';
import type { Counts, FileVerdict } from '../manifest/verify.ts';
import type { Listened } from '../manifest/documents/sync.ts';
import type { ColumnChoice } from '../manifest/documents/log.ts';
import type { Issue } from '../manifest/documents/issue.ts';

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

/** How far proving files by hash is, or what it came to. */
export interface VerifyState {
  running: boolean;
  /** Bytes read, and to be read; `current` is a file. */
  progress: { done: number; total: number; current: string } | null;
  verified: {
    counts: Counts;
    /** Bytes read. */
    bytes: number;
    /** Of what is not proven, the first; `more` says how many are not among them. */
    findings: Pick<FileVerdict, 'verdict' | 'path' | 'reason'>[];
    more: number;
  } | null;
  issues: Issue[];
  /** Why it broke off, where it did. */
  failed?: string;
}

/** Proving the files of a handoff by the lists that lie with them; media are only read. */
export interface VerifyingDesk {
  /** Begins, or goes on where it is under way already. */
  verify(path: string): Promise<VerifyState>;
  /** Null where nothing was asked for this manifest. */
  verifying(path: string): Promise<VerifyState | null>;
  /** Resolves when it has stopped; what was read is kept for the next time. */
  stopVerifying(path: string): Promise<VerifyState | null>;
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
