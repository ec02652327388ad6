/**
 * The plan: every change to an editor's project, in the order it is to be made, with its reason.
 * A plan is a dry run; it writes nothing. Plain types, shared with the code inside the editors.
 */
import type { Rate } from './rate.ts';

/** Why a clip is coloured. Each editor's adapter chooses the nearest colour it has. */
export type LabelName = 'circled' | 'alternate' | 'rejected' | 'unsynced' | 'wild' | 'broll';

/** A label as a snapshot gives it: Baton's name, or the editor's own word for a colour Baton does not use; null = none. */
export type AnyLabel = LabelName | (string & {}) | null;

/** Marker colours every editor can show, or come near to. */
export type MarkerColour = 'green' | 'red' | 'purple' | 'orange' | 'yellow' | 'white' | 'blue' | 'cyan';

/** A note on a clip. `frame` counts from the clip's first frame (0 = first) at `rate`; `duration` is in frames, ≥ 1. */
export interface Marker {
  /** Baton's own id, kept in the editor's project so that the same note is never added twice. */
  id: string;
  frame: number;
  duration: number;
  rate: Rate;
  name: string;
  comment: string;
  colour: MarkerColour;
}

/** The log-sheet fields Baton writes on a project item; each editor's adapter knows its own column for each. */
export type MetadataField =
  | 'scene'
  | 'shot'
  | 'take'
  | 'note'
  | 'description'
  | 'good'
  | 'reel'
  | 'camera'
  | 'soundRoll'
  | 'keywords'
  | 'batonId';

/**
 * Values are text; `good` is `true` or `false`. A field that is absent is left alone. `keywords`, with commas between, are in a step
 * Baton's own (plan/keywords.ts), in a snapshot all that an item has.
 */
export interface Metadata {
  scene?: string;
  shot?: string;
  take?: string;
  note?: string;
  description?: string;
  good?: string;
  reel?: string;
  camera?: string;
  soundRoll?: string;
  keywords?: string;
  batonId?: string;
}

/** Bin names from the project's root downwards, root excluded: `['Scenes', '07', 'Take 03']`. */
export type BinPath = string[];

export interface BinTarget {
  bin: BinPath;
}

export interface ClipTarget {
  /** The manifest's clip id. */
  clip: string;
  /** Its path relative to its root, for people. */
  path: string;
  /** The absolute path on this machine, in the system's own form. */
  file: string;
  /** The editor's id of the project item, where the snapshot had one. */
  item?: string;
  /** An image sequence, of which `file` is the first frame: one item, not a still. `last` is inclusive. */
  frames?: { first: number; last: number; digits: number };
}

interface StepBase {
  /** Derived from what the step does: the same step has the same id in every run. */
  id: string;
  why: string;
  /** Whether the editor's own undo takes it back. */
  undoable: boolean;
}

export interface MakeBinStep extends StepBase {
  kind: 'make-bin';
  target: BinTarget;
  after: BinTarget;
}
export interface ImportStep extends StepBase {
  kind: 'import';
  target: ClipTarget;
  after: BinTarget;
}
export interface MoveStep extends StepBase {
  kind: 'move';
  target: ClipTarget;
  before: BinTarget;
  after: BinTarget;
}
export interface SetLabelStep extends StepBase {
  kind: 'set-label';
  target: ClipTarget;
  before?: { label: string };
  /** One of Baton's names; taking an import back, the editor's own word, or null for no colour. */
  after: { label: AnyLabel };
}
export interface SetMetadataStep extends StepBase {
  kind: 'set-metadata';
  target: ClipTarget;
  before?: { metadata: Metadata };
  after: { metadata: Metadata };
}
export interface AddMarkerStep extends StepBase {
  kind: 'add-marker';
  target: ClipTarget;
  after: { marker: Marker };
}
export interface UpdateMarkerStep extends StepBase {
  kind: 'update-marker';
  target: ClipTarget;
  before: { marker: Marker };
  after: { marker: Marker };
}

/** Takes a marker that Baton made off its clip; `gone` is the marker's id. */
export interface RemoveMarkerStep extends StepBase {
  kind: 'remove-marker';
  target: ClipTarget;
  before: { marker: Marker };
  after: { gone: string };
}
/** Takes a project item out of the project, never the media; `gone` is the clip's id. */
export interface RemoveItemStep extends StepBase {
  kind: 'remove-item';
  target: ClipTarget;
  before: BinTarget;
  after: { gone: string };
}
/** Takes away a bin that is empty; an editor's adapter refuses while anything is in it. `gone` is its path in words. */
export interface RemoveBinStep extends StepBase {
  kind: 'remove-bin';
  target: BinTarget;
  before: BinTarget;
  after: { gone: string };
}

export type Step =
  | MakeBinStep
  | ImportStep
  | MoveStep
  | SetLabelStep
  | SetMetadataStep
  | AddMarkerStep
  | UpdateMarkerStep
  | RemoveMarkerStep
  | RemoveItemStep
  | RemoveBinStep;
export type StepKind = Step['kind'];

/** Every kind, in the order in which steps are applied: what comes later needs what came before. */
export const STEP_KINDS = [
  'make-bin',
  'import',
  'move',
  'set-label',
  'set-metadata',
  'add-marker',
  'update-marker',
  'remove-marker',
  'remove-item',
  'remove-bin',
] as const satisfies readonly StepKind[];

/** What stood in an editor's project before a step: what revert puts back. */
export type StepBefore = BinTarget | { label: string | null } | { metadata: Metadata } | { marker: Marker };

/** A clip that cannot be planned, and the reason. */
export interface Blocked {
  clip: string;
  path: string;
  why: string;
}

/** Something the editor's user changed after Baton wrote it: left alone and said. */
export interface Kept {
  clip: string;
  path: string;
  what: StepKind;
  why: string;
}

/** A copy of a file that goes in under another name or from another folder. */
export interface KeptOut {
  clip: string;
  path: string;
  /** Id of the copy that stands for it. */
  of: string;
  why: string;
}

export interface Plan {
  kind: 'plan';
  version: 1;
  /** Hash of the delivery the plan was made from. */
  manifest: string;
  /** Ids of the receipts it takes back; absent where it brings a handoff in. */
  reverts?: string[];
  /** The handoff's rate, which an editor's project must have before sound comes in; absent where it names none. */
  rate?: Rate;
  steps: Step[];
  blocked: Blocked[];
  kept: Kept[];
  /** Absent where there is none. */
  keptOut?: KeptOut[];
  /** Steps by kind, plus `blocked`, `kept`, `keptOut` (duplicates) and `unchanged` (clips that need nothing). */
  counts: Record<string, number>;
}
