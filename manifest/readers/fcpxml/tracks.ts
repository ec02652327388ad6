/**
 * Puts what was read on tracks. FCPXML has lanes, relative to whatever a clip hangs on: picture keeps its order from the bottom
 * up, sound its order from the top down, and what would lie over another event of its track goes to a track of its own.
 */
import type { CutTrack, CutTransition } from '../../documents/cutlist.ts';
import { transitionKind, withCut } from '../../transitions.ts';
import type { Crossing, Placed, Story } from './story.ts';

/** Effects whose names say less than their uid does. */
const DISSOLVES = new Set(['FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265', 'FFAudioTransition']);

export function tracksOf(story: Story): CutTrack[] {
  const tracks = [...tracksOfType(story, 'video'), ...tracksOfType(story, 'audio')];
  numberLinks(tracks);
  return tracks;
}

function tracksOfType(story: Story, type: CutTrack['type']): CutTrack[] {
  const lines = new Map<number, Placed[]>();
  const index = type === 'video' ? pictureIndex(story.placed) : soundIndex(story.placed);
  for (const placed of story.placed) {
    if (placed.type !== type) continue;
    const at = index(placed);
    const line = lines.get(at);
    if (line) line.push(placed);
    else lines.set(at, [placed]);
  }
  const displaced: Placed[] = [];
  let top = 0;
  for (const [at, line] of lines) {
    top = Math.max(top, at);
    let end = -Infinity;
    for (const placed of inOrder(line)) {
      if (placed.event.recordIn < end) displaced.push(placed);
      else {
        end = placed.event.recordOut;
        placed.track = at;
      }
    }
  }
  spread(displaced, top);
  const tracks = new Map<number, CutTrack>();
  const trackAt = (at: number) => {
    let track = tracks.get(at);
    const name = `${type === 'video' ? 'V' : 'A'}${at}`;
    if (!track)
      tracks.set(at, (track = { type, index: at, name, enabled: true, events: [], transitions: [] }));
    return track;
  };
  for (const placed of story.placed)
    if (placed.type === type) trackAt(placed.track).events.push(placed.event);
  const cuts = new Map<CutTransition, number>();
  for (const crossing of story.crossings) {
    if (crossing.type !== type) continue;
    const { before, after } = crossing;
    const transition = transitionOf(crossing);
    cuts.set(transition, before ? before.event.recordOut : after!.event.recordIn);
    trackAt((after ?? before)!.track).transitions.push(transition);
  }
  const sorted = [...tracks.values()].sort((a, b) => a.index - b.index);
  for (const track of sorted) {
    track.events.sort((a, b) => a.recordIn - b.recordIn);
    track.transitions = track.transitions
      .sort((a, b) => a.in - b.in)
      .map((each) => withCut(each, cuts.get(each)!, track.events));
    track.events.forEach((event, nth) => (event.id = `${track.name}-${String(nth + 1).padStart(3, '0')}`));
  }
  return sorted;
}

/** Sorted by record in; most lines are already. */
function inOrder(line: Placed[]): Placed[] {
  for (let at = 1; at < line.length; at++)
    if (line[at]!.event.recordIn < line[at - 1]!.event.recordIn) return line.sort(byRecord);
  return line;
}

function byRecord(a: Placed, b: Placed): number {
  return a.event.recordIn - b.event.recordIn;
}

/** Each of what lies over another goes to the first added track that is free. */
function spread(displaced: Placed[], top: number): void {
  const starts = displaced.sort(byRecord);
  const ends = [...starts].sort((a, b) => a.event.recordOut - b.event.recordOut);
  const free: number[] = [];
  let ended = 0;
  for (const placed of starts) {
    for (; ended < ends.length && ends[ended]!.event.recordOut <= placed.event.recordIn; ended++)
      free.push(ends[ended]!.track);
    placed.track = free.pop() ?? ++top;
  }
}

function transitionOf({ in: from, out, name, effect, before, after }: Crossing): CutTransition {
  const kind =
    before && after && DISSOLVES.has(effect)
      ? 'dissolve'
      : transitionKind(name, before !== null, after !== null);
  return { in: from, out, kind, name };
}

/** Above the storyline upwards, below it downwards; the lowest is V1. A lane keeps its number unless something lies between. */
function pictureIndex(placed: readonly Placed[]): (placed: Placed) => number {
  const paths = distinct(placed, 'video', trimmed);
  let lowest = 0;
  for (const [lane = 0] of paths.values()) lowest = Math.min(lowest, lane);
  const indexes = numbered(paths, compareLanes, (path) =>
    path.length > 1 ? null : (path[0] ?? 0) - lowest + 1,
  );
  return remembered((lanes) => indexes.get(trimmed(lanes).join())!);
}

/** Events of one storyline share their lanes, so the last answer is usually the next. */
function remembered(index: (lanes: readonly number[]) => number): (placed: Placed) => number {
  let last: readonly number[] | null = null;
  let answer = 0;
  return ({ lanes }) => {
    if (lanes !== last) answer = index((last = lanes));
    return answer;
  };
}

/** Tracks that roles name keep their number. The rest follow: the storyline's own sound, the lanes below it, the lanes above. */
function soundIndex(placed: readonly Placed[]): (placed: Placed) => number {
  const open = placed.filter(({ type, slot }) => type === 'audio' && slot === null);
  const named = placed.reduce(
    (most, { type, slot }) => (type === 'audio' ? Math.max(most, slot ?? 0) : most),
    0,
  );
  const paths = distinct(open, 'audio', closed);
  const own = paths.has('') ? 1 : 0;
  const depth = (lane: number) => (lane <= 0 ? -lane : 20_000 + lane);
  const indexes = numbered(
    paths,
    (a, b) => compareLanes(a.map(depth), b.map(depth)),
    (path) =>
      path.length === 0 ? named + 1 : path.length === 1 && path[0]! < 0 ? named + own - path[0]! : null,
  );
  const unnamed = remembered((lanes) => indexes.get(closed(lanes).join())!);
  return (each) => each.slot ?? unnamed(each);
}

function distinct(
  placed: readonly Placed[],
  type: CutTrack['type'],
  form: (lanes: readonly number[]) => number[],
): Map<string, number[]> {
  const paths = new Map<string, number[]>();
  let last: readonly number[] | null = null;
  for (const each of placed) {
    if (each.type !== type || each.lanes === last) continue;
    last = each.lanes;
    const path = form(each.lanes);
    paths.set(path.join(), path);
  }
  return paths;
}

/** Numbers for paths in order, each the one it wants where that is still free. */
function numbered(
  paths: Map<string, number[]>,
  order: (a: number[], b: number[]) => number,
  wanted: (path: number[]) => number | null,
): Map<string, number> {
  const indexes = new Map<string, number>();
  let before = 0;
  for (const [key, path] of [...paths].sort((a, b) => order(a[1], b[1]))) {
    before = Math.max(before + 1, wanted(path) ?? 0);
    indexes.set(key, before);
  }
  return indexes;
}

function trimmed(lanes: readonly number[]): number[] {
  let length = lanes.length;
  while (length > 0 && lanes[length - 1] === 0) length--;
  return lanes.slice(0, length);
}

/** Sound is mixed, not stacked: which clip a lane hangs in says nothing. */
function closed(lanes: readonly number[]): number[] {
  return lanes.filter((lane) => lane !== 0);
}

function compareLanes(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference) return difference;
  }
  return 0;
}

/** Numbers groups as they appear, from 1; an event alone in its group is not linked to anything. */
function numberLinks(tracks: readonly CutTrack[]): void {
  const sizes = new Map<number, number>();
  const numbers = new Map<number, number>();
  for (const { events } of tracks)
    for (const { link } of events) if (link !== undefined) sizes.set(link, (sizes.get(link) ?? 0) + 1);
  for (const { events } of tracks)
    for (const event of events) {
      const { link } = event;
      if (link === undefined) continue;
      if (sizes.get(link) === 1) delete event.link;
      else {
        if (!numbers.has(link)) numbers.set(link, numbers.size + 1);
        event.link = numbers.get(link)!;
      }
    }
}
