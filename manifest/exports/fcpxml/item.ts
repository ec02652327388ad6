/** One event as a story element: which part of its media plays, for how long, and how that sits inside the media's bounds. */
import { eventPlace } from '../../cutlist.ts';
import type { CutEvent, CutList } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import {
  abs,
  add,
  compare,
  divide,
  floor,
  fraction,
  framesToSeconds,
  multiply,
  round,
  subtract,
  toDecimal,
  ZERO,
  type Fraction,
} from '../../time/fraction.ts';
import { rateLabel, sameSpeed, type Rate } from '../../time/rate.ts';
import { frameTime, holdable, seconds } from './time.ts';
import type { Asset, Resources } from './resources.ts';
import { playsMedia } from './used.ts';

/** `start` is on the item's own clock, on which its children and markers are placed too. */
export interface Item {
  /** `start` in frames (or samples) of the media where it lies on one: text is made of it without fractions. */
  startFrame: number | null;
  event: CutEvent;
  asset: Asset;
  recordIn: number;
  /** Frames of the sequence; less than the event's where the media ends before it. */
  length: number;
  start: Fraction;
  /** Whether all of the event is there. */
  whole: boolean;
  /** Two points of a constant speed: the item's clock against the media's. Null at plain speed. */
  timeMap: { time: Fraction; value: Fraction }[] | null;
  /** The item before a cut at one of its ends was moved; absent where none was. */
  asCut?: Item;
}

type Said = (what: string, message: string) => void;

/** The event as an item; null where no media can stand for it, which `lose` hears. */
export function itemOf(
  list: CutList,
  event: CutEvent,
  media: Resources,
  lose: (loss: Loss) => unknown,
): Item | null {
  const said: Said = (what, message) =>
    lose({ what, where: eventPlace(list, event), count: 1, message: `${event.name}: ${message}` });
  if (!playsMedia(event)) {
    said(
      event.kind === 'clip' ? 'event' : event.kind,
      'it has no media of its own that FCPXML could point at; its place stays empty',
    );
    return null;
  }
  if (event.kind !== 'clip')
    said('flattened', `${event.kind}: written as the plain clip ${event.source!.name}`);
  if (!event.speed) said('retime', 'its speed varies; it is written at 100 % from its source in');
  const asset = media.asset(event.source!);
  if (asset.source.still) return stillItem(list, event, asset);
  const item = plainItem(list, event, asset) ?? mediaItem(list, event, asset, said);
  if (item) sayRounded(list, item, said);
  if (item) return item;
  said('event', 'none of its source lies within the media; its place stays empty');
  return null;
}

/** What the item's start and length alone cannot say: FCPXML has no source out, and one rate for each piece of media. */
function sayRounded(list: CutList, { event, asset, whole }: Item, said: Said): void {
  const { rate } = event.source!;
  if (!sameSpeed(rate, asset.source.rate))
    said(
      'source-rate',
      `its source is counted at ${rateLabel(rate)} here and at ${rateLabel(asset.source.rate)} elsewhere; it is written at the latter`,
    );
  const frozen = event.speed?.num === 0;
  if (frozen && event.markers?.length)
    said(
      'marker',
      `${event.markers.length === 1 ? 'its marker is' : `its ${event.markers.length} markers are`} not written: a freeze has no time to stand at`,
    );
  if (!whole || !event.speed) return;
  const span = spanOf(event, list.rate);
  const length = event.sourceOut - event.sourceIn;
  // One unit is how editors round the two ends by themselves.
  if (Math.abs(span - length) > 1)
    said(
      'source-out',
      `its record length takes ${span} units of its source, the list says ${length}; FCPXML keeps only where the source ${event.speed.num < 0 ? 'ends' : 'begins'}`,
    );
}

/** Source frames (or samples) that the record length takes at the event's speed, as every reader must reckon them. */
function spanOf({ recordIn, recordOut, source, speed }: CutEvent, sequence: Rate): number {
  const { num, den } = speed!;
  if (num === 0) return 1;
  const length = recordOut - recordIn;
  const { rate } = source!;
  if (num === den && sameSpeed(rate, sequence)) return length;
  const taken = fraction(
    BigInt(length) * BigInt(sequence.den) * BigInt(Math.abs(num)) * BigInt(rate.num),
    BigInt(sequence.num) * BigInt(den) * BigInt(rate.den),
  );
  return Math.max(1, round(taken));
}

/** A still has no clock; one hour keeps its children away from negative times, as in Final Cut's own files. */
function stillItem(list: CutList, event: CutEvent, asset: Asset): Item {
  const hour = framesToSeconds(Math.round(list.rate.num / list.rate.den) * 3600, list.rate);
  return {
    event,
    asset,
    recordIn: event.recordIn,
    length: event.recordOut - event.recordIn,
    start: hour,
    startFrame: null,
    whole: true,
    timeMap: null,
  };
}

/** The usual case, without fractions: at 100 % and inside its media. Null for any other. */
function plainItem(list: CutList, event: CutEvent, asset: Asset): Item | null {
  const { rate, start, duration } = asset.source;
  const length = event.recordOut - event.recordIn;
  if (event.speed && event.speed.num !== event.speed.den) return null;
  if (duration === null || event.sourceIn < 0 || !sameSpeed(event.source!.rate, rate)) return null;
  // Both sides of: length in seconds ≤ what is left of the media in seconds.
  const asked = length * list.rate.den * rate.num;
  const left = (duration - event.sourceIn) * rate.den * list.rate.num;
  if (!Number.isSafeInteger(asked) || !Number.isSafeInteger(left) || asked > left) return null;
  return new PlainItem(event, asset, event.recordIn, length, (start ?? 0) + event.sourceIn);
}

/** Most items are plain, and of most of these nobody asks for the start as a fraction. */
class PlainItem implements Item {
  readonly whole = true;
  readonly timeMap = null;
  readonly recordIn: number;
  readonly event: CutEvent;
  readonly asset: Asset;
  readonly length: number;
  readonly startFrame: number;
  readonly asCut?: Item;

  constructor(
    event: CutEvent,
    asset: Asset,
    recordIn: number,
    length: number,
    startFrame: number,
    asCut?: Item,
  ) {
    this.event = event;
    this.asset = asset;
    this.recordIn = recordIn;
    this.length = length;
    this.startFrame = startFrame;
    if (asCut) this.asCut = asCut;
  }

  get start(): Fraction {
    return framesToSeconds(this.startFrame, this.asset.source.rate);
  }
}

function mediaItem(list: CutList, event: CutEvent, asset: Asset, said: Said): Item | null {
  const { num, den } = event.speed ?? { num: 1, den: 1 };
  const size = abs(fraction(num, den));
  const [from, to] = [event.sourceIn, event.sourceOut].map((frame) =>
    add(asset.start, framesToSeconds(frame, event.source!.rate)),
  ) as [Fraction, Fraction];
  const frames = (source: Fraction) => multiply(divide(source, size), fraction(list.rate.num, list.rate.den));
  const step = (count: number) => multiply(framesToSeconds(count, list.rate), size);
  // What is asked for before the media begins (after it ends, backwards) is left out in whole frames, so that the rest keeps sync.
  const missing = num < 0 ? subtract(to, asset.end) : subtract(asset.start, from);
  const skipped =
    num !== 0 && compare(missing, ZERO) > 0 ? -floor(frames({ num: -missing.num, den: missing.den })) : 0;
  const edge = num < 0 ? subtract(to, step(skipped)) : add(from, step(skipped));
  const ahead = num < 0 ? subtract(edge, asset.start) : subtract(asset.end, edge);
  const wanted = event.recordOut - event.recordIn;
  const rest = wanted - skipped;
  if (rest <= 0 || compare(ahead, ZERO) <= 0 || compare(edge, asset.start) < 0) return null;
  const length = compare(step(rest), ahead) <= 0 ? rest : floor(frames(ahead));
  if (length <= 0) return null;
  if (length < wanted)
    said(
      'source-range',
      `it asks for ${toDecimal(from)}–${toDecimal(to)} s of media that runs ${toDecimal(asset.start)}–${toDecimal(asset.end)} s; ` +
        `${length} of ${wanted} frames are written`,
    );
  const recordIn = event.recordIn + skipped;
  const item = { event, asset, recordIn, length, startFrame: null, whole: length === wanted };
  if (num === den) return { ...item, start: edge, timeMap: null };
  return { ...item, ...retimed(asset, edge, num, size, length, list.rate, said) };
}

/**
 * A map over the whole media, as Final Cut writes constant speeds: forwards it runs through zero (time × speed = value),
 * backwards from the media's end at zero; a freeze is flat for the length of the item.
 */
function retimed(
  asset: Asset,
  edge: Fraction,
  num: number,
  size: Fraction,
  length: number,
  rate: Rate,
  said: Said,
): Pick<Item, 'start' | 'timeMap'> {
  if (num === 0)
    return {
      start: ZERO,
      timeMap: [ZERO, framesToSeconds(length, rate)].map((time) => ({ time, value: edge })),
    };
  const clock = (value: Fraction) =>
    holdable(divide(num < 0 ? subtract(asset.end, value) : value, size), rate);
  const ends = num < 0 ? [asset.end, asset.start] : [asset.start, asset.end];
  const exact = (value: Fraction) =>
    compare(clock(value), divide(num < 0 ? subtract(asset.end, value) : value, size)) === 0;
  if (![edge, ...ends].every(exact))
    said('retime', 'its speed is too fine a fraction; it is written to the nearest millionth of a second');
  return { start: clock(edge), timeMap: ends.map((value) => ({ time: clock(value), value })) };
}

export function isFrozen(timeMap: Item['timeMap']): boolean {
  return timeMap !== null && compare(timeMap[0]!.value, timeMap[1]!.value) === 0;
}

/** The item with its ends `head` and `tail` frames of the sequence later; every frame that stays shows what it showed. */
export function recut(list: CutList, item: Item, head: number, tail: number): Item {
  const { event, asset, startFrame, whole, timeMap, asCut = item } = item;
  const [recordIn, length] = [item.recordIn + head, item.length - head + tail];
  const onGrid = head === 0 || sameSpeed(asset.source.rate, list.rate);
  if (item instanceof PlainItem && onGrid)
    return new PlainItem(event, asset, recordIn, length, item.startFrame + head, asCut);
  const common = { event, asset, recordIn, length, whole, asCut };
  if (isFrozen(timeMap)) {
    const ends = [ZERO, framesToSeconds(length, list.rate)];
    return {
      ...common,
      start: item.start,
      startFrame: null,
      timeMap: ends.map((time) => ({ time, value: timeMap![0]!.value })),
    };
  }
  return {
    ...common,
    // Whatever its speed, a second of the item's own clock is a second of the record.
    start: add(item.start, framesToSeconds(head, list.rate)),
    startFrame: startFrame !== null && onGrid ? startFrame + head : null,
    timeMap,
  };
}

/** Frames of the sequence that the media still holds before and after what the item shows; Infinity where it has no time. */
export function handles(list: CutList, item: Item): { head: number; tail: number } {
  const { asset, length, timeMap } = item;
  const { rate, start: first, duration } = asset.source;
  if (item instanceof PlainItem && sameSpeed(rate, list.rate)) {
    const head = item.startFrame - (first ?? 0);
    return { head, tail: duration! - head - length };
  }
  if (asset.source.still || isFrozen(timeMap)) return { head: Infinity, tail: Infinity };
  const [from, to] = timeMap ? [timeMap[0]!.time, timeMap[1]!.time] : [asset.start, asset.end];
  const frames = (time: Fraction) => floor(multiply(time, fraction(list.rate.num, list.rate.den)));
  return { head: frames(subtract(item.start, from)), tail: frames(subtract(to, item.start)) - length };
}

/** What the item's own clock shows where its media shows `value`; null where it never does, or always. */
export function clockOf({ timeMap }: Item, value: Fraction): Fraction | null {
  if (!timeMap) return value;
  const [a, b] = timeMap as [{ time: Fraction; value: Fraction }, { time: Fraction; value: Fraction }];
  const slope = divide(subtract(b.value, a.value), subtract(b.time, a.time));
  return slope.num === 0n ? null : add(a.time, divide(subtract(value, a.value), slope));
}

/** The item's start as it is written. */
export function startText(item: Item): string {
  return item.startFrame === null ? seconds(item.start) : frameTime(item.startFrame, item.asset.source.rate);
}
