/**
 * Premiere's objects where types-for-adobe is wrong or silent. Each member here differs from its declaration for the
 * reason beside it; everything else is used as declared there.
 */

export interface NativeTime {
  seconds: number;
  ticks: string;
}

/** Declared with writable Time fields; Premiere reads as Time and takes seconds as a number (`Illegal Parameter type` otherwise). */
export interface NativeMarker {
  readonly start: NativeTime;
  readonly end: NativeTime;
  name: string;
  comments: string;
  readonly type: string;
  getColorByIndex(): number;
  setColorByIndex(index: number): void;
}
export interface MarkerTimes {
  start: number;
  end: number;
}

/** Declared `createMarker(start, name, duration, comments)`; Premiere ignores all but the seconds. */
export interface NativeMarkers {
  readonly numMarkers: number;
  createMarker(seconds: number): NativeMarker;
  deleteMarker(marker: NativeMarker): void;
  getFirstMarker(): NativeMarker | undefined;
  getNextMarker(marker: NativeMarker): NativeMarker | undefined;
}

/** Declared as always there; `children` is null on what is no bin, and several calls answer 0 for "none". */
export interface NativeItem {
  readonly nodeId: string;
  name: string;
  readonly type: number;
  readonly treePath: string;
  readonly children: NativeChildren | null;
  createBin(name: string): NativeItem | 0;
  /** A bin only: it becomes the one that takes imports. */
  select(): void;
  moveBin(bin: NativeItem): number;
  /** With everything in it. */
  deleteBin(): number;
  getMediaPath(): string;
  /** Absent from the declarations. */
  isOffline(): boolean;
  isSequence(): boolean;
  /** Declared as isMultiCamClip, which does not exist. */
  isMulticamClip(): boolean;
  isMergedClip(): boolean;
  getColorLabel(): number;
  setColorLabel(index: number): number;
  getProjectMetadata(): string;
  setProjectMetadata(xmp: string, fields: string[]): number;
  getMarkers(): NativeMarkers | undefined | 0;
  startTime(): NativeTime;
  /** Absent from the declarations; 0 for sound. */
  getFootageInterpretation(): { frameRate: number } | 0;
}
export interface NativeChildren {
  readonly numItems: number;
  readonly [index: number]: NativeItem;
}

/** Declared with a project item always and `disabled` always; graphics have none, and 22.0 brought `disabled`. */
export interface NativeTrackItem {
  readonly nodeId: string;
  readonly name: string;
  readonly start: NativeTime;
  readonly end: NativeTime;
  readonly inPoint: NativeTime;
  readonly outPoint: NativeTime;
  readonly projectItem: NativeItem | null | undefined;
  readonly disabled: boolean | undefined;
  getSpeed(): number;
  isSpeedReversed(): number | boolean;
  isAdjustmentLayer(): boolean;
  getLinkedItems(): NativeTrackItems | undefined | 0;
}
export interface NativeTrackItems {
  readonly numItems: number;
  readonly [index: number]: NativeTrackItem;
}

export interface NativeTrack {
  readonly name: string;
  isMuted(): boolean;
  readonly clips: NativeTrackItems;
  readonly transitions: NativeTrackItems;
}
export interface NativeSequence {
  readonly sequenceID: string;
  readonly name: string;
  readonly timebase: string;
  readonly zeroPoint: string;
  readonly videoDisplayFormat: number | undefined;
  readonly frameSizeHorizontal: number;
  readonly frameSizeVertical: number;
  readonly projectItem: NativeItem | null | undefined;
  readonly videoTracks: { readonly numTracks: number; readonly [index: number]: NativeTrack };
  readonly audioTracks: { readonly numTracks: number; readonly [index: number]: NativeTrack };
  readonly markers: NativeMarkers | undefined;
  exportAsFinalCutProXML(path: string, suppressUI: number): boolean;
}

export interface NativeProject {
  readonly documentID: string;
  readonly name: string;
  readonly rootItem: NativeItem;
  readonly sequences: { readonly numSequences: number; readonly [index: number]: NativeSequence };
  /** 0 or null where none is open; may name a sequence of the project before. */
  readonly activeSequence: NativeSequence | null | undefined | 0;
  importFiles(paths: string[], suppressUI: boolean, bin: NativeItem, asNumberedStills: boolean): boolean;
  addPropertyToProjectMetadataSchema(name: string, label: string, type: number): boolean | undefined;
}

/** Declared without the calls on Project panel views; getProjectItem came with 22, older ones lack it. */
export interface NativeApp {
  readonly sourceMonitor: {
    openProjectItem(item: NativeItem): unknown;
    getProjectItem?(): NativeItem | null | undefined;
    getPosition(): NativeTime | undefined;
  };
  getProjectViewIDs?(): string[] | undefined;
  getProjectFromViewID(view: string): NativeProject | null | undefined;
  getProjectViewSelection(view: string): NativeItem[] | null | undefined;
  setProjectViewSelection?(items: NativeItem[], view: string): unknown;
  bind(event: string, listener: () => void): boolean;
}

/** The project's item types at run time. */
export const BIN = 2;
export const ROOT = 3;
