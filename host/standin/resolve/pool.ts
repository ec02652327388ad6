/** The stand-in's media pool and folders: bins that double, imports that drop files in silence. */
import { handleOf, idOf, type Answer, type Methods } from './handle.ts';
import type { MediaFacts, StandinResolve } from './standin.ts';
import { newTimeline, type TimelineState } from './state-timeline.ts';
import { folders, type ClipState } from './state.ts';
import { autoSync } from './sync.ts';

export const POOL_METHODS: Methods = {
  GetRootFolder: { run: ({ state }) => handleOf('Folder', state.root.id) },
  GetCurrentFolder: { run: ({ state }) => handleOf('Folder', state.current) },
  SetCurrentFolder: {
    run(standin, _id, [folder]) {
      const id = idOf(folder, 'Folder');
      if (id === null || !standin.folder(id)) return false;
      standin.state.current = id;
      return true;
    },
  },
  AddSubFolder: {
    writes: true,
    run(standin, _id, [parent, name]) {
      const above = standin.folder(idOf(parent, 'Folder') ?? '');
      if (!above || typeof name !== 'string' || name === '') return null;
      const made = { id: standin.newId('folder'), name, clips: [], folders: [] };
      above.folders.push(made);
      standin.state.current = made.id;
      return handleOf('Folder', made.id);
    },
  },
  DeleteFolders: {
    writes: true,
    run(standin, _id, [list]) {
      const ids = new Set(asList(list).map((folder) => idOf(folder, 'Folder')));
      let deleted = 0;
      for (const { folder, parent } of Array.from(folders(standin.state.root))) {
        if (!parent || !ids.has(folder.id)) continue;
        parent.folders = parent.folders.filter((kept) => kept !== folder);
        dropTimelines(standin, ({ bin }) => [...folders(folder)].some((each) => each.folder.id === bin));
        deleted++;
      }
      if (!standin.folder(standin.state.current)) standin.state.current = standin.state.root.id;
      return deleted > 0;
    },
  },
  DeleteClips: {
    writes: true,
    run(standin, _id, [list]) {
      const gone = asList(list).map((item) => standin.clip(idOf(item, 'MediaPoolItem') ?? ''));
      if (gone.length === 0 || gone.includes(null)) return false;
      for (const entry of gone)
        entry!.folder.clips = entry!.folder.clips.filter((clip) => clip !== entry!.clip);
      // Timelines lose what they played of it.
      const ids = new Set(gone.map((entry) => entry!.clip.id));
      for (const { video, audio } of standin.state.project.timelines)
        for (const track of [...video, ...audio])
          track.items = track.items.filter(({ clip }) => clip === null || !ids.has(clip));
      dropTimelines(standin, ({ id }) => ids.has(id));
      return true;
    },
  },
  MoveClips: {
    writes: true,
    run(standin, _id, [list, target]) {
      const into = standin.folder(idOf(target, 'Folder') ?? '');
      const moved = asList(list).map((item) => standin.clip(idOf(item, 'MediaPoolItem') ?? ''));
      if (!into || moved.length === 0 || moved.includes(null)) return false;
      for (const entry of moved) {
        const timeline = standin.timeline(entry!.clip.id);
        if (timeline) timeline.bin = into.id;
        if (timeline) continue;
        entry!.folder.clips = entry!.folder.clips.filter((clip) => clip !== entry!.clip);
        into.clips.push(entry!.clip);
      }
      return true;
    },
  },
  ImportMedia: { writes: true, run: (standin, _id, [list]) => importMedia(standin, asList(list)) },
  CreateEmptyTimeline: {
    writes: true,
    run(standin, _id, [name]) {
      const { project } = standin.state;
      if (typeof name !== 'string' || project.timelines.some((each) => each.name === name)) return null;
      const made = newTimeline(standin.newId('timeline'), name, project.settings);
      made.bin = standin.state.current;
      project.timelines.push(made);
      project.timeline = made.id;
      return handleOf('Timeline', made.id);
    },
  },
  AutoSyncAudio: { since: '19.1', writes: true, run: (standin, _id, args) => autoSync(standin, args) },
  GetSelectedClips: {
    since: '19.0.2',
    run: ({ state }) => (state.selected ?? []).map((id) => handleOf('MediaPoolItem', id)),
  },
  SetSelectedClip: {
    since: '19.0.2',
    run(standin, _id, [item]) {
      const id = idOf(item, 'MediaPoolItem');
      if (id === null || !standin.clip(id)) return false;
      standin.state.selected = [id];
      return true;
    },
  },
};

export const FOLDER_METHODS: Methods = {
  GetName: { run: (standin, id) => standin.folder(id)?.name ?? null },
  GetUniqueId: { run: (standin, id) => (standin.folder(id) ? id : null) },
  // Timelines are among them.
  GetClipList: {
    run(standin, id) {
      const { root, project } = standin.state;
      const here = project.timelines.filter(({ bin }) => (bin ?? root.id) === id);
      const all = [...(standin.folder(id)?.clips ?? []), ...here];
      return standin.folder(id) && all.map((each) => handleOf('MediaPoolItem', each.id));
    },
  },
  GetSubFolderList: {
    run: (standin, id) => standin.folder(id)?.folders.map((folder) => handleOf('Folder', folder.id)) ?? null,
  },
};

function dropTimelines({ state: { project } }: StandinResolve, goes: (timeline: TimelineState) => boolean) {
  project.timelines = project.timelines.filter((timeline) => !goes(timeline));
  if (!project.timelines.some(({ id }) => id === project.timeline)) delete project.timeline;
}

/** Into the current folder whatever is asked; a file it cannot read is left out without a word; one twice is there twice. */
function importMedia(standin: StandinResolve, list: unknown[]): Answer {
  const into = standin.folder(standin.state.current);
  if (!into) return [];
  const made: ClipState[] = [];
  for (const entry of list) {
    const asked = askedFor(entry);
    const facts = asked && standin.options.media(asked.file);
    if (facts) made.push(newClip(standin, asked.shown, { ...facts, ...asked.length }));
  }
  into.clips.push(...made);
  return made.map((clip) => handleOf('MediaPoolItem', clip.id));
}

/** A path; or a printf pattern with its ends, which comes in as one item, listed as `plate.[1001-1006].exr`. */
function askedFor(entry: unknown): { file: string; shown: string; length?: { frames: number } } | null {
  if (typeof entry === 'string') return { file: entry, shown: entry };
  const { FilePath: path, StartIndex: first, EndIndex: last } = (entry ?? {}) as Record<string, unknown>;
  if (typeof path !== 'string') return null;
  if (typeof first !== 'number' || typeof last !== 'number') return { file: path, shown: path };
  const numbered = (frame: number) =>
    path.replace(/%0(\d+)d/, (_, digits: string) => String(frame).padStart(Number(digits), '0'));
  const range = (_: string, digits: string) =>
    `[${[first, last].map((frame) => String(frame).padStart(Number(digits), '0')).join('-')}]`;
  return {
    file: numbered(first),
    shown: path.replace(/%0(\d+)d/, range),
    length: { frames: last - first + 1 },
  };
}

function newClip(standin: StandinResolve, file: string, facts: MediaFacts): ClipState {
  const project = Number.parseFloat(standin.state.project.settings['timelineFrameRate'] ?? '24');
  const timing =
    facts.type === 'Audio'
      ? {
          fps: project,
          frames: Math.round(facts.seconds * project),
          start: Math.round(facts.startSeconds * project),
        }
      : {
          fps: facts.fps,
          frames: facts.frames,
          start: facts.start,
          ...(facts.drop ? { drop: true } : {}),
        };
  return {
    id: standin.newId('clip'),
    file: standin.options.shownPath?.(file) ?? file,
    type: facts.type,
    ...timing,
    colour: '',
    flags: [],
    metadata: {},
    thirdParty: {},
    markers: {},
  };
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
