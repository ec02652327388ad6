/** What a row of an ALE says of its clip: the names that mean one thing in every ALE, and all else carried along. */
import type { Note } from '../../documents/handoff.ts';
import type { LogNote, LogRow } from '../../documents/log.ts';
import { cellOf, columnAt, type AleTable } from './table.ts';

type Name = 'scene' | 'setup' | 'take' | 'camera' | 'startTc' | 'endTc';

const NAMES: Record<string, Name> = {
  scene: 'scene',
  take: 'take',
  slate: 'setup',
  setup: 'setup',
  camera: 'camera',
  start: 'startTc',
  end: 'endTc',
};
const NOTES: Record<string, Note['kind']> = {
  comments: 'note',
  comment: 'note',
  notes: 'note',
  descript: 'note',
  description: 'note',
  'director notes': 'director',
  'camera notes': 'camera',
  'audio notes': 'sound',
  'vfx notes': 'vfx',
};
const CIRCLED = new Set(['circled', 'circle', 'circled take']);
const GOOD = new Set(['good take', 'good']);
const NO_MARK = /^(?:|-|0|no?|false|none|n\/?a)$/i;

/** Columns of which the first that is filled is taken, and the others are carried along. */
const FILE = ['Source File', 'Source File Name', 'Filename', 'Name'];
const REEL = ['Tape', 'Reel_name', 'Reel Name', 'Reel', 'Camroll', 'Cam Roll'];
const SOUND_ROLL = ['Soundroll', 'Sound Roll', 'Sound Roll #'];

/** `headings` are the columns' names, no two alike; `row` counts from the line of columns, which is 1. */
export function logRow(table: AleTable, headings: string[], row: number, cells: string[]): LogRow {
  const entry: LogRow = { row, notes: [] };
  const other: [string, string][] = [];
  const chosen = chosenColumns(table, cells);
  cells.forEach((cell, at) => {
    const value = cell.trim();
    if (value === '') return;
    const heading = (table.columns[at] ?? '').toLowerCase();
    const taken = chosen.get(at);
    // A heading twice: the first is the clip's, the second is carried along.
    const first = columnAt(table, heading) === at;
    if (taken) entry[taken] = value;
    else if (first && own(NAMES, heading)) entry[NAMES[heading]!] = value;
    else if (first && own(NOTES, heading)) entry.notes.push(...notesOf(value, NOTES[heading]!));
    else if (first && CIRCLED.has(heading)) {
      if (!NO_MARK.test(value)) entry.pick = 'circled';
    } else if (first && GOOD.has(heading)) {
      if (!NO_MARK.test(value)) entry.pick ??= 'good';
    } else other.push([headings[at] ?? `column ${at + 1}`, cell]);
  });
  const carried = other.filter(([heading]) => heading !== '__proto__');
  if (carried.length > 0) entry.other = Object.fromEntries(carried);
  return entry;
}

function own(words: object, word: string): boolean {
  return Object.prototype.hasOwnProperty.call(words, word);
}

/** Which cells of this row are its file, its reel and its sound roll. A tape of sound alone is a sound roll. */
function chosenColumns(table: AleTable, cells: string[]): Map<number, 'file' | 'reel' | 'soundRoll'> {
  const chosen = new Map<number, 'file' | 'reel' | 'soundRoll'>();
  const first = (headings: string[], name: 'file' | 'reel' | 'soundRoll') => {
    for (const heading of headings) {
      const at = columnAt(table, heading);
      if (at < 0 || (cells[at] ?? '').trim() === '') continue;
      chosen.set(at, name);
      return true;
    }
    return false;
  };
  first(FILE, 'file');
  const tracks = cellOf(table, cells, 'Tracks');
  const soundAlone = tracks !== '' && !/v/i.test(tracks);
  const rolled = first(SOUND_ROLL, 'soundRoll');
  if (!soundAlone) first(REEL, 'reel');
  else if (!rolled) first(['Tape', 'Reel'], 'soundRoll');
  return chosen;
}

const TIMECODE = String.raw`\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.]\d{2,3}`;
const PARTS = new RegExp(String.raw`[;|]\s*(?=${TIMECODE})`);
const TIMED = new RegExp(String.raw`^(${TIMECODE})[\s\-–:,]*(.*)$`, 's');

/** One note, or one from each timecode on. */
function notesOf(cell: string, kind: Note['kind']): LogNote[] {
  return cell
    .split(PARTS)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const timed = TIMED.exec(part);
      return timed ? { kind, text: timed[2]!.trim() || 'mark', timecode: timed[1]! } : { kind, text: part };
    });
}
