/**
 * A stand-in DaVinci Resolve: the object model a script sees, behaving as the real one was measured to, lies included.
 * Every object is a handle (`Folder:folder-3`); `call` is the one door, so the same model serves Lua and any other caller.
 */
import { CLIP_METHODS } from './clip.ts';
import type { Answer, Methods, Method } from './handle.ts';
import { CONSTANTS, CONSTANT_SINCE } from './constants.ts';
import { FUSION_METHODS, PROJECT_MANAGER_METHODS, PROJECT_METHODS, RESOLVE_METHODS } from './project.ts';
import { FOLDER_METHODS, POOL_METHODS } from './pool.ts';
import { asClip, type TimelineItemState, type TimelineState } from './state-timeline.ts';
import { TIMELINE_ITEM_METHODS, TIMELINE_METHODS } from './timeline.ts';
import { emptyState, folders, type ClipState, type FolderState, type ResolveState } from './state.ts';

/** What the disk says of a file. Null for one that is not there or that Resolve cannot read. */
export type MediaFacts =
  | { type: 'Video + Audio' | 'Video' | 'Still'; fps: number; frames: number; start: number; drop?: boolean }
  | { type: 'Audio'; seconds: number; startSeconds: number };

export interface StandinOptions {
  state?: ResolveState;
  media: (file: string) => MediaFacts | null;
  /** After so many writes nothing is written any more, as after a crash. */
  stopAfterWrites?: number;
  /** `MediaPoolItem.SetMetadata`: answers true and does nothing. */
  lies?: ReadonlySet<string>;
  /** Answers false and does nothing: `full` is `MediaPoolItem.AddMarker`. */
  refuses?: (full: string, args: unknown[]) => boolean;
  /** The path by which Resolve knows a file that it imported, where that is another than it was given. */
  shownPath?: (file: string) => string;
  /** Called with every file that it writes, beside keeping its text. */
  write?: (file: string, text: string) => void;
  /** After each write: the place to open a dialog or another project half-way. */
  afterWrite?: (count: number, standin: StandinResolve) => void;
}

const KINDS: Record<string, Methods> = {
  Resolve: RESOLVE_METHODS,
  ProjectManager: PROJECT_MANAGER_METHODS,
  Project: PROJECT_METHODS,
  MediaPool: POOL_METHODS,
  Folder: FOLDER_METHODS,
  MediaPoolItem: CLIP_METHODS,
  Fusion: FUSION_METHODS,
  Timeline: TIMELINE_METHODS,
  TimelineItem: TIMELINE_ITEM_METHODS,
};
/** What a dialog silences. */
const SILENCED = new Set(['MediaPool', 'Folder', 'MediaPoolItem', 'Timeline', 'TimelineItem']);

export class StandinResolve {
  readonly state: ResolveState;
  readonly options: StandinOptions;
  /** Methods that write, by name, with how often each was called. */
  readonly writes: Record<string, number> = {};
  /** Files that Fusion saved, and its custom values. */
  readonly files = new Map<string, string>();
  readonly fusionValues = new Map<string, unknown>();
  /** Where a clip was last found and bins by id, so that a call does not walk the whole pool; forgotten where bins go. */
  readonly #clips = new Map<string, { clip: ClipState; folder: FolderState }>();
  readonly #folders = new Map<string, FolderState>();
  calls = 0;
  /** Mistakes of the stand-in itself, which a script's pcall would hide from a test. */
  readonly crashes: string[] = [];

  constructor(options: StandinOptions) {
    this.options = options;
    this.state = options.state ?? emptyState('21.1', true);
  }

  get writeCount(): number {
    return Object.values(this.writes).reduce((sum, count) => sum + count, 0);
  }

  has(handle: string, name: string): boolean {
    const method = methodsOf(handle)[name];
    return method !== undefined && !earlier(this.state.resolve, method.since ?? '0');
  }

  /** Never throws for what a script does wrong: a missing method, a bad argument and a dialog all answer nothing. */
  call(handle: string, name: string, args: unknown[]): Answer {
    this.calls++;
    const [kind = '', id = ''] = handle.split(/:(.*)/s);
    const method = methodsOf(handle)[name];
    if (!method || !this.has(handle, name)) return null;
    if (this.state.modal !== null && (SILENCED.has(kind) || name === 'GetCurrentPage')) return null;
    if (method.studioOnly && !this.state.studio) {
      this.state.modal = `${name} needs DaVinci Resolve Studio`;
      return false;
    }
    if (!method.writes) return method.run(this, id, args);
    return this.#write(`${kind}.${name}`, method, id, args);
  }

  #write(full: string, method: Method, id: string, args: unknown[]): Answer {
    if (this.writeCount >= (this.options.stopAfterWrites ?? Infinity)) return null;
    this.writes[full] = (this.writes[full] ?? 0) + 1;
    const refused = this.options.refuses?.(full, args) ?? false;
    const answer = refused ? false : this.options.lies?.has(full) ? true : method.run(this, id, args);
    if (full === 'MediaPool.DeleteFolders' || full === 'MediaPool.MoveFolders') {
      this.#clips.clear();
      this.#folders.clear();
    }
    this.options.afterWrite?.(this.writeCount, this);
    return answer;
  }

  newId(kind: string): string {
    return `${kind}-${this.state.next++}`;
  }
  folder(id: string): FolderState | null {
    const known = this.#folders.get(id);
    if (known) return known;
    for (const { folder } of folders(this.state.root)) this.#folders.set(folder.id, folder);
    return this.#folders.get(id) ?? null;
  }
  clip(id: string): { clip: ClipState; folder: FolderState } | null {
    if (id.startsWith('timeline-')) return this.#timelineClip(id);
    const known = this.#clips.get(id);
    if (known?.folder.clips.includes(known.clip)) return known;
    this.#clips.delete(id);
    for (const { folder } of folders(this.state.root))
      for (const clip of folder.clips) {
        if (!this.#clips.has(clip.id)) this.#clips.set(clip.id, { clip, folder });
        if (clip.id === id) return { clip, folder };
      }
    return null;
  }
  timeline(id: string): TimelineState | null {
    return this.state.project.timelines.find((each) => each.id === id) ?? null;
  }
  /** A timeline is an item of the Media Pool too. What is written to it there is not kept. */
  #timelineClip(id: string): { clip: ClipState; folder: FolderState } | null {
    const timeline = this.timeline(id);
    const folder = timeline && (this.folder(timeline.bin ?? '') ?? this.state.root);
    return timeline && folder && { clip: asClip(timeline), folder };
  }
  timelineItem(
    id: string,
  ): { item: TimelineItemState; timeline: TimelineState; kind: 'video' | 'audio'; index: number } | null {
    for (const timeline of this.state.project.timelines)
      for (const kind of ['video', 'audio'] as const)
        for (const [at, track] of timeline[kind].entries())
          for (const item of track.items) if (item.id === id) return { item, timeline, kind, index: at + 1 };
    return null;
  }
  /** The number behind one of Resolve's names; null where this version has none. */
  constant(name: string): number | null {
    const number = CONSTANTS[name] ?? null;
    return number !== null && earlier(this.state.resolve, CONSTANT_SINCE[name] ?? '0') ? null : number;
  }
  save(): string {
    return JSON.stringify(this.state);
  }
}

function methodsOf(handle: string): Methods {
  return KINDS[handle.split(':')[0]!] ?? {};
}

/** Whether version `a` came before `b`: dotted numbers. */
export function earlier(a: string, b: string): boolean {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
