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
  const byStart = new Map<string, { sound: Sound; start: number }[]>();
  for (const sound of sounds) {
    const [file] = sound.files;
    const start = file!.tech.startSamples;
    if (start === undefined) continue;
    // Buckets of one second; an end is looked for in its own and both beside it.
    const key = bucket(file!, Math.floor(start / file!.tech.sampleRate!));
    const list = byStart.get(key);
    if (list) list.push({ sound, start });
    else byStart.set(key, [{ sound, start }]);
  }
  const links = new Map<Sound, Sound>();
  const continued = new Set<Sound>();
  for (const sound of sounds) {
    const [file] = sound.files;
    const end = endOf(file!);
    if (end === null) continue;
    const second = Math.floor(end / file!.tech.sampleRate!);
    const next = [second - 1, second, second + 1]
      .flatMap((each) => byStart.get(bucket(file!, each)) ?? [])
      .filter(
        (each) =>
          each.sound !== sound && Math.abs(each.start - end) <= LATE_SAMPLES && goesOn(sound, each.sound),
      );
    if (next.length !== 1 || continued.has(next[0]!.sound)) continue;
    links.set(sound, next[0]!.sound);
    continued.add(next[0]!.sound);
  }
  return links;
}

/** What all files of a recording share, and the second looked in. */
function bucket({ root, path, tech }: Clip, second: number): string {
  return JSON.stringify([
    root,
    path.slice(0, path.lastIndexOf('/') + 1),
    tech.sampleRate,
    tech.channels,
    tech.recorder ?? '',
    second,
  ]);
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
  const byFolder = new Map<string, Sound[]>();
  for (const sound of sounds) {
    const [file] = sound.files;
    if (endOf(file!) === null) continue;
    const key = bucket(file!, 0);
    const list = byFolder.get(key);
    if (list) list.push(sound);
    else byFolder.set(key, [sound]);
  }
  for (const list of byFolder.values()) {
    list.sort((a, b) => a.files[0]!.tech.startSamples! - b.files[0]!.tech.startSamples!);
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
