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
  const byId = new Map(sounds.flatMap((sound) => sound.files.map((file) => [file.id, sound] as const)));
  const listening: Listening = { wanted: [], passed: [] };
  for (const picture of meant) {
    const reason = whyNot(picture, sounds.length);
    if (reason !== null) {
      listening.passed.push({ picture, reason });
      continue;
    }
    const named = namedSounds(picture, verdictOf.get(picture.id), sounds, byId).slice(0, most);
    const near = nearSounds(picture, sounds, new Set(named));
    const kept = near.slice(0, Math.min(most, asked ? Infinity : withinHours(near)));
    listening.wanted.push({ picture, named, near: kept, left: near.length - kept.length });
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

function namedSounds(
  picture: Clip,
  verdict: SyncVerdict | undefined,
  sounds: readonly Sound[],
  byId: ReadonlyMap<string, Sound>,
): Sound[] {
  const named = new Set((verdict?.soundIds ?? []).flatMap((id) => byId.get(id) ?? []));
  const take = takeKey(picture.identity);
  if (take !== null)
    for (const sound of sounds) if (sound.take === take && sameShootDay(picture, sound)) named.add(sound);
  return [...named];
}

/** The same date first, then the nearest folder, then the name. */
function nearSounds(picture: Clip, sounds: readonly Sound[], named: ReadonlySet<Sound>): Sound[] {
  return sounds
    .filter((sound) => !named.has(sound) && sameShootDay(picture, sound))
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

function withinHours(sounds: readonly Sound[]): number {
  let seconds = 0;
  for (const [nth, sound] of sounds.entries()) {
    const { durationSamples, sampleRate } = listenedFile(sound).tech;
    // A length nobody knows is taken for ten minutes.
    seconds += durationSamples !== undefined && sampleRate ? durationSamples / sampleRate : 600;
    if (seconds > MOST_HOURS * 3600 && nth > 0) return nth;
  }
  return sounds.length;
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
