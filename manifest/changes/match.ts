/**
 * Which event of the new cut is which of the old one: first what is exactly alike and in order on its track, then what is alike
 * anywhere, then the same media with a range in common. Never by position alone.
 */
import type { CutEvent, CutList } from '../documents/cutlist.ts';
import { align, longestIncreasing, type Pair } from './align.ts';
import { trackKeys } from './canonical.ts';
import { carried, type Sources } from './sources.ts';
import { matchTracks } from './tracks.ts';

/** An event of one side, its source times counted as the new cut counts them. */
export interface Placed {
  event: CutEvent;
  /** Place of its track among the side's tracks, and its own on the track. */
  track: number;
  nth: number;
  media: number;
  sourceIn: number;
  sourceOut: number;
}

export interface Side {
  list: CutList;
  keys: string[];
  tracks: Placed[][];
}

export interface Matches {
  before: Side;
  after: Side;
  /** For every old track the new one it became, or −1. */
  becomes: number[];
  /** Old event → new event. */
  pairs: Map<Placed, Placed>;
  /** Old events that kept their track and their order on it. */
  kept: Set<Placed>;
}

export function matchEvents(before: CutList, after: CutList, sources: Sources): Matches {
  const [old, now] = [sideOf(before, sources, true), sideOf(after, sources, false)];
  const exact = new Map<string, number>();
  const tokens = (side: Side) => side.tracks.map((track) => track.map((each) => exactToken(each, exact)));
  const [oldTokens, nowTokens] = [tokens(old), tokens(now)];
  const types = (list: CutList) => list.tracks.map((track) => track.type);
  const becomes = matchTracks(
    { keys: old.keys, types: types(before), tokens: oldTokens },
    { keys: now.keys, types: types(after), tokens: nowTokens },
  );
  const matches: Matches = { before: old, after: now, becomes, pairs: new Map(), kept: new Set() };
  const taken = new Set<Placed>();
  const join = (a: Placed, b: Placed) => {
    matches.pairs.set(a, b);
    taken.add(b);
  };
  const chains: Pair[][] = becomes.map((b, a) => (b < 0 ? [] : align(oldTokens[a]!, nowTokens[b]!, [])));
  chains.forEach((chain, a) => {
    for (const [i, j] of chain) join(old.tracks[a]![i]!, now.tracks[becomes[a]!]![j]!);
  });
  joinAlike(matches, taken, oldTokens, nowTokens, join);
  chains.forEach((chain, a) => {
    if (becomes[a]! < 0) return;
    const [left, right] = [old.tracks[a]!, now.tracks[becomes[a]!]!];
    const free = (each: Placed) => (matches.pairs.has(each) || taken.has(each) ? -1 : each.media);
    const fits = (i: number, j: number) => common(left[i]!, right[j]!) > 0;
    for (const [i, j] of align(left.map(free), right.map(free), chain, fits)) join(left[i]!, right[j]!);
  });
  joinOverlapping(matches, taken, join);
  keepOrder(matches);
  return matches;
}

function sideOf(list: CutList, sources: Sources, renew: boolean): Side {
  const tracks = list.tracks.map(({ events }, track) =>
    events.map((event, nth): Placed => {
      const { source } = event;
      let { sourceIn, sourceOut } = event;
      const renewed = renew && source ? sources.renewed(sources.of(source)) : null;
      if (renewed && source) {
        sourceIn = carried(sourceIn, source.rate, renewed.to.source.rate) + renewed.shift;
        sourceOut = carried(sourceOut, source.rate, renewed.to.source.rate) + renewed.shift;
      }
      return { event, track, nth, media: sources.media(event), sourceIn, sourceOut };
    }),
  );
  return { list, keys: trackKeys(list.tracks), tracks };
}

function exactToken(placed: Placed, tokens: Map<string, number>): number {
  const { event, media, sourceIn, sourceOut } = placed;
  const speed = event.speed ? `${event.speed.num}/${event.speed.den}` : '';
  const key = `${media} ${sourceIn} ${sourceOut} ${event.recordOut - event.recordIn} ${speed}`;
  const token = tokens.get(key);
  if (token !== undefined) return token;
  tokens.set(key, tokens.size);
  return tokens.size - 1;
}

/** What is exactly alike and stands elsewhere: on its own track before others, picture with picture, in turn. */
function joinAlike(
  { before, after, becomes, pairs }: Matches,
  taken: Set<Placed>,
  oldTokens: number[][],
  nowTokens: number[][],
  join: (a: Placed, b: Placed) => void,
): void {
  for (const nameOf of [
    (token: number, track: number, _type: string) => `${token} ${track}`,
    (token: number, _track: number, type: string) => `${token} ${type}`,
  ]) {
    const waiting = new Map<string, Placed[]>();
    after.tracks.forEach((track, b) =>
      track.forEach((each, nth) => {
        if (taken.has(each)) return;
        const name = nameOf(nowTokens[b]![nth]!, b, after.list.tracks[b]!.type);
        const list = waiting.get(name);
        if (list) list.push(each);
        else waiting.set(name, [each]);
      }),
    );
    for (const list of waiting.values()) list.reverse();
    before.tracks.forEach((track, a) =>
      track.forEach((each, nth) => {
        if (pairs.has(each)) return;
        const name = nameOf(oldTokens[a]![nth]!, becomes[a]!, before.list.tracks[a]!.type);
        const found = waiting.get(name)?.pop();
        if (found) join(each, found);
      }),
    );
  }
}

/** Source frames two events have in common; at least 1 where the media has no time to speak of: made things, stills, freezes. */
function common(a: Placed, b: Placed): number {
  const frames = Math.min(a.sourceOut, b.sourceOut) - Math.max(a.sourceIn, b.sourceIn);
  return timeless(a) || timeless(b) ? Math.max(1, frames) : frames;
}

function timeless({ event }: Placed): boolean {
  return event.source === null || event.source.still === true;
}

/** What moved and was trimmed: the same media anywhere, at least half of the shorter range in common. */
function joinOverlapping(
  { before, after, pairs }: Matches,
  taken: Set<Placed>,
  join: (a: Placed, b: Placed) => void,
): void {
  const grouped = (side: Side, isFree: (each: Placed) => boolean) => {
    const groups = new Map<string, Placed[]>();
    side.tracks.forEach((track, at) => {
      for (const each of track) {
        if (!isFree(each)) continue;
        const name = `${each.media} ${side.list.tracks[at]!.type}`;
        const list = groups.get(name);
        if (list) list.push(each);
        else groups.set(name, [each]);
      }
    });
    return groups;
  };
  const inSource = (a: Placed, b: Placed) => a.sourceIn - b.sourceIn || a.sourceOut - b.sourceOut;
  const left = grouped(before, (each) => !pairs.has(each));
  const right = grouped(after, (each) => !taken.has(each));
  for (const [name, olds] of left) {
    const news = right.get(name)?.sort(inSource) ?? [];
    olds.sort(inSource);
    let [i, j] = [0, 0];
    while (i < olds.length && j < news.length) {
      const [a, b] = [olds[i]!, news[j]!];
      const shorter = Math.min(a.sourceOut - a.sourceIn, b.sourceOut - b.sourceIn);
      if (common(a, b) * 2 >= shorter) {
        join(a, b);
        i++;
        j++;
      } else if (a.sourceOut <= b.sourceOut) i++;
      else j++;
    }
  }
}

/** Of the pairs that stayed on their track, the most that are in one order on both sides: the others were moved past them. */
function keepOrder({ before, becomes, pairs, kept }: Matches): void {
  before.tracks.forEach((track, a) => {
    const stayed = track.filter((each) => pairs.has(each) && pairs.get(each)!.track === becomes[a]);
    const order = stayed.map((each) => pairs.get(each)!.nth);
    for (const at of longestIncreasing(order)) kept.add(stayed[at]!);
  });
}

/**
 * Pairs what is left over and lies at one place of one track: another source there, or other material of the same. `place` is
 * where an old event's record in and out would be in the new cut.
 */
export function joinReplaced(matches: Matches, place: (old: Placed) => [number, number]): Set<Placed> {
  const { before, after, becomes, pairs } = matches;
  const taken = new Set(pairs.values());
  const free = new Map<string, Placed>();
  for (const track of after.tracks)
    for (const each of track)
      if (!taken.has(each)) free.set(`${each.track} ${each.event.recordIn} ${each.event.recordOut}`, each);
  const replaced = new Set<Placed>();
  before.tracks.forEach((track, a) => {
    for (const each of track) {
      if (pairs.has(each)) continue;
      const name = `${becomes[a]} ${place(each).join(' ')}`;
      const found = free.get(name);
      if (!found) continue;
      free.delete(name);
      pairs.set(each, found);
      matches.kept.add(each);
      const madeAlike = !each.event.source && !found.event.source && each.event.kind === found.event.kind;
      if (each.media !== found.media && !madeAlike) replaced.add(each);
    }
  });
  return replaced;
}
