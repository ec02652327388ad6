/** Where a stretch of FCPXML's nested clocks lies on the record, and how much of it is seen. */
import {
  add,
  compare,
  divide,
  fraction,
  multiply,
  subtract,
  ZERO,
  type Fraction,
} from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import type { XmlElement } from '../../xml/read.ts';
import type { About } from './about.ts';
import { ONE, valueAt, type TimeMap } from './speed.ts';

/** Record seconds, from the sequence's first frame; null = unbounded. */
export interface Window {
  from: Fraction | null;
  to: Fraction | null;
}

export type Wants = 'all' | 'video' | 'audio' | 'none';

/** The clock that `offset`s of the elements in one parent count on. */
export interface Place {
  /** The record second at which that clock shows `clock`. */
  at: Fraction;
  clock: Fraction;
  /** Seconds of that clock for one of the record, above 0. */
  speed: Fraction;
  /** The same for the timeline the elements lie in: their durations count in it. Differs from `speed` where a clip is retimed. */
  pace: Fraction;
  picture: Window;
  sound: Window;
  wants: Wants;
  lanes: readonly number[];
  enabled: boolean;
  /** The group that events inside belong to; null where each stands for itself. */
  link: number | null;
  /** Rate of that timeline, to which its clips conform. */
  rate: Rate;
  drop: boolean;
  /** The name of the clip that holds all this, where its parts are not shown by their own. */
  name: string | null;
  about: About | null;
  /** Roles that a synchronized clip switches off, of its storyline and of what is connected to it. */
  quiet: { storyline: ReadonlySet<string>; connected: ReadonlySet<string> } | null;
}

/** All of a sequence: nothing lies before its first frame. */
export const WHOLE: Window = { from: ZERO, to: null };

/** The record second at which a place's clock shows `time`. */
export function recordOf(place: Place, time: Fraction): Fraction {
  const past = subtract(time, place.clock);
  return add(place.at, place.speed === ONE ? past : divide(past, place.speed));
}

/** An element on the record, and its own clock. */
export interface Span {
  element: XmlElement;
  in: Fraction;
  out: Fraction;
  /** What its clock shows at `in`. */
  start: Fraction;
  /** Seconds of its clock for one of the record. */
  speed: Fraction;
  map: TimeMap | null;
  lanes: readonly number[];
  enabled: boolean;
}

/** The element's own clock at a record second. */
export function clockOf(span: Span, record: Fraction): Fraction {
  return add(span.start, times(subtract(record, span.in), span.speed));
}

/** The media's clock, or the contents', at a record second. */
export function mediaOf(span: Span, record: Fraction): Fraction {
  const clock = clockOf(span, record);
  return span.map ? valueAt(span.map, clock) : clock;
}

export function times(time: Fraction, speed: Fraction): Fraction {
  return speed === ONE ? time : multiply(time, speed);
}

/** A visible stretch of the record; `cut` where a window took something away. */
export interface Seen {
  from: Fraction;
  to: Fraction;
  cut: boolean;
}

/** What of `from`–`to` a window shows; null where it shows nothing. */
export function seen(window: Window, from: Fraction, to: Fraction): Seen | null {
  // The usual case; that it has a length is the reader's own word.
  if (window === WHOLE && from.num >= 0n) return { from, to, cut: false };
  const late = window.from !== null && compare(window.from, from) > 0;
  const early = window.to !== null && compare(window.to, to) < 0;
  const visible = { from: late ? window.from! : from, to: early ? window.to! : to, cut: late || early };
  return compare(visible.from, visible.to) < 0 ? visible : null;
}

/** Where what is connected to an element lies: on its clock, but as long as the timeline around it says. */
export function anchored(place: Place, span: Span): Place {
  const quiet = place.quiet && { storyline: place.quiet.connected, connected: place.quiet.connected };
  return {
    ...place,
    at: span.in,
    clock: span.start,
    speed: span.speed,
    lanes: span.lanes,
    // What is connected inside a `clip` belongs to it; what is connected to a part of any other clip is its own.
    about: place.name === null ? null : place.about,
    quiet,
  };
}

/** What a window still shows of a span. */
export function within(window: Window, span: { in: Fraction; out: Fraction }): Window {
  const from = window.from !== null && compare(window.from, span.in) > 0 ? window.from : span.in;
  const to = window.to !== null && compare(window.to, span.out) < 0 ? window.to : span.out;
  return { from, to };
}

/** Where what an element holds lies. Its speed must be constant and above 0. */
export function contents(
  place: Place,
  span: Span,
  windows: { picture: Window; sound: Window },
  fields: Partial<Place>,
): Place {
  const speed = span.map ? times(span.map.slope!, span.speed) : span.speed;
  return {
    ...place,
    at: span.in,
    clock: mediaOf(span, span.in),
    speed,
    pace: speed,
    ...windows,
    lanes: [...span.lanes, 0],
    enabled: span.enabled,
    name: null,
    about: null,
    quiet: null,
    ...fields,
  };
}

/** Record seconds from the sequence's own start, nothing retimed. */
export function timeline(rate: Rate, clock: Fraction, at: Fraction = ZERO): Place {
  return {
    at,
    clock,
    speed: ONE,
    pace: ONE,
    picture: WHOLE,
    sound: WHOLE,
    wants: 'all',
    lanes: [],
    enabled: true,
    link: null,
    rate,
    drop: rate.drop,
    name: null,
    about: null,
    quiet: null,
  };
}

/** An exact speed for the model; null where its numbers are too large to be kept whole. */
export function ratioOf(speed: Fraction): { num: number; den: number } | null {
  const { num, den } = fraction(speed.num, speed.den);
  const ratio = { num: Number(num), den: Number(den) };
  return Number.isSafeInteger(ratio.num) && Number.isSafeInteger(ratio.den) ? ratio : null;
}
