/** Tracks and titles as formats without names, or without empty ones, have them. */
import { trackName } from '../../cutlist.ts';
import type { CutEvent, CutTrack } from '../../documents/cutlist.ts';
import { ascii } from '../../exports/edl/ascii.ts';
import type { Ground } from '../common.ts';

const UNNAMED = /^((video|audio|v|a) ?\d+)?$/i;

/** Between two formats an empty track says nothing, and a name that an editor gives unasked is none. */
export function plainTracks(ground: Ground): void {
  if (!ground.cross) return;
  for (const cut of [ground.before, ground.after]) {
    cut.tracks = cut.tracks.filter(({ events, transitions }) => events.length + transitions.length > 0);
    for (const track of cut.tracks) if (UNNAMED.test(track.name)) track.name = trackName(track);
  }
}

/**
 * A format with a channel a track has stereo on two tracks, each clip the twin of the one below. Where the other cut has no such
 * track, the twins are one with it.
 */
export function channelTracks(ground: Ground, same: (a: CutEvent, b: CutEvent) => boolean): void {
  if (!ground.cross || !ground.either('channel-tracks')) return;
  const sounds = (side: 'before' | 'after') => ground[side].tracks.filter(({ type }) => type === 'audio');
  const more = sounds('before').length - sounds('after').length;
  const [rich, poor] = more > 0 ? (['before', 'after'] as const) : (['after', 'before'] as const);
  let left = Math.abs(more);
  let joined = 0;
  const tracks: CutTrack[] = [];
  let below: CutTrack | null = null;
  for (const track of ground[rich].tracks) {
    const twin: boolean =
      left > 0 && track.type === 'audio' && below !== null && areTwins(below, track, same);
    if (twin) {
      left--;
      joined++;
      continue;
    }
    if (track.type === 'audio') {
      track.index -= joined;
      below = track;
    }
    tracks.push(track);
  }
  if (joined === 0) return;
  for (const track of tracks)
    if (track.type === 'audio' && UNNAMED.test(track.name)) track.name = trackName(track);
  ground[rich].tracks = tracks;
  ground.unsaid(poor, 'tracks of further channels', joined);
}

function areTwins(below: CutTrack, track: CutTrack, same: (a: CutEvent, b: CutEvent) => boolean): boolean {
  if (below.events.length !== track.events.length || track.events.length === 0) return false;
  return track.events.every((event, at) => same(below.events[at]!, event));
}

/** A link to nothing that is compared is none. */
export function realLinks({ before, after, cross }: Ground): void {
  if (!cross) return;
  for (const cut of [before, after]) {
    const sizes = new Map<number, number>();
    for (const { events } of cut.tracks)
      for (const { link } of events) if (link !== undefined) sizes.set(link, (sizes.get(link) ?? 0) + 1);
    for (const { events } of cut.tracks)
      for (const event of events)
        if (event.link !== undefined && sizes.get(event.link)! < 2) delete event.link;
  }
}

/** A title of plain letters, or cut short, is the other side's. */
export function oneTitle({ before, after, cross, is }: Ground): void {
  if (!cross || before.name === after.name) return;
  const plain = (name: string) =>
    ascii(name)
      .replace(/[^A-Za-z0-9?]+/g, '')
      .toUpperCase();
  const [old, now] = [plain(before.name), plain(after.name)];
  if (is('after', 'names') && old.startsWith(now)) after.name = before.name;
  else if (is('before', 'names') && now.startsWith(old)) before.name = after.name;
}
