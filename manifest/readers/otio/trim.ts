/** A track that is itself trimmed: what lies before or after its own range is not in the sequence, and the rest moves up. */
import type { CutEvent } from '../../documents/cutlist.ts';
import { fraction, multiply, round } from '../../time/fraction.ts';
import type { Reading } from './item.ts';
import { countAt, readRange, unitsAt } from './time.ts';
import type { ReadTrack } from './track.ts';

export function trimmed(
  read: ReadTrack,
  given: Record<string, unknown>,
  place: string,
  reading: Reading,
): ReadTrack {
  const range = readRange(given['source_range']);
  if (!range) return read;
  const { rate, said } = reading;
  const from = countAt(range.start, rate).count;
  const to = from + countAt(range.duration, rate).count;
  const { track } = read;
  const end = track.events[track.events.length - 1]?.recordOut ?? 0;
  if (from === 0 && to >= end) return read;
  const events: CutEvent[] = [];
  if (!track.events.some((event) => event.recordIn < to && event.recordOut > from)) {
    // Old adapters wrote such ranges by mistake; a sequence of nothing is not what anybody handed on.
    said.say('otio-trim', place, `a track's own range holds none of its items; all of it is read`);
    return read;
  }
  for (const event of track.events) {
    const kept = within(event, from, to, reading);
    if (!kept)
      said.say(
        'otio-outside',
        place,
        "an item lies outside its track's own range, and so outside the sequence",
      );
    else events.push({ ...kept, id: event.id.replace(/\d+$/, String(events.length + 1).padStart(3, '0')) });
  }
  const transitions = track.transitions
    .filter((each) => each.in < to && each.out > from)
    .map((each) => ({ ...each, in: each.in - from, out: each.out - from }));
  if (transitions.length < track.transitions.length)
    said.say(
      'otio-outside',
      place,
      "a transition lies outside its track's own range, and so outside the sequence",
    );
  const markers = read.markers.map((marker) => ({ ...marker, frame: marker.frame - from }));
  return { track: { ...track, events, transitions }, markers };
}

/** The part of an event between two record frames, moved so that `from` is 0; null where there is none. */
function within(event: CutEvent, from: number, to: number, { rate }: Reading): CutEvent | null {
  const [recordIn, recordOut] = [Math.max(event.recordIn, from), Math.min(event.recordOut, to)];
  if (recordOut <= recordIn) return null;
  const moved = { ...event, recordIn: recordIn - from, recordOut: recordOut - from };
  const { source, speed } = event;
  const [head, tail] = [recordIn - event.recordIn, event.recordOut - recordOut];
  if (head === 0 && tail === 0) return moved;
  if (!source) return { ...moved, sourceOut: recordOut - recordIn };
  if (speed?.num === 0) return moved;
  const used = (frames: number) =>
    round(
      multiply(
        unitsAt({ value: frames, rate }, source.rate),
        speed ? fraction(Math.abs(speed.num), speed.den) : fraction(1),
      ),
    );
  // A clip that plays backwards loses its last frames at its head.
  const [low, high] = speed && speed.num < 0 ? [used(tail), used(head)] : [used(head), used(tail)];
  const sourceIn = event.sourceIn + low;
  return { ...moved, sourceIn, sourceOut: Math.max(sourceIn + 1, event.sourceOut - high) };
}
