/** Timelines and the sequences nested in them as cut lists: the timeline first, then what it holds, each once for each use. */
import type { CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Rate } from '../../documents/rate.ts';
import { ListNote, TrackNote } from '../../exports/otio/note.ts';
import { mayDrop, rateLabel, sameSpeed } from '../../time/rate.ts';
import { markersOf } from './item.ts';
import { schemaOf, textOf } from './media.ts';
import type { Said } from './said.ts';
import { countAt, readRange, readTime, record, type OtioTime } from './time.ts';
import { readTrack } from './track.ts';

/** Sequences in sequences in sequences: deeper than any editor allows. */
const DEEPEST = 32;

export interface Timelines {
  said: Said;
  /** What the caller says the rate is, for a file that names none. */
  rate: Rate | undefined;
  lists: CutList[];
  /** Sequences inside others that were read already. */
  nests: Map<object, { length: number | null }>;
}

/** `value` is the file's root or a member of a collection. */
export function readTimelines(value: unknown, place: string, all: Timelines, depth = 0): void {
  const given = record(value);
  const { name: schema } = schemaOf(given);
  if (!given || schema === '')
    all.said.fault(
      'otio-schema',
      place,
      'this is no OTIO object: it names no OTIO_SCHEMA such as Timeline.1',
    );
  else if (depth > DEEPEST)
    all.said.fault(
      'otio-depth',
      place,
      `collections lie more than ${DEEPEST} deep; what is deeper is not read`,
    );
  else if (schema === 'SerializableCollection' || schema === 'SerializeableCollection') {
    const children = Array.isArray(given['children']) ? (given['children'] as unknown[]) : [];
    children.forEach((child, nth) => readTimelines(child, `${place} member ${nth + 1}`, all, depth + 1));
  } else if (schema === 'Timeline') readTimeline(given, place, all);
  else if (['Stack', 'Track', 'Sequence', 'Clip'].includes(schema))
    readTimeline({ name: given['name'], tracks: asStack(given, schema) }, place, all);
  else all.said.fault('otio-schema', place, `${schema} is no timeline and holds none that Baton knows`);
}

/** A lone clip or track as the stack that a timeline would hold it in. */
function asStack(given: Record<string, unknown>, schema: string): Record<string, unknown> {
  if (schema === 'Stack') return given;
  const kind = schema === 'Clip' ? { OTIO_SCHEMA: 'Track.1', kind: 'Video', children: [given] } : given;
  return { OTIO_SCHEMA: 'Stack.1', children: [kind] };
}

function readTimeline(given: Record<string, unknown>, place: string, all: Timelines): void {
  const stack = record(given['tracks']);
  const name = textOf(given['name']);
  if (!stack) {
    all.said.fault('otio-timeline', place, `the timeline "${name.slice(0, 80)}" has no tracks`);
    return;
  }
  const start = readTime(given['global_start_time']);
  const read = ListNote.safeParse(record(given['metadata'])?.['baton']);
  const note = read.success && (!start || sameSpeed(start.rate, read.data.rate)) ? read.data : null;
  const rate = note?.rate ?? dropKnown(start?.rate ?? firstRate(stack) ?? all.rate ?? null, place, all);
  if (!rate) {
    all.said.fault(
      'otio-rate',
      place,
      `nothing in the timeline "${name.slice(0, 80)}" names a frame rate; say which it is`,
    );
    return;
  }
  const list = emptyList(name, rate, start ? countAt(start, rate).count : 0);
  if (note) list.size = note.size;
  all.lists.push(list);
  fill(list, stack, place, all, 0);
}

function emptyList(name: string, rate: Rate, start: number): CutList {
  return { kind: 'cutlist', version: 1, name, rate, start, size: null, tracks: [], markers: [] };
}

/** OTIO has no word for drop-frame: the caller's rate decides where it runs at the same speed, else it is non-drop, and said. */
function dropKnown(rate: Rate | null, place: string, all: Timelines): Rate | null {
  if (!rate || !mayDrop(rate)) return rate;
  if (all.rate && sameSpeed(all.rate, rate)) return all.rate;
  const message = `OTIO does not say whether ${rateLabel(rate)} drops frames; it is read as non-drop`;
  all.said.say('otio-drop-frame', place, message, 'note');
  return rate;
}

/** The rate of the first item that has one, picture before sound. */
function firstRate(stack: Record<string, unknown>): Rate | null {
  const tracks = (Array.isArray(stack['children']) ? (stack['children'] as unknown[]) : []).map(record);
  const kinds = [(kind: unknown) => kind !== 'Audio', (kind: unknown) => kind === 'Audio'];
  for (const wanted of kinds)
    for (const track of tracks) {
      if (!track || !wanted(track['kind'])) continue;
      const items = Array.isArray(track['children']) ? (track['children'] as unknown[]) : [track];
      for (const item of items) {
        const time: OtioTime | undefined = readRange(record(item)?.['source_range'])?.duration;
        if (time) return time.rate;
      }
    }
  return null;
}

/** Reads a stack's tracks into a list. What stands in a stack without a track around it lies on one of its own. */
function fill(
  list: CutList,
  stack: Record<string, unknown>,
  place: string,
  all: Timelines,
  depth: number,
): void {
  const { said } = all;
  const children = Array.isArray(stack['children']) ? (stack['children'] as unknown[]) : [];
  if (readRange(stack['source_range']) && depth === 0)
    said.say(
      'otio-trim',
      place,
      'the timeline is trimmed as a whole, which is not applied: all of it is read',
    );
  list.markers.push(...markersOf(stack['markers'], list.rate, 0, place, said));
  const last = { video: 0, audio: 0 };
  children.forEach((child, nth) => {
    const given = record(child);
    const at = `${place} track ${nth + 1}`;
    const { name: schema } = schemaOf(given);
    const track = schema === 'Track' || schema === 'Sequence' ? given! : { kind: 'Video', children: [child] };
    const type = trackType(track, at, said);
    if (!type) return;
    const note = TrackNote.safeParse(record(track['metadata'])?.['baton']);
    if (note.success && note.data.filler && isEmpty(track)) return;
    const index = Math.max(note.success ? note.data.index : 0, last[type] + 1);
    last[type] = index;
    const read = readTrack(track, type, index, at, {
      rate: list.rate,
      said,
      nest: (item, where) => nest(item, where, list.rate, all, depth + 1),
    });
    list.tracks.push(read.track);
    for (const marker of read.markers) list.markers.push(marker);
  });
}

function isEmpty(track: Record<string, unknown>): boolean {
  return !Array.isArray(track['children']) || track['children'].length === 0;
}

function trackType(track: Record<string, unknown>, place: string, said: Said): CutTrack['type'] | null {
  const kind = textOf(track['kind']);
  // A track without a kind is a picture track: OTIO's own default.
  if (kind === '' || /^video$/i.test(kind)) return 'video';
  if (/^audio$/i.test(kind)) return 'audio';
  const count = Array.isArray(track['children']) ? track['children'].length : 0;
  said.fault(
    'otio-track',
    place,
    `a track of kind "${kind.slice(0, 40)}" holds ${count} items; Baton reads picture and sound alone`,
  );
  return null;
}

/** Reads a sequence inside another as a list of its own, at the outer rate, once however often it is asked for. */
function nest(
  item: Record<string, unknown>,
  place: string,
  rate: Rate,
  all: Timelines,
  depth: number,
): { length: number | null } {
  const known = all.nests.get(item);
  if (known) return known;
  const read = { length: null as number | null };
  all.nests.set(item, read);
  if (depth > DEEPEST) {
    all.said.fault(
      'otio-depth',
      place,
      `sequences lie more than ${DEEPEST} deep in one another; what is deeper is not read`,
    );
    return read;
  }
  const list = emptyList(textOf(item['name']), rate, 0);
  const schema = schemaOf(item).name;
  // Its own range is how much of it the outer sequence shows, and stands on the event there.
  const stack =
    schema === 'Timeline' ? record(item['tracks']) : asStack({ ...item, source_range: null }, schema);
  all.lists.push(list);
  if (stack) fill(list, stack, place, all, depth);
  let end = 0;
  for (const track of list.tracks) end = Math.max(end, track.events[track.events.length - 1]?.recordOut ?? 0);
  if (end > 0) read.length = end;
  return read;
}
