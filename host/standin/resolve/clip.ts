/** The stand-in's media pool item: properties that are all text but one, metadata it may drop, one marker a frame. */
import type { Answer, Method, Methods } from './handle.ts';
import type { StandinResolve } from './standin.ts';
import { label } from './label.ts';
import {
  CLIP_COLOURS,
  MARKER_COLOURS,
  METADATA_KEYS,
  type ClipState,
  type MarkerState,
  type ResolveState,
} from './state.ts';

type ClipMethod = (clip: ClipState, args: unknown[], standin: StandinResolve) => Answer;

const read = (run: ClipMethod): Method => ({
  run(standin, id, args) {
    const found = standin.clip(id);
    return found ? run(found.clip, args, standin) : null;
  },
});
const write = (run: ClipMethod): Method => ({ ...read(run), writes: true });

export const CLIP_METHODS: Methods = {
  GetName: read((clip) => nameOf(clip)),
  GetUniqueId: read((clip) => clip.id),
  GetMediaId: read((clip) => `media-of-${clip.id}`),
  GetClipProperty: read((clip, [key], standin) => {
    const all = properties(clip, standin);
    return typeof key === 'string' ? (all.get(key) ?? '') : all;
  }),
  GetMetadata: read((clip, [key]) =>
    typeof key === 'string' ? (clip.metadata[key] ?? '') : new Map(Object.entries(clip.metadata)),
  ),
  SetMetadata: write((clip, [key, value], standin) => setMetadata(clip, key, value, standin)),
  GetThirdPartyMetadata: {
    ...read((clip, [key]) =>
      typeof key === 'string' ? (clip.thirdParty[key] ?? '') : new Map(Object.entries(clip.thirdParty)),
    ),
    since: '19.0.2',
  },
  SetThirdPartyMetadata: {
    ...write((clip, [key, value]) => {
      if (typeof key !== 'string' || typeof value !== 'string') return false;
      clip.thirdParty[key] = value;
      return true;
    }),
    since: '19.0.2',
  },
  GetClipColor: read((clip) => clip.colour),
  SetClipColor: write((clip, [colour]) => {
    if (typeof colour !== 'string' || !CLIP_COLOURS.has(colour)) return false;
    clip.colour = colour;
    return true;
  }),
  ClearClipColor: write((clip) => {
    clip.colour = '';
    return true;
  }),
  GetFlagList: read((clip) => [...clip.flags]),
  AddFlag: write((clip, [colour]) => {
    if (typeof colour !== 'string' || !MARKER_COLOURS.has(colour)) return false;
    if (!clip.flags.includes(colour)) clip.flags.push(colour);
    return true;
  }),
  ClearFlags: write((clip, [colour]) => {
    clip.flags = clip.flags.filter((flag) => colour !== 'All' && flag !== colour);
    return true;
  }),
  GetMarkers: read(
    (clip) =>
      new Map(Object.entries(clip.markers).map(([frame, marker]) => [Number(frame), markerAnswer(marker)])),
  ),
  AddMarker: write(addMarker),
  DeleteMarkerAtFrame: write((clip, [frame]) => {
    if (typeof frame !== 'number' || !(frame in clip.markers)) return false;
    delete clip.markers[frame];
    return true;
  }),
  GetAudioMapping: {
    since: '19.0',
    ...read((clip) =>
      JSON.stringify({
        embedded_audio_channels: clip.type === 'Video + Audio' ? 2 : 0,
        linked_audio: clip.synced
          ? { 1: { channels: 2, offset: clip.synced.offset, path: clip.synced.path } }
          : {},
        track_mapping: {},
      }),
    ),
  },
  TranscribeAudio: { ...write(() => true), studioOnly: true },
};

/** A dictionary fails whole for one key it does not take. Reel Name is taken, and dropped where reels are derived. */
function setMetadata(clip: ClipState, key: unknown, value: unknown, { state }: StandinResolve): boolean {
  const pairs: [string, unknown][] =
    typeof key === 'string' ? [[key, value]] : Object.entries((key ?? {}) as Record<string, unknown>);
  const taken = ([name, text]: [string, unknown]) =>
    typeof text === 'string' && (METADATA_KEYS.has(name) || name === 'Reel Name');
  if (pairs.length === 0 || !pairs.every(taken)) return false;
  for (const [name, text] of pairs) {
    if (name === 'Reel Name' && state.project.settings['reelNamesDerived'] === '1') continue;
    clip.metadata[name] = String(text);
  }
  return true;
}

/** Frames count from the clip's first; one marker a frame; an unknown colour or a frame outside the clip is refused. */
function addMarker(clip: ClipState, [frame, color, name, note, duration, customData]: unknown[]): boolean {
  if (typeof frame !== 'number' || !Number.isInteger(frame) || frame < 0 || frame >= clip.frames)
    return false;
  if (frame in clip.markers || typeof color !== 'string' || !MARKER_COLOURS.has(color)) return false;
  if (typeof name !== 'string' || typeof note !== 'string') return false;
  if (typeof duration !== 'number' || duration < 1) return false;
  // Some bindings fail with an empty sixth argument.
  if (customData === '') return false;
  clip.markers[frame] = {
    color,
    name,
    note,
    duration,
    customData: typeof customData === 'string' ? customData : '',
  };
  return true;
}

function markerAnswer(marker: MarkerState): Answer {
  return new Map<string, Answer>(Object.entries(marker));
}

function properties(clip: ClipState, { state }: StandinResolve): Map<string, Answer> {
  const sound = clip.type === 'Audio';
  return new Map<string, Answer>([
    ['File Path', clip.file],
    ['File Name', fileName(clip.file)],
    ['Clip Name', nameOf(clip)],
    ['Type', clip.type],
    ['FPS', clip.fps],
    ['Frames', sound ? '' : String(clip.frames)],
    ['Duration', label(clip.frames, clip.fps)],
    ['Start TC', label(clip.start, clip.fps, clip.drop)],
    ['End TC', label(clip.start + clip.frames, clip.fps, clip.drop)],
    ['Drop frame', clip.drop ? '1' : '0'],
    ['Sample Rate', '48000'],
    ['Online Status', 'Online'],
    ['Synced Audio', clip.synced?.name ?? ''],
    // Of timelines nobody measured it.
    ['Usage', clip.type === 'Timeline' ? '' : String(usage(clip, state))],
    ['Clip Color', clip.colour],
    ['Flags', clip.flags.join(',')],
    ['Keyword', clip.metadata['Keywords'] ?? ''],
    ['Roll/Card', clip.metadata['Roll Card #'] ?? ''],
    ['Scene', clip.metadata['Scene'] ?? ''],
    ['Take', clip.metadata['Take'] ?? ''],
    ['Shot', clip.metadata['Shot'] ?? ''],
    ['Camera #', clip.metadata['Camera #'] ?? ''],
    ['Comments', clip.metadata['Comments'] ?? ''],
    ['Description', clip.metadata['Description'] ?? ''],
    ['Reel Name', clip.metadata['Reel Name'] ?? ''],
    ['Good Take', ''],
  ]);
}

/** How many items of timelines play it. */
function usage({ id }: ClipState, { project }: ResolveState): number {
  const tracks = project.timelines.flatMap(({ video, audio }) => [...video, ...audio]);
  return tracks.flatMap(({ items }) => items).filter(({ clip }) => clip === id).length;
}

function nameOf({ name, file }: ClipState): string {
  return name ?? fileName(file);
}
function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1)!;
}
