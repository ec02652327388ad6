/**
 * What crosses the wire between the panel and ExtendScript, in Premiere's own terms: ticks as decimal strings, column
 * ids, colour indexes. Types only and no library types, because the ES3 engine's code shares this file.
 */

/** How a project item is found again: by node id where it still fits, else by media path. */
export interface WireTarget {
  item: string | null;
  /** The media's path in each Unicode form it may have on disk; ES3 cannot normalise. */
  paths: string[];
  /** Text that the item's project metadata holds if the item is this clip; settles between copies and relinked media. */
  mark: string;
}

/** A custom column of project metadata; type 2 is text. */
export interface WireColumn {
  name: string;
  label: string;
  type: number;
}

export interface WireMetadata {
  /** A whole XMP packet. */
  xmp: string;
  /** Full ids of the columns to write; one that the packet lacks is cleared. */
  fields: string[];
  /** Custom columns that must exist first. */
  columns: WireColumn[];
}

export interface MakeBinOp {
  op: 'make-bin';
  bin: string[];
}
export interface ImportOp {
  op: 'import';
  target: WireTarget;
  /** The path to hand to Premiere. */
  path: string;
  bin: string[];
  /** It is the first of numbered stills that make one clip. */
  stills?: true;
}
export interface MoveOp {
  op: 'move';
  target: WireTarget;
  bin: string[];
}
export interface LabelOp {
  op: 'label';
  target: WireTarget;
  /** 0–15. */
  label: number;
}
export interface MetadataOp {
  op: 'metadata';
  target: WireTarget;
  write: WireMetadata;
}
export interface MarkerOp {
  op: 'marker';
  target: WireTarget;
  /** The end of the marker's comment by which it is found again. */
  tag: string;
  /** `add` leaves a marker with this tag as it is; `update` changes it and never makes one. */
  mode: 'add' | 'update';
  /** Seconds from the media's first frame: Premiere takes nothing but numbers here. */
  start: number;
  end: number;
  name: string;
  comments: string;
  /** 0–7. */
  colour: number;
  /** Written once per item beside its markers: the rate they count at. */
  remember: WireMetadata;
}
export interface RemoveMarkerOp {
  op: 'remove-marker';
  target: WireTarget;
  tag: string;
  /** Clears what was written beside the markers, once none of Baton's is left on the item. */
  forget: WireMetadata;
}
/** Takes the project item out, unless a sequence uses it; Premiere has no call for it, so a scratch bin goes with it. */
export interface RemoveItemOp {
  op: 'remove-item';
  target: WireTarget;
}
/** Only while it is empty. */
export interface RemoveBinOp {
  op: 'remove-bin';
  bin: string[];
}
export type WireOp =
  | MakeBinOp
  | ImportOp
  | MoveOp
  | LabelOp
  | MetadataOp
  | MarkerOp
  | RemoveMarkerOp
  | RemoveItemOp
  | RemoveBinOp;

export interface RawMarker {
  /** Ticks. */
  start: string;
  end: string;
  name: string;
  comments: string;
  type: string;
  colour: number | null;
}

/** What an item looks like as far as one op is concerned; null where that op does not look. */
export interface RawState {
  bin: string[] | null;
  label: number | null;
  xmp: string | null;
  marker: RawMarker | null;
}

/**
 * done: written. present: it was there already. pending: Premiere said yes and shows nothing yet. absent: what the op
 * is about is not in the project. failed: Premiere or the disk refused.
 */
export type RawOutcome = 'done' | 'present' | 'pending' | 'absent' | 'failed';

export interface RawResult {
  outcome: RawOutcome;
  /** For people: why it failed. */
  message: string | null;
  item: string | null;
  before: RawState | null;
  /** As read back. */
  after: RawState | null;
}

export interface RawAbout {
  version: string;
  project: { id: string; name: string };
}

export interface RawBin {
  id: string;
  path: string[];
}
export interface RawItem {
  id: string;
  name: string;
  file: string | null;
  bin: string[];
  isSequence: boolean;
  offline: boolean;
  label: number | null;
  xmp: string | null;
  /** Frames a second as a float; only for items that have markers. */
  frameRate: number | null;
  markers: RawMarker[];
}
/** One page of the project; `bins` only on the first. */
export interface RawProject {
  about: RawAbout;
  bins: RawBin[];
  items: RawItem[];
  /** Items in the whole project; when it changes between pages, somebody is editing. */
  total: number;
  next: number | null;
}

export interface RawSequenceName {
  id: string;
  name: string;
  active: boolean;
}

/** A project item that a sequence uses. */
export interface RawSource {
  id: string;
  name: string;
  file: string | null;
  isSequence: boolean;
  isMulticam: boolean;
  isMerged: boolean;
  /** Frames a second as a float; null for sound. */
  frameRate: number | null;
  /** Ticks; null where Premiere gives none. */
  start: string | null;
  /** Ticks per frame of the sequence behind a nested item. */
  timebase: string | null;
  xmp: string | null;
}
export interface RawTrackItem {
  id: string;
  name: string;
  start: string;
  end: string;
  inPoint: string;
  outPoint: string;
  /** Node id of the project item; null for titles and other made things. */
  source: string | null;
  disabled: boolean;
  speed: number | null;
  reversed: boolean;
  adjustment: boolean;
  linked: string[];
}
export interface RawTransition {
  name: string;
  start: string;
  end: string;
}
/** The items of one track that fell on this page. */
export interface RawTrack {
  type: 'video' | 'audio';
  /** From 1. */
  index: number;
  name: string;
  muted: boolean;
  items: RawTrackItem[];
  transitions: RawTransition[];
}
export interface RawSequence {
  version: string;
  id: string;
  name: string;
  /** Ticks per frame. */
  timebase: string;
  /** Ticks of the first frame's timecode. */
  zeroPoint: string;
  displayFormat: number | null;
  width: number | null;
  height: number | null;
  tracks: RawTrack[];
  sources: RawSource[];
  markers: RawMarker[];
  /** Track items in the whole sequence; when it changes between pages, somebody is editing. */
  total: number;
  next: number | null;
}

export interface RawExport {
  /** What Premiere returned. */
  said: boolean;
  /** Whether the file is there now. */
  exists: boolean;
}

export interface ReadProjectRequest {
  from: number;
  /** Most items on one page, and most characters of metadata. */
  limit: number;
  characters: number;
}
export interface ShowRequest {
  what: 'source-monitor' | 'bin' | 'select';
  targets: WireTarget[];
}
export interface RawShown {
  /** Targets that are in the project. */
  found: number;
  /** Of those, how many Premiere shows as asked, read back; null where it gives no way to ask. */
  shown: number | null;
  /** Ticks: start of the media, and the Source Monitor's place, both null where they were not asked. */
  start: string | null;
  position: string | null;
  message: string | null;
}
/** Names of the events that Premiere took. */
export interface RawWatch {
  bound: string[];
}
/** One page of what the sequences use, counted in track items over all sequences. */
export interface ReadUsageRequest {
  from: number;
  limit: number;
}
/** Node id of a project item that is used, and of which sequence the name; each pair once a page. */
export interface RawUsage {
  used: { id: string; sequence: string }[];
  next: number | null;
}
export interface ReadSequenceRequest {
  /** Null = the active one. */
  id: string | null;
  from: number;
  limit: number;
}
