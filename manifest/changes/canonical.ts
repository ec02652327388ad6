/** One form for cuts that are the same: events in order with ids of their own track, links numbered as they come. */
import type { CutEvent, CutList, CutMarker, CutTrack } from '../documents/cutlist.ts';

/** Whether two values of a document are the same, field by field; a field that is undefined is absent. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((each, at) => same(each, b[at]));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in left) if (!same(left[key], right[key])) return false;
  for (const key in right) if (left[key] === undefined && right[key] !== undefined) return false;
  return true;
}

/** Text that is equal for values that are the same, whatever order their fields were written in. */
export function keyOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${keyOf(fields[name])}`)
    .join()}}`;
}

/** A copy without the fields that are undefined. */
function trimmedOf<Fields extends object>(value: Fields): Fields {
  const copy = { ...value };
  for (const name in copy) if (copy[name] === undefined) delete copy[name];
  return copy;
}

/** `V1`, `A2`; a second track that claims one place is `V1 (2)`, so that a name always means one track. */
export function trackKeys(tracks: readonly Pick<CutTrack, 'type' | 'index'>[]): string[] {
  const seen = new Map<string, number>();
  return tracks.map(({ type, index }) => {
    const name = `${type === 'video' ? 'V' : 'A'}${index}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

/**
 * The same cut in the form changes work on: video tracks then audio, each by index; events, transitions and markers by place;
 * ids `V1-001` by track and order; links numbered by first appearance. Two cuts that differ in nothing else are equal in it.
 */
export function canonicalCut(list: CutList): CutList {
  const tracks = [...list.tracks].sort((a, b) => rank(a) - rank(b) || a.index - b.index);
  const keys = trackKeys(tracks);
  const links = new Map<number, number>();
  return trimmedOf({
    ...list,
    markers: inOrder(list.markers.map(trimmedOf)),
    tracks: tracks.map((track, at) =>
      trimmedOf({
        ...track,
        events: eventsInOrder(track.events).map((event, nth) => canonicalEvent(event, keys[at]!, nth, links)),
        transitions: [...track.transitions]
          .map(trimmedOf)
          .sort((a, b) => a.in - b.in || a.out - b.out || compareText(keyOf(a), keyOf(b))),
      }),
    ),
  });
}

const rank = (track: CutTrack) => (track.type === 'video' ? 0 : 1);

function canonicalEvent(event: CutEvent, track: string, nth: number, links: Map<number, number>): CutEvent {
  const copy = trimmedOf(event);
  copy.id = `${track}-${String(nth + 1).padStart(3, '0')}`;
  if (copy.link !== undefined) {
    if (!links.has(copy.link)) links.set(copy.link, links.size + 1);
    copy.link = links.get(copy.link)!;
  }
  if (copy.markers) {
    if (copy.markers.length > 0) copy.markers = inOrder(copy.markers.map(trimmedOf));
    else delete copy.markers;
  }
  return copy;
}

/** By record in. Events that lie over one another do not occur in a cut list; their order is still the same every time. */
function eventsInOrder(events: readonly CutEvent[]): CutEvent[] {
  return [...events].sort(
    (a, b) =>
      a.recordIn - b.recordIn ||
      a.recordOut - b.recordOut ||
      compareText(keyOf({ ...a, id: '', link: 0 }), keyOf({ ...b, id: '', link: 0 })),
  );
}

export function inOrder(markers: CutMarker[]): CutMarker[] {
  return markers.sort((a, b) => a.frame - b.frame || compareText(keyOf(a), keyOf(b)));
}

/** By code unit, so that the order is one on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Frames from the sequence's first to the last event's end. */
export function runningTime(list: CutList): number {
  let end = 0;
  for (const track of list.tracks)
    for (const event of track.events) if (event.recordOut > end) end = event.recordOut;
  return end;
}
