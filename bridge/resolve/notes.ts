/**
 * Baton's notes in a clip's markers. Resolve holds one marker a frame, so notes on one frame share it: customData then carries each of
 * them whole (`baton:ID|name|note|colour|duration`), and is plain `baton:ID` where there is one, as `Baton Apply.lua` writes it. Where
 * a note stands on another frame than it was written for, `at:FRAME@RATE>PUT` follows it.
 */
import type { Marker } from '../../manifest/documents/plan.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import { markerToken, RESOLVE_MARKER_COLOURS, wellFormed } from '../../manifest/job.ts';
import { nearest } from '../../manifest/time/fraction.ts';
import { sameSpeed } from '../../manifest/time/rate.ts';
import { isHandle, type Dict } from './ask.ts';
import type { Answer } from './door.ts';
import { markerColour } from './words.ts';

/** Times in frames at the clip's own rate; `colour` is Resolve's word. */
export interface Note {
  id: string;
  name: string;
  comment: string;
  colour: string;
  duration: number;
  /** Where the handoff wants it, where that is not simply its frame; `put` is the frame at which this holds. */
  at?: { frame: number; rate: Rate; put: number };
}

/** What stands on the frames of a clip: Baton's notes, or a person's own marker. */
export type Marks = Map<number, Note[] | 'theirs'>;

export interface ReadMarks {
  /** As they are meant. */
  marks: Marks;
  /** As they are, where a run was killed half-way; else the same. */
  raw: Marks;
  /** The frame of the marker that keeps what is being rewritten; null = none. */
  spare: number | null;
}

const SPARE = /spare:(\d+)((?: (?:baton|at):\S+)*)/g;
const TOKEN = /baton:([^\s|]+)(\|\S*)?(?: at:(\d+)@(\d+)\/(\d+)(df)?>(\d+))?/g;

export function readMarks(markers: Dict): ReadMarks {
  const raw: Marks = new Map();
  let spare: number | null = null;
  const kept = new Map<number, Note[]>();
  for (const [key, marker] of Object.entries(markers)) {
    const shown =
      typeof marker === 'object' && marker !== null && !Array.isArray(marker) && !isHandle(marker)
        ? marker
        : {};
    const custom = String(shown['customData'] ?? '');
    const frame = Number(key);
    if (custom.startsWith('spare:')) {
      spare = frame;
      for (const [, of, tokens] of custom.matchAll(SPARE)) kept.set(Number(of), notesIn(tokens!, {}));
      continue;
    }
    const notes = notesIn(custom, shown);
    raw.set(frame, notes.length > 0 ? notes : 'theirs');
  }
  return { raw, spare, marks: spare === null ? raw : meant(raw, kept) };
}

/** A spare marker says what stood on the frames that were being rewritten when the run was killed. */
function meant(raw: Marks, kept: Map<number, Note[]>): Marks {
  const ids = new Set([...kept.values()].flat().map(({ id }) => id));
  const marks: Marks = new Map();
  for (const [frame, notes] of raw) {
    if (notes === 'theirs') marks.set(frame, notes);
    else if (!kept.has(frame)) {
      const others = notes.filter(({ id }) => !ids.has(id));
      if (others.length > 0) marks.set(frame, others);
    }
  }
  for (const [frame, notes] of kept)
    if (notes.length > 0 && marks.get(frame) !== 'theirs') marks.set(frame, notes);
  return marks;
}

function notesIn(custom: string, shown: Dict): Note[] {
  const notes: Note[] = [];
  for (const [, token, rest, frame, num, den, drop, put] of custom.matchAll(TOKEN)) {
    const whole = /^\|([^|]*)\|([^|]*)\|([^|]*)\|(\d+)$/.exec(rest ?? '');
    const note: Note = {
      id: decoded(token!),
      name: whole ? decoded(whole[1]!) : String(shown['name'] ?? ''),
      comment: whole ? decoded(whole[2]!) : String(shown['note'] ?? ''),
      colour: whole ? whole[3]! : String(shown['color'] ?? ''),
      duration: Math.max(1, Number(whole ? whole[4] : shown['duration']) || 1),
    };
    if (frame !== undefined)
      note.at = {
        frame: Number(frame),
        rate: { num: Number(num), den: Number(den), drop: drop !== undefined },
        put: Number(put),
      };
    notes.push(note);
  }
  // Of several notes the marker shows all; where a person wrote over that, it is the first that is no longer as it was.
  const [first] = notes;
  if (first && notes.length > 1 && 'note' in shown && shown['note'] !== together(notes))
    first.comment = String(shown['note']);
  return notes;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const together = (notes: Note[]) => notes.map(({ name, comment }) => `${name}: ${comment}`).join('\n');

function tokenOf({ id, name, comment, colour, duration, at }: Note, whole: boolean): string {
  const all = `|${encodeURIComponent(wellFormed(name))}|${encodeURIComponent(wellFormed(comment))}|${colour}|${duration}`;
  const place = at
    ? ` at:${at.frame}@${at.rate.num}/${at.rate.den}${at.rate.drop ? 'df' : ''}>${at.put}`
    : '';
  return `${markerToken(id)}${whole ? all : ''}${place}`;
}

/** AddMarker's arguments after the frame. */
export function markerArguments(notes: Note[]): Answer[] {
  const first = notes[0]!;
  const several = notes.length > 1;
  return [
    first.colour,
    notes.map(({ name }) => name).join(' + '),
    several ? together(notes) : first.comment,
    Math.max(...notes.map(({ duration }) => duration)),
    notes.map((note) => tokenOf(note, several)).join(' '),
  ];
}

/** The marker that keeps what stands on some frames while they are rewritten. */
export function spareArguments(frames: [number, Note[]][]): Answer[] {
  const sections = frames.map(([frame, notes]) =>
    [`spare:${frame}`, ...notes.map((note) => tokenOf(note, true))].join(' '),
  );
  const words = frames.map(([, notes]) => together(notes)).join('\n');
  return ['Sand', 'Kept while Baton rewrites', words, 1, sections.join(' ')];
}

/** A frame of one rate in another, nearest. */
export function atRate(frame: number, from: Rate, to: Rate | null): number {
  if (!to || sameSpeed(from, to)) return frame;
  return nearest(frame, to.num * from.den, to.den * from.num);
}

export function noteOf(marker: Marker, clip: Rate | null): Note {
  return {
    id: marker.id,
    name: marker.name,
    comment: marker.comment,
    colour: RESOLVE_MARKER_COLOURS[marker.colour],
    duration: Math.max(1, atRate(marker.duration, marker.rate, clip)),
  };
}

/** The note in Baton's words, where the handoff wanted it if nobody moved it since. */
export function markerOf(note: Note, frame: number, clip: Rate | null): Marker {
  const rate = clip ?? { num: 24, den: 1, drop: false };
  const { id, name, comment } = note;
  const shared = { id, name, comment, colour: markerColour(note.colour) };
  const { at } = note;
  if (at?.put !== frame) return { ...shared, frame, duration: note.duration, rate };
  return {
    ...shared,
    frame: at.frame,
    duration: Math.max(1, atRate(note.duration, rate, at.rate)),
    rate: at.rate,
  };
}

export function findNote(marks: Marks, id: string): { frame: number; note: Note } | null {
  for (const [frame, notes] of marks) {
    const note = notes === 'theirs' ? undefined : notes.find((each) => each.id === id);
    if (note) return { frame, note };
  }
  return null;
}

/** Every note of Baton's on a clip, in the order of frames. */
export function markersIn(marks: Marks, clip: Rate | null): Marker[] {
  return [...marks]
    .sort(([a], [b]) => a - b)
    .flatMap(([frame, notes]) =>
      notes === 'theirs' ? [] : notes.map((note) => markerOf(note, frame, clip)),
    );
}
