/** The notes of the log as rows: by scene and take, where each stands, its colour, and whether it is in the project yet. */
import type { Clip, Handoff, LogEntry, Note } from '../manifest/documents/handoff.ts';
import { fileName } from '../manifest/documents/paths.ts';
import type { Marker, MarkerColour, Plan } from '../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { takeLabel } from '../manifest/identity.ts';
import { entriesByClip, NOTE_NAMES, placeNote, wantedMarkers } from '../manifest/plan/wanted.ts';
import { frameToTimecode, timecodeToFrame } from '../manifest/time/timecode.ts';
import type { Worded } from './words.ts';

export type MarkerPlace = 'there' | 'to-add' | 'to-update' | 'kept' | 'waiting' | 'no-place' | 'no-clip';

export const MARKER_PLACE: Record<MarkerPlace, Worded> = {
  there: { word: 'In the project', tone: 'good' },
  'to-add': { word: 'To add', tone: 'note' },
  'to-update': { word: 'To update', tone: 'note' },
  kept: { word: 'Kept as changed', tone: 'quiet' },
  waiting: { word: 'Not planned', tone: 'quiet' },
  'no-place': { word: 'No place in the clip', tone: 'attention' },
  'no-clip': { word: 'No clip', tone: 'attention' },
};

export interface MarkerRow {
  key: string;
  /** `7/3 A`; '' where the log does not say. */
  take: string;
  /** The clip's file name; '' where there is none. */
  clip: string;
  /** `01:02:03:04`, `frame 12` for a clip with no timecode, or as the log has it. */
  at: string;
  kind: string;
  text: string;
  colour: MarkerColour | null;
  place: MarkerPlace;
  /** Why, where it has no place. */
  why: string;
}

/** By scene and take, each clip's by time; notes that found no clip last. */
export function markerRows(
  handoff: Handoff,
  plan: Plan | null,
  project: ProjectSnapshot | null,
): MarkerRow[] {
  const entries = entriesByClip(handoff);
  const state = markerStates(plan, project);
  const rows = byTake(handoff.clips).flatMap((clip) => {
    const own = entries.get(clip.id) ?? [];
    const placed = wantedMarkers(clip, own, handoff.rate).map((marker) =>
      placedRow(clip, marker, state(marker.id)),
    );
    return [...placed, ...unplacedRows(clip, own, handoff)];
  });
  const lost = handoff.log.entries.filter((entry) => entry.clips.length === 0);
  return [...rows, ...lost.flatMap(lostRows)];
}

/** The way a script runs: scene 7 before scene 12; what has no scene last. */
function byTake(clips: Clip[]): Clip[] {
  const order = new Intl.Collator('en', { numeric: true }).compare;
  const key = ({ identity: { scene, take, camera }, kind }: Clip) =>
    [scene ? 0 : 1, scene, take, kind === 'picture' ? 0 : 1, camera].map((part) => part ?? '').join(' ');
  return clips
    .map((clip) => ({ clip, key: key(clip) }))
    .sort((a, b) => order(a.key, b.key))
    .map(({ clip }) => clip);
}

function markerStates(plan: Plan | null, project: ProjectSnapshot | null): (id: string) => MarkerPlace {
  const states = new Map<string, MarkerPlace>();
  for (const item of project?.items ?? []) for (const marker of item.markers) states.set(marker.id, 'there');
  for (const step of plan?.steps ?? []) {
    if (step.kind === 'add-marker') states.set(step.after.marker.id, 'to-add');
    if (step.kind === 'update-marker') states.set(step.after.marker.id, 'to-update');
  }
  const kept = new Set(plan?.kept.filter((each) => each.what === 'add-marker').map((each) => each.clip));
  return (id) => states.get(id) ?? (kept.has(id.slice(0, id.indexOf('/'))) ? 'kept' : 'waiting');
}

function placedRow(clip: Clip, marker: Marker, place: MarkerPlace): MarkerRow {
  return {
    key: marker.id,
    take: takeLabel(clip.identity),
    clip: fileName(clip.path),
    at: address(clip, marker),
    kind: marker.name,
    text: marker.comment,
    colour: marker.colour,
    place,
    why: '',
  };
}

function address(clip: Clip, marker: Marker): string {
  const start = clip.tech.startTc === undefined ? null : timecodeToFrame(clip.tech.startTc, marker.rate);
  return start?.ok ? frameToTimecode(start.frame + marker.frame, marker.rate) : `frame ${marker.frame}`;
}

function unplacedRows(clip: Clip, entries: LogEntry[], handoff: Handoff): MarkerRow[] {
  return entries
    .flatMap((entry) => entry.notes)
    .flatMap((note) => {
      const place = placeNote(clip, note, handoff.rate);
      if (place.ok) return [];
      const row = noteRow(note, takeLabel(clip.identity), 'no-place', place.message);
      return [{ ...row, key: `${clip.id}/${note.id}`, clip: fileName(clip.path) }];
    });
}

function lostRows(entry: LogEntry): MarkerRow[] {
  const why = `${entry.sheet} row ${entry.row} names ${entry.file ?? 'a take'} that is not in the handoff`;
  return entry.notes.map((note) => noteRow(note, takeLabel(entry), 'no-clip', why));
}

function noteRow(note: Note, take: string, place: MarkerPlace, why: string): MarkerRow {
  const kind = note.author ? `${NOTE_NAMES[note.kind]}, ${note.author}` : NOTE_NAMES[note.kind];
  return {
    key: note.id,
    take,
    clip: '',
    at: note.timecode ?? '',
    kind,
    text: note.text,
    colour: null,
    place,
    why,
  };
}
