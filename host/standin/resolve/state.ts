/**
 * What the stand-in Resolve holds, as plain JSON that can be saved and loaded: one project with its bins, clips, markers
 * and settings. No editor runs behind it.
 */
import { newTimeline, type TimelineState } from './state-timeline.ts';

export interface MarkerState {
  color: string;
  name: string;
  note: string;
  duration: number;
  customData: string;
}

export interface ClipState {
  id: string;
  /** Absolute, as it was handed to ImportMedia. */
  file: string;
  type: 'Video + Audio' | 'Video' | 'Audio' | 'Still' | 'Timeline';
  /** Of a timeline, which has no file. */
  name?: string;
  /** Frames a second as Resolve's float; a sound file's is the project's at the moment of import, for ever. */
  fps: number;
  /** Frames at `fps`. */
  frames: number;
  /** First frame since midnight, at `fps`. */
  start: number;
  colour: string;
  flags: string[];
  metadata: Record<string, string>;
  thirdParty: Record<string, string>;
  /** By frame from the clip's first. */
  markers: Record<number, MarkerState>;
  /** Counts drop-frame. */
  drop?: boolean;
  /** Sound linked to it; `offset` in samples. */
  synced?: { name: string; path: string; offset: number };
}

export interface FolderState {
  id: string;
  name: string;
  clips: ClipState[];
  folders: FolderState[];
}

export interface ResolveState {
  kind: 'standin-resolve';
  version: 1;
  /** `18.5`, `19.0.2`, `21.1`: methods that came later are not there. */
  resolve: string;
  studio: boolean;
  /** A dialog that is open: everything in the media pool answers nothing until a person closes it. */
  modal: string | null;
  project: {
    id: string;
    name: string;
    settings: Record<string, string>;
    timelines: TimelineState[];
    timeline?: string;
  };
  root: FolderState;
  /** Id of the folder that ImportMedia fills. */
  current: string;
  /** The next id to be given. */
  next: number;
  /** Where the playhead stands, absolute; absent = at the timeline's start. */
  playhead?: number;
  /** The page that is open, and the clips that are selected in the Media Pool. */
  page?: string;
  selected?: string[];
}

export function emptyState(resolve: string, studio: boolean): ResolveState {
  return {
    kind: 'standin-resolve',
    version: 1,
    resolve,
    studio,
    modal: null,
    project: {
      id: 'project-1',
      name: 'Stand-in',
      settings: {
        timelineFrameRate: '24',
        timelineDropFrameTimecode: '0',
        timelineResolutionWidth: '1920',
        timelineResolutionHeight: '1080',
        reelNamesDerived: '0',
      },
      timelines: [],
    },
    root: { id: 'folder-1', name: 'Master', clips: [], folders: [] },
    current: 'folder-1',
    next: 2,
  };
}

/** Reads a saved state; a sentence where it is not one. */
export function readState(text: string): ResolveState | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'the saved stand-in is not JSON';
  }
  const state = value as Partial<ResolveState> | null;
  if (state?.kind !== 'standin-resolve') return 'this is not a saved stand-in of Resolve';
  if (state.version !== 1)
    return `this stand-in was saved as version ${String(state.version)}; version 1 can be read`;
  if (!state.root || !state.project) return 'the saved stand-in has no project';
  const { project } = state;
  // Earlier ones kept the names of timelines only.
  project.timelines = project.timelines.map((each: TimelineState | string, at) =>
    typeof each === 'string' ? newTimeline(`timeline-${at + 1}`, each, project.settings) : each,
  );
  return state as ResolveState;
}

/** Every folder with its parent, the root first. */
export function* folders(root: FolderState): Generator<{ folder: FolderState; parent: FolderState | null }> {
  yield* below(root, null);
}
function* below(
  folder: FolderState,
  parent: FolderState | null,
): Generator<{ folder: FolderState; parent: FolderState | null }> {
  yield { folder, parent };
  for (const inner of folder.folders) yield* below(inner, folder);
}

export const MARKER_COLOURS = new Set(
  'Blue Cyan Green Yellow Red Pink Purple Fuchsia Rose Lavender Sky Mint Lemon Sand Cocoa Cream'.split(' '),
);
export const CLIP_COLOURS = new Set(
  'Orange Apricot Yellow Lime Olive Green Teal Navy Blue Purple Violet Pink Tan Beige Brown Chocolate'.split(
    ' ',
  ),
);
/** What SetMetadata takes. Good Take is not among them. */
export const METADATA_KEYS = new Set(
  (
    'Description,Comments,Keywords,People,Shot,Scene,Take,Angle,Move,Day / Night,Environment,Shot Type,Shoot Day,' +
    'Date Recorded,Camera #,Roll Card #,Reel Number,Clip Number,Program Name,Episode #,Episode Name,Location,Unit Name,' +
    'Setup,Camera ID,Camera Type,Camera Notes,Lens Type,Lens Number,Lens Notes,ISO,ND Filter,Shutter Angle,' +
    'White Point (Kelvin),Audio Notes,Sound Roll #,Sound Mixer,Audio Recorder,Audio Start TC,Audio End TC,' +
    'Audio Duration TC,Audio TC Type,Audio FPS,Script Supervisor,Director,DOP,VFX Notes,VFX Shot #,Reviewers Notes,' +
    'Aux 1,Aux 2'
  ).split(','),
);
