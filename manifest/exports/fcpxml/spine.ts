/**
 * The primary storyline: V1 from the sequence's first frame to its last, gaps where it holds nothing, and everything on the
 * other tracks and every marker hung on the element that lies under its first frame.
 */
import { recordTimecode } from '../../cutlist.ts';
import type { CutEvent, CutList, CutMarker, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { add, framesToSeconds, type Fraction } from '../../time/fraction.ts';
import { nominal, sameSpeed } from '../../time/rate.ts';
import { bundlesOf, type Bundle } from './bundles.ts';
import { crossingsOf, laid, type Crossing, type Laid } from './crossings.ts';
import { itemOf, type Item } from './item.ts';
import type { Resources } from './resources.ts';
import { frameTime, seconds } from './time.ts';

/** An element of the storyline; `item` is null in a gap. Places are frames from the sequence's first. */
export interface Element {
  item: Item | null;
  name: string;
  recordIn: number;
  length: number;
  /** What the element's own clock shows at its first frame; in frames of the sequence where it lies on one. */
  start: () => Fraction;
  startFrame: number | null;
  connected: Connected[];
  markers: CutMarker[];
  /** Transitions that begin before or in this element and were not written with the one before it. */
  crossings: Crossing[];
}

/** Something on another track: one item, or several with the transitions between them. */
export interface Connected {
  track: CutTrack;
  /** Above 0 for picture, below for sound. */
  lane: number;
  items: Item[];
  /** Empty for a single item without transitions, which needs no storyline. */
  crossings: Crossing[];
}

export interface Spine {
  elements: Element[];
  /** At the very end of the storyline. */
  last: Crossing[];
  primary: CutTrack | null;
  /** Frames, to the end of the last event on any track. */
  length: number;
  bundles: Map<CutEvent, Bundle>;
  /** Fades of opacity, by the item they lie on. */
  fades: Map<Item, Crossing[]>;
}

type Lose = (loss: Loss) => unknown;

/** `sync` = picture and the recorder's sound of it may become synchronized clips. */
export function spineOf(list: CutList, media: Resources, sync: boolean, lose: Lose): Spine {
  const outs: Loss[] = [];
  const hear: Lose = (loss) => (loss.what === 'source-out' ? outs.push(loss) : lose(loss));
  const items = new Map<CutEvent, Item>();
  const crossings = new Map<CutTrack, Crossing[]>();
  const crossed = new Set<CutEvent>();
  const primary = list.tracks.find(({ type, index }) => type === 'video' && index === 1) ?? null;
  let length = 0;
  for (const { events } of list.tracks) length = Math.max(length, events[events.length - 1]?.recordOut ?? 0);
  for (const track of list.tracks) {
    const line: Laid[] = [];
    for (const event of track.events) {
      const item = itemOf(list, event, media, hear);
      if (!item) continue;
      items.set(event, item);
      if (track.transitions.length) line.push(laid(item));
    }
    const found = crossingsOf(list, track, line, track === primary ? length : null, lose);
    crossings.set(track, found);
    // A cut that was moved has made its two items anew.
    for (const { item } of line) if (item.asCut) items.set(item.event, item);
    for (const { before, after, fade } of found) {
      if (!fade) media.dissolve(track.type);
      for (const item of [before, after]) if (item) crossed.add(item.event);
    }
  }
  sayOuts(outs, lose);
  const bundles = bundlesOf(list, items, crossed, sync, lose);
  const elements = elementsOf(list, primary, items, length);
  const last = primary ? lead(elements, crossings.get(primary)!) : [];
  for (const track of list.tracks)
    if (track !== primary) connect(track, items, crossings.get(track)!, bundles.taken, elements);
  pin(list, elements, lose);
  const fades = new Map<Item, Crossing[]>();
  for (const crossing of primary ? crossings.get(primary)! : []) {
    const item = crossing.before ?? crossing.after!;
    if (crossing.fade) fades.set(item, [...(fades.get(item) ?? []), crossing]);
  }
  return { elements, last, primary, length, bundles: bundles.of, fades };
}

/** An editor that reckons spans in its own way does so for every event. */
function sayOuts(outs: Loss[], lose: Lose): void {
  const [first, ...more] = outs;
  if (!first) return;
  const message = more.length ? `${first.message}; so do ${more.length} more events` : first.message;
  lose({ ...first, where: more.length ? 'sequence' : first.where, count: outs.length, message });
}

function elementsOf(
  list: CutList,
  primary: CutTrack | null,
  items: Map<CutEvent, Item>,
  length: number,
): Element[] {
  // Final Cut starts the clock of a gap at one hour; here it is an hour of labels, which lies on the frame grid.
  const hour = nominal(list.rate) * 3600;
  const gapStart = framesToSeconds(hour, list.rate);
  const elements: Element[] = [];
  let end = 0;
  const push = (item: Item | null, name: string, to: number) => {
    if (to > end)
      elements.push({
        item,
        name,
        recordIn: end,
        length: to - end,
        start: () => item?.start ?? gapStart,
        startFrame: item ? onGrid(list, item) : hour,
        connected: [],
        markers: [],
        crossings: [],
      });
    end = Math.max(end, to);
  };
  const events = primary?.events ?? [];
  for (const [nth, event] of events.entries()) {
    const item = items.get(event);
    const next = events[nth + 1] && items.get(events[nth + 1]!);
    if (item) {
      push(null, 'Gap', item.recordIn);
      push(item, event.name, item.recordIn + item.length);
    } else push(null, 'Gap', event.recordIn);
    // Where the cut behind it was moved to an earlier frame, the next item is there already.
    push(null, event.name, next ? Math.min(event.recordOut, next.recordIn) : event.recordOut);
  }
  push(null, 'Gap', length);
  return elements;
}

function onGrid(list: CutList, { startFrame, asset }: Item): number | null {
  return sameSpeed(asset.source.rate, list.rate) ? startFrame : null;
}

/** Puts each transition before the element it leads into; returns those that lead into nothing. */
function lead(elements: Element[], crossings: Crossing[]): Crossing[] {
  const last: Crossing[] = [];
  let at = 0;
  for (const crossing of crossings) {
    if (crossing.fade) continue;
    const cut = crossing.after?.recordIn ?? crossing.before!.recordIn + crossing.before!.length;
    while (at < elements.length && elements[at]!.recordIn < cut) at++;
    (elements[at]?.crossings ?? last).push(crossing);
  }
  return last;
}

function connect(
  track: CutTrack,
  items: Map<CutEvent, Item>,
  crossings: Crossing[],
  taken: ReadonlySet<CutEvent>,
  elements: Element[],
): void {
  const lane = track.type === 'video' ? track.index - 1 : -track.index;
  const into = new Map<Item, Crossing>();
  const outOf = new Map<Item, Crossing>();
  for (const crossing of crossings) {
    if (crossing.after) into.set(crossing.after, crossing);
    if (crossing.before) outOf.set(crossing.before, crossing);
  }
  let at = 0;
  let line: Connected | null = null;
  for (const event of track.events) {
    const item = items.get(event);
    if (!item || taken.has(event)) continue;
    const [first, last] = crossings.length ? [into.get(item), outOf.get(item)] : [];
    if (first?.before && line) line.items.push(item);
    else {
      while (item.recordIn >= elements[at]!.recordIn + elements[at]!.length) at++;
      line = { track, lane, items: [item], crossings: first ? [first] : [] };
      elements[at]!.connected.push(line);
    }
    if (last) line.crossings.push(last);
  }
}

/** Markers sit on the element under them: FCPXML has none on the sequence itself. */
function pin(list: CutList, elements: Element[], lose: Lose): void {
  let on = 0;
  for (const marker of list.markers) {
    const under = elementAt(elements, marker.frame);
    if (under?.item) on++;
    if (under) under.markers.push(marker);
    else {
      const where = recordTimecode(list, marker.frame);
      lose({
        what: 'marker',
        where,
        count: 1,
        message: `marker "${marker.name}" lies outside the cut, where FCPXML has nothing to hang it on`,
      });
    }
  }
  if (on)
    lose({
      what: 'marker-on-clip',
      where: 'sequence',
      count: on,
      message: `${on === 1 ? '1 marker of the sequence stands on the clip under it and moves with it' : `${on} markers of the sequence stand on the clips under them and move with these`}: FCPXML has none on the sequence itself`,
    });
}

function elementAt(elements: Element[], frame: number): Element | null {
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle]!.recordIn <= frame) low = middle + 1;
    else high = middle;
  }
  const under = elements[low - 1];
  return under && frame < under.recordIn + under.length ? under : null;
}

/** A place in the sequence on the clock of the element that holds it, as it is written. */
export function clockAt(list: CutList, { start, startFrame, recordIn }: Element, frame: number): string {
  const past = frame - recordIn;
  if (startFrame !== null) return frameTime(startFrame + past, list.rate);
  return seconds(add(start(), framesToSeconds(past, list.rate)));
}
