/** One row of a log sheet: its cells by meaning → what it says of a take, a file or a moment. */
import type { Issue } from '../documents/issue.ts';
import type { LogMeaning, LogNote, LogRow } from '../documents/log.ts';
import type { Note } from '../documents/handoff.ts';
import { suffix } from '../documents/paths.ts';
import { comparable } from '../identity.ts';
import { kindOf } from '../kinds.ts';
import { parseRate } from '../time/rate.ts';
import { isMarked, keepPick, pickOf, soundKindOf, statusOf } from './marks.ts';
import { kindOfRole, readNotes } from './notes.ts';
import { readTake, readWildScene, splitSceneTake } from './take.ts';

/** A column: what it means, and the name its cells are carried along by where it means nothing. */
export interface LogPlace {
  meaning: LogMeaning | null;
  heading: string;
}

export interface LogCells {
  row: number;
  /** The same for every row of a sheet. */
  columns: LogPlace[];
  /** By column; a row may have more cells than the sheet has columns, or fewer. */
  texts: string[];
  /** No column holds takes, so that one for scenes or slates may hold both: `72A-3`. */
  combined?: boolean;
}

/** What stands between cells and a row: things that several cells settle together. */
interface Draft {
  entry: LogRow;
  other: [string, string][];
  notes: { cell: string; kind: Note['kind'] }[];
  author?: string;
  place: Pick<LogNote, 'timecode' | 'offsetLabel' | 'offset'>;
  combined: boolean;
}

export function readRow({ row, columns, texts, combined = false }: LogCells): LogRow {
  const entry: LogRow = { row, notes: [] };
  const draft: Draft = { entry, other: [], notes: [], place: {}, combined };
  texts.forEach((text, at) => {
    const value = text.trim();
    if (value === '') return;
    const { meaning, heading } = columns[at] ?? { meaning: null, heading: `column ${at + 1}` };
    if (meaning === null || !readCell(draft, meaning, value)) draft.other.push([heading, text]);
  });
  splitCombined(entry);
  for (const note of draft.notes) entry.notes.push(...draftNotes(draft, note));
  // An attribute of this name would become a prototype.
  const other = draft.other.filter(([heading]) => heading !== '__proto__');
  if (other.length > 0) entry.other = Object.fromEntries(other);
  return entry;
}

/** False for a cell that says nothing under its column: it is carried along as it stands. */
function readCell(draft: Draft, column: LogMeaning, value: string): boolean {
  if (column === 'note' || column.startsWith('note:')) {
    const kind = column === 'note' ? 'note' : (column.slice('note:'.length) as Note['kind']);
    draft.notes.push({ cell: value, kind });
    return true;
  }
  return CELLS[column as keyof typeof CELLS](draft, value) !== false;
}

const LONGEST_TAG = 60;

type CellReader = (draft: Draft, value: string) => void | false;

const CELLS: Record<Exclude<LogMeaning, 'note' | `note:${string}`>, CellReader> = {
  scene: ({ entry, combined }, value) => readScene(entry, unlinked(value), combined),
  setup: ({ entry, combined }, value) => readSetup(entry, unlinked(value), combined),
  take: ({ entry, other }, value) => takeCell(entry, other, unlinked(value)),
  'scene-take': ({ entry }, value) => readScene(entry, unlinked(value), true),
  camera: ({ entry }, value) => void (entry.camera = unlinked(value)),
  reel: ({ entry }, value) => void (entry.reel = unlinked(value)),
  'sound-roll': ({ entry }, value) => void (entry.soundRoll = unlinked(value)),
  file: ({ entry }, value) =>
    void (entry.file = entry.file ? `${entry.file}; ${unlinked(value)}` : unlinked(value)),
  'sound-file': ({ entry }, value) => void (entry.soundFile = unlinked(value)),
  sound: ({ entry }, value) => soundCell(entry, value),
  mos: ({ entry }, value) => {
    if (!isMarked(value)) return;
    entry.soundKind = soundKindOf(value) === 'wild' ? 'wild' : 'mos';
  },
  wild: ({ entry }, value) => void (isMarked(value) && (entry.soundKind = 'wild')),
  circled: ({ entry }, value) => keepPick(entry, pickOf(value, 'circled')),
  good: ({ entry }, value) => keepPick(entry, pickOf(value, 'good')),
  rejected: ({ entry }, value) => keepPick(entry, pickOf(value, 'rejected')),
  status: ({ entry }, value) => {
    const [pick, kind] = [statusOf(value), soundKindOf(value)];
    keepPick(entry, pick);
    if (pick) return undefined;
    if (kind !== 'mos' && kind !== 'wild') return false;
    entry.soundKind = kind;
    return undefined;
  },
  start: ({ entry }, value) => void (entry.startTc = value),
  end: ({ entry }, value) => void (entry.endTc = value),
  duration: ({ entry }, value) => void (entry.duration = value),
  clap: ({ entry }, value) => {
    if (!/^\d{1,9}$|^\d{1,2}[:;.,]\d{2}[:;.,]\d{2}[:;.,]\d{2,3}$/.test(value)) return false;
    entry.clap = value;
    return undefined;
  },
  tags: ({ entry }, value) => {
    const words = value.split(/\s*[,;|#\n\r]\s*/).flatMap((word) => unlinked(word.trim()) || []);
    // Longer ones are sentences.
    if (words.some((word) => word.length > LONGEST_TAG)) return false;
    entry.tags = [...new Set([...(entry.tags ?? []), ...words])];
    return undefined;
  },
  rate: ({ entry }, value) => {
    const rate = parseRate(value);
    if (!rate) return false;
    entry.rate = rate;
    return undefined;
  },
  author: (draft, value) => void (draft.author = value),
  'note-timecode': ({ place }, value) => void (place.timecode = value),
  'note-offset': ({ place }, value) => void (place.offsetLabel = value),
  'note-frame': ({ place }, value) => {
    if (!/^\d{1,9}$/.test(value)) return false;
    place.offset = Number(value);
    return undefined;
  },
};

/** Airtable and Notion write what a cell links to behind its name: `7A (https://…)`. */
function unlinked(value: string): string {
  if (!value.includes('(')) return value;
  return value.length > 2000
    ? value
    : value.replace(/\s*\((?:https?:\/\/|[^()\s]*%20)[^()\s]*\)/g, '').trim() || value;
}

function readScene(entry: LogRow, value: string, combined: boolean): void {
  const split = combined ? splitSceneTake(value) : null;
  if (split) {
    entry.scene = split.scene;
    if (split.setup) entry.setup ??= split.setup;
    takeCell(entry, [], split.take);
    return;
  }
  const wild = readWildScene(value);
  if (wild) entry.soundKind = 'wild';
  if (!wild) entry.scene = value;
  else if (wild.scene) entry.scene = wild.scene;
}

function readSetup(entry: LogRow, value: string, combined: boolean): void {
  if (combined && splitSceneTake(value) && !entry.scene) readScene(entry, value, true);
  else entry.setup = value;
}

function takeCell(entry: LogRow, other: [string, string][], value: string): void {
  const { take, pick, wild, mos, notes, unclear } = readTake(value);
  keepPick(entry, pick);
  if (wild) entry.soundKind = 'wild';
  if (mos) entry.soundKind = 'mos';
  if (take !== undefined) entry.take = take;
  if (unclear) other.push([SEVERAL_MARKED, value]);
  entry.notes.push(...notes);
}

/** Where a row keeps a take cell that marks some of several takes. */
const SEVERAL_MARKED = 'take as written';

/** A take cell that repeats the scene, `72A-3` or `27/7`: no range of takes, because those are bare numbers with a dash. */
function splitCombined(entry: LogRow): void {
  const split = entry.take && /[A-Z/_]/i.test(entry.take) ? splitSceneTake(entry.take) : null;
  if (!split || !/[-/_]/.test(entry.take!)) return;
  const label = split.setup ? `${split.scene}${split.setup}` : split.scene;
  const known = entry.scene ?? entry.setup;
  if (known && ![comparable(split.scene), comparable(label)].includes(comparable(known))) return;
  entry.scene ??= split.scene;
  if (split.setup) entry.setup ??= split.setup;
  entry.take = split.take;
}

/** A Sound column holds a mark in one sheet and the sound file's name in another. */
function soundCell(entry: LogRow, value: string): void | false {
  const kind = soundKindOf(value);
  if (kind) entry.soundKind = kind;
  else if (suffix(value) !== '' && kindOf(value) === 'sound') entry.soundFile = unlinked(value);
  else return false;
  return undefined;
}

function draftNotes({ author, place }: Draft, { cell, kind }: Draft['notes'][number]): LogNote[] {
  // An author who is a department says whose word an unlabelled note is.
  const role = author && kind === 'note' ? kindOfRole(author) : null;
  return readNotes(cell, role ?? kind, author).map((note) =>
    note.timecode === undefined && note.offsetSeconds === undefined ? { ...note, ...place } : note,
  );
}

/** A row that names neither a take nor a file says nothing about any clip. */
export function rowProblem(entry: LogRow, name: string): Issue | null {
  const unclear = entry.other?.[SEVERAL_MARKED];
  const { file, soundFile, take, scene, setup, soundKind, about } = entry;
  const speaks = file || soundFile || take || scene || setup || soundKind === 'wild' || about === 'nothing';
  if (speaks && unclear === undefined) return null;
  const at = `${name} row ${entry.row}`;
  const common = { severity: 'warning' as const, at, clips: [] };
  if (unclear !== undefined) {
    const message = `${at} marks one of several takes (${JSON.stringify(unclear)}), and a row has one mark for all of them; none is marked.`;
    return { ...common, code: 'log-takes-marked', message, fix: 'give each take a row of its own' };
  }
  const message = `${at} names neither scene and take nor a file, so no clip can be found for it.`;
  return { ...common, code: 'log-row-empty', message, fix: 'fill in scene and take, or the file name' };
}
