/** Sounds by when they run, so that those around a picture are found without comparing it with every sound. */
import type { Sound } from './candidates.ts';
import { offset, overlap, type Span } from './span.ts';

/** Low bits of a sorting key: which sound it is. 2^20 sounds, and what is left of 2^53 tells a start below 2^46 to 12 µs. */
const PLACES = 2 ** 20;
const COARSE = 2 ** 13;
/** Flicks, over 27 hours. Only a time reference that is no time of day begins later. */
const LATEST_START = 2 ** 46;

/** Starts, sorted, and a tree of the latest end among them. */
export class TimeIndex {
  private readonly sounds: Sound[] = [];
  /** What begins so late that it may be any number of days away. */
  private readonly far: Sound[];
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  /** Latest end of all below each node; leaves from `leaves` on, children of n at 2n and 2n + 1. */
  private readonly latest: Float64Array;
  private readonly leaves: number;

  constructor(sounds: readonly Sound[]) {
    const timed = sounds.filter(({ span }) => span !== null && span.start < LATEST_START);
    this.far = sounds.filter(({ span }) => span !== null && !(span.start < LATEST_START));
    const order = sortedBy(timed);
    const count = timed.length;
    this.starts = new Float64Array(count);
    this.ends = new Float64Array(count);
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, count)));
    this.latest = new Float64Array(2 * this.leaves);
    for (let at = 0; at < count; at++) {
      const sound = timed[order[at]!]!;
      this.sounds.push(sound);
      this.starts[at] = sound.span!.start;
      this.ends[at] = this.latest[this.leaves + at] = sound.span!.start + sound.span!.length;
    }
    for (let node = this.leaves - 1; node > 0; node--)
      this.latest[node] = Math.max(this.latest[2 * node]!, this.latest[2 * node + 1]!);
  }

  /** Each once. */
  overlapping(picture: Span): Sound[] {
    const found: Sound[] = [];
    const { start, length } = picture;
    const [day, last] = [picture.day!, this.starts[this.starts.length - 1] ?? 0];
    // A picture across midnight is also looked for from the day's start, and a sound across it from the day before.
    for (let from = start + length > day ? start - day : start; from - day / 2 <= last; from += day)
      this.within(from, length, day / 2, found);
    for (const sound of this.far)
      if (overlap(picture, sound.span!, offset(picture, sound.span!)) > 0) found.push(sound);
    return found;
  }

  /** Those that begin before `from + length` and end after `from`, and are so by the shorter way round the day. */
  private within(from: number, length: number, half: number, found: Sound[]): void {
    const until = this.firstAtOrAfter(from + length);
    for (let at = this.nextEndingAfter(from, 0); at < until; at = this.nextEndingAfter(from, at + 1)) {
      const apart = this.starts[at]! - from;
      if (apart > -half && apart <= half) found.push(this.sounds[at]!);
    }
  }

  private firstAtOrAfter(time: number): number {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first place from `at` on whose sound ends after `time`; the number of sounds where there is none. */
  private nextEndingAfter(time: number, at: number): number {
    const count = this.starts.length;
    // Among many that run together the next one is mostly beside this one.
    if (at >= count || this.ends[at]! > time) return at;
    let node = this.leaves + at;
    // Up to the first right-hand neighbour that holds one, then down to its leftmost.
    do {
      while (node % 2 === 1) node >>= 1;
      if (node === 0) return count;
      node++;
    } while (this.latest[node]! <= time);
    while (node < this.leaves) node = this.latest[2 * node]! > time ? 2 * node : 2 * node + 1;
    return node - this.leaves;
  }
}

/**
 * Places of the sounds, earliest start first. One number holds a start's high part and the place, because sorting numbers takes a fourth of
 * sorting by a function; what the lost low part would have told is put right afterwards.
 */
function sortedBy(sounds: readonly Sound[]): Uint32Array {
  const count = sounds.length;
  const [starts, keys, order] = [new Float64Array(count), new Float64Array(count), new Uint32Array(count)];
  for (let at = 0; at < count; at++) {
    const { start } = sounds[at]!.span!;
    starts[at] = start;
    keys[at] = Math.floor(start / COARSE) * PLACES + at;
    order[at] = at;
  }
  if (count > PLACES) return order.sort((a, b) => starts[a]! - starts[b]!);
  keys.sort();
  for (let at = 0; at < count; at++) {
    const moved = keys[at]! % PLACES;
    const value = starts[moved]!;
    let to = at;
    for (; to > 0 && starts[order[to - 1]!]! > value; to--) order[to] = order[to - 1]!;
    order[to] = moved;
  }
  return order;
}
