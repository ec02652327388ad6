/** Finds the lines about what lies beside the events: transitions of a track, markers of the sequence. */
import type { CutList, CutMarker } from '../documents/cutlist.ts';
import { align, type Pair } from './align.ts';
import { keyOf } from './canonical.ts';
import type { Compared } from './events.ts';
import type { Gathered } from './gather.ts';
import { leftovers } from './leftovers.ts';
import { MARKERS, shiftedMarker, shiftedTransition } from './place.ts';
import type { Lane, ShiftAt } from './ripple.ts';

/** Markers that are the same but for their place, in order: they may have moved with the picture. */
export function markerPoints(before: CutList, after: CutList): Lane {
  const tokens = new Map<string, number>();
  const token = (marker: CutMarker) => {
    const key = keyOf({ ...marker, frame: 0 });
    if (!tokens.has(key)) tokens.set(key, tokens.size);
    return tokens.get(key)!;
  };
  const none: Pair[] = [];
  const pairs = align(before.markers.map(token), after.markers.map(token), none);
  return {
    key: MARKERS,
    points: pairs.map(([a, b]) => {
      const from = before.markers[a]!.frame;
      return { from, shifts: [after.markers[b]!.frame - from] };
    }),
  };
}

export function changesOfMarkers(before: CutList, after: CutList, shiftAt: ShiftAt, lines: Gathered): void {
  const expected = before.markers.map((marker) => shiftedMarker(marker, shiftAt));
  const { removed, changed, added } = leftovers(expected, after.markers, [
    (marker) => `${marker.frame} ${marker.name}`,
    (marker) => `${marker.name} ${marker.comment}`,
    (marker) => String(marker.frame),
  ]);
  for (const nth of removed)
    lines.at(expected[nth]!.frame, {
      what: 'marker-removed',
      event: null,
      nth,
      before: before.markers[nth]!,
    });
  for (const { nth, after: marker } of changed)
    lines.at(marker.frame, {
      what: 'marker-changed',
      event: null,
      nth,
      before: expected[nth]!,
      after: marker,
    });
  for (const value of added) lines.at(value.frame, { what: 'marker-added', event: null, value });
}

export function changesOfTransitions({ matches, shiftAt, lines }: Compared): void {
  const { before, after, becomes } = matches;
  before.list.tracks.forEach((old, a) => {
    const track = before.keys[a]!;
    const now = after.list.tracks[becomes[a]!];
    const expected = old.transitions.map((each) => shiftedTransition(each, old.events, track, shiftAt));
    const { removed, changed, added } = leftovers(expected, now?.transitions ?? [], [
      (each) => `${each.in} ${each.out}`,
      (each) => `${each.in} ${each.name}`,
      (each) => `${each.out} ${each.name}`,
      (each) => `${each.in + each.out} ${each.name}`,
    ]);
    for (const nth of removed)
      lines.at(expected[nth]!.in, { what: 'transition-removed', track, nth, before: old.transitions[nth]! });
    for (const { nth, after: value } of changed)
      lines.at(value.in, { what: 'transition-changed', track, nth, before: expected[nth]!, after: value });
    for (const value of added)
      lines.at(value.in, { what: 'transition-added', track: after.keys[becomes[a]!]!, value });
  });
  after.list.tracks.forEach((now, b) => {
    if (becomes.includes(b)) return;
    for (const value of now.transitions)
      lines.at(value.in, { what: 'transition-added', track: after.keys[b]!, value });
  });
}
