/** Which sounds could belong to a picture. Files recorded together count as one. */
import type { Clip } from '../documents/handoff.ts';
import { stem } from '../documents/paths.ts';
import { takeKey } from '../identity.ts';
import { TimeIndex } from './by-time.ts';
import { chainSounds } from './chain.ts';
import { soundSpan, type Span } from './span.ts';

/** One sound as recorded: a single file, a family, or a mono set. */
export interface Sound {
  files: Clip[];
  span: Span | null;
  take: string | null;
  recorder: string | null;
}

/** `…_1`, `…_Tr2`, `…_TrL`: how recorders end the names of a mono set. */
const MONO_ENDING = /[._\- ](?:(?:Tr|Ch|A|T)?\d{1,2}|(?:Tr)?(?:[LRMS]|L_R|MIX))$/i;

/** Neither a folder nor a name can hold it. */
const BREAK = '\0';

function setKey(clip: Clip): string {
  const { family, startSamples, durationSamples, channels } = clip.tech;
  if (family) return `family${BREAK}${family}`;
  if (channels === 1 && startSamples !== undefined) {
    const name = stem(clip.path);
    const ending = MONO_ENDING.exec(name);
    if (ending) {
      const set = clip.path.slice(0, clip.path.lastIndexOf('/') + 1) + name.slice(0, ending.index);
      return `mono${BREAK}${clip.root}${BREAK}${set}${BREAK}${durationSamples}`;
    }
  }
  return `clip${BREAK}${clip.id}`;
}

/**
 * Groups sound files into sounds. A family whose files start at different times is not one recording but a chain; copies of one file
 * are one recording.
 */
export function groupSounds(clips: Clip[]): Sound[] {
  const sets = new Map<string, Clip[]>();
  const copies = clips.filter((clip) => clip.duplicateOf);
  const byId = new Map(copies.length > 0 ? clips.map((clip) => [clip.id, clip]) : []);
  const add = (clip: Clip, original: Clip) => {
    const key = `${setKey(original)}${BREAK}${clip.tech.startSamples ?? ''}`;
    const files = sets.get(key);
    if (files) files.push(clip);
    else sets.set(key, [clip]);
  };
  // The copy that stands for the others first.
  for (const clip of clips) if (!clip.duplicateOf) add(clip, clip);
  for (const clip of copies) add(clip, byId.get(clip.duplicateOf!.clip) ?? clip);
  return Array.from(sets.values(), soundOf);
}

function soundOf(files: Clip[]): Sound {
  const sound: Sound = { files, span: null, take: null, recorder: null };
  for (const clip of files) {
    sound.span ??= soundSpan(clip);
    sound.take ??= takeKey(clip.identity);
    sound.recorder ??= clip.tech.recorder || null;
    // Copies are many and say the same.
    if (sound.span && sound.take !== null && sound.recorder !== null) break;
  }
  return sound;
}

/** Above this, going through all sounds in their order is quicker than sorting those found. */
const FEW = 64;

/** The sounds of a handoff, to be asked for the candidates of each picture. */
export class SoundIndex {
  readonly sounds: readonly Sound[];
  private readonly byTake = new Map<string, Sound[]>();
  private byFile: Map<string, Sound> | null = null;
  private byPath: Sound[] | null = null;
  private readonly all: TimeIndex;
  /** Sounds that do not know their take: the only ones besides its own that a picture which knows its take can have. */
  private readonly unlabelled: TimeIndex;

  constructor(apart: Sound[]) {
    this.sounds = chainSounds(apart);
    this.all = new TimeIndex(this.sounds);
    this.unlabelled = new TimeIndex(this.sounds.filter((sound) => sound.take === null));
    for (const sound of this.sounds) {
      if (sound.take === null) continue;
      const list = this.byTake.get(sound.take);
      if (list) list.push(sound);
      else this.byTake.set(sound.take, [sound]);
    }
    for (const list of this.byTake.values()) list.sort(comparePaths);
  }

  /** Its own scene and take where both sides know them; otherwise what overlaps in time. By name, so that a verdict reads the same however the files were found. */
  candidates(picture: Clip, span: Span | null): readonly Sound[] {
    const paired = this.paired(picture);
    // What a person paired is judged like anything else, and nothing else is considered.
    if (paired.length > 0) return paired;
    const take = takeKey(picture.identity);
    const own = take === null ? [] : (this.byTake.get(take) ?? []);
    const near = span ? (take === null ? this.all : this.unlabelled).overlapping(span) : [];
    const found = near.length > 0 ? this.inOrder(near, own) : own;
    return picture.tech.recordedOn ? found.filter((sound) => sameShootDay(picture, sound)) : found;
  }

  private paired(picture: Clip): Sound[] {
    if (!picture.pairedSound?.length) return [];
    this.byFile ??= new Map(this.sounds.flatMap((sound) => sound.files.map(({ id }) => [id, sound])));
    const { byFile } = this;
    return [...new Set(picture.pairedSound.flatMap((id) => byFile.get(id) ?? []))];
  }

  /** `own` know their take and `near` do not, or there are none: no sound is in both. */
  private inOrder(near: Sound[], own: readonly Sound[]): Sound[] {
    const found = own.length > 0 ? [...near, ...own] : near;
    if (found.length <= FEW || found.length * FEW < this.sounds.length) return found.sort(comparePaths);
    this.byPath ??= [...this.sounds].sort(comparePaths);
    const among = new Set(found);
    return this.byPath.filter((sound) => among.has(sound));
  }
}

function comparePaths(one: Sound, other: Sound): number {
  const [a, b] = [one.files[0]!, other.files[0]!];
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.id < b.id ? -1 : 1;
}

const DAY = 86_400_000;

/** Only dates embedded in both can tell two days apart; a day of tolerance covers midnight and wrong time zones. */
export function sameShootDay(picture: Clip, sound: Pick<Sound, 'files'>): boolean {
  const [one, other] = [picture.tech.recordedOn, sound.files[0]!.tech.recordedOn];
  if (!one || !other || one === other) return true;
  const [a, b] = [Date.parse(`${one}T00:00:00Z`), Date.parse(`${other}T00:00:00Z`)];
  return Number.isNaN(a) || Number.isNaN(b) || Math.abs(a - b) <= DAY;
}
