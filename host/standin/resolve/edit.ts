/** Hands on a stand-in Resolve: cuts a timeline from its clips, and does what a person does with the mouse. */
import { asClip, newTimeline, type TimelineItemState, type TimelineState } from './state-timeline.ts';
import { folders, type ClipState, type FolderState, type ResolveState } from './state.ts';

export interface ResolveCut {
  /** Absolute path of a clip in the pool, or the name of a timeline that is nested; null = a title. */
  file: string | null;
  track: `V${number}` | `A${number}`;
  /** Timeline frames from the timeline's first, and how many. */
  at: number;
  duration: number;
  /** First source frame, at the clip's own rate; 0 where absent. */
  in?: number;
  speed?: { num: number; den: number };
  enabled?: false;
  imported?: true;
  offByOne?: true;
  transition?: true;
}

/** Adds a timeline at the project's rate and makes it current. Throws for a file that is not in the pool. */
export function cutTimeline(state: ResolveState, name: string, cuts: ResolveCut[]): TimelineState {
  const id = (kind: string) => `${kind}-${state.next++}`;
  const timeline = newTimeline(id('timeline'), name, state.project.settings);
  for (const cut of cuts) {
    const [kind, index] = [
      cut.track.startsWith('V') ? 'video' : 'audio',
      Number(cut.track.slice(1)),
    ] as const;
    const tracks = timeline[kind];
    while (tracks.length < index)
      tracks.push({
        name: `${kind === 'video' ? 'Video' : 'Audio'} ${tracks.length + 1}`,
        enabled: true,
        items: [],
      });
    const nested = state.project.timelines.find((each) => each.name === cut.file);
    const clip = cut.file === null ? null : nested ? asClip(nested) : findClip(state, cut.file);
    const item: TimelineItemState = {
      id: id('item'),
      name: cut.transition
        ? 'Cross Dissolve'
        : clip
          ? (clip.name ?? clip.file.split(/[/\\]/).at(-1)!)
          : 'Text+',
      type: cut.transition ? 'transition' : clip ? 'clip' : 'generator',
      clip: clip?.id ?? null,
      start: timeline.start + cut.at,
      duration: cut.duration,
      in: cut.in ?? 0,
      speed: cut.speed ?? { num: 1, den: 1 },
      enabled: cut.enabled ?? true,
      linked: [],
      ...(cut.imported ? { imported: true } : {}),
      ...(cut.offByOne ? { offByOne: true } : {}),
    };
    tracks[index - 1]!.items.push(item);
  }
  timeline.bin = state.current;
  link(timeline);
  state.project.timelines.push(timeline);
  state.project.timeline = timeline.id;
  return timeline;
}

/** Picture and sound of one clip at one place are linked. */
function link({ video, audio }: TimelineState): void {
  const items = [...video, ...audio].flatMap((track) => track.items);
  for (const item of items)
    item.linked = items
      .filter(
        (other) =>
          other !== item && other.clip !== null && other.clip === item.clip && other.start === item.start,
      )
      .map((other) => other.id);
}

/** Throws where no clip has this path. */
export function findClip(state: ResolveState, file: string): ClipState {
  for (const { folder } of folders(state.root))
    for (const clip of folder.clips) if (clip.file === file) return clip;
  throw new Error(`${file} is not in the stand-in`);
}

/** Throws where there is no such bin. */
export function findFolder(state: ResolveState, path: string[]): FolderState {
  let at = state.root;
  for (const name of path) {
    const below = at.folders.find((each) => each.name === name);
    if (!below) throw new Error(`the stand-in has no bin ${path.join('/')}`);
    at = below;
  }
  return at;
}

export function moveClip(state: ResolveState, file: string, bin: string[]): void {
  const clip = findClip(state, file);
  const into = findFolder(state, bin);
  for (const { folder } of folders(state.root)) folder.clips = folder.clips.filter((each) => each !== clip);
  into.clips.push(clip);
}
