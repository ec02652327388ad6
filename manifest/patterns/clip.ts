/** What is known about a clip, as the fields of a pattern, each with who says so: so that a proposed name can say what it rests on. */
import type { Clip } from '../documents/handoff.ts';
import { stem } from '../documents/paths.ts';
import { sameLabel } from '../identity.ts';
import { namedAs, type Naming } from './defaults.ts';
import type { FieldName, FieldValues } from './fields.ts';
import { match } from './match.ts';
import { plainWords, SIZES, TIMES, withoutMarks } from './words.ts';

/** `file`: read from the media's header. `hand`: a person changed it in the manifest. `kind`: follows from what the file is. */
export type Source = 'log' | 'media' | 'name' | 'file' | 'hand' | 'kind';

export interface Known {
  value: string;
  from: Source;
}

export type KnownFields = Map<string, Known>;

const IDENTITY = [
  ['scene', 'scene'],
  ['setup', 'setup'],
  ['take', 'take'],
  ['camera', 'camera'],
  ['reel', 'reel'],
  ['soundroll', 'soundRoll'],
] as const satisfies [FieldName, keyof Clip['identity']][];

const KINDS = { picture: 'CAM', sound: 'AUDIO', graphic: 'GFX', music: 'MUSIC', document: 'DOC' } as const;

/** Its name as a pattern speaks of it: without suffix, without the number of a spanned part, without marks. */
export function bareName(clip: Pick<Clip, 'path' | 'parts'>): string {
  const name = stem(clip.path);
  return withoutMarks((clip.parts ?? []).length > 1 ? name.replace(/_P\d{2,4}$/i, '') : name);
}

/** `naming`: the patterns by which its present name may be read for what only it says. */
export function fieldsOf(clip: Clip, title: string, naming: Naming[]): KnownFields {
  const known: KnownFields = new Map();
  const set = (field: string, value: string | undefined, from: Source) => {
    if (value !== undefined && value.trim() !== '' && !known.has(field)) known.set(field, { value, from });
  };
  for (const [field, meaning] of IDENTITY) {
    const value = clip.identity[meaning];
    if (value) set(field, value, sourceOf(clip, meaning, value));
  }
  if (clip.identity.place) setPlace(clip, set);
  const name = bareName(clip);
  const read = readBy(name, clip, naming);
  const what = namedAs(clip);
  set('kind', what === 'wild' ? 'WT' : KINDS[clip.kind], 'kind');
  if (clip.kind === 'picture') set('role', known.get('camera')?.value, known.get('camera')?.from ?? 'name');
  for (const [field, value] of Object.entries(read)) set(field, value, 'name');
  if (what === 'broll') for (const [field, value] of brollWords(name)) set(field, value, 'name');
  if (what === 'wild') set('n', clip.identity.take ?? trailingNumber(name), 'name');
  if (clip.kind === 'sound') setTrack(clip, set);
  set('version', /(?:^|[_\-. ])v(?:er)?[_\-. ]?(\d{1,4})(?=$|[_\-. ])/i.exec(name)?.[1], 'name');
  set('date', clip.tech.recordedOn?.replace(/-/g, ''), 'file');
  set('title', title, 'hand');
  return known;
}

type Set = (field: string, value: string | undefined, from: Source) => void;

/** The witness that settled it; a value that none of them gave was put there by a person. */
function sourceOf({ witnesses }: Clip, field: keyof Clip['identity'], value: string): Source {
  const { log, media, name } = witnesses ?? {};
  if (sameLabel(log?.[field] as string | undefined, value)) return 'log';
  if (sameLabel(media?.[field] as string | undefined, value)) return 'media';
  return sameLabel(name?.[field] as string | undefined, value) || !witnesses ? 'name' : 'hand';
}

/** `EXT HARBOUR` holds two fields. */
function setPlace(clip: Clip, set: Set): void {
  const [, around, place] = /^(?:(INT|EXT)\s+)?(.*)$/i.exec(clip.identity.place!.trim())!;
  const from = sourceOf(clip, 'place', clip.identity.place!);
  set('int|ext', around, from);
  set('place', place, from);
}

function readBy(name: string, clip: Clip, naming: Naming[]): FieldValues {
  const what = namedAs(clip);
  for (const { pattern, for: speaksOf } of naming) {
    if (!speaksOf.includes(what)) continue;
    const read = match(pattern, name);
    // What the log and the media say stands above; a name that contradicts them is not asked for the rest.
    if (read.ok && agrees(read.fields, clip)) return read.fields;
  }
  return {};
}

/** Whether what a name says is what is known; a field of which nothing is known contradicts nothing. */
export function agrees(fields: FieldValues, clip: Clip): boolean {
  return IDENTITY.every(([field, meaning]) => {
    const [said, known] = [fields[field], clip.identity[meaning]];
    return said === undefined || known === undefined || sameLabel(said, known);
  });
}

/** Time of day, shot size and number, wherever they stand in a B-roll name. */
function brollWords(name: string): [string, string | undefined][] {
  const words = plainWords(name).split(/[^A-Z0-9]+/);
  return [
    ['int|ext', words.find((word) => word === 'INT' || word === 'EXT')],
    ['time', words.find((word) => TIMES.has(word))],
    ['size', words.find((word) => SIZES.has(word))],
    ['n', trailingNumber(name)],
  ];
}

function trailingNumber(name: string): string | undefined {
  return /(?:^|[_\-. (])(\d{1,3})\)?$/.exec(name)?.[1];
}

/** A file of one track is called by it; one that has all of them is the main one. */
function setTrack({ tech }: Clip, set: Set): void {
  const [only, ...more] = tech.tracks ?? [];
  if (only !== undefined && more.length === 0) set('role', only, 'file');
  set('role', 'MAIN', 'kind');
}

export function valuesOf(known: KnownFields): FieldValues {
  return Object.fromEntries([...known].map(([field, { value }]) => [field, value]));
}

const WORDS: Record<Source, string> = {
  log: 'the log',
  media: 'its own metadata',
  name: 'its name',
  file: 'its header',
  hand: 'the manifest',
  kind: 'what it is',
};

/** `scene 7, take 3 from the log; camera A from its name`: what a name made of these fields rests on. */
export function restsOn(fields: string[], known: KnownFields): string {
  const bySource = new Map<Source, string[]>();
  for (const field of fields) {
    const one = known.get(field);
    if (!one || one.from === 'kind') continue;
    bySource.set(one.from, [...(bySource.get(one.from) ?? []), `${field} ${one.value}`]);
  }
  return [...bySource].map(([from, list]) => `${list.join(', ')} from ${WORDS[from]}`).join('; ');
}
