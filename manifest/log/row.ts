/** One row of a log sheet: marks, combined cells and notes with a place in the clip. */
import type { Issue } from '../documents/issue.ts';
import type { LogNote, LogRow } from '../documents/log.ts';
import type { Note, Pick } from '../documents/handoff.ts';
import type { LogColumn } from './columns.ts';

const NO_MARK = /^(|-|–|—|0|no?|nein|false|falsch|n\/?a|none|keine?)$/i;
const NO_GOOD = /^(ng|n\.g\.|no good|reject(ed)?|do not use|dnu)$/i;
const MOS = /^(mos|m\.o\.s\.|stumm|mute|no sound|ohne ton)$/i;
const WILD = /^(wt|wild|wild ?track|nurton|nur ton|atmo)$/i;
const SYNC = /^(sync|synch?ron|sound|ton|yes|ja|x)$/i;

/** What a mark in a Circled, Print or Kopierer column means. */
function pickOf(cell: string, marked: Pick): Pick | undefined {
  const text = cell.trim();
  if (NO_GOOD.test(text)) return 'rejected';
  if (/^alt(ernate|ernative)?$/i.test(text)) return 'alternate';
  return NO_MARK.test(text) ? undefined : marked;
}

/** Cell texts by column, in the sheet's order; `other` holds the columns Baton has no use for. */
export interface LogCells {
  row: number;
  cells: { column: LogColumn | null; heading: string; text: string }[];
}

export function readRow({ row, cells }: LogCells): LogRow {
  const entry: LogRow = { row, notes: [] };
  const other: [string, string][] = [];
  for (const { column, heading, text } of cells) {
    const value = text.trim();
    if (value === '') continue;
    if (column === null) other.push([heading, text]);
    else if (typeof column === 'object') entry.notes.push(...readNotes(value, column.note));
    else readCell(entry, column, value);
  }
  if (other.length > 0)
    entry.other = Object.fromEntries(other.filter(([heading]) => heading !== '__proto__'));
  return entry;
}

function readCell(entry: LogRow, column: Exclude<LogColumn, object>, value: string): void {
  if (column === 'circled') keepPick(entry, pickOf(value, 'circled'));
  else if (column === 'good') keepPick(entry, pickOf(value, 'good'));
  else if (column === 'sound') readSoundCell(entry, value);
  else if (column === 'take') readTakeCell(entry, value);
  else entry[column] = value;
}

function keepPick(entry: LogRow, pick: Pick | undefined): void {
  // Circled says more than good, and NG more than either, whichever column comes first.
  const weight = (each: Pick | undefined) => ['good', 'alternate', 'circled', 'rejected'].indexOf(each ?? '');
  if (pick && weight(pick) > weight(entry.pick)) entry.pick = pick;
}

function readSoundCell(entry: LogRow, value: string): void {
  if (MOS.test(value)) entry.soundKind = 'mos';
  else if (WILD.test(value)) entry.soundKind = 'wild';
  else if (SYNC.test(value)) entry.soundKind = 'sync';
  else entry.other = { ...entry.other, sound: value };
}

/** `3*` is take 3, circled; `WT 1` is a wild track. */
function readTakeCell(entry: LogRow, value: string): void {
  const starred = /^(.*?)\s*\*+$/.exec(value);
  if (starred) keepPick(entry, 'circled');
  const take = starred ? starred[1]!.trim() : value;
  if (/^wt\b|^wild\b/i.test(take)) entry.soundKind = 'wild';
  else entry.take = take;
}

const TIMECODE = String.raw`\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.]\d{2,3}`;
const LEADING = new RegExp(String.raw`^\(?(?<timecode>${TIMECODE})\)?[\s\-–:,]*(?<text>.*)$`, 's');
const OFFSET =
  /^@?\s*(?:at\s+)?(?:(?<minutes>\d{1,3}):(?<seconds>[0-5]\d)|(?<only>\d{1,5})\s*s(?:ec)?)\b[\s\-–:,]*(?<text>.*)$/is;

/** A cell holds one note, or several: one a line, or one from each timecode on. */
export function readNotes(cell: string, kind: Note['kind']): LogNote[] {
  const parts = cell
    .split(new RegExp(String.raw`\r\n|\r|\n|[;|]\s*(?=\(?${TIMECODE})`))
    .map((part) => part.replace(/[\r\v\f\u2028\u2029]/g, ' ').trim())
    .filter((part) => part !== '');
  return parts.map((part) => readNote(part, kind));
}

function readNote(part: string, kind: Note['kind']): LogNote {
  const timed = LEADING.exec(part)?.groups;
  if (timed) return { kind, text: timed['text']! || 'mark', timecode: timed['timecode']! };
  const offset = /^(@|at\s)/i.test(part) ? OFFSET.exec(part)?.groups : undefined;
  if (!offset) return { kind, text: part };
  const { minutes, seconds, only, text } = offset;
  const total = only === undefined ? Number(minutes) * 60 + Number(seconds) : Number(only);
  return { kind, text: text || 'mark', offsetSeconds: total };
}

/** A row that names neither a take nor a file says nothing about any clip. */
export function rowProblem(entry: LogRow, name: string): Issue | null {
  if (entry.file || entry.take || entry.scene || entry.setup || entry.soundKind === 'wild') return null;
  const code = 'log-row-empty';
  const at = `${name} row ${entry.row}`;
  const message = `${at} names neither scene and take nor a file, so no clip can be found for it.`;
  return {
    code,
    severity: 'warning',
    at,
    clips: [],
    message,
    fix: 'fill in scene and take, or the file name',
  };
}
