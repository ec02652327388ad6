/**
 * Where the items of a track stand. Beside a transition Final Cut Pro 7 writes −1 for an item's edge and lets its source run
 * on to the transition's far end; the cut itself is told by the transition's alignment alone.
 */
import { eventPlace, recordTimecode, trackName } from '../../cutlist.ts';
import type { CutEvent, CutList, CutTrack, CutTransition } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import type { Rate } from '../../time/rate.ts';
import { sidesOf } from '../../transitions.ts';
import type { MediaFile } from './files.ts';
import { timingOf, type Timing } from './timing.ts';

/** An event on its way into the file. `head` and `tail` are frames added (or, negative, taken away) at its ends. */
export interface Placed {
  event: CutEvent;
  /** Null for a title, which has no media. */
  file: MediaFile | null;
  timing: Timing | null;
  head: number;
  tail: number;
  /** Edges that a transition hides: written as −1. */
  hidden: { start: boolean; end: boolean };
}

export type Alignment = 'center' | 'start' | 'end' | 'start-black' | 'end-black';

export interface Crossing {
  transition: CutTransition;
  in: number;
  out: number;
  alignment: Alignment;
}

/** `after` = index of the event it follows; −1 before the first. */
interface Crossed {
  crossing: Crossing;
  after: number;
}

export interface PlacedTrack {
  track: CutTrack;
  items: (Placed | Crossing)[];
}

type Lose = (loss: Loss) => void;

export function isCrossing(item: Placed | Crossing): item is Crossing {
  return 'alignment' in item;
}

/** `plain` = no speeds are written. */
export function placeTrack(
  list: CutList,
  track: CutTrack,
  plain: boolean,
  fileOf: (event: CutEvent) => MediaFile | null,
  lose: Lose,
): PlacedTrack {
  const said = (event: CutEvent, what: string, message: string) =>
    lose({ what, where: eventPlace(list, event), count: 1, message: `${event.name}: ${message}` });
  const placed: (Placed | null)[] = track.events.map((event) => {
    if (event.kind === 'title' && track.type === 'video') return title(event, said);
    const file = fileOf(event);
    if (!file) {
      said(
        event,
        event.kind === 'clip' ? 'event' : event.kind,
        event.kind === 'nested'
          ? 'what it holds is not at hand, so there is no sequence to write; its place stays empty'
          : 'it has no media of its own that FCP7 XML could name; its place stays empty',
      );
      return null;
    }
    if (event.kind !== 'clip' && event.kind !== 'nested')
      said(event, 'flattened', `${event.kind}: written as the plain clip ${event.source!.name}`);
    return clip(event, file, list.rate, plain, said);
  });
  const crossings = track.transitions.flatMap((transition) => {
    const crossed = cross(list, track, transition, placed, said, lose);
    return crossed ? [crossed] : [];
  });
  return { track, items: inOrder(placed, crossings) };
}

/** What can stand on media of its own; what an editor makes itself has no file to name. */
export function playsMedia(event: CutEvent): boolean {
  if (event.source === null) return false;
  if (event.kind === 'clip') return true;
  return (event.kind === 'multicam' || event.kind === 'unknown') && event.source.file !== null;
}

type Said = (event: CutEvent, what: string, message: string) => void;

function title(event: CutEvent, said: Said): Placed {
  said(
    event,
    'title',
    'its words and looks stay behind; a Text generator that holds its name keeps its place',
  );
  return { event, file: null, timing: null, head: 0, tail: 0, hidden: { start: false, end: false } };
}

function clip(event: CutEvent, file: MediaFile, rate: Rate, plain: boolean, said: Said): Placed | null {
  const timing = timingOf(event, file, rate, plain);
  for (const { what, message } of timing.said) said(event, what, message);
  const own = event.source!.rate;
  // Lengths counted at another rate or speed are rounded, and may ask for a frame too many.
  const slack = timing.retime || own.num * rate.den !== rate.num * own.den ? 1 : 0;
  const missing = (room: number) => (room < -slack ? -room : 0);
  const [early, late] = [missing(timing.ahead), missing(timing.behind)];
  const length = event.recordOut - event.recordIn;
  if (early + late >= length) {
    said(event, 'event', 'none of its source lies within the media; its place stays empty');
    return null;
  }
  if (early + late > 0)
    said(
      event,
      'source-range',
      `it asks for more than its media holds; ${length - early - late} of ${length} frames are written`,
    );
  // 0 − 0 keeps the sign away from zero.
  return {
    event,
    file,
    timing,
    head: 0 - early,
    tail: 0 - late,
    hidden: { start: false, end: false },
  };
}

function cross(
  list: CutList,
  track: CutTrack,
  transition: CutTransition,
  placed: (Placed | null)[],
  said: Said,
  lose: Lose,
): Crossed | null {
  const [from, to] = [transition.in, transition.out].map((frame) => recordTimecode(list, frame));
  const tell = (what: string, message: string) =>
    lose({
      what,
      where: `${trackName(track)} at ${from}`,
      count: 1,
      message: `${transition.name}, ${from}–${to}: ${message}`,
    });
  const { cut, before, after, next } = sidesOf(track.events, transition);
  const [left, right] = [before && placed[next - 1]!, after && placed[next]!];
  if (cut === null || (!left && !right)) {
    tell('transition', 'no clip lies on either side of it; it is left out');
    return null;
  }
  if ((left && (left.hidden.end || left.tail < 0)) || (right && (right.hidden.start || right.head < 0))) {
    tell('transition', 'another transition or the end of the media lies at its cut; it is left out');
    return null;
  }
  const crossing = aligned(transition, left, right, cut, tell);
  if (!crossing) return null;
  const kind = lostKind(transition);
  if (kind) tell('transition', kind);
  if (left && right) {
    hide(left, 'end', crossing.out - cut, said);
    hide(right, 'start', cut - crossing.in, said);
  } else if (left) hide(left, 'end', 0, said);
  else hide(right!, 'start', 0, said);
  return { crossing, after: next - 1 };
}

/** The edge becomes −1 and the source runs on under the transition, where the media has that much. */
function hide(item: Placed, edge: 'start' | 'end', frames: number, said: Said): void {
  const room = !item.timing ? Infinity : edge === 'start' ? item.timing.ahead : item.timing.behind;
  if (room < frames) {
    const side = edge === 'start' ? 'before its in' : 'after its out';
    said(
      item.event,
      'handle',
      `the transition takes ${frames} frames ${side} and the media has ${Math.max(0, room)}; its edge is written at the cut`,
    );
    return;
  }
  item.hidden[edge] = true;
  if (edge === 'start') item.head = frames;
  else item.tail = frames;
}

function aligned(
  transition: CutTransition,
  left: Placed | null,
  right: Placed | null,
  cut: number,
  tell: (what: string, message: string) => void,
): Crossing | null {
  if (!left || !right) {
    const [from, to] = left ? [transition.in, cut] : [cut, transition.out];
    if (from >= to) {
      tell('transition', 'no part of it lies over a clip; it is left out');
      return null;
    }
    if (to - from < transition.out - transition.in)
      tell('transition-cut', `only the ${to - from} frames of it that lie over a clip are written`);
    return { transition, in: from, out: to, alignment: left ? 'end-black' : 'start-black' };
  }
  const middle = transition.in + Math.floor((transition.out - transition.in) / 2);
  const places: [number, Alignment][] = [
    [middle, 'center'],
    [transition.in, 'start'],
    [transition.out, 'end'],
  ];
  const [at, alignment] = places.reduce((best, place) =>
    Math.abs(place[0] - cut) < Math.abs(best[0] - cut) ? place : best,
  );
  if (at !== cut)
    tell(
      'transition-cut',
      `its cut lies ${Math.abs(cut - middle)} frames off its middle; FCP7 XML knows start, centre and end, so the cut moves ${Math.abs(at - cut)} frames under it`,
    );
  return { transition, in: transition.in, out: transition.out, alignment };
}

/** What of the transition's kind is lost; null where xmeml says it all. */
function lostKind({ kind, wipe }: CutTransition): string | null {
  if (kind === 'other')
    return 'FCP7 XML has no word for its kind; it is written as a cross dissolve of its name';
  if (kind === 'wipe' && wipe !== undefined && wipe !== 1)
    return `wipe ${wipe} is written as an edge wipe with that number, which few programs look at`;
  return null;
}

/** A transition stands between the two items it joins. */
function inOrder(placed: (Placed | null)[], crossings: Crossed[]): (Placed | Crossing)[] {
  const following = new Map<number, Crossing[]>();
  for (const { crossing, after } of crossings) {
    const here = following.get(after);
    if (here) here.push(crossing);
    else following.set(after, [crossing]);
  }
  const items: (Placed | Crossing)[] = [...(following.get(-1) ?? [])];
  placed.forEach((item, at) => {
    if (item) items.push(item);
    for (const crossing of following.get(at) ?? []) items.push(crossing);
  });
  return items;
}
