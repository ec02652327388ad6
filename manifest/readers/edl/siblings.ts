/**
 * One cut from the several lists it was written as: an EDL holds one picture track and 999 events, so Baton writes the rest beside
 * it as NAME_V2.edl and NAME_PART2.edl. `_V2` is also what people call a second version, so a list joins only by its title.
 */
import type { CutEvent, CutList, CutSource, CutTrack } from '../../documents/cutlist.ts';
import { trackName } from '../../cutlist.ts';
import { framesPerDay } from '../../time/rate.ts';
import { wrapDay } from '../../time/timecode.ts';

/** A list beside the main one, and the video track (from 1) its picture belongs to. */
export interface Sibling {
  cut: CutList;
  track: number;
}

/** What a file's name says it would be beside `main`; null where it is no sibling. Names without folder, case ignored. */
export function siblingOf(main: string, name: string): { track: number; part: number } | null {
  const stem = main.replace(/\.edl$/i, '');
  if (stem === main || name.slice(0, stem.length).toLowerCase() !== stem.toLowerCase()) return null;
  const found = /^(?:_V([1-9]\d?))?(?:_PART([2-9]|[1-9]\d{1,2}))?\.edl$/i.exec(name.slice(stem.length));
  if (!found || (found[1] === undefined && found[2] === undefined)) return null;
  return { track: Number(found[1] ?? 1), part: Number(found[2] ?? 1) };
}

/** The title without the words that Baton adds for a part. */
export function titleOf(title: string): string {
  return title.replace(/ PART \d+ OF \d+$/, '');
}

/** Whether a list is the rest of the same cut, and not another version of it: by its title, and no sound with an upper track. */
export function belongs(main: CutList, { cut, track }: Sibling): boolean {
  const wanted = track === 1 ? titleOf(main.name) : `${titleOf(main.name)} V${track}`;
  if (titleOf(cut.name) !== wanted) return false;
  return track === 1
    ? / PART \d+ OF \d+$/.test(cut.name)
    : cut.tracks.every(({ type }) => type === 'video') &&
        main.rate.num * cut.rate.den === cut.rate.num * main.rate.den;
}

/** The lists as one cut by timecode, whose every source begins where the earliest of them has it. */
export function joinLists(main: CutList, siblings: readonly Sibling[]): CutList {
  if (siblings.length === 0) return main;
  const lists: Sibling[] = [{ cut: main, track: 1 }, ...siblings];
  // A main list that holds nothing begins nowhere.
  const anchor = (lists.find(({ cut }) => !isEmpty(cut)) ?? lists[0]!).cut.start;
  const places = placesOf(lists, anchor, main);
  const first = Math.min(...places.filter((_, at) => !isEmpty(lists[at]!.cut)));
  const from = Number.isFinite(first) ? first : 0;
  const moved = lists.map(({ cut, track }, at) => ({ cut: movedBy(cut, places[at]! - from), track }));
  const joined: CutList = {
    ...main,
    name: titleOf(main.name),
    start: wrapDay(anchor + from, main.rate),
    tracks: gather(moved),
    markers: moved.flatMap(({ cut }) => cut.markers).sort((a, b) => a.frame - b.frame),
  };
  onOneStart(joined);
  return joined;
}

const isEmpty = ({ tracks, markers }: CutList) =>
  markers.length === 0 && tracks.every(({ events }) => events.length === 0);

/** Frames from the anchor to each list's first frame: round midnight the shorter way. */
function placesOf(lists: readonly Sibling[], anchor: number, { rate }: CutList): number[] {
  const day = framesPerDay(rate);
  return lists.map(({ cut }) => {
    const by = wrapDay(cut.start - anchor, rate);
    return by > day / 2 ? by - day : by;
  });
}

function movedBy(cut: CutList, by: number): CutList {
  return {
    ...cut,
    markers: cut.markers.map((marker) => ({ ...marker, frame: marker.frame + by })),
    tracks: cut.tracks.map((track) => ({
      ...track,
      events: track.events.map((event) => ({
        ...event,
        recordIn: event.recordIn + by,
        recordOut: event.recordOut + by,
      })),
      transitions: track.transitions.map((each) => ({ ...each, in: each.in + by, out: each.out + by })),
    })),
  };
}

/** Each list's tracks in their places; those that only overlaps made go on top. */
function gather(lists: readonly Sibling[]): CutTrack[] {
  const tracks = new Map<string, CutTrack>();
  const over: CutTrack[] = [];
  let links = 0;
  for (const { cut, track: upper } of lists) {
    let last = links;
    for (const track of cut.tracks) {
      const events = track.events.map((event): CutEvent => {
        if (event.link === undefined) return event;
        last = Math.max(last, event.link + links);
        return { ...event, link: event.link + links };
      });
      if (track.name.endsWith(' (overlap)')) {
        over.push({ ...track, events });
        continue;
      }
      const index = track.type === 'video' ? track.index + upper - 1 : track.index;
      const name = trackName({ type: track.type, index });
      const known = tracks.get(name);
      if (known) {
        for (const event of events) known.events.push(event);
        for (const each of track.transitions) known.transitions.push(each);
      } else tracks.set(name, { ...track, index, name, events });
    }
    links = last;
  }
  const found = [...tracks.values()];
  for (const track of over) {
    const tops = found.filter(({ type }) => type === track.type).map(({ index }) => index);
    found.push({ ...track, index: Math.max(0, ...tops) + 1 });
  }
  const rank = ({ type }: CutTrack) => (type === 'video' ? 0 : 1);
  found.sort((a, b) => rank(a) - rank(b) || a.index - b.index);
  for (const track of found) {
    track.transitions.sort((a, b) => a.in - b.in);
    track.events.forEach((event, at) => {
      event.id = `${trackName(track)}-${String(at + 1).padStart(3, '0')}`;
    });
  }
  return found;
}

/** A source that several lists play begins at the earliest of their starts; every event's times are counted from there. */
function onOneStart({ tracks }: CutList): void {
  const keyOf = ({ reel, name, rate }: CutSource) =>
    JSON.stringify([reel, name, rate.num, rate.den, rate.drop]);
  const one = new Map<string, CutSource>();
  const uses = tracks.flatMap(({ events }) => events.filter(({ source }) => source !== null));
  for (const { source } of uses) {
    const known = one.get(keyOf(source!));
    if (!known) one.set(keyOf(source!), { ...source! });
    else {
      known.start = Math.min(known.start ?? 0, source!.start ?? 0);
      known.file ??= source!.file;
      known.hasPicture ||= source!.hasPicture;
      known.channels = Math.max(known.channels, source!.channels);
    }
  }
  for (const event of uses) {
    const to = one.get(keyOf(event.source!))!;
    const by = (event.source!.start ?? 0) - (to.start ?? 0);
    event.sourceIn += by;
    event.sourceOut += by;
    if (event.markers)
      event.markers = event.markers.map((marker) => ({ ...marker, frame: marker.frame + by }));
    event.source = to;
  }
}
