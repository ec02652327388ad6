/** Which frames of its media a clip plays: from Premiere's ticks where they stand, from the speed's graph, else from in and out. */
import {
  abs,
  add,
  compare,
  divide,
  fraction,
  max,
  min,
  multiply,
  round,
  subtract,
  type Fraction,
} from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import { TICKS_PER_SECOND } from '../../time/ticks.ts';
import { childText, type XmlElement } from '../../xml/read.ts';
import { rescale } from './count.ts';
import { graphAt, type Remap } from './retime.ts';
import { frames } from './values.ts';

/** Where the clip stands in the sequence; `head` and `tail` are the frames that transitions hide at its ends. */
export interface Stretch {
  length: number;
  head: number;
  tail: number;
}

export interface Counted {
  /** As written, at `rate`. */
  in: number;
  out: number;
  rate: Rate;
  /** Frames before the first of a subclip, at `rate`. */
  offset: number;
  /** Rate of the sequence and of the media. */
  record: Rate;
  own: Rate;
  /** Whole media at its own rate; null = unknown. */
  whole: number | null;
}

export interface Span {
  in: number;
  out: number;
}

/** Premiere's own in and out, seconds of media; null where they are absent, damaged, or say what in and out say. */
export function ticksOf(item: XmlElement, counted: Counted): [Fraction, Fraction] | null {
  const texts = [childText(item, 'pproTicksIn'), childText(item, 'pproTicksOut')];
  if (!texts.every((text) => text !== undefined && /^-?\d{1,22}$/.test(text))) return null;
  const [from, to] = texts.map((text) => fraction(BigInt(text!), TICKS_PER_SECOND)) as [Fraction, Fraction];
  const offset = seconds(counted.offset, counted.rate);
  return [add(from, offset), add(to, offset)];
}

function seconds(count: number, rate: Rate): Fraction {
  return fraction(BigInt(count) * BigInt(rate.den), BigInt(rate.num));
}

/** Ticks that only repeat the frames need no fractions. */
export function repeatsFrames(item: XmlElement, counted: Counted): boolean {
  const perFrame = (Number(TICKS_PER_SECOND) * counted.rate.den) / counted.rate.num;
  return (
    Number.isSafeInteger(perFrame) &&
    Number.isSafeInteger(perFrame * counted.in) &&
    childText(item, 'pproTicksIn') === String(perFrame * counted.in)
  );
}

/** At 100 %: the in decides, and the record length says how much. */
export function plainSpan(stretch: Stretch, counted: Counted, ticks: [Fraction, Fraction] | null): Span {
  const { rate, record, own } = counted;
  if (!ticks && rate.num === record.num && rate.den === record.den) {
    const first = counted.in + counted.offset + stretch.head;
    return { in: rescale(first, rate, own), out: rescale(first + stretch.length, rate, own) };
  }
  const start = ticks ? ticks[0] : seconds(counted.in + counted.offset, rate);
  const at = (frame: number) =>
    round(multiply(add(start, seconds(frame, record)), fraction(own.num, own.den)));
  return { in: at(stretch.head), out: at(stretch.head + stretch.length) };
}

/** Retimed: the media frames at the clip's two ends, and a straight line between them. */
export function retimedSpan(
  item: XmlElement,
  remap: Remap,
  stretch: Stretch,
  counted: Counted,
  ticks: [Fraction, Fraction] | null,
): Span & { ends: [Fraction, Fraction] } {
  const { speed } = remap;
  if (speed?.num === 0) return frozen(item, remap, counted);
  const [from, to] = endsOf(remap, counted, ticks);
  const all = stretch.head + stretch.length + stretch.tail;
  const step = divide(subtract(to, from), fraction(Math.max(1, all)));
  const near = add(from, multiply(step, fraction(stretch.head)));
  const far = add(near, multiply(step, fraction(stretch.length)));
  const first = round(min(near, far));
  return { in: first, out: Math.max(first + 1, round(max(near, far))), ends: [near, far] };
}

function frozen(item: XmlElement, remap: Remap, counted: Counted): Span & { ends: [Fraction, Fraction] } {
  const drawn = graphAt(remap.keys, counted.in);
  const at = frames(item, 'stillframeoffset') ?? (drawn ? round(drawn) : counted.in);
  const first = rescale(at + counted.offset, counted.rate, counted.own);
  return { in: first, out: first + 1, ends: [fraction(first), fraction(first)] };
}

/** Media frames at the clip's in and out, at the media's own rate; backwards the first is the greater. */
function endsOf(
  { speed, keys }: Remap,
  counted: Counted,
  ticks: [Fraction, Fraction] | null,
): [Fraction, Fraction] {
  const { rate, own, offset } = counted;
  const backwards = speed !== null && speed.num < 0;
  if (ticks) {
    const [a, b] = ticks.map((time) => multiply(time, fraction(own.num, own.den))) as [Fraction, Fraction];
    return compare(a, b) > 0 === backwards ? [a, b] : [b, a];
  }
  const atOwn = (frame: Fraction) =>
    multiply(
      add(frame, fraction(offset)),
      fraction(BigInt(own.num) * BigInt(rate.den), BigInt(own.den) * BigInt(rate.num)),
    );
  const [a, b] = [graphAt(keys, counted.in), graphAt(keys, counted.out)];
  if (a && b) return bounded([atOwn(a), atOwn(b)], counted.whole);
  const size = speed ? abs(fraction(speed.num, speed.den)) : fraction(1);
  const [from, to] = [counted.in, counted.out].map((frame) => atOwn(multiply(fraction(frame), size))) as [
    Fraction,
    Fraction,
  ];
  if (!backwards) return [from, to];
  // Backwards the warped clip begins at the media's end.
  const end = counted.whole === null ? to : fraction(counted.whole);
  return [subtract(end, from), subtract(end, to)];
}

/** Final Cut's graphs of clips that play backwards reach one frame beyond the media. */
function bounded([from, to]: [Fraction, Fraction], wholeMedia: number | null): [Fraction, Fraction] {
  if (wholeMedia === null) return [from, to];
  const end = fraction(wholeMedia);
  const over = subtract(from, end);
  return over.num > 0n && over.num <= 2n * over.den ? [end, to] : [from, to];
}
