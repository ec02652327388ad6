/**
 * What an editor can be asked. One file per editor in bridge/hosts/ answers these questions; everything else in
 * Baton knows editors only through them. Types only: the code inside the editors shares this file.
 */
import type { ClipTarget, Plan, Step } from '../manifest/documents/plan.ts';
import type { StepResult } from '../manifest/documents/receipt.ts';
import type { Rate } from '../manifest/documents/rate.ts';
import type { EditorName, ProjectSnapshot, SequenceSnapshot } from '../manifest/documents/snapshot.ts';

export type { Plan, Step, StepResult, ProjectSnapshot, SequenceSnapshot, EditorName };

/** Something the editor, or this adapter to it, cannot do, in words for the panel's footer. */
export interface Lack {
  what: 'undo' | 'markers' | 'metadata' | 'labels' | 'interchange' | 'move';
  message: string;
}

export interface EditorAbout {
  editor: EditorName;
  editorVersion: string;
  /** `cep`, `uxp`, `workflow-integration`, `stand-in`. */
  adapter: string;
  project: { id: string; name: string };
  /** Suffixes (lower case, no dot) this editor can import. */
  importable: string[];
  lacks: Lack[];
  /** True where sound must come in after pictures. */
  soundLast?: true;
  /** True where it can link sound to a picture by itself: `syncSound`. */
  syncsSound?: true;
  /** Steps of one kind that it takes at once at most, where it is quick enough: each such run is one entry in its undo history. 200 where absent. */
  chunk?: number;
}

export interface SequenceName {
  id: string;
  name: string;
  active: boolean;
}

/** The editor's own interchange file, written beside ours as a witness. */
export interface InterchangeFile {
  path: string;
  format: 'fcp7-xml' | 'otio' | 'aaf' | 'edl' | 'fcpxml';
}

/** What a person asks to see. `frame` counts from the media's first frame at `rate`. */
export type Show =
  | { what: 'source-monitor'; target: ClipTarget; at?: { frame: number; rate: Rate } }
  | { what: 'bin'; target: ClipTarget }
  | { what: 'select'; targets: ClipTarget[] };

/** `reason` where the editor did not, or only in part, in words for people. */
export interface Shown {
  shown: boolean;
  reason?: string;
}

/** A picture, and the sounds that fit it by timecode. */
export interface SoundPair {
  picture: ClipTarget;
  sounds: ClipTarget[];
}

/**
 * What came of linking sound to one picture, judged by what the editor shows of it afterwards. `was`: it was linked before; `other`: a
 * sound is linked that was not asked for.
 */
export interface SoundLinked {
  /** The manifest's clip id, and its path for people. */
  clip: string;
  path: string;
  result: 'linked' | 'was' | 'other' | 'no';
  /** Absolute path of the linked sound, or its name; and where it plays from, in its samples. Absent where none is known. */
  sound?: string;
  offsetSamples?: number;
  /** In words, where it is not as it was asked. */
  reason?: string;
}

/** What may have changed in the editor while nobody of ours was writing. */
export type EditorChange = 'project' | 'items' | 'sequence';

/**
 * Every method throws HostError (bridge/call.ts) when the wire fails; what a person's project causes comes back as a value.
 * `apply` writes the steps it is given, in order, reads each back, and returns one result per step, in the same order.
 * `readBack` looks again at steps whose effect an editor may show late, and writes nothing.
 */
export interface Editor {
  about(): Promise<EditorAbout>;
  /** Called before a handoff is brought in: settles what cannot be settled later. `refused` says why nothing may be brought in. */
  prepare?(handoff: { rate?: Rate }): Promise<{ refused: string | null }>;
  snapshot(): Promise<ProjectSnapshot>;
  apply(steps: Step[]): Promise<StepResult[]>;
  readBack(steps: Step[]): Promise<StepResult[]>;
  sequences(): Promise<SequenceName[]>;
  /** The sequence with this id; the active one where none is given; null where there is none. */
  sequence(id?: string): Promise<SequenceSnapshot | null>;
  exportInterchange(sequence: string, path: string): Promise<InterchangeFile>;
  /** Links sound to pictures; only ever on a person's word, for no way back is promised. Absent where the editor cannot. */
  syncSound?(pairs: SoundPair[]): Promise<SoundLinked[]>;
  /** Absent where the editor has no way to. */
  show?(what: Show): Promise<Shown>;
  /** Calls back, perhaps late and perhaps too often, until the returned function is called. Absent where nothing tells us. */
  watch?(changed: (what: EditorChange) => void): () => void;
}
