/**
 * Sounds that a recorder cut because a file grew too large: each begins on the very sample on which the one before ends. Such a chain is
 * one sound. Where files of one recording leave a hole they stay apart, and the hole is told.
 */
import type { Clip } from '../documents/handoff.ts';
import { stem } from '../documents/paths.ts';
import type { Sound } from './candidates.ts';

/** Stamps of a pulled-up recording are rounded; otherwise the next file begins on the sample. */
const LATE_SAMPLES = 4;

/** Joins what goes on without a hole. The order of sounds is that of their first files. */
export function chainSounds(sounds: Sound[]): Sound[] {
  const links = linksOf(sounds);
  if (links.size === 0) return sounds;
  const continued = new Set(links.values());
  return sounds.filter((sound) => !continued.has(sound)).map((first) => joined(first, links));
}

function joined(first: Sound, links: ReadonlyMap<Sound, Sound>): Sound {
  const pieces = [first];
  for (let next = links.get(first); next; next = links.get(next)) pieces.push(next);
  if (pieces.length === 1) return first;
  return {
    ...first,
    files: pieces.flatMap(({ files }) => files),
    span: { ...first.span!, length: pieces.reduce((sum, { span }) => sum + span!.length, 0) },
    take: pieces.map(({ take }) => take).find((take) => take !== null) ?? null,
  };
}

/** Each sound → the one that goes on where it ends. Two that could go on, or a ring around the day, are left alone. */
function linksOf(sounds: Sound[]): Map<Sound, Sound> {
  const links = new Map<Sound, Sound>();
  const continued = new Set<Sound>();
  const recordings = byRecording(sounds);
  for (const sound of sounds) {
    const [file] = sound.files;
    const end = endOf(file!);
    if (end === null) continue;
    const beside = recordings.get(recordingKey(file!))!;
    const next: Sound[] = [];
    for (let at = firstFrom(beside, end - LATE_SAMPLES); at < beside.length; at++) {
      const other = beside[at]!;
      if (startOf(other) > end + LATE_SAMPLES) break;
      if (other !== sound && goesOn(sound, other)) next.push(other);
      if (next.length > 1) break;
    }
    if (next.length !== 1 || continued.has(next[0]!)) continue;
    links.set(sound, next[0]!);
    continued.add(next[0]!);
  }
  return links;
}

const startOf = (sound: Sound) => sound.files[0]!.tech.startSamples!;

/** Sounds with a time, of one folder, recorder and kind of file, in the order they begin. */
function byRecording(sounds: Sound[]): Map<string, Sound[]> {
  const found = new Map<string, Sound[]>();
  for (const sound of sounds) {
    if (sound.files[0]!.tech.startSamples === undefined) continue;
    const key = recordingKey(sound.files[0]!);
    const list = found.get(key);
    if (list) list.push(sound);
    else found.set(key, [sound]);
  }
  for (const list of found.values()) list.sort((a, b) => startOf(a) - startOf(b));
  return found;
}

function firstFrom(sounds: Sound[], start: number): number {
  let [low, high] = [0, sounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(sounds[middle]!) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What all files of a recording share. */
function recordingKey({ root, path, tech }: Clip): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return `${root}\0${folder}\0${tech.sampleRate}\0${tech.channels}\0${tech.recorder ?? ''}`;
}

function endOf({ tech }: Clip): number | null {
  const { startSamples, durationSamples, sampleRate } = tech;
  if (startSamples === undefined || !durationSamples || sampleRate === undefined) return null;
  return startSamples + durationSamples;
}

/** The names or the family say that it is one recording, and nothing says that it is another take. */
function goesOn(before: Sound, after: Sound): boolean {
  if (before.take !== null && after.take !== null && before.take !== after.take) return false;
  if (before.files.length !== after.files.length) return false;
  const [a, b] = [before.files[0]!, after.files[0]!];
  if (a.tech.family !== undefined && a.tech.family === b.tech.family) return true;
  return nextName(stem(a.path), stem(b.path));
}

/** `T01`, `T01_2`; `ZOOM0001-0001`, `-0002`; `…_001`, `…_002`; `…A`, `…B`; with the same track at the end of both. */
function nextName(a: string, b: string): boolean {
  const [one, other] = [numbered(a), numbered(b)];
  if (one.track !== other.track) return false;
  if (one.base === other.base && one.number !== null && other.number === one.number + 1) return true;
  // The first file has no number yet.
  return one.whole === other.base && other.number !== null && other.number <= 2;
}

function numbered(name: string): { base: string; number: number | null; whole: string; track: string } {
  const track = /[_\- ]?Tr\d{1,2}(?:_\d{1,2})?$/i.exec(name)?.[0] ?? '';
  const whole = name.slice(0, name.length - track.length);
  const match = /^(?<base>.*?)[._\- ]?(?<number>\d{1,4}|(?<=\d)[A-Z])$/.exec(whole)?.groups;
  if (!match) return { base: whole, number: null, whole, track };
  const word = match['number']!;
  const number = /^\d/.test(word) ? Number(word) : word.charCodeAt(0) - 64;
  return { base: match['base']!, number, whole, track };
}

/** Files of one recording with time between them that nobody recorded. */
export interface SoundGap {
  before: Clip;
  after: Clip;
  /** From the end of one to the start of the next. */
  samples: number;
}

/** A recorder that changes files at the limit of its drive is a few seconds late at most. */
const LATE_SECONDS = 10;
/** Bytes at which recorders change files: 2 and 4 GB, and what they keep below. */
const LIMITS = [2 ** 30, 2e9, 2 ** 31, 3.6e9, 4e9, 2 ** 32];

/**
 * Where files say that they are one recording (one FAMILY_UID, or a name that counts on from a file as large as its drive allows), and
 * do not meet.
 */
export function soundGaps(sounds: Sound[]): SoundGap[] {
  const gaps: SoundGap[] = [];
  const whole = sounds.filter(({ files }) => endOf(files[0]!) !== null);
  for (const list of byRecording(whole).values()) {
    for (let at = 1; at < list.length; at++) {
      const [before, after] = [list[at - 1]!.files[0]!, list[at]!.files[0]!];
      const samples = after.tech.startSamples! - endOf(before)!;
      if (samples > LATE_SAMPLES && isGap(list[at - 1]!, list[at]!, samples))
        gaps.push({ before, after, samples });
    }
  }
  return gaps;
}

function isGap(one: Sound, other: Sound, samples: number): boolean {
  if (!goesOn(one, other)) return false;
  const [before, after] = [one.files[0]!, other.files[0]!];
  if (before.tech.family !== undefined && before.tech.family === after.tech.family) return true;
  const full = LIMITS.some((limit) => before.size <= limit && before.size >= limit * 0.97);
  return full && samples <= LATE_SECONDS * before.tech.sampleRate!;
}
