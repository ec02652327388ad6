/** The notes of the log as rows: by scene and take, where each stands, its colour, and whether it is in the project yet. */
import type { Clip, Handoff, LogEntry, Note } from '../manifest/documents/handoff.ts';
import type { Issue } from '../manifest/documents/issue.ts';
import { fileName } from '../manifest/documents/paths.ts';
import type { Marker, MarkerColour, Plan } from '../manifest/documents/plan.ts';
import type { Rate } from '../manifest/documents/rate.ts';
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { takeLabel } from '../manifest/identity.ts';
import { sameMarker } from '../manifest/plan/base.ts';
import { entriesByClip, NOTE_NAMES, placeNote, wantedMarkers } from '../manifest/plan/wanted.ts';
import { frameToTimecode, timecodeToFrame } from '../manifest/time/timecode.ts';
import { filtered, mapped, PART, sorted, whole, type Parts } from './parts.ts';
import type { Worded } from './words.ts';

export type MarkerPlace =
  | 'no-place'
  | 'outside'
  | 'no-clip'
  | 'to-add'
  | 'to-update'
  | 'changed'
  | 'deleted'
  | 'waiting'
  | 'there';

export const MARKER_PLACE: Record<MarkerPlace, Worded> = {
  'no-place': { word: 'No place', tone: 'attention' },
  outside: { word: 'Outside its clip', tone: 'attention' },
  'no-clip': { word: 'No clip', tone: 'attention' },
  'to-add': { word: 'To add', tone: 'note' },
  'to-update': { word: 'To update', tone: 'note' },
  changed: { word: 'Changed in the editor', tone: 'quiet' },
  deleted: { word: 'Deleted in the editor', tone: 'quiet' },
  waiting: { word: 'Not planned', tone: 'quiet' },
  there: { word: 'In the project', tone: 'good' },
};

/** A note that stands nowhere in the project, and never will as things are. */
export function isPlaceless(place: MarkerPlace): boolean {
  return place === 'no-place' || place === 'outside' || place === 'no-clip';
}

/** Notes that have no place in any clip of their row, and of which nobody said that they may stand so. */
export function placelessNotes(handoff: Handoff, waived: readonly Issue[]): number {
  const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  const stands = new Set(
    waived.filter(({ code }) => /^(log-row-no-clip|note-)/.test(code)).map(({ at }) => at),
  );
  const hasPlace = (note: Note, entry: LogEntry) =>
    entry.clips.some((id) => clips.has(id) && placeNote(clips.get(id)!, note, handoff.rate).ok);
  return handoff.log.entries
    .filter(({ sheet, row }) => !stands.has(`${sheet} row ${row}`))
    .reduce((sum, entry) => sum + entry.notes.filter((note) => !hasPlace(note, entry)).length, 0);
}

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
  /** Why, where it has no place, or what the editor made of it. */
  why: string;
  /** The clip and the frame from its first, for jumping there; null where it has no place. */
  jump: { clip: Clip; frame: number; rate: Rate } | null;
}

/** By scene and take, each clip's by time; notes that found no clip last. */
export function markerRows(
  handoff: Handoff,
  plan: Plan | null,
  project: ProjectSnapshot | null,
): MarkerRow[] {
  return whole(markerRowsInParts(handoff, plan, project));
}

/** The same, stopping now and then, for a page that must stay awake meanwhile. */
export function* markerRowsInParts(
  handoff: Handoff,
  plan: Plan | null,
  project: ProjectSnapshot | null,
): Parts<MarkerRow[]> {
  const entries = entriesByClip(handoff);
  yield;
  const state = yield* markerStates(plan, project);
  const noted = yield* filtered(handoff.clips, ({ id }) => entries.has(id));
  const rows = yield* mapped(yield* byTake(noted), (clip) => {
    const own = entries.get(clip.id)!;
    const placed = wantedMarkers(clip, own, handoff.rate).map((marker) =>
      placedRow(clip, marker, state(clip, marker)),
    );
    return [...placed, ...unplacedRows(clip, own, handoff)];
  });
  const lost = handoff.log.entries.filter((entry) => entry.clips.length === 0);
  return [...rows.flat(), ...lost.flatMap(lostRows)];
}

/** The way a script runs: scene 7 before scene 12; what has no scene last. */
function* byTake(clips: Clip[]): Parts<Clip[]> {
  const order = new Intl.Collator('en', { numeric: true }).compare;
  const key = ({ identity: { scene, take, camera }, kind }: Clip) =>
    [scene ? 0 : 1, scene, take, kind === 'picture' ? 0 : 1, camera].map((part) => part ?? '').join(' ');
  const keyed = yield* mapped(clips, (clip) => ({ clip, key: key(clip) }));
  return (yield* sorted(keyed, (a, b) => order(a.key, b.key))).map(({ clip }) => clip);
}

type State = Pick<MarkerRow, 'place' | 'why'>;

function* markerStates(
  plan: Plan | null,
  project: ProjectSnapshot | null,
): Parts<(clip: Clip, marker: Marker) => State> {
  const inProject = new Map<string, Marker>();
  let taken = 0;
  for (const item of project?.items ?? []) {
    if (++taken % PART === 0) yield;
    for (const each of item.markers) inProject.set(each.id, each);
  }
  const planned = new Map<string, MarkerPlace>();
  for (const step of plan?.steps ?? []) {
    if (++taken % (4 * PART) === 0) yield;
    if (step.kind === 'add-marker') planned.set(step.after.marker.id, 'to-add');
    if (step.kind === 'update-marker') planned.set(step.after.marker.id, 'to-update');
  }
  const kept = plan?.kept ?? [];
  const deleted = new Set(kept.filter(({ what }) => what === 'add-marker').map(({ clip }) => clip));
  const changed = new Set(kept.filter(({ what }) => what === 'update-marker').map(({ clip }) => clip));
  return (clip, marker) => {
    const now = inProject.get(marker.id);
    const step = planned.get(marker.id);
    if (step) return { place: step, why: '' };
    if (now && changed.has(clip.id) && !sameMarker(now, marker))
      return { place: 'changed', why: `In the editor it reads: ${now.comment || '(nothing)'}. It stays.` };
    if (now) return { place: 'there', why: '' };
    return deleted.has(clip.id)
      ? { place: 'deleted', why: 'Somebody took it out of the project. It stays away.' }
      : { place: 'waiting', why: '' };
  };
}

function placedRow(clip: Clip, marker: Marker, { place, why }: State): MarkerRow {
  return {
    key: marker.id,
    take: takeLabel(clip.identity),
    clip: fileName(clip.path),
    at: address(clip, marker),
    kind: marker.name,
    text: marker.comment,
    colour: marker.colour,
    place,
    why,
    jump: { clip, frame: marker.frame, rate: marker.rate },
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
      const found = place.code === 'note-outside-clip' ? 'outside' : 'no-place';
      const row = noteRow(note, takeLabel(clip.identity), found, place.message);
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
    jump: null,
  };
}
