/** Rows and notes of a sheet that was read again, with what a person changed, added or wrote in the manifest since. */
import { carry } from '../carry.ts';
import { LogEntrySchema, NoteSchema, type LogEntry, type Note } from '../documents/handoff.ts';
import { asRead, changedByHand, withHand, type ByHand } from '../scan/as-read.ts';

const ROW = Object.keys(LogEntrySchema.shape);
const NOTE = Object.keys(NoteSchema.shape);
const SAID = ROW.filter((field) => !['id', 'sheet', 'row', 'notes', 'clips', 'asRead'].includes(field));
const NOTED = NOTE.filter((field) => field !== 'id' && field !== 'asRead');
/** Ids as a scan gives them, from before rows were marked with what was read. */
const FROM_SHEET = /^log-[0-9a-f]{12}$/;

export interface Carried {
  entry: LogEntry;
  /** Whether what the row speaks of was changed by hand: its clips are to be looked for again. */
  other: boolean;
}

const rowAt = ({ sheet, row }: LogEntry) => `${sheet} row ${row}`;

/** A row as it reads now, with what others added to it and a person changed in it. */
export function carriedEntry(
  fresh: LogEntry,
  old: LogEntry | undefined,
  say: (change: ByHand) => void,
): Carried {
  const marked = { ...fresh, asRead: asRead(fresh, SAID), notes: fresh.notes.map(markedNote) };
  if (!old) return { entry: marked, other: false };
  const changed = changedByHand(old, old.asRead, fresh, SAID);
  for (const each of changed) say({ at: rowAt(fresh), clips: [], ...each });
  const notes = carriedNotes(marked, old, say);
  return { entry: carry(old, { ...withHand(marked, changed), notes }, ROW), other: changed.length > 0 };
}

function markedNote(note: Note): Note {
  return { ...note, asRead: asRead(note, NOTED) };
}

function carriedNotes(fresh: LogEntry, old: LogEntry, say: (change: ByHand) => void): Note[] {
  const before = new Map(old.notes.map((note) => [note.id, note]));
  const notes = fresh.notes.map((note) => {
    const known = before.get(note.id);
    if (!known) return note;
    const changed = changedByHand(known, known.asRead, note, NOTED);
    for (const each of changed) say({ at: rowAt(fresh), clips: [], ...each, field: `note ${each.field}` });
    return carry(known, withHand(note, changed), NOTE);
  });
  const here = new Set(notes.map((note) => note.id));
  const others = old.notes.filter(({ id }) => !here.has(id));
  return [...notes, ...others.filter((note) => keptNote(note, fresh, say))];
}

/** A note that the sheet does not have: written by hand it stays, and so does one of the sheet's that was changed by hand. */
function keptNote(note: Note, entry: LogEntry, say: (change: ByHand) => void): boolean {
  if (note.asRead === undefined) return !note.id.startsWith(`${entry.id}.`);
  if (asRead(note, NOTED) === note.asRead) return false;
  say({ at: rowAt(entry), clips: [], field: 'note', hand: note.text, read: undefined, both: false });
  return true;
}

/** Whether a row that the sheet no longer has stays: one written by hand, and one with something in it changed by hand. */
export function keptRow(entry: LogEntry, say: (change: ByHand) => void): boolean {
  if (entry.asRead === undefined) return !FROM_SHEET.test(entry.id);
  const byHand =
    asRead(entry, SAID) !== entry.asRead ||
    entry.notes.some((note) => note.asRead === undefined || asRead(note, NOTED) !== note.asRead);
  if (!byHand) return false;
  const hand = entry.notes[0]?.text ?? `take ${entry.scene ?? '?'}/${entry.take ?? '?'}`;
  say({ at: rowAt(entry), clips: [], field: 'row', hand, read: undefined, both: false });
  return true;
}
