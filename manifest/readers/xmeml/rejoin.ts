/**
 * Sound tracks as an editor shows them: xmeml has one channel a track, so a stereo track stands in the file as two, and every clip on
 * it as two linked ones. Where the file says so, and nothing of them differs but the channel, they are one again.
 */
import { trackName } from '../../cutlist.ts';
import type { CutEvent, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import { whole } from './values.ts';
import { childText, type XmlElement } from '../../xml/read.ts';

/** Which of a track's channels an element holds. */
export interface Channel {
  /** From 1; null where nothing says. */
  index: number | null;
  /** How many there are; null where only Premiere would say. */
  of: number | null;
}

/** Premiere numbers the parts of a track; Final Cut and Baton number the outputs they go to, from 1 for each track. */
export function channelOfTrack(element: XmlElement): Channel {
  const of = whole(element.attributes['totalExplodedTrackCount']);
  const part = whole(element.attributes['currentExplodedTrackIndex']);
  if (of !== null && of >= 1 && part !== null && part >= 0 && part < of) return { index: part + 1, of };
  return { index: whole(childText(element, 'outputchannelindex')), of: null };
}

export interface ReadChannel {
  track: CutTrack;
  channel: Channel;
}

/** Events that became part of the one whose other channel they play. */
export type Joined = ReadonlyMap<CutEvent, CutEvent>;

/** Tracks in the order of the file, numbered anew. Events change in place: those that stay play the channels of those that do not. */
export function rejoined(read: readonly ReadChannel[]): { tracks: CutTrack[]; joined: Joined } {
  const tracks: CutTrack[] = [];
  const joined = new Map<CutEvent, CutEvent>();
  for (let at = 0; at < read.length;) {
    const group = groupAt(read, at);
    const [first] = group;
    for (const part of group.slice(1)) for (const event of part.twins!) joined.set(event.own, event.first);
    for (const event of first!.track.events) plainChannels(event);
    const index = tracks.length + 1;
    const { track } = first!;
    const name = track.name === trackName(track) ? trackName({ type: 'audio', index }) : track.name;
    tracks.push({ ...track, index, name });
    at += group.length;
  }
  return { tracks, joined };
}

interface Part {
  track: CutTrack;
  /** Of the second channel and up: its events with those of the first. */
  twins: { own: CutEvent; first: CutEvent }[] | null;
}

function groupAt(read: readonly ReadChannel[], at: number): Part[] {
  const { track, channel } = read[at]!;
  const group: Part[] = [{ track, twins: null }];
  if (channel.index !== 1) return group;
  // An event that has no second channel has no third.
  let firsts = new Map(track.events.map((event) => [event.recordIn, event]));
  const pending: [CutEvent, number[]][] = [];
  for (let next = at + 1; next < read.length; next++) {
    const other = read[next]!;
    if (other.channel.index !== group.length + 1 || other.channel.of !== channel.of) break;
    const twins = twinsOf(track, other.track, firsts);
    if (!twins || (twins.length === 0 && channel.of === null)) break;
    for (const { own, first } of twins) pending.push([first, own.channels ?? []]);
    firsts = new Map(twins.map(({ first }) => [first.recordIn, first]));
    group.push({ track: other.track, twins });
  }
  // Half of what Premiere calls one track is no track of its own making.
  if (channel.of !== null && group.length !== channel.of) return group.slice(0, 1);
  for (const [event, channels] of pending) event.channels = [...(event.channels ?? []), ...channels];
  return group;
}

/** Null where the second track holds anything of its own. */
function twinsOf(track: CutTrack, other: CutTrack, firsts: ReadonlyMap<number, CutEvent>): Part['twins'] {
  if (track.enabled !== other.enabled) return null;
  // With nothing beside it on the further channel, only the part over its clip stands there.
  const known = ({ in: from, out, name }: CutTransition) =>
    track.transitions.some((each) => each.in <= from && each.out >= out && each.name === name);
  if (!other.transitions.every(known)) return null;
  const twins: { own: CutEvent; first: CutEvent }[] = [];
  for (const own of other.events) {
    const first = firsts.get(own.recordIn);
    if (!first || !alike(own, first)) return null;
    twins.push({ own, first });
  }
  return twins;
}

function alike(a: CutEvent, b: CutEvent): boolean {
  return (
    a.recordOut === b.recordOut &&
    a.sourceIn === b.sourceIn &&
    a.sourceOut === b.sourceOut &&
    a.enabled === b.enabled &&
    a.kind === b.kind &&
    a.name === b.name &&
    a.speed?.num === b.speed?.num &&
    a.speed?.den === b.speed?.den &&
    a.source?.file === b.source?.file &&
    a.source?.name === b.source?.name
  );
}

/** What an event plays unasked is not said: the first two channels of what has two or more, else the first. */
function plainChannels(event: CutEvent): void {
  const { channels, source } = event;
  if (!channels || !source) return;
  const wanted = source.channels >= 2 ? 2 : 1;
  if (channels.length === wanted && channels.every((channel, at) => channel === at + 1))
    delete event.channels;
}
