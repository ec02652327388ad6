/**
 * Turns a timeline as an editor showed it into the cut list that every export is written from: events in order, sources
 * joined to the manifest, and a loss for whatever could not come along. Events in = events out + losses of what `event`.
 */
import { clipFinder, joinKnown, joinUnknown, type FindClip, type Joined } from './cutsource.ts';
import { laidOut } from './cuttracks.ts';
import type { CutEvent, CutList, CutMarker, CutTrack, CutTransition } from './documents/cutlist.ts';
import type { Handoff } from './documents/handoff.ts';
import type { Loss } from './documents/issue.ts';
import type {
  SequenceItem,
  SequenceSnapshot,
  SequenceTrack,
  SequenceTransition,
} from './documents/snapshot.ts';
import {
  abs,
  add,
  compare,
  fraction,
  framesToSeconds,
  multiply,
  secondsToFrames,
  subtract,
  toDecimal,
} from './time/fraction.ts';
import { gcd, sameSpeed, type Rate } from './time/rate.ts';
import { frameToTimecode } from './time/timecode.ts';
import { sidesOf, transitionKind } from './transitions.ts';

/** The record timecode of a frame counted from the sequence's first one. */
export function recordTimecode(list: Pick<CutList, 'rate' | 'start'>, frame: number): string {
  return frameToTimecode(list.start + frame, list.rate);
}

/** `V1-003 at 01:00:05:12`: the place a loss points at. */
export function eventPlace(
  list: Pick<CutList, 'rate' | 'start'>,
  event: Pick<CutEvent, 'id' | 'recordIn'>,
): string {
  return `${event.id} at ${recordTimecode(list, event.recordIn)}`;
}

/** `V1`, `A2`. */
export function trackName(track: Pick<CutTrack, 'type' | 'index'>): string {
  return `${track.type === 'video' ? 'V' : 'A'}${track.index}`;
}

/**
 * `roots` says where each of the manifest's roots lies on this machine. A source the manifest does not know is kept as the
 * editor describes it, with a loss `unknown-source`. Nothing is refused and nothing is thrown.
 */
export function cutList(
  snapshot: SequenceSnapshot,
  handoff: Handoff,
  roots: Record<string, string>,
): { value: CutList; losses: Loss[] } {
  const losses: Loss[] = [];
  const join = joiner(snapshot, clipFinder(handoff, roots));
  const tracks = laidOut(snapshot, losses).map((track): CutTrack => {
    const events = track.items.map((item, at) => {
      const id = `${trackName(track)}-${String(at + 1).padStart(3, '0')}`;
      const { event, said } = toEvent(item, id, snapshot.rate, join);
      for (const { what, message } of said)
        losses.push({
          what,
          where: eventPlace(snapshot, event),
          count: 1,
          message: `${item.name}: ${message}`,
        });
      return event;
    });
    return {
      type: track.type,
      index: track.index,
      name: track.name,
      enabled: track.enabled,
      events,
      transitions: track.transitions.map((each) => toTransition(each, events, snapshot, track, losses)),
    };
  });
  const value: CutList = {
    kind: 'cutlist',
    version: 1,
    name: snapshot.name,
    rate: snapshot.rate,
    start: snapshot.start,
    size: snapshot.size,
    tracks,
    markers: snapshot.markers.map((marker) => ({ ...marker })),
  };
  return { value, losses };
}

function toTransition(
  transition: SequenceTransition,
  events: CutEvent[],
  snapshot: SequenceSnapshot,
  track: SequenceTrack,
  losses: Loss[],
): CutTransition {
  const { before, after, cut, open } = sidesOf(events, transition);
  if (open)
    losses.push({
      what: 'transition-cut',
      where: `${trackName(track)} at ${recordTimecode(snapshot, transition.in)}`,
      count: 1,
      message: `${transition.name}: it lies over the whole of one clip or gap, and the editor does not say at which end of it the cut is; it is taken to be at ${recordTimecode(snapshot, cut!)}`,
    });
  return { ...transition, kind: transitionKind(transition.name, before !== null, after !== null) };
}

type Join = (item: SequenceItem) => { joined: Joined | null; why: string | null };

function joiner(snapshot: SequenceSnapshot, find: FindClip): Join {
  const uses = new Map<string, { video: boolean; audio: boolean }>();
  const use = (name: string) => uses.get(name) ?? { video: false, audio: false };
  for (const track of snapshot.tracks)
    for (const { source } of track.items) {
      const name = source?.file ?? source?.name;
      if (name !== undefined) uses.set(name, { ...use(name), [track.type]: true });
    }
  return ({ kind, source }) => {
    // Only what plays media is looked for: a title or a nested sequence has no clip of its own in any manifest.
    const media = kind === 'clip' || kind === 'unknown' || (kind === 'multicam' && source?.file != null);
    if (!source) return { joined: null, why: media ? 'the editor names no source' : null };
    const found = find(source);
    if ('clip' in found) return { joined: joinKnown(source, found.clip, found.file), why: null };
    return { joined: joinUnknown(source, use(source.file ?? source.name)), why: media ? found.why : null };
  };
}

function toEvent(item: SequenceItem, id: string, rate: Rate, join: Join) {
  const { joined, why } = join(item);
  const speed = exactSpeed(item.speed);
  const ends = joined ? [joined.in, joined.out] : [0, item.out - item.in];
  const event: CutEvent = {
    id,
    kind: item.kind,
    name: item.name,
    recordIn: item.in,
    recordOut: item.out,
    sourceIn: Math.min(ends[0]!, ends[1]!),
    sourceOut: Math.max(ends[0]!, ends[1]!),
    source: joined?.source ?? null,
    speed,
    enabled: item.enabled,
  };
  if (item.link !== undefined) event.link = item.link;
  if (item.channels?.length) event.channels = [...item.channels];
  if (item.markers?.length) event.markers = countedAt(item, joined?.source.rate ?? rate);
  const said = [...(joined?.losses ?? [])];
  if (why !== null)
    said.push({ what: 'unknown-source', message: `${why}; the event stays, as the editor describes it` });
  const misfit = spanProblem(event, rate);
  if (misfit) said.push({ what: 'source-span', message: misfit });
  return { event, said };
}

/** Markers on the media, counted as the event's source is. */
function countedAt({ markers = [], source }: SequenceItem, to: Rate): CutMarker[] {
  const at = (frames: number) =>
    !source || sameSpeed(source.rate, to)
      ? frames
      : secondsToFrames(framesToSeconds(frames, source.rate), to);
  return markers.map((marker) => ({ ...marker, frame: at(marker.frame), duration: at(marker.duration) }));
}

/** Editors hide a keyframed speed behind a plain one; then the source's span does not fit the record's. */
function spanProblem(event: CutEvent, rate: Rate): string | null {
  const { source, speed } = event;
  if (!source || !speed || speed.num === 0 || source.still) return null;
  const length = event.recordOut - event.recordIn;
  const span = event.sourceOut - event.sourceIn;
  // The usual case, without fractions.
  if (speed.num === speed.den && span === length && sameSpeed(source.rate, rate)) return null;
  const used = framesToSeconds(span, source.rate);
  const record = framesToSeconds(length, rate);
  const wanted = multiply(record, abs(fraction(speed.num, speed.den)));
  // Each span is rounded to whole frames of its own, so it may be off by one of each.
  const slack = add(
    framesToSeconds(1, source.rate),
    multiply(framesToSeconds(1, rate), abs(fraction(speed.num, speed.den))),
  );
  if (compare(abs(subtract(used, wanted)), slack) <= 0) return null;
  return `the source runs ${toDecimal(used)} s for ${toDecimal(record)} s of record at ${percent(speed)} %; exports keep the source in and the record length`;
}

function percent(speed: { num: number; den: number }): string {
  return toDecimal(fraction(speed.num * 100, speed.den), 2);
}

function exactSpeed(speed: SequenceItem['speed']): CutEvent['speed'] {
  if (!speed || speed.den === 0) return null;
  const divisor = gcd(speed.num, speed.den) * Math.sign(speed.den);
  // Adding 0 turns −0 into 0.
  return { num: speed.num / divisor + 0, den: speed.den / divisor };
}
