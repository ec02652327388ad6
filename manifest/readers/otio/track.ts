/** One OTIO track: its items one after the other, at exact places, with the transitions at their cuts. */
import type { CutEvent, CutMarker, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import { TrackNote, TransitionNote } from '../../exports/otio/note.ts';
import { add, round, ZERO, type Fraction } from '../../time/fraction.ts';
import { transitionKind, withCut } from '../../transitions.ts';
import { clipEvent, markersOf, noteOf, rangeIn, speedOf, type Reading } from './item.ts';
import { activeReference, schemaOf, textOf } from './media.ts';
import { trimmed } from './trim.ts';
import { countAt, isWhole, readRange, readTime, record, unitsAt, type OtioTime } from './time.ts';

/** Longer than any sequence; past it, frame counts and what follows from them would no longer be exact. */
const LONGEST = 2 ** 41;

export interface TrackReading extends Reading {
  /** Reads a sequence inside this one; its length in frames of `rate`, or null where it has none. */
  nest(item: Record<string, unknown>, place: string): { length: number | null };
}

/** Where the next item begins: whole frames, and the rest of one where the file counts at another rate. */
class Cursor {
  private frames = 0;
  private rest: Fraction = ZERO;

  at(): number {
    return this.frames + (this.rest.num === 0n ? 0 : round(this.rest));
  }
  isWhole(): boolean {
    return this.rest.den === 1n;
  }
  move(time: OtioTime, rate: Reading['rate']): void {
    if (isWhole(time, rate)) this.frames += time.value as number;
    else this.rest = add(this.rest, unitsAt(time, rate));
  }
}

export interface ReadTrack {
  track: CutTrack;
  /** Markers that stand on the track or on its gaps, from the sequence's first frame. */
  markers: CutMarker[];
}

export function readTrack(
  given: Record<string, unknown>,
  type: CutTrack['type'],
  index: number,
  place: string,
  reading: TrackReading,
): ReadTrack {
  const { rate, said } = reading;
  const events: CutEvent[] = [];
  const crossings: Crossing[] = [];
  const markers = markersOf(given['markers'], rate, 0, place, said);
  const cursor = new Cursor();
  const children = Array.isArray(given['children']) ? (given['children'] as unknown[]) : [];
  if (Array.isArray(given['effects']) && given['effects'].length > 0)
    said.say('otio-effect', place, 'effects on a whole track are not read');
  children.forEach((child, nth) => {
    const item = record(child);
    const at = `${place} item ${nth + 1}`;
    const { name: schema } = schemaOf(item);
    if (item && schema === 'Transition') {
      crossings.push({ item, cut: cursor.at(), place: at });
      return;
    }
    const duration = item && lengthOf(item, schema, at, reading);
    if (!item || !duration) {
      said.fault(
        'otio-event',
        at,
        `${schema || 'what is there'} has no length that can be read; it is left out, and what follows moves up`,
      );
      return;
    }
    const recordIn = cursor.at();
    cursor.move(duration, rate);
    if (!cursor.isWhole())
      said.say('otio-subframe', at, 'a time lies between two frames; the nearest is taken');
    const recordOut = cursor.at();
    const id = `${type === 'video' ? 'V' : 'A'}${index}-${String(events.length + 1).padStart(3, '0')}`;
    const event = eventOf(item, schema, { id, place: at, type, recordIn, recordOut }, reading, markers);
    if (event && (recordOut <= recordIn || recordOut > LONGEST))
      said.fault(
        'otio-event',
        at,
        `${event.name || schema} has no length on the track, or more than any sequence; it is left out`,
      );
    else if (event) events.push(event);
  });
  const transitions = crossings.flatMap((each) => crossing(each, events, reading));
  const track: CutTrack = {
    type,
    index,
    name: trackNameOf(given, type, index),
    enabled: given['enabled'] !== false,
    events,
    transitions,
  };
  return trimmed({ track, markers }, given, place, reading);
}

/** The range of a track's item, else of its media, else of what it holds. */
function lengthOf(
  item: Record<string, unknown>,
  schema: string,
  place: string,
  reading: TrackReading,
): OtioTime | null {
  const positive = (time: OtioTime | undefined) =>
    time && (typeof time.value === 'number' ? time.value : Number(time.value.num)) >= 0 ? time : null;
  const given = item['source_range'];
  if (given !== null && given !== undefined) return positive(readRange(given)?.duration);
  if (schema === 'Clip') return positive(activeReference(item, place, reading.said)?.available?.duration);
  if (!isNest(schema)) return null;
  const { length } = reading.nest(item, place);
  return length === null ? null : { value: length, rate: reading.rate };
}

function isNest(schema: string): boolean {
  return schema === 'Stack' || schema === 'Track' || schema === 'Sequence' || schema === 'Timeline';
}

/** Null for what leaves the track empty. */
function eventOf(
  item: Record<string, unknown>,
  schema: string,
  placed: Parameters<typeof clipEvent>[1],
  reading: TrackReading,
  markers: CutMarker[],
): CutEvent | null {
  const { rate, said } = reading;
  if (schema === 'Clip') return clipEvent(item, placed, reading);
  const empty = schema === 'Gap' || schema === 'Filler';
  if (empty) {
    const note = noteOf(item, placed.place, said);
    // A title or an adjustment layer that Baton wrote: a gap to everybody else.
    if (note) return clipEvent(item, placed, reading);
    const first = readRange(item['source_range'])?.start;
    const from = first ? countAt(first, rate).count : 0;
    markers.push(...markersOf(item['markers'], rate, from - placed.recordIn, placed.place, said));
    return null;
  }
  const name = textOf(item['name']);
  const length = placed.recordOut - placed.recordIn;
  const event: CutEvent = {
    id: placed.id,
    kind: isNest(schema) ? 'nested' : 'unknown',
    name,
    recordIn: placed.recordIn,
    recordOut: placed.recordOut,
    sourceIn: 0,
    sourceOut: length,
    source: null,
    speed: { num: 1, den: 1 },
    enabled: item['enabled'] !== false,
  };
  if (!isNest(schema)) {
    said.say(
      'otio-schema',
      placed.place,
      `${schema ? `${schema} is no item that Baton knows` : 'an item names no schema'}; its place is kept`,
    );
    return event;
  }
  nested(event, item, name, placed, reading);
  return event;
}

function nested(
  event: CutEvent,
  item: Record<string, unknown>,
  name: string,
  placed: Parameters<typeof clipEvent>[1],
  reading: TrackReading,
): void {
  const { rate, said } = reading;
  const { length } = reading.nest(item, placed.place);
  event.source = {
    file: null,
    name,
    rate,
    start: null,
    duration: length,
    hasPicture: placed.type === 'video',
    channels: placed.type === 'audio' ? 2 : 0,
  };
  event.speed = speedOf(item, placed.place, said);
  const start = readRange(item['source_range'])?.start ?? { value: 0, rate };
  const shown = placed.recordOut - placed.recordIn;
  Object.assign(event, rangeIn(event.source, start, shown, event.speed, placed.place, reading));
}

interface Crossing {
  item: Record<string, unknown>;
  cut: number;
  place: string;
}

function crossing(
  { item, cut, place }: Crossing,
  events: CutEvent[],
  { rate, said }: Reading,
): CutTransition[] {
  const [before, after] = [readTime(item['in_offset']), readTime(item['out_offset'])];
  const spans = [before, after].map((time) => time && countAt(time, rate));
  const [lead, tail] = [spans[0]?.count ?? -1, spans[1]?.count ?? -1];
  if (lead < 0 || tail < 0 || lead + tail === 0 || cut - lead < -LONGEST || cut > LONGEST) {
    said.fault(
      'otio-transition',
      place,
      'a transition has no length that can be read; the cut under it stays',
    );
    return [];
  }
  if (spans.some((span) => span && !span.exact))
    said.say('otio-subframe', place, 'a time lies between two frames; the nearest is taken');
  const name = textOf(item['name']);
  const ends = edges(events, cut);
  const note = TransitionNote.safeParse(record(item['metadata'])?.['baton']);
  const dissolve = item['transition_type'] === 'SMPTE_Dissolve';
  const plain = ends.left && ends.right ? 'dissolve' : 'fade';
  const transition: CutTransition = {
    in: cut - lead,
    out: cut + tail,
    kind: note.success ? note.data.kind : dissolve ? plain : transitionKind(name, ends.left, ends.right),
    name,
  };
  if (note.success && note.data.wipe !== undefined) transition.wipe = note.data.wipe;
  return [withCut(transition, cut, events)];
}

/** Whether an event ends and whether one begins at a frame. Events lie in order. */
function edges(events: CutEvent[], cut: number): { left: boolean; right: boolean } {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.recordIn < cut) low = middle + 1;
    else high = middle;
  }
  return { left: events[low - 1]?.recordOut === cut, right: events[low]?.recordIn === cut };
}

/** Baton's own name for a track while the file still has the one it was written under. */
function trackNameOf(given: Record<string, unknown>, type: CutTrack['type'], index: number): string {
  const name = textOf(given['name']);
  const note = TrackNote.safeParse(record(given['metadata'])?.['baton']);
  const plain = `${type === 'video' ? 'Video' : 'Audio'} ${index}`;
  return note.success && (name === plain || name === note.data.name) ? note.data.name : name;
}
