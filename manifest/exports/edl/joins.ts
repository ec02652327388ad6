/**
 * Where transitions put the lines of a track. The incoming clip's line begins with the transition and takes its source from as
 * many frames earlier; the outgoing one's ends there. A transition that cannot be written so is a straight cut, and said.
 */
import { trackName, recordTimecode } from '../../cutlist.ts';
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutList, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { fraction, multiply } from '../../time/fraction.ts';
import { sidesOf } from '../../transitions.ts';
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

/** Whether an event plays nowhere but under its transition, whose first line is all there is of it. */
export function isAllTransition(line: Line): boolean {
  return line.in === line.out;
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
    const why = join(transition, lines, track, profile, list);
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
  { type, events }: CutTrack,
  profile: Profile,
  list: CutList,
): Said | null {
  const { in: from, out: to, kind } = transition;
  if (kind === 'other') return cutInstead('');
  if (type === 'audio' && profile.crossfade === null)
    return cutInstead('the target reads no sound transitions');
  if (to - from > 999) return cutInstead('a transition has at most 999 frames');
  const { cut, before, after, next, fits } = sidesOf(events, transition);
  if (cut === null) return cutInstead('no event begins or ends under it');
  const [left, right] = [before && lines[next - 1]!, after && lines[next]!];
  const clash = fits ? clashOf(transition, left, right, lines[next - 1]) : RUNS_INTO;
  if (clash) return cutInstead(clash);
  const short = handles(transition, cut, left, right, list);
  if (short) return cutInstead(short, 'handle');
  const made: Join = { transition, cut, left, right };
  if (left) Object.assign(left, { out: from, to: made });
  if (right) Object.assign(right, { in: from, from: made });
  return saidOf(kind, transition, type, profile, !left || !right);
}

const RUNS_INTO = 'it runs into another event or transition';

/** Whether it runs into other transitions of its track. `last` is the line before its cut, whether it reaches that or not. */
function clashOf(
  { in: from, out: to }: CutTransition,
  left: Line | null,
  right: Line | null,
  last: Line | undefined,
): string | null {
  if (left?.to || right?.from) return 'another transition lies over the same cut';
  if (left?.from && from < left.from.transition.out) return RUNS_INTO;
  if (right && to > right.out) return RUNS_INTO;
  return !left && last && endOf(last) > from ? RUNS_INTO : null;
}

/** Where a track is free again behind an event, with its fade out. */
function endOf({ event, to }: Line): number {
  return Math.max(event.recordOut, to?.transition.out ?? 0);
}

/** Media must go on past both sides of the cut. */
function handles(
  { in: from, out: to }: CutTransition,
  cut: number,
  left: Line | null,
  right: Line | null,
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
    (left && lacks(left.event, to - cut, 'ends')) ||
    (right && lacks(right.event, cut - from, 'begins')) ||
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
