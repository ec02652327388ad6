/**
 * Sound tracks as xmeml has them: one channel each. A track whose clips play several becomes as many tracks, one above the
 * other and linked, the way Final Cut Pro 7 and Premiere write stereo.
 */
import { trackName } from '../../cutlist.ts';
import type { CutEvent, CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';

/**
 * The same list with one source channel an event (`channels: [n]`); picture tracks stay as they are. A track is as wide as the widest
 * event on it that is `written`.
 */
export function exploded(
  list: CutList,
  written: (event: CutEvent) => boolean = () => true,
): { list: CutList; losses: Loss[]; outputs: Outputs } {
  const losses: Loss[] = [];
  const outputs = new Map<CutTrack, number>();
  const links = linker(list);
  let shift = 0;
  const sound = list.tracks
    .filter((track) => track.type === 'audio')
    .flatMap((track) => {
      let width = 1;
      for (const event of track.events) if (written(event)) width = Math.max(width, channelsOf(event).length);
      const index = track.index + shift;
      shift += width - 1;
      if (width === 1) return [single(track, index)];
      losses.push(widened(track, index, width));
      const parts = split(track, index, width, links);
      parts.forEach((part, nth) => outputs.set(part, nth + 1));
      return parts;
    });
  return {
    list: { ...list, tracks: [...list.tracks.filter((track) => track.type === 'video'), ...sound] },
    losses,
    outputs,
  };
}

/** Which output a track made for one channel of several goes to, from 1; readers know by it what was one track. */
export type Outputs = ReadonlyMap<CutTrack, number>;

function widened(track: CutTrack, index: number, width: number): Loss {
  const message = `${trackName(track)} plays ${width} channels; FCP7 XML has a track for each, so it is written as A${index}–A${index + width - 1}, linked`;
  return { what: 'channels', where: trackName(track), count: 1, message };
}

/** Channels that an event plays, from 1. Where nobody says, the first two: an editor's own tracks take no more unasked. */
export function channelsOf(event: CutEvent): number[] {
  if (event.channels?.length) return event.channels;
  return (event.source?.channels ?? 0) >= 2 ? [1, 2] : [1];
}

function single(track: CutTrack, index: number): CutTrack {
  const events = track.events.map((event) =>
    event.source ? { ...event, channels: channelsOf(event) } : event,
  );
  return { ...track, index, events };
}

function split(track: CutTrack, index: number, width: number, linkOf: Linker): CutTrack[] {
  const tracks = Array.from({ length: width }, (_, nth): CutTrack => ({
    ...track,
    index: index + nth,
    events: [],
  }));
  for (const event of track.events) {
    // What is not written needs no more than its place among the rest.
    const channels = event.source ? channelsOf(event).slice(0, width) : [0];
    const link = channels.length > 1 ? linkOf(event) : event.link;
    channels.forEach((channel, nth) => {
      const one: CutEvent = { ...event };
      if (event.source) one.channels = [channel];
      if (link !== undefined) one.link = link;
      tracks[nth]!.events.push(one);
    });
  }
  // On the tracks added for further channels a transition lies only where there is something to mix.
  for (const one of tracks.slice(1))
    one.transitions = track.transitions.filter(({ in: from, out: to }) => touches(one.events, from, to));
  return tracks;
}

function touches(events: CutEvent[], from: number, to: number): boolean {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.recordOut < from) low = middle + 1;
    else high = middle;
  }
  return low < events.length && events[low]!.recordIn <= to;
}

type Linker = (event: CutEvent) => number;

/** An event's own link, or a number that no other event has. */
function linker(list: CutList): Linker {
  let last = 0;
  for (const track of list.tracks) for (const event of track.events) last = Math.max(last, event.link ?? 0);
  return (event) => event.link ?? ++last;
}
