/** One OTIO clip as an event: what Baton noted beside it where the file still agrees with that, else what the file says. */
import type { CutEvent, CutMarker, CutSource } from '../../documents/cutlist.ts';
import type { Rate } from '../../documents/rate.ts';
import { nearestColour } from '../../exports/markers/colours.ts';
import { OTIO_COLOURS } from '../../exports/otio/item.ts';
import { EventNote, MarkerNote } from '../../exports/otio/note.ts';
import { sourceStart } from '../../exports/otio/span.ts';
import { abs, add, fraction, multiply, round } from '../../time/fraction.ts';
import { gcd, sameSpeed } from '../../time/rate.ts';
import { activeReference, foreignSource, isGenerator, schemaOf, textOf, type Reference } from './media.ts';
import type { Said } from './said.ts';
import { countAt, exactRatio, readRange, record, unitsAt, type OtioTime } from './time.ts';
import { gradeOf } from './grade.ts';
import { baseName, pathOf } from './url.ts';

export interface Placed {
  id: string;
  place: string;
  type: 'video' | 'audio';
  recordIn: number;
  recordOut: number;
}

export interface Reading {
  rate: Rate;
  said: Said;
}

type Speed = CutEvent['speed'];

export function clipEvent(clip: Record<string, unknown>, placed: Placed, reading: Reading): CutEvent {
  const { rate, said } = reading;
  const reference = activeReference(clip, placed.place, said);
  const speed = speedOf(clip, placed.place, said);
  const start = readRange(clip['source_range'])?.start ?? reference?.available?.start ?? { value: 0, rate };
  const note = noteOf(clip, placed.place, said);
  const base = {
    id: placed.id,
    name: textOf(clip['name']),
    recordIn: placed.recordIn,
    recordOut: placed.recordOut,
    enabled: clip['enabled'] !== false,
  };
  const event = note
    ? notedEvent(note, base, start, speed, reference, placed, reading)
    : foreignEvent(base, start, speed, reference, placed, reading);
  const link = linkOf(clip, note);
  if (link !== undefined) event.link = link;
  const markers = markersOf(
    clip['markers'],
    event.source?.rate ?? rate,
    event.source?.start ?? 0,
    placed.place,
    said,
  );
  if (markers.length > 0) event.markers = markers;
  const cdl = gradeOf(clip, placed.place, said);
  if (cdl) event.cdl = cdl;
  return event;
}

type Base = Pick<CutEvent, 'id' | 'name' | 'recordIn' | 'recordOut' | 'enabled'>;

function foreignEvent(
  base: Base,
  start: OtioTime,
  speed: Speed,
  reference: Reference | null,
  placed: Placed,
  { rate, said }: Reading,
): CutEvent {
  const length = base.recordOut - base.recordIn;
  if (isGenerator(reference)) {
    said.say(
      'otio-generator',
      placed.place,
      'a generator keeps its place and name; what it makes is not read',
      'note',
    );
    return {
      ...base,
      kind: 'unknown',
      sourceIn: 0,
      sourceOut: length,
      source: null,
      speed: { num: 1, den: 1 },
    };
  }
  const source = foreignSource(reference, start, rate, placed.type, base.name);
  if (reference?.url && source.file === null)
    said.say(
      'otio-url',
      placed.place,
      `"${reference.url.slice(0, 120)}" is no absolute path on a disk; the source is kept by name alone`,
    );
  return {
    ...base,
    kind: 'clip',
    source,
    speed,
    ...rangeIn(source, start, length, speed, placed.place, { rate, said }),
  };
}

/** In and out in the media, from where the range begins, how long it stands in the sequence and how fast it plays. */
export function rangeIn(
  source: CutSource,
  start: OtioTime,
  length: number,
  speed: Speed,
  place: string,
  { rate, said }: Reading,
): { sourceIn: number; sourceOut: number } {
  const first = countAt(start, source.rate);
  if (!first.exact) said.say('otio-subframe', place, 'a time lies between two frames; the nearest is taken');
  if (speed && speed.num < 0)
    said.say(
      'otio-reverse',
      place,
      'a clip plays backwards: programs disagree about the end its range begins at; it is read as the lowest frame',
    );
  const sourceIn = first.count - (source.start ?? 0);
  if (sourceIn < 0)
    said.say(
      'otio-source-range',
      place,
      'a clip begins before its media does; its times are kept as they are',
    );
  if (speed?.num === 0) return { sourceIn, sourceOut: sourceIn + 1 };
  const faster = speed ? abs(fraction(speed.num, speed.den)) : fraction(1);
  const used = multiply(unitsAt({ value: length, rate }, source.rate), faster);
  return { sourceIn, sourceOut: sourceIn + Math.max(1, round(used)) };
}

/** What Baton wrote: exact where the file agrees with it, else the source's names with the file's own times. */
function notedEvent(
  note: EventNote,
  base: Base,
  start: OtioTime,
  speed: Speed,
  reference: Reference | null,
  placed: Placed,
  reading: Reading,
): CutEvent {
  const source = note.source && notedSource(note.source, reference);
  const noted: CutEvent = {
    ...base,
    kind: note.kind,
    sourceIn: note.in,
    sourceOut: note.out,
    source,
    speed: note.speed,
  };
  if (note.channels) noted.channels = note.channels;
  if (note.out > note.in && agrees(note, noted, start, speed, reading.rate)) return noted;
  reading.said.say(
    'otio-changed',
    placed.place,
    "a clip was changed since Baton wrote it; its times are the file's, its names Baton's",
    'note',
  );
  const length = base.recordOut - base.recordIn;
  if (!source) return { ...noted, sourceIn: 0, sourceOut: length, speed };
  return { ...noted, speed, ...rangeIn(source, start, length, speed, placed.place, reading) };
}

function agrees(note: EventNote, noted: CutEvent, start: OtioTime, speed: Speed, rate: Rate): boolean {
  if (note.length !== noted.recordOut - noted.recordIn) return false;
  // A speed that varies is written as plain: OTIO has no word for it.
  const written = note.speed ?? { num: 1, den: 1 };
  if (!speed || speed.num * written.den !== written.num * speed.den) return false;
  if (note.kind === 'title' || note.kind === 'adjustment') return true;
  return (['samples', 'frames'] as const).some((sound) => {
    const expected = sourceStart(noted, noted.source, rate, sound);
    return sameSpeed(expected.rate, start.rate) && expected.value === start.value;
  });
}

function notedSource(note: NonNullable<EventNote['source']>, reference: Reference | null): CutSource {
  const url = reference?.url ?? null;
  const file = url === null ? null : pathOf(url);
  return { ...note, file, name: note.name || (url === null ? '' : baseName(url)) } as CutSource;
}

export function noteOf(item: Record<string, unknown>, place: string, said: Said): EventNote | null {
  const given = record(item['metadata'])?.['baton'];
  if (given === undefined) return null;
  const read = EventNote.safeParse(given);
  if (read.success) return read.data;
  said.say('otio-note', place, "Baton's own note beside an item cannot be read; the file's times are taken");
  return null;
}

function linkOf(clip: Record<string, unknown>, note: EventNote | null): number | undefined {
  if (note) return note.link;
  const link = record(record(clip['metadata'])?.['Resolve_OTIO'])?.['Link Group ID'];
  return typeof link === 'number' && Number.isSafeInteger(link) ? link : undefined;
}

/** All the effects that change time, together. Null where one of them is not a constant speed. */
export function speedOf(clip: Record<string, unknown>, place: string, said: Said): Speed {
  const effects = clip['effects'];
  let speed: Speed = { num: 1, den: 1 };
  for (const each of Array.isArray(effects) ? (effects as unknown[]) : []) {
    const effect = record(each);
    const { name } = schemaOf(effect);
    if (name === 'FreezeFrame') speed = speed && { num: 0, den: 1 };
    else if (name === 'LinearTimeWarp') {
      const scalar = effect!['time_scalar'];
      const ratio = typeof scalar === 'number' ? exactRatio(scalar) : null;
      if (!ratio)
        said.say('otio-retime', place, 'a speed is no number; its clip is read as one whose speed varies');
      speed = ratio && speed && product(speed, ratio);
    } else if (/TimeEffect|TimeWarp/.test(name)) {
      said.say('otio-retime', place, `a clip's speed varies (${name}); its ramp is not read`);
      speed = null;
    } else
      said.say(
        'otio-effect',
        place,
        `an effect is not read (${textOf(effect?.['effect_name']).slice(0, 60) || name || 'without a name'})`,
      );
  }
  return speed;
}

function product(a: { num: number; den: number }, b: { num: number; den: number }): Speed {
  const [num, den] = [a.num * b.num, a.den * b.den];
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den)) return null;
  const divisor = gcd(num, den) || 1;
  return { num: num / divisor + 0, den: den / divisor };
}

/** Markers of one thing, in frames of `rate` from `first` on the clock of what they stand on. */
export function markersOf(given: unknown, rate: Rate, first: number, place: string, said: Said): CutMarker[] {
  const markers: CutMarker[] = [];
  for (const each of Array.isArray(given) ? (given as unknown[]) : []) {
    const marker = record(each);
    const range = readRange(marker?.['marked_range']);
    if (!marker || !range) {
      said.fault('otio-marker', place, 'a marker has no time that can be read');
      continue;
    }
    const [start, end] = [
      countAt(range.start, rate),
      add(unitsAt(range.start, rate), unitsAt(range.duration, rate)),
    ];
    if (!start.exact)
      said.say('otio-subframe', place, 'a time lies between two frames; the nearest is taken');
    const own = textOf(record(record(marker['metadata'])?.['Resolve_OTIO'])?.['Note']);
    const note = MarkerNote.safeParse(record(marker['metadata'])?.['baton']);
    const colour = (textOf(marker['color']) || textOf(record(marker['color'])?.['name'])).toLowerCase();
    // The note holds while the file's own colour is still the one that was written for it.
    const noted =
      note.success && nearestColour(note.data.colour, OTIO_COLOURS, 'green').colour === colour
        ? note.data.colour
        : colour;
    markers.push({
      frame: start.count - first,
      duration: Math.max(0, round(end) - start.count),
      name: textOf(marker['name']),
      comment: textOf(marker['comment']) || own,
      colour: noted,
    });
  }
  return markers;
}
