/**
 * Where transitions put the lines of a track. The incoming clip's line begins with the transition and takes its source from as
 * many frames earlier; the outgoing one's ends there. A transition that cannot be written so is a straight cut, and said.
 */
import { trackName, recordTimecode } from '../../cutlist.ts';
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutList, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { fraction, multiply } from '../../time/fraction.ts';
import type { Profile } from './profile.ts';

/** A transition that is written. Null on a side = black. */
export interface Join {
  transition: CutTransition;
  cut: number;
  left: Line | null;
  right: Line | null;
}

/** The record range that an event's line has, with the transitions it is part of. */
export interface Line {
  event: CutEvent;
  in: number;
  out: number;
  from: Join | null;
  to: Join | null;
}

type Lose = (loss: Loss) => void;

export function linesOf(list: CutList, track: CutTrack, profile: Profile, lose: Lose): Line[] {
  const lines = track.events.map((event): Line => ({
    event,
    in: event.recordIn,
    out: event.recordOut,
    from: null,
    to: null,
  }));
  const sorted = [...track.transitions].sort((a, b) => a.in - b.in);
  for (const transition of sorted) {
    const why = join(transition, lines, track.type, profile, list);
    if (why === null) continue;
    const [from, to] = [transition.in, transition.out].map((frame) => recordTimecode(list, frame));
    const place = { where: `${trackName(track)} at ${from}`, count: 1 };
    lose({ ...place, ...why, message: `${transition.name}, ${from}–${to}: ${why.message}` });
  }
  return lines;
}

type Said = { what: string; message: string };
const STRAIGHT = 'written as a straight cut';
const cutInstead = (why: string, what = 'transition'): Said => ({
  what,
  message: why ? `${why}; ${STRAIGHT}` : STRAIGHT,
});

/** Joins two lines, or says why not; what it says of a join that is made is a loss of its own. */
function join(
  transition: CutTransition,
  lines: Line[],
  type: CutTrack['type'],
  profile: Profile,
  list: CutList,
): Said | null {
  const { in: from, out: to, kind } = transition;
  if (kind === 'other') return cutInstead('');
  if (type === 'audio' && profile.crossfade === null)
    return cutInstead('the target reads no sound transitions');
  if (to - from > 999) return cutInstead('a transition has at most 999 frames');
  const { cut, left, right } = sides(transition, lines);
  if (!left && !right) return cutInstead('no event begins or ends under it');
  const clash = clashOf(transition, left, right, lines);
  if (clash) return cutInstead(clash);
  const short = handles(transition, cut, left, right, list);
  if (short) return cutInstead(short, 'handle');
  const made: Join = { transition, cut, left: left?.line ?? null, right: right?.line ?? null };
  if (left) Object.assign(left.line, { out: from, to: made });
  if (right) Object.assign(right.line, { in: from, from: made });
  return saidOf(kind, transition, type, profile, !left || !right);
}

interface Side {
  line: Line;
  at: number;
}

/** The events that meet where cutPoint says, found by halving: a track may have thousands of transitions. */
function sides(
  transition: CutTransition,
  lines: readonly Line[],
): { cut: number; left: Side | null; right: Side | null } {
  const next = firstAt(lines, (line) => line.event.recordIn >= transition.in);
  const last = firstAt(lines, (line) => line.event.recordOut >= transition.in);
  const [after, before] = [lines[next], lines[last]];
  let cut = Math.floor((transition.in + transition.out) / 2);
  if (after && after.event.recordIn <= transition.out) cut = after.event.recordIn;
  else if (before && before.event.recordOut <= transition.out) cut = before.event.recordOut;
  const at = firstAt(lines, (line) => line.event.recordOut >= cut);
  const [left, right] = [lines[at], lines[next]];
  return {
    cut,
    left: left && left.event.recordOut === cut ? { line: left, at } : null,
    right: right && right.event.recordIn === cut ? { line: right, at: next } : null,
  };
}

function firstAt(lines: readonly Line[], holds: (line: Line) => boolean): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(lines[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether it runs into other events or transitions of its track. No event begins between its first frame and the cut. */
function clashOf(
  { in: from, out: to }: CutTransition,
  left: Side | null,
  right: Side | null,
  lines: readonly Line[],
): string | null {
  const other = 'it runs into another event or transition';
  if (left?.line.to || right?.line.from) return 'another transition lies over the same cut';
  if (left?.line.from && from < left.line.from.transition.out) return other;
  if (right && to > right.line.out) return other;
  const before = left ? undefined : lines[right!.at - 1];
  return before && endOf(before) > from ? other : null;
}

/** Where a track is free again behind an event, with its fade out. */
function endOf({ event, to }: Line): number {
  return Math.max(event.recordOut, to?.transition.out ?? 0);
}

/** Media must go on past both sides of the cut. */
function handles(
  { in: from, out: to }: CutTransition,
  cut: number,
  left: Side | null,
  right: Side | null,
  list: CutList,
): string | null {
  const lacks = (event: CutEvent, frames: number, which: 'begins' | 'ends') => {
    const { source, speed } = event;
    if (frames === 0 || !source || source.still || speed?.num === 0) return null;
    const [num, den] = speed ? [Math.abs(speed.num), speed.den] : [1, 1];
    const needed = multiply(fraction(frames * num, den), unitsPerFrame(event, list));
    // A clip that plays backwards begins at its source out.
    const early = (which === 'begins') !== (speed !== null && speed.num < 0);
    const there = early
      ? event.sourceIn
      : source.duration === null
        ? null
        : source.duration - event.sourceOut;
    if (there === null || BigInt(there) * needed.den >= needed.num - roundingOf(event, needed.den))
      return null;
    const wanted = Number((needed.num + needed.den - 1n) / needed.den);
    return `${event.name} needs ${wanted} ${isSampleRate(source.rate) ? 'samples' : 'frames'} of its media ${which === 'begins' ? 'before' : 'behind'} its cut and has ${Math.max(0, there)}`;
  };
  return (
    (left && lacks(left.line.event, to - cut, 'ends')) ||
    (right && lacks(right.line.event, cut - from, 'begins')) ||
    null
  );
}

/** Sound that begins between frames may lack the part of a frame that rounding takes. */
function roundingOf(event: CutEvent, den: bigint): bigint {
  return isSampleRate(event.source!.rate) ? den : 0n;
}

function unitsPerFrame(event: CutEvent, { rate }: CutList) {
  const own = event.source!.rate;
  return fraction(BigInt(rate.den) * BigInt(own.num), BigInt(rate.num) * BigInt(own.den));
}

function saidOf(
  kind: CutTransition['kind'],
  transition: CutTransition,
  type: CutTrack['type'],
  profile: Profile,
  single: boolean,
): Said | null {
  const said = (message: string): Said => ({ what: 'transition', message });
  if (type === 'video' && kind === 'wipe') {
    if (!profile.wipes) return said('the target imports every transition as a dissolve of the same length');
    return transition.wipe === undefined ? said('nobody said which wipe; it is written as W001') : null;
  }
  if (kind === 'wipe') return said('sound has no wipes; it is written as a crossfade');
  if (kind === 'dissolve' && single) return said('one side of it is empty; it is written as a fade');
  if (kind === 'fade' && !single) return said('a clip lies on both sides of it; it is written as a dissolve');
  return null;
}
