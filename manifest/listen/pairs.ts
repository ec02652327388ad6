/**
 * Which sounds to listen to for which pictures, and in what order: those of its own take first, then those of the same shoot day.
 * Bounded, so that a drive of ten thousand files is never compared with itself, and what is left out is said.
 */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { SyncVerdict, SyncWord } from '../documents/sync.ts';
import { takeKey } from '../identity.ts';
import { groupSounds, sameShootDay, type Sound } from '../sync/candidates.ts';

/** Verdicts that timecode leaves open. */
const OPEN: ReadonlySet<SyncWord> = new Set<SyncWord>([
  'no-timecode',
  'no-sound',
  'no-overlap',
  'rate-mismatch',
  'ambiguous',
  'partial',
]);

/** Hours of sound that one picture is compared with unless asked for more: some two seconds' work. */
const MOST_HOURS = 24;
const MOST_SOUNDS = 200;
/** Pairs in one run, and where everything was asked for. */
const MOST_PAIRS = 20_000;
const MOST_ASKED = 200_000;
/** Every picture gets to hear so many of its day, however many pictures there are. */
const LEAST_SOUNDS = 8;

export interface Wanted {
  picture: Clip;
  /** Sounds that its verdict names or that are of its take: where one fits, the others need not be heard. */
  named: Sound[];
  /** Sounds of the same day, the nearest first: where more than one fits, none is chosen. */
  near: Sound[];
  /** Sounds of the day that are not listened to. */
  left: number;
}

export interface Listening {
  wanted: Wanted[];
  /** Pictures that were meant and cannot be listened to, with a sentence. */
  passed: { picture: Clip; reason: string }[];
}

export interface PairOptions {
  /** Ids of the pictures asked for; those whose verdict is open where absent. */
  only?: ReadonlySet<string>;
  /** Every picture, and every sound of its day. */
  all?: boolean;
}

/** In the manifest's order. */
export function toListen(
  handoff: Handoff,
  verdicts: readonly SyncVerdict[],
  { only, all = false }: PairOptions = {},
): Listening {
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.clipId, verdict]));
  const meant = handoff.clips.filter((clip) => {
    if (clip.kind !== 'picture') return false;
    if (only) return only.has(clip.id);
    const word = verdictOf.get(clip.id)?.verdict;
    return word !== undefined && (all ? word !== 'mos' : OPEN.has(word));
  });
  const sounds = usableSounds(handoff);
  const asked = all || only !== undefined;
  const share = Math.floor((asked ? MOST_ASKED : MOST_PAIRS) / Math.max(1, meant.length));
  const most = Math.max(LEAST_SOUNDS, asked ? share : Math.min(MOST_SOUNDS, share));
  const dayOf = dayOrder(sounds);
  const byTake = takes(sounds);
  const byId = new Map(sounds.flatMap((sound) => sound.files.map((file) => [file.id, sound] as const)));
  const listening: Listening = { wanted: [], passed: [] };
  for (const picture of meant) {
    const reason = whyNot(picture, sounds.length);
    if (reason !== null) {
      listening.passed.push({ picture, reason });
      continue;
    }
    const named = namedSounds(picture, verdictOf.get(picture.id), byTake, byId).slice(0, most);
    const day = dayOf(picture);
    const near = cut(day, new Set(named), most, asked ? Infinity : MOST_HOURS);
    const left = day.length - near.length - named.filter((sound) => day.includes(sound)).length;
    listening.wanted.push({ picture, named, near, left });
  }
  return listening;
}

/** Copies are listened to once, in the one that stands for all; what cannot be read is not listened to. */
const isHeard = (clip: Clip) => clip.duplicateOf === undefined && !NOT_MEDIA.has(clip.problem?.code ?? '');
const NOT_MEDIA = new Set(['empty-file', 'not-media', 'unreadable']);

function usableSounds(handoff: Handoff): Sound[] {
  return groupSounds(
    handoff.clips.filter((clip) => clip.kind === 'sound' && clip.soundKind !== 'wild' && isHeard(clip)),
  );
}

function whyNot(picture: Clip, sounds: number): string | null {
  if (picture.duplicateOf) return 'It is a copy of another clip, which is listened to in its place.';
  if (!isHeard(picture)) return `It cannot be listened to: ${picture.problem!.message}.`;
  if (picture.tech.channels === 0)
    return 'The camera recorded no sound with it, so there is nothing to compare by ear.';
  return sounds === 0 ? 'There is no recorded sound to compare it with.' : null;
}

function takes(sounds: readonly Sound[]): Map<string, Sound[]> {
  const byTake = new Map<string, Sound[]>();
  for (const sound of sounds)
    if (sound.take !== null) byTake.set(sound.take, [...(byTake.get(sound.take) ?? []), sound]);
  return byTake;
}

function namedSounds(
  picture: Clip,
  verdict: SyncVerdict | undefined,
  byTake: ReadonlyMap<string, Sound[]>,
  byId: ReadonlyMap<string, Sound>,
): Sound[] {
  const named = new Set((verdict?.soundIds ?? []).flatMap((id) => byId.get(id) ?? []));
  const take = takeKey(picture.identity);
  for (const sound of byTake.get(take ?? '') ?? []) if (sameShootDay(picture, sound)) named.add(sound);
  return [...named];
}

/** The same date first, then the nearest folder, then the name. One order for all pictures of one folder and day. */
function dayOrder(sounds: readonly Sound[]): (picture: Clip) => Sound[] {
  const orders = new Map<string, Sound[]>();
  return (picture) => {
    const folder = picture.path.slice(0, picture.path.lastIndexOf('/') + 1);
    const key = JSON.stringify([picture.root, folder, picture.tech.recordedOn]);
    let order = orders.get(key);
    if (!order) orders.set(key, (order = nearestFirst(picture, sounds)));
    return order;
  };
}

function nearestFirst(picture: Clip, sounds: readonly Sound[]): Sound[] {
  return sounds
    .filter((sound) => sameShootDay(picture, sound))
    .map((sound) => {
      const [file] = sound.files as [Clip, ...Clip[]];
      const dated = picture.tech.recordedOn !== undefined && file.tech.recordedOn !== undefined;
      return { sound, dated: dated ? 0 : 1, depth: sharedFolders(picture, file), path: file.path };
    })
    .sort((a, b) => a.dated - b.dated || b.depth - a.depth || (a.path < b.path ? -1 : 1))
    .map(({ sound }) => sound);
}

function sharedFolders(a: Clip, b: Clip): number {
  if (a.root !== b.root) return -1;
  const [left, right] = [a.path.split('/').slice(0, -1), b.path.split('/').slice(0, -1)];
  let depth = 0;
  while (depth < left.length && left[depth] === right[depth]) depth++;
  return depth;
}

/** The first of them that one picture gets to hear. */
function cut(sounds: readonly Sound[], named: ReadonlySet<Sound>, most: number, hours: number): Sound[] {
  const kept: Sound[] = [];
  let seconds = 0;
  for (const sound of sounds) {
    if (kept.length >= most) break;
    if (named.has(sound)) continue;
    const { durationSamples, sampleRate } = listenedFile(sound).tech;
    // A length nobody knows is taken for ten minutes.
    seconds += durationSamples !== undefined && sampleRate ? durationSamples / sampleRate : 600;
    if (seconds > hours * 3600 && kept.length > 0) break;
    kept.push(sound);
  }
  return kept;
}

/** Of several files of one recording, the one that hears what the camera hears: a mix, else a boom, else the first of the fullest. */
export function listenedFile({ files }: Sound): Clip {
  const named = (pattern: RegExp) =>
    files.find((file) => file.tech.tracks?.some((name) => pattern.test(name)));
  const fullest = files.reduce((best, file) =>
    (file.tech.channels ?? 0) > (best.tech.channels ?? 0) ? file : best,
  );
  return named(/\bmix/i) ?? named(/boom/i) ?? fullest;
}
