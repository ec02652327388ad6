/** What the handoff wants an editor to hold for each clip: label, metadata and markers. */
import type { Clip, Handoff, LogEntry, Note } from '../documents/handoff.ts';
import type { LabelName, Marker, MarkerColour, Metadata } from '../documents/plan.ts';
import { isUnsynced, type SyncVerdict } from '../documents/sync.ts';
import { samplesToFrames } from '../time/samples.ts';
import { timecodeToFrame } from '../time/timecode.ts';
import { framesPerDay, type Rate } from '../time/rate.ts';

/** One label a clip: what a person must see first stands first. */
export function wantedLabel(clip: Clip, verdict: SyncVerdict | undefined): LabelName | null {
  if (clip.pick === 'rejected') return 'rejected';
  if (verdict && clip.kind === 'picture' && !clip.broll && isUnsynced(verdict.verdict)) return 'unsynced';
  if (clip.kind === 'sound' && verdict?.verdict === 'orphan') return 'unsynced';
  if (clip.pick === 'circled') return 'circled';
  if (clip.pick === 'alternate') return 'alternate';
  if (clip.broll) return 'broll';
  return clip.soundKind === 'wild' && clip.kind === 'sound' ? 'wild' : null;
}

/** Only fields the handoff knows; an editor's other fields are left alone. */
export function wantedMetadata(clip: Clip, entries: LogEntry[], verdict: SyncVerdict | undefined): Metadata {
  const { scene, setup, take, camera, reel, soundRoll } = clip.identity;
  const notes = entries.flatMap((entry) => entry.notes.map((note) => note.text));
  const unsynced =
    verdict && isUnsynced(verdict.verdict) && !clip.broll
      ? `Sync: ${verdict.verdict}. ${verdict.reason}`
      : '';
  const metadata: Metadata = { batonId: clip.id };
  if (scene) metadata.scene = scene;
  if (setup) metadata.shot = setup;
  if (take) metadata.take = take;
  if (camera) metadata.camera = camera;
  if (reel) metadata.reel = reel;
  if (soundRoll) metadata.soundRoll = soundRoll;
  if (notes.length > 0) metadata.note = notes.join(' | ');
  if (unsynced) metadata.description = unsynced;
  if (clip.pick === 'circled' || clip.pick === 'good') metadata.good = 'true';
  if (clip.pick === 'rejected') metadata.good = 'false';
  return metadata;
}

const COLOURS: Record<Note['kind'], MarkerColour> = {
  note: 'blue',
  director: 'purple',
  camera: 'cyan',
  sound: 'orange',
  script: 'yellow',
  vfx: 'red',
  marker: 'white',
};

export const NOTE_NAMES: Record<Note['kind'], string> = {
  note: 'Note',
  director: 'Director',
  camera: 'Camera',
  sound: 'Sound',
  script: 'Script',
  vfx: 'VFX',
  marker: 'Marker',
};

export type NotePlace =
  | { ok: true; frame: number; rate: Rate }
  | { ok: false; code: 'note-timecode' | 'note-outside-clip'; message: string };

/** Rate at which a clip's markers count; null where a clip has none and none can be assumed. */
function markerRate(clip: Clip, project: Rate | undefined): Rate | null {
  return clip.tech.rate ?? project ?? null;
}

/** Where in the clip a note stands, in frames from its first frame. A note with no place stands at the start. */
export function placeNote(clip: Clip, note: Note, project: Rate | undefined): NotePlace {
  const rate = markerRate(clip, project) ?? { num: 25, den: 1, drop: false };
  const length = lengthInFrames(clip, rate);
  const placed = note.timecode === undefined ? (note.offset ?? 0) : fromTimecode(clip, note.timecode, rate);
  if (typeof placed !== 'number') return placed;
  if (placed >= 0 && (length === null || placed < length)) return { ok: true, frame: placed, rate };
  const where = note.timecode ?? `${note.offset} frames in`;
  return { ok: false, code: 'note-outside-clip', message: `the note at ${where} lies outside the clip` };
}

function fromTimecode(clip: Clip, timecode: string, rate: Rate): number | NotePlace {
  const note = timecodeToFrame(timecode, rate);
  if (!note.ok) return { ok: false, code: 'note-timecode', message: note.message };
  if (clip.tech.startTc === undefined)
    return {
      ok: false,
      code: 'note-timecode',
      message: `the note stands at ${timecode}, and the clip carries no timecode`,
    };
  const start = timecodeToFrame(clip.tech.startTc, rate);
  if (!start.ok) return { ok: false, code: 'note-timecode', message: start.message };
  const day = framesPerDay(rate);
  // A take that runs across midnight has its later notes at small labels.
  return note.frame >= start.frame ? note.frame - start.frame : (note.frame - start.frame + day) % day;
}

function lengthInFrames(clip: Clip, rate: Rate): number | null {
  const { durationFrames, durationSamples, sampleRate } = clip.tech;
  if (durationFrames !== undefined) return durationFrames;
  if (durationSamples === undefined || sampleRate === undefined) return null;
  return samplesToFrames(durationSamples, sampleRate, rate);
}

/** Notes at one frame become one marker: some editors keep only one a frame, and would drop the others in silence. */
export function wantedMarkers(
  clip: Clip,
  entries: LogEntry[],
  project: Rate | undefined,
  verdict?: SyncVerdict,
): Marker[] {
  const byFrame = new Map<number, { notes: Note[]; rate: Rate }>();
  for (const note of entries.flatMap((entry) => entry.notes)) {
    const place = placeNote(clip, note, project);
    // A note that has no place in the clip is reported by a check, and is not lost: it stands in the log note field too.
    if (!place.ok) continue;
    const here = byFrame.get(place.frame);
    if (here) here.notes.push(note);
    else byFrame.set(place.frame, { notes: [note], rate: place.rate });
  }
  const markers = [...byFrame]
    .sort(([a], [b]) => a - b)
    .map(([frame, { notes, rate }]) => markerOf(clip, frame, rate, notes));
  return withSync(clip, markers, markerRate(clip, project), verdict);
}

/** Unsynced, on the first frame. Where a note stands there its marker says both: some editors keep one a frame. */
function withSync(
  clip: Clip,
  markers: Marker[],
  rate: Rate | null,
  verdict: SyncVerdict | undefined,
): Marker[] {
  if (!verdict || !rate || clip.broll || !isUnsynced(verdict.verdict)) return markers;
  const said = `Sync: ${verdict.verdict}. ${verdict.reason}`;
  const [first, ...rest] = markers;
  if (first?.frame === 0)
    return [{ ...first, name: `${first.name} + Unsynced`, comment: `${first.comment}\n${said}` }, ...rest];
  const marker: Marker = {
    id: `${clip.id}/unsynced`,
    frame: 0,
    duration: 1,
    rate,
    name: 'Unsynced',
    comment: said,
    colour: 'red',
  };
  return [marker, ...markers];
}

function markerOf(clip: Clip, frame: number, rate: Rate, notes: Note[]): Marker {
  const first = notes[0]!;
  const kinds = [...new Set(notes.map((note) => NOTE_NAMES[note.kind]))];
  const line = (note: Note) => {
    const who = [kinds.length > 1 ? NOTE_NAMES[note.kind] : '', note.author ?? ''].filter(Boolean).join(', ');
    return who ? `${who}: ${note.text}` : note.text;
  };
  return {
    id: `${clip.id}/${first.id}`,
    frame,
    duration: 1,
    rate,
    name: kinds.join(' + '),
    comment: notes.map(line).join('\n'),
    colour: COLOURS[first.kind],
  };
}

/** Log entries that speak of each clip, by clip id. */
export function entriesByClip(handoff: Handoff): Map<string, LogEntry[]> {
  const byClip = new Map<string, LogEntry[]>();
  for (const entry of handoff.log.entries)
    for (const clip of entry.clips) {
      const list = byClip.get(clip);
      if (list) list.push(entry);
      else byClip.set(clip, [entry]);
    }
  return byClip;
}
