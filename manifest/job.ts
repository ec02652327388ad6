/**
 * A plan as a Lua data file that `resolve-scripts/Baton Apply.lua` reads inside DaVinci Resolve, and the one place where
 * Baton's words become Resolve's. The file holds literals only: the script loads it with an empty environment.
 */
import { aroundNumber } from './cards/group/frames.ts';
import type { Handoff } from './documents/handoff.ts';
import type {
  AnyLabel,
  ClipTarget,
  LabelName,
  Marker,
  MarkerColour,
  Metadata,
  MetadataField,
  Plan,
  Step,
} from './documents/plan.ts';
import { SIGN_WORDS } from './plan/keywords.ts';
import { rateName } from './time/rate.ts';

const JOB_VERSION = 2;
/** How every job file begins, so that one can be told from another file. */
export const JOB_HEAD = '-- A Baton job for DaVinci Resolve';

/** Resolve's clip colours for Baton's labels: a set of its own, other than the marker colours. */
export const RESOLVE_CLIP_COLOURS: Record<LabelName, string> = {
  circled: 'Green',
  alternate: 'Yellow',
  rejected: 'Chocolate',
  unsynced: 'Orange',
  wild: 'Purple',
  broll: 'Teal',
};

/** Resolve's marker colours. It has no orange and no white; Sand and Cream are the nearest. */
export const RESOLVE_MARKER_COLOURS: Record<MarkerColour, string> = {
  green: 'Green',
  red: 'Red',
  purple: 'Purple',
  orange: 'Sand',
  yellow: 'Yellow',
  white: 'Cream',
  blue: 'Blue',
  cyan: 'Cyan',
};

/**
 * The keys SetMetadata takes, which differ from the names GetClipProperty shows. `reel` goes to Roll Card #, because
 * Reel Name answers True and drops the value wherever the project derives reels, and conforming depends on it.
 */
export const RESOLVE_METADATA: Record<Exclude<MetadataField, 'good' | 'keywords' | 'batonId'>, string> = {
  scene: 'Scene',
  shot: 'Shot',
  take: 'Take',
  note: 'Comments',
  description: 'Description',
  reel: 'Roll Card #',
  camera: 'Camera #',
  soundRoll: 'Sound Roll #',
};

/** Good Take can be read and never written, so a good take is a keyword and a flag (and a clip colour, by its label). */
export const RESOLVE_GOOD = { keyword: SIGN_WORDS.good, flag: 'Green', memory: 'flag' };
/** Beside the clip colour, so that a bin can be searched for it. `memory`: its name in what Baton remembers on a clip. */
export const RESOLVE_UNSYNCED = { keyword: SIGN_WORDS.unsynced, flag: 'Red', memory: 'flag-unsynced' };
/** Third-party metadata key of the clip's id (Resolve 19.0.2 and up). */
export const RESOLVE_ID_KEY = 'baton.id';
/** The same, of what Baton last wrote on the clip: later jobs leave alone what a person changed since. */
export const RESOLVE_WROTE_KEY = 'baton.wrote';

/** What a marker's customData says: `baton:<id>`, with every character that could part two of them percent-coded. */
export function markerToken(id: string): string {
  return `baton:${encodeURIComponent(wellFormed(id))}`;
}

export interface JobOptions {
  handoff: Handoff;
  /** The Resolve project the plan was made against: the script then refuses any other. */
  project?: { id: string; name: string };
  /** Pictures whose sound Resolve is to link by timecode, by clip id. */
  sync?: { clip: string; sound: string[] }[];
}

/**
 * The job file's text. Steps stay in plan order; the script groups them. Chunks of `CHUNK` entries are functions of their
 * own, because Lua 5.1 holds 262,144 and LuaJIT 65,536 constants in one function.
 */
export function jobText(plan: Plan, options: JobOptions): string {
  const { handoff, project } = options;
  const clips = clipTable(plan, handoff);
  const pairs = syncRows(options.sync ?? [], clips.index).map(luaValue);
  const head: LuaRecord = {
    kind: 'baton-job',
    version: JOB_VERSION,
    title: handoff.production.title,
    manifest: plan.manifest,
    revision: handoff.revision,
    reverts: plan.reverts,
    rate: handoff.rate && rateName({ ...handoff.rate, drop: false }),
    rateSetting: handoff.rate && rateName(handoff.rate).replace(/df$/, ' DF'),
    projectId: project?.id,
    projectName: project?.name,
    labels: inverse(RESOLVE_CLIP_COLOURS),
    markers: inverse(RESOLVE_MARKER_COLOURS),
    good: RESOLVE_GOOD,
    unsynced: RESOLVE_UNSYNCED,
    idKey: RESOLVE_ID_KEY,
    wroteKey: RESOLVE_WROTE_KEY,
  };
  const lines = Object.entries(head).map(([key, value]) =>
    value === undefined ? '' : `${luaPair(key, value)},\n`,
  );
  const steps = plan.steps.map((step) => luaValue(stepRecord(step, clips.index)));
  return (
    `${JOB_HEAD} (Workspace > Scripts > ${jobScript(plan)}). Made anew by "baton job"; not for editing.\n` +
    `return {\n${lines.join('')}["clips"]={\n${chunks(clips.rows.map(luaValue))}},\n["steps"]={\n${chunks(steps)}},\n` +
    (pairs.length > 0 ? `["sync"]={\n${chunks(pairs)}},\n}\n` : '}\n')
  );
}

/** The script in Resolve's menu that carries it out. */
export function jobScript({ reverts }: Pick<Plan, 'reverts'>): 'Baton Apply' | 'Baton Revert' {
  return reverts ? 'Baton Revert' : 'Baton Apply';
}

const CHUNK = 100;

function chunks(entries: string[]): string {
  const parts: string[] = [];
  for (let at = 0; at < entries.length; at += CHUNK)
    parts.push(`function() return {\n${entries.slice(at, at + CHUNK).join(',\n')},\n} end,\n`);
  return parts.join('');
}

/** Every clip a step speaks of, once; steps point at it by its place in the list (from 1). */
function clipTable(plan: Plan, handoff: Handoff): { rows: LuaRecord[]; index: Map<string, number> } {
  const sounds = new Set(handoff.clips.filter((clip) => isSound(clip.kind)).map((clip) => clip.id));
  const index = new Map<string, number>();
  const rows: LuaRecord[] = [];
  for (const { target } of plan.steps) {
    if (!('clip' in target) || index.has(target.clip)) continue;
    index.set(target.clip, rows.length + 1);
    rows.push(clipRecord(target, sounds.has(target.clip)));
  }
  return { rows, index };
}

/** Pairs of which a step speaks of both sides; anything else is not brought in by this job. */
function syncRows(pairs: { clip: string; sound: string[] }[], index: Map<string, number>): LuaRecord[] {
  return pairs.flatMap(({ clip, sound }) => {
    const [picture, others] = [index.get(clip), sound.flatMap((id) => index.get(id) ?? [])];
    return picture === undefined || others.length === 0 ? [] : [{ clip: picture, sound: others }];
  });
}

const isSound = (kind: string) => kind === 'sound' || kind === 'music';

function clipRecord(target: ClipTarget, sound: boolean): LuaRecord {
  // Lua knows no Unicode: the other normal form of the path is written out, for disks that keep names decomposed.
  const shown = target.frames ? [target.file, sequencePath(target.file, target.frames)] : [target.file];
  const alike = shown
    .flatMap((file) => [file, file.normalize('NFC'), file.normalize('NFD')])
    .filter((file, at, all) => file !== target.file && all.indexOf(file) === at);
  const sequence = target.frames && sequenceRecord(target.file, target.frames);
  // An import that was interrupted has no item yet.
  const item = target.item || undefined;
  return { id: target.clip, path: target.path, file: target.file, alike, item, sound, sequence };
}

type Frames = NonNullable<ClipTarget['frames']>;

/** How Resolve calls an image sequence in its lists: `plate.[1001-1100].exr`. */
export function sequencePath(file: string, frames: Frames): string {
  const { before, after } = aroundNumber(file, frames);
  const padded = (frame: number) => String(frame).padStart(frames.digits, '0');
  return `${before}[${padded(frames.first)}-${padded(frames.last)}]${after}`;
}

/** How Resolve wants to be asked for one: a printf pattern and its ends. */
function sequenceRecord(file: string, frames: Frames): LuaRecord {
  const { before, after } = aroundNumber(file, frames);
  return { pattern: `${before}%0${frames.digits}d${after}`, first: frames.first, last: frames.last };
}

/** `as` is the step in Baton's own words, as JSON, which the script copies into the receipt unread. */
function stepRecord(step: Step, index: Map<string, number>): LuaRecord {
  const { id, kind, target, after } = step;
  const clip = 'clip' in target ? index.get(target.clip) : undefined;
  return { id, kind, clip, as: JSON.stringify({ kind, target, after }), ...resolveWords(step) };
}

function resolveWords(step: Step): LuaRecord {
  switch (step.kind) {
    case 'make-bin':
    case 'import':
      return { bin: step.after.bin };
    case 'move':
      return { bin: step.after.bin, from: step.before.bin };
    case 'set-label':
      return { colour: resolveColour(step.after.label), was: step.before?.label };
    case 'set-metadata':
      return { fields: metadataFields(step.after.metadata, step.before?.metadata) };
    case 'add-marker':
      return markerRecord(step.after.marker);
    case 'update-marker':
      return {
        ...markerRecord(step.after.marker),
        was: { name: step.before.marker.name, note: step.before.marker.comment },
      };
    case 'remove-marker':
      return markerRecord(step.before.marker);
    case 'remove-item':
      return { from: step.before.bin };
    case 'remove-bin':
      return { bin: step.target.bin };
  }
}

/** Baton's names have a colour each; anything else is Resolve's own word, and '' clears. */
function resolveColour(label: AnyLabel): string {
  const colours: Record<string, string> = RESOLVE_CLIP_COLOURS;
  return label === null ? '' : Object.prototype.hasOwnProperty.call(colours, label) ? colours[label]! : label;
}

/** In one fixed order, so that the same step gives the same text. */
function metadataFields(after: Metadata, before: Metadata | undefined): LuaRecord[] {
  const fields: LuaRecord[] = [];
  for (const [field, key] of Object.entries(RESOLVE_METADATA) as [keyof typeof RESOLVE_METADATA, string][])
    if (after[field] !== undefined) fields.push({ field, key, value: after[field], was: before?.[field] });
  if (after.good !== undefined) fields.push({ field: 'good', value: after.good, was: before?.good });
  if (after.keywords !== undefined)
    fields.push({ field: 'keywords', key: 'Keywords', value: after.keywords, was: before?.keywords });
  if (after.batonId !== undefined) fields.push({ field: 'batonId', value: after.batonId });
  return fields;
}

function markerRecord(marker: Marker): LuaRecord {
  return {
    token: markerToken(marker.id),
    markerId: marker.id,
    frame: marker.frame,
    duration: marker.duration,
    num: marker.rate.num,
    den: marker.rate.den,
    name: marker.name,
    note: marker.comment,
    colour: RESOLVE_MARKER_COLOURS[marker.colour],
  };
}

function inverse<Word extends string>(words: Record<Word, string>): LuaRecord {
  return Object.fromEntries(Object.entries<string>(words).map(([ours, theirs]) => [theirs, ours]));
}

export type LuaValue = string | number | boolean | LuaValue[] | LuaRecord;
/** An absent value leaves its key out. */
export interface LuaRecord {
  [key: string]: LuaValue | undefined;
}

/** A Lua literal. Numbers must be whole and exact in a double: anything else is our own mistake, and thrown. */
export function luaValue(value: LuaValue): string {
  if (typeof value === 'string') return luaString(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`a job holds whole numbers only, not ${value}`);
    return String(value);
  }
  if (Array.isArray(value)) return `{${value.map(luaValue).join(',')}}`;
  const pairs = Object.entries(value).flatMap(([key, held]) =>
    held === undefined ? [] : [luaPair(key, held)],
  );
  return `{${pairs.join(',')}}`;
}

// Keys are always quoted: a bare one could be one of Lua's own words.
function luaPair(key: string, value: LuaValue): string {
  return `[${luaString(key)}]=${luaValue(value)}`;
}

/**
 * A quoted Lua string that reads back as the text's UTF-8 bytes. Control characters are three-digit escapes, because Lua
 * turns a raw CR LF into one newline and a shorter escape would swallow a digit that follows it.
 */
export function luaString(text: string): string {
  const escaped = wellFormed(text).replace(/["\\\p{Cc}]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    const code = character.charCodeAt(0);
    // U+0080 and up are two bytes, which Lua takes as they are.
    return code > 0x7f ? character : `\\${String(code).padStart(3, '0')}`;
  });
  return `"${escaped}"`;
}

/** Half a surrogate pair has no UTF-8 and cannot be percent-coded; a file would hold U+FFFD for it anyway. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
