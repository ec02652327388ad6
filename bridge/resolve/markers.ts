/** Writes the notes of one clip: there is no edit call, so a marker is taken away and made anew, and what it held is kept meanwhile. */
import type {
  AddMarkerStep,
  Marker,
  RemoveMarkerStep,
  UpdateMarkerStep,
} from '../../manifest/documents/plan.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import { markerToken } from '../../manifest/job.ts';
import type { Ask } from './ask.ts';
import { note as noteMemory } from './memory.ts';
import {
  atRate,
  findNote,
  markerArguments,
  markerOf,
  noteOf,
  readMarks,
  spareArguments,
  type Marks,
  type Note,
  type ReadMarks,
} from './notes.ts';
import { clipFrames, clipRate } from './rates.ts';
import { failed, itemOf, left, unverified, verified } from './result.ts';
import type { Entry } from './session.ts';

export type MarkerStep = AddMarkerStep | UpdateMarkerStep | RemoveMarkerStep;

export async function writeMarkers(ask: Ask, entry: Entry, steps: MarkerStep[]): Promise<StepResult[]> {
  const look = async () => readMarks(await ask.dict(entry.handle, 'GetMarkers'));
  const rate = clipRate(entry.properties);
  const length = clipFrames(entry.properties);
  let found = await look();
  if (found.spare !== null) {
    await rewrite(ask, entry, found, found.marks, length);
    found = await look();
  }
  const marks: Marks = new Map(
    [...found.marks].map(([frame, notes]) => [frame, notes === 'theirs' ? notes : [...notes]]),
  );
  const done = steps.map((step) => change(step, marks, { rate, length, entry }));
  const changed = await rewrite(ask, entry, found, marks, length);
  const after = changed ? (await look()).marks : marks;
  if (changed) await noteMemory(ask, entry, placesOf(steps, after));
  return steps.map((step, at) => judge(step, done[at]!, after, { rate, length, entry }));
}

const idOf = (step: MarkerStep) => (step.kind === 'remove-marker' ? step.after.gone : step.after.marker.id);

/** Where the notes stand now, by the names under which the script remembers it. */
function placesOf(steps: MarkerStep[], marks: Marks): Record<string, string | null> {
  return Object.fromEntries(
    steps.map((step) => {
      const found = findNote(marks, idOf(step));
      return [`marker ${markerToken(idOf(step))}`, found && String(found.frame)];
    }),
  );
}

interface Around {
  rate: Rate | null;
  length: number | null;
  entry: Entry;
}
/** What was decided about a step before anything was written. */
type Change = { result: StepResult } | { before: Marker | null; aside: string | null };

function change(step: MarkerStep, marks: Marks, around: Around): Change {
  const { rate, entry } = around;
  const id = idOf(step);
  const old = findNote(marks, id);
  const before = old && markerOf(old.note, old.frame, rate);
  if (step.kind === 'remove-marker') {
    takeOut(marks, id);
    return { before, aside: null };
  }
  const { marker } = step.after;
  if (step.kind === 'update-marker' && !before)
    return { result: left(step, 'the marker is not there any more', itemOf(entry)) };
  if (before && sameNote(before, marker))
    return { before: step.kind === 'add-marker' ? null : before, aside: null };
  if (step.kind === 'add-marker' && before)
    return {
      result: failed(
        step,
        `its marker is there already and reads "${before.comment}"; plan again`,
        itemOf(entry),
      ),
    };
  takeOut(marks, id);
  const asked = atRate(marker.frame, marker.rate, rate);
  const frame = freeFrame(marks, asked, around.length);
  const note = noteOf(marker, rate);
  if (frame !== marker.frame) note.at = { frame: marker.frame, rate: marker.rate, put: frame };
  const here = marks.get(frame);
  if (here && here !== 'theirs') here.push(note);
  else marks.set(frame, [note]);
  const aside = frame === asked ? null : `a marker of your own stands on frame ${asked}; put on ${frame}`;
  return { before, aside };
}

const sameNote = (a: Marker, b: Marker) =>
  a.frame === b.frame && a.name === b.name && a.comment === b.comment;

function takeOut(marks: Marks, id: string): void {
  for (const [frame, notes] of marks) {
    if (notes === 'theirs') continue;
    const others = notes.filter((note) => note.id !== id);
    if (others.length === 0) marks.delete(frame);
    else if (others.length < notes.length) marks.set(frame, others);
  }
}

/** The asked frame, or the nearest after it, else before it, that no person's marker has. */
function freeFrame(marks: Marks, asked: number, length: number | null): number {
  let frame = asked;
  while (marks.get(frame) === 'theirs') frame++;
  if (length === null || frame < length || asked >= length) return frame;
  for (frame = asked; frame > 0 && marks.get(frame) === 'theirs';) frame--;
  return frame;
}

const held = (notes: Note[] | 'theirs' | undefined): Note[] => (notes && notes !== 'theirs' ? notes : []);

/** Brings what stands there to what is wanted; false where nothing was to be done. */
async function rewrite(
  ask: Ask,
  { handle }: Entry,
  { raw, spare }: ReadMarks,
  wanted: Marks,
  length: number | null,
): Promise<boolean> {
  const frames = [...new Set([...raw.keys(), ...wanted.keys()])].sort((a, b) => a - b);
  const dirty = frames.filter(
    (frame) => JSON.stringify(raw.get(frame) ?? []) !== JSON.stringify(wanted.get(frame) ?? []),
  );
  if (dirty.length === 0 && spare === null) return false;
  const rewritten = dirty.map((frame): [number, Note[]] => [frame, held(raw.get(frame))]);
  const staying = new Set([...wanted.values()].flatMap((notes) => held(notes).map(({ id }) => id)));
  const keeping = rewritten.some(([, notes]) => notes.some(({ id }) => staying.has(id)));
  let place = spare;
  if (place === null && keeping) {
    place = unused(frames, length);
    if (place !== null) await ask.any(handle, 'AddMarker', place, ...spareArguments(rewritten));
  }
  for (const [frame, had] of rewritten)
    if (had.length > 0) await ask.any(handle, 'DeleteMarkerAtFrame', frame);
  for (const [frame, had] of rewritten) {
    const notes = held(wanted.get(frame));
    if (notes.length === 0) continue;
    const taken = await ask.yes(handle, 'AddMarker', frame, ...markerArguments(notes));
    if (!taken && had.length > 0) await ask.any(handle, 'AddMarker', frame, ...markerArguments(had));
  }
  if (place !== null) await ask.any(handle, 'DeleteMarkerAtFrame', place);
  return true;
}

/** The last frame on which nothing stands; null where every frame is taken. */
function unused(frames: number[], length: number | null): number | null {
  const taken = new Set(frames);
  for (let frame = (length ?? 1) - 1; frame >= 0; frame--) if (!taken.has(frame)) return frame;
  return null;
}

function judge(step: MarkerStep, decided: Change, after: Marks, { rate, length, entry }: Around): StepResult {
  if ('result' in decided) return decided.result;
  const more = { ...itemOf(entry), ...(decided.before ? { before: { marker: decided.before } } : {}) };
  const id = idOf(step);
  const now = findNote(after, id);
  if (step.kind === 'remove-marker')
    return now ? failed(step, 'Resolve did not take the marker away', more) : verified(step, more);
  const { marker } = step.after;
  if (!now) {
    const frame = atRate(marker.frame, marker.rate, rate);
    const has = length === null ? '' : `; the clip has ${length} frames`;
    return failed(step, `Resolve did not take the marker on frame ${frame}${has}`, more);
  }
  const read = markerOf(now.note, now.frame, rate);
  if (!sameNote(read, marker))
    return unverified(step, `the marker reads back as "${read.comment}" on frame ${read.frame}`, more);
  return verified(step, decided.aside === null ? more : { ...more, reason: decided.aside });
}
