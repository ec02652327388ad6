/** Markers of two cuts on common ground: all on the sequence where one format has them only on clips, and rounding forgiven. */
import type { CutEvent, CutList, CutMarker } from '../../documents/cutlist.ts';
import { ascii } from '../../exports/edl/ascii.ts';
import { listedMarkers } from '../../exports/markers/project.ts';
import { sameSpeed } from '../../time/rate.ts';
import { inOrder, keyOf, runningTime } from '../canonical.ts';
import type { Ground } from '../common.ts';
import { markersOf } from './facets.ts';

/** Where one side cannot say what a marker stands on, every marker stands where it is seen. */
export function ownMarkers(ground: Ground): void {
  if (!ground.cross || !ground.either('marker-owners')) return;
  for (const side of ['before', 'after'] as const) {
    const cut = ground[side];
    if (ground.is(side, 'marker-owners')) markersOf(cut).forEach(unnamed);
    let unseen = 0;
    let frozen = 0;
    for (const { events } of cut.tracks)
      for (const event of events)
        if (event.speed?.num === 0 && event.markers && !ground.is(side, 'marker-owners')) {
          frozen += event.markers.length;
          delete event.markers;
        }
    for (const { events } of cut.tracks) events.forEach(pulledIn);
    const listed = listedMarkers(cut, ({ what, count }) => {
      if (what === 'marker') unseen += count;
    });
    // One marker on a picture and its sound, or on the sequence and the clip, is one.
    const seen = new Map<string, CutMarker>();
    const other = side === 'before' ? 'after' : 'before';
    const there = ground.is(other, 'clip-markers') ? placesOf(ground[other], cut) : null;
    let ofClips = 0;
    for (const { frame, duration, name, comment, colour, on } of listed) {
      if (on && there && !there(frame, name, comment)) {
        ofClips++;
        continue;
      }
      const key = `${frame} ${name} ${comment}`;
      if (!seen.has(key)) seen.set(key, { frame, duration, name, comment, colour });
    }
    cut.markers = inOrder([...seen.values()]);
    for (const { events } of cut.tracks) for (const event of events) delete event.markers;
    ground.unsaid(other, 'markers of clips', ofClips);
    ground.unsaid(other, 'markers outside what their clips show', unseen);
    // A freeze shows one moment all along; where on it a marker stands is lost.
    ground.unsaid(other, 'markers on freezes', frozen);
  }
  afterTheEnd(ground, 'before', 'after');
  afterTheEnd(ground, 'after', 'before');
}

/** Final Cut has no marker without a name: it has the timecode of its place, or `Marker`. */
function unnamed(marker: CutMarker): void {
  if (/^(\d\d:\d\d:\d\d[:;]\d\d\d?|Marker)$/.test(marker.name)) marker.name = '';
}

/** Whether markers of a sequence alone have one like it, where its clip would have put it. `clips` are the cut's it is from. */
function placesOf(
  { markers }: CutList,
  clips: CutList,
): (frame: number, name: string, comment: string) => boolean {
  const places = new Map<string, number[]>();
  for (const { frame, name, comment } of markers) {
    const text = textOf(name, comment);
    const known = places.get(text);
    if (known) known.push(frame);
    else places.set(text, [frame]);
  }
  const onOneClip = uneven(clips);
  return (frame, name, comment) =>
    (places.get(textOf(name, comment)) ?? []).some(
      (each) => Math.abs(each - frame) <= 1 || onOneClip(each, frame),
    );
}

/** One text for a marker's two, in plain letters, as lists have it. */
function textOf(name: string, comment: string): string {
  return ascii([name, comment].filter(Boolean).join(' '))
    .replace(/[^A-Za-z0-9?]+/g, '')
    .toUpperCase();
}

/** What has markers on clips alone has none after the last. */
function afterTheEnd(ground: Ground, silent: 'before' | 'after', other: 'before' | 'after'): void {
  if (!ground.is(silent, 'marker-owners')) return;
  const { markers } = ground[silent];
  const end = Math.max(runningTime(ground[silent]), (markers[markers.length - 1]?.frame ?? -1) + 1);
  const within = ground[other].markers.filter(({ frame }) => frame < end);
  ground.unsaid(silent, 'markers after the last clip', ground[other].markers.length - within.length);
  ground[other].markers = within;
}

/** A marker within a frame of its like is the same; so is one whose length or words one side cannot say. */
export function snapMarkers(ground: Ground): void {
  if (!ground.cross) return;
  const lengths = ground.either('marker-lengths');
  const words = ground.either('names');
  const onOneClip = ground.either('marker-owners') ? uneven(ground.before) : () => false;
  const [old, now] = different(ground.before.markers, ground.after.markers);
  const taken = new Set<CutMarker>();
  const fits = (a: CutMarker, b: CutMarker) =>
    Math.abs(a.frame - b.frame) <= 1 || onOneClip(a.frame, b.frame);
  for (const keyed of [
    ({ name, comment }: CutMarker) => `${name}\n${comment}`,
    // A list has one text for both, in fewer colours.
    ...(words ? [({ name, comment }: CutMarker) => textOf(name, comment)] : []),
  ]) {
    const waiting = new Map<string, CutMarker[]>();
    for (const marker of old) {
      if (taken.has(marker)) continue;
      const list = waiting.get(keyed(marker));
      if (list) list.push(marker);
      else waiting.set(keyed(marker), [marker]);
    }
    for (const marker of now) {
      if (taken.has(marker)) continue;
      const list = waiting.get(keyed(marker)) ?? [];
      const at = list.findIndex((each) => fits(each, marker));
      const found = list[at];
      if (!found) continue;
      list.splice(at, 1);
      taken.add(found).add(marker);
      marker.frame = found.frame;
      if (words) [marker.name, marker.comment, marker.colour] = [found.name, found.comment, found.colour];
      if (lengths || Math.abs(marker.duration - found.duration) <= 1) marker.duration = found.duration;
    }
  }
}

/** Those of each list that the other has not, in order of place. */
function different(before: readonly CutMarker[], after: readonly CutMarker[]): [CutMarker[], CutMarker[]] {
  const counts = new Map<string, number>();
  for (const marker of before) counts.set(keyOf(marker), (counts.get(keyOf(marker)) ?? 0) + 1);
  const take = (marker: CutMarker) => {
    const count = counts.get(keyOf(marker)) ?? 0;
    if (count > 0) counts.set(keyOf(marker), count - 1);
    return count > 0;
  };
  const now = after.filter((marker) => !take(marker));
  return [before.filter(take), now];
}

/** Whether two frames lie on one clip whose speed or rate makes several frames one: its markers are rounded to the media's. */
function uneven(cut: CutList): (a: number, b: number) => boolean {
  const clips = cut.tracks
    .filter(({ type }) => type === 'video')
    .flatMap(({ events }) => events)
    .filter(
      ({ source, speed }) =>
        source && (!speed || speed.num !== speed.den || !sameSpeed(source.rate, cut.rate)),
    );
  return (a, b) => {
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    return clips.some(({ recordIn, recordOut }) => first >= recordIn && last < recordOut);
  };
}

/** A marker that rounding put just beside what its clip shows stands at its edge. */
function pulledIn(event: CutEvent): void {
  const { markers = [], sourceIn, sourceOut, speed } = event;
  const room = 2 + Math.ceil(Math.abs(speed?.num ?? 1) / (speed?.den ?? 1));
  for (const marker of markers)
    if (marker.frame < sourceIn && marker.frame >= sourceIn - room) marker.frame = sourceIn;
    else if (marker.frame >= sourceOut && marker.frame < sourceOut + room) marker.frame = sourceOut - 1;
}
