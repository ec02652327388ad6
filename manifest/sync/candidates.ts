/** Which sounds could belong to a picture. Files recorded together count as one. */
import type { Clip } from '../documents/handoff.ts';
import { stem } from '../documents/paths.ts';
import { takeKey } from '../identity.ts';
import { chainSounds } from './chain.ts';
import { offset, overlap, soundSpan, type Span } from './span.ts';

/** One sound as recorded: a single file, a family, or a mono set. */
export interface Sound {
  files: Clip[];
  span: Span | null;
  take: string | null;
  recorder: string | null;
}

/** `…_1`, `…_Tr2`, `…_TrL`: how recorders end the names of a mono set. */
const MONO_ENDING = /[._\- ](?:(?:Tr|Ch|A|T)?\d{1,2}|(?:Tr)?(?:[LRMS]|L_R|MIX))$/i;

function setKey(clip: Clip): string {
  const { family, startSamples, durationSamples, channels } = clip.tech;
  if (family) return `family\n${family}`;
  if (channels === 1 && startSamples !== undefined && MONO_ENDING.test(stem(clip.path))) {
    const folder = clip.path.slice(0, clip.path.lastIndexOf('/') + 1);
    const name = stem(clip.path).replace(MONO_ENDING, '');
    return JSON.stringify(['mono', clip.root, folder, name, startSamples, durationSamples]);
  }
  return `clip\n${clip.id}`;
}

/**
 * Groups sound files into sounds. A family whose files start at different times is not one recording but a chain; copies of one file
 * are one recording.
 */
export function groupSounds(clips: Clip[]): Sound[] {
  const sets = new Map<string, Clip[]>();
  const byId = new Map(clips.map((clip) => [clip.id, clip]));
  const original = (clip: Clip) => byId.get(clip.duplicateOf?.clip ?? '') ?? clip;
  // The copy that stands for the others first.
  for (const clip of [...clips].sort((a, b) => Number(!!a.duplicateOf) - Number(!!b.duplicateOf))) {
    const key = `${setKey(original(clip))}\n${clip.tech.startSamples ?? ''}`;
    const files = sets.get(key);
    if (files) files.push(clip);
    else sets.set(key, [clip]);
  }
  return [...sets.values()].map((files) => ({
    files,
    span: files.map(soundSpan).find(Boolean) ?? null,
    take: files.map((clip) => takeKey(clip.identity)).find(Boolean) ?? null,
    recorder: files.map((clip) => clip.tech.recorder).find(Boolean) ?? null,
  }));
}

/** Sounds in the order they begin, so that those around a picture are found without comparing it with every sound. */
class TimeIndex {
  private readonly byStart: { sound: Sound; span: Span }[];
  /** Latest end among the sounds up to each place in byStart: how far back a search must look. */
  private readonly latestEnd: number[] = [];

  constructor(sounds: Sound[]) {
    this.byStart = sounds
      .flatMap((sound) => (sound.span ? [{ sound, span: sound.span }] : []))
      .sort((a, b) => a.span.start - b.span.start);
    let latest = 0;
    for (const { span } of this.byStart)
      this.latestEnd.push((latest = Math.max(latest, span.start + span.length)));
  }

  overlapping(picture: Span): Sound[] {
    const found = [];
    const day = picture.day!;
    // A picture across midnight is also looked for from the day's start, and a sound across it from the day before.
    for (const shift of [-day, 0, day]) {
      const [from, to] = [picture.start + shift, picture.start + picture.length + shift];
      for (let at = this.firstAtOrAfter(to) - 1; at >= 0 && this.latestEnd[at]! > from; at--) {
        const { sound, span } = this.byStart[at]!;
        if (overlap(picture, span, offset(picture, span)) > 0) found.push(sound);
      }
    }
    return found;
  }

  private firstAtOrAfter(time: number): number {
    let [low, high] = [0, this.byStart.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.byStart[middle]!.span.start < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The sounds of a handoff, to be asked for the candidates of each picture. */
export class SoundIndex {
  private readonly byTake = new Map<string, Sound[]>();
  private readonly byFile = new Map<string, Sound>();
  private readonly all: TimeIndex;
  /** Sounds that do not know their take: the only ones besides its own that a picture which knows its take can have. */
  private readonly unlabelled: TimeIndex;

  constructor(apart: Sound[]) {
    const sounds = chainSounds(apart);
    this.all = new TimeIndex(sounds);
    this.unlabelled = new TimeIndex(sounds.filter((sound) => sound.take === null));
    for (const sound of sounds) {
      for (const file of sound.files) this.byFile.set(file.id, sound);
      if (sound.take === null) continue;
      const list = this.byTake.get(sound.take);
      if (list) list.push(sound);
      else this.byTake.set(sound.take, [sound]);
    }
  }

  /** Its own scene and take where both sides know them; otherwise what overlaps in time. */
  candidates(picture: Clip, span: Span | null): Sound[] {
    const paired = (picture.pairedSound ?? []).flatMap((id) => this.byFile.get(id) ?? []);
    // What a person paired is judged like anything else, and nothing else is considered.
    if (paired.length > 0) return [...new Set(paired)];
    const take = takeKey(picture.identity);
    const own = take === null ? [] : (this.byTake.get(take) ?? []);
    const index = take === null ? this.all : this.unlabelled;
    const near = span ? index.overlapping(span) : [];
    const found = [...new Set([...own, ...near])].filter((sound) => sameShootDay(picture, sound));
    // By name, so that a verdict reads the same however the files were found.
    return found.sort((a, b) => byPath(a.files[0]!, b.files[0]!));
  }
}

function byPath(a: Clip, b: Clip): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.id < b.id ? -1 : 1;
}

const DAY = 86_400_000;

/** Only dates embedded in both can tell two days apart; a day of tolerance covers midnight and wrong time zones. */
export function sameShootDay(picture: Clip, sound: Sound): boolean {
  const day = (date: string | undefined) => (date ? Date.parse(`${date}T00:00:00Z`) : NaN);
  const [a, b] = [day(picture.tech.recordedOn), day(sound.files[0]!.tech.recordedOn)];
  return Number.isNaN(a) || Number.isNaN(b) || Math.abs(a - b) <= DAY;
}
