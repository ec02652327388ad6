/**
 * Under a transition both its events play, so the cut may stand anywhere beneath it without a frame looking different: EDLs have
 * it at the first frame, Final Cut in the middle. The new cut's is put where the old cut's stands.
 */
import type { CutEvent, CutTrack } from '../../documents/cutlist.ts';
import { framesToSeconds, fraction, multiply, round } from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import { cutPoint } from '../../transitions.ts';
import type { Ground } from '../common.ts';
import type { Matches } from '../match.ts';

/** Whether any cut was moved. */
export function cutsUnderOneAnother({ before, after, becomes }: Matches, ground: Ground): boolean {
  if (!ground.either('transition-words')) return false;
  let moved = false;
  before.list.tracks.forEach((track, a) => {
    const other = after.list.tracks[becomes[a]!];
    if (other && track.transitions.length > 0) moved = onTrack(track, other, after.list.rate) || moved;
  });
  return moved;
}

function onTrack(track: CutTrack, other: CutTrack, rate: Rate): boolean {
  const there = new Map(other.transitions.map((each) => [`${each.in} ${each.out}`, each]));
  const [ends, begins] = [byEdge(other.events, 'recordOut'), byEdge(other.events, 'recordIn')];
  const [oldEnds, oldBegins] = [byEdge(track.events, 'recordOut'), byEdge(track.events, 'recordIn')];
  let moved = false;
  for (const each of track.transitions) {
    if (!there.has(`${each.in} ${each.out}`)) continue;
    const [was, now] = [cutOf(each, track.events, oldBegins), cutOf(each, other.events, begins)];
    if (was === now || !oldEnds.has(was) || !oldBegins.has(was)) continue;
    const [left, right] = [ends.get(now), begins.get(now)];
    if (!left || !right || left.recordIn >= was || right.recordOut <= was) continue;
    moveEdge(left, 'recordOut', was - now, rate);
    moveEdge(right, 'recordIn', was - now, rate);
    moved = true;
  }
  return moved;
}

/** Where two events meet under it, else where any edge is. */
function cutOf(
  transition: { in: number; out: number },
  events: readonly CutEvent[],
  begins: ReadonlyMap<number, CutEvent>,
): number {
  for (const frame of [transition.in, Math.floor((transition.in + transition.out) / 2), transition.out])
    if (begins.has(frame)) return frame;
  return cutPoint(transition, events);
}

const byEdge = (events: readonly CutEvent[], edge: 'recordIn' | 'recordOut') =>
  new Map(events.map((event) => [event[edge], event]));

/** The source goes along at the event's own speed. */
function moveEdge(event: CutEvent, edge: 'recordIn' | 'recordOut', by: number, rate: Rate): void {
  event[edge] += by;
  const { source, speed } = event;
  if (!source) {
    event.sourceOut = event.recordOut - event.recordIn;
    return;
  }
  if (!speed || source.still || speed.num === 0) return;
  const units = round(
    multiply(
      multiply(framesToSeconds(by, rate), fraction(source.rate.num, source.rate.den)),
      fraction(Math.abs(speed.num), speed.den),
    ),
  );
  const forward = speed.num > 0;
  if (edge === 'recordOut') {
    if (forward) event.sourceOut += units;
    else event.sourceIn -= units;
  } else if (forward) event.sourceIn += units;
  else event.sourceOut -= units;
}
