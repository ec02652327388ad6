/**
 * What an editor holds now, in words that no editor owns: its project (bins, items, markers) or one sequence.
 * Every time is a frame count at a stated exact rate. Plain types, shared with the code inside the editors.
 */
import type { BinPath, Marker, Metadata } from './plan.ts';
import type { Rate } from './rate.ts';

export type EditorName = 'premiere' | 'resolve';

export interface ProjectBin {
  id: string;
  path: BinPath;
}

export interface ProjectItem {
  /** The editor's id; valid in this project only. */
  id: string;
  name: string;
  /** Absolute path of the media as the editor gives it; null for sequences, titles and other made things. */
  file: string | null;
  bin: BinPath;
  kind: 'clip' | 'sequence' | 'other';
  offline: boolean;
  /** One of Baton's label names where the colour is the one Baton uses for it, else the editor's own word; null = none. */
  label: string | null;
  metadata: Metadata;
  /** Only markers that Baton made (they carry its id). */
  markers: Marker[];
  /** Names of the sequences that use it; absent where none does, or where the editor does not say. */
  usedIn?: string[];
  /** What Baton last wrote there, where the item itself remembers it (Resolve): newer than a receipt that nobody brought home. */
  wrote?: WroteOn;
}

export interface WroteOn {
  label?: string;
  metadata: Metadata;
  /** Ids of the markers it made. */
  markers: string[];
}

export interface ProjectSnapshot {
  kind: 'project';
  version: 1;
  editor: EditorName;
  editorVersion: string;
  project: { id: string; name: string; rate?: Rate };
  bins: ProjectBin[];
  items: ProjectItem[];
}

export type SequenceItemKind = 'clip' | 'title' | 'nested' | 'adjustment' | 'multicam' | 'unknown';

/** Where an item's picture or sound comes from. */
export interface SequenceSource {
  /**
   * Absolute path; null where the editor gives none. A snapshot written by hand may give a path relative to any of the
   * manifest's roots (`CAMERA_A/A001/clip.mov`): the cut list matches it with the clip of that path.
   */
  file: string | null;
  /** Clip name in the project. */
  name: string;
  /** The manifest's clip id, where the editor's project carries it. */
  clip?: string;
  reel?: string;
  /** Rate at which `in`, `out`, `start` and `duration` count: the media's own; for sound with no rate, samples (48000/1). */
  rate: Rate;
  /** Source in and out, from the media's first frame (0 = first); out is exclusive. */
  in: number;
  out: number;
  /** Start timecode of the media as a frame count; null where it has none. */
  start: number | null;
  /** Length of the whole media in frames; null where unknown. */
  duration: number | null;
}

export interface SequenceItem {
  id: string;
  kind: SequenceItemKind;
  name: string;
  /** Record in and out in sequence frames from the sequence's first frame (add `start` for timecode); out is exclusive. */
  in: number;
  out: number;
  source: SequenceSource | null;
  /** Source frames per record frame as an exact ratio; negative plays backwards, 0/1 is a freeze; null = varies. */
  speed: { num: number; den: number } | null;
  enabled: boolean;
  /** Items that share a number are linked. */
  link?: number;
  /** Source channels this item plays, from 1, where the editor says so. */
  channels?: number[];
  /** Markers on the media under this item; `frame` counts like the source's `in`. */
  markers?: SequenceMarker[];
}

export interface SequenceTransition {
  /** Record in and out in sequence frames; out is exclusive. */
  in: number;
  out: number;
  /** The editor's name for it, possibly localised. */
  name: string;
}

export interface SequenceTrack {
  type: 'video' | 'audio';
  /** From 1, bottom up. */
  index: number;
  name: string;
  enabled: boolean;
  items: SequenceItem[];
  transitions: SequenceTransition[];
}

export interface SequenceMarker {
  /** From the sequence's first frame; on an item from its media's first. */
  frame: number;
  duration: number;
  name: string;
  comment: string;
  colour: string;
}

export interface SequenceSnapshot {
  kind: 'sequence';
  version: 1;
  editor: EditorName;
  editorVersion: string;
  id: string;
  name: string;
  rate: Rate;
  /** Timecode of the first frame as a frame count at `rate`. */
  start: number;
  size: { width: number; height: number } | null;
  tracks: SequenceTrack[];
  markers: SequenceMarker[];
}
