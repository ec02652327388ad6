/**
 * What an editor can be asked. One file per editor in bridge/hosts/ answers these six questions; everything else in
 * Baton knows editors only through them. Types only: the code inside the editors shares this file.
 */
import type { Plan, Step } from '../manifest/documents/plan.ts';
import type { StepResult } from '../manifest/documents/receipt.ts';
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
}

export interface SequenceName {
  id: string;
  name: string;
  active: boolean;
}

/** The editor's own interchange file, written beside ours as a witness. */
export interface InterchangeFile {
  path: string;
  format: 'fcp7-xml' | 'otio' | 'edl' | 'fcpxml';
}

/**
 * Every method throws HostError (bridge/call.ts) when the wire fails; what a person's project causes comes back as a value.
 * `apply` writes the steps it is given, in order, reads each back, and returns one result per step, in the same order.
 * `readBack` looks again at steps whose effect an editor may show late, and writes nothing.
 */
export interface Editor {
  about(): Promise<EditorAbout>;
  snapshot(): Promise<ProjectSnapshot>;
  apply(steps: Step[]): Promise<StepResult[]>;
  readBack(steps: Step[]): Promise<StepResult[]>;
  sequences(): Promise<SequenceName[]>;
  /** The sequence with this id; the active one where none is given; null where there is none. */
  sequence(id?: string): Promise<SequenceSnapshot | null>;
  exportInterchange(sequence: string, path: string): Promise<InterchangeFile>;
}
