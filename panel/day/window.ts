/** What of a day is in sight: zoom and pan as pure steps, and the boxes to draw, no more of them than there are pixels. */
import { FLICKS_PER_SECOND } from '../../manifest/time/flicks.ts';
import type { Bar, BarLook } from './bars.ts';
import type { Day, Lane } from './days.ts';

/** Flicks from the left edge to the right one. */
export interface InSight {
  from: number;
  to: number;
}

/** All there is to see. `least`: nobody needs to see less of it than this many flicks; two seconds where absent. */
export interface Whole extends InSight {
  least?: number;
}

/** Of a day. */
const LEAST = 2 * FLICKS_PER_SECOND;

/** A day with a little air on both sides. */
export function wholeDay({ from, to, least = LEAST }: Whole): InSight {
  const air = Math.max(least, (to - from) * 0.02);
  return { from: from - air, to: to + air };
}

/** `by` > 1 goes nearer; what lies at `at` (0 = left edge, 1 = right) stays where it is. Never past the whole day. */
export function zoomed(sight: InSight, day: Whole, by: number, at: number): InSight {
  const whole = wholeDay(day);
  const length = sight.to - sight.from;
  const wanted = Math.min(whole.to - whole.from, Math.max(day.least ?? LEAST, length / by));
  return within({ from: sight.from + (length - wanted) * at, to: 0 }, wanted, whole);
}

/** `by` in parts of what is in sight; positive goes on in time. */
export function panned(sight: InSight, day: Whole, by: number): InSight {
  const length = sight.to - sight.from;
  return within({ from: sight.from + length * by, to: 0 }, length, wholeDay(day));
}

/** Brings a bar into sight, moving as little as will do. */
export function shown(sight: InSight, day: Whole, bar: Pick<Bar, 'from' | 'length'>): InSight {
  const length = sight.to - sight.from;
  if (bar.from >= sight.from && bar.from + bar.length <= sight.to) return sight;
  const middle = bar.from + bar.length / 2;
  return within({ from: middle - length / 2, to: 0 }, length, wholeDay(day));
}

function within({ from }: InSight, length: number, whole: InSight): InSight {
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

export interface Box {
  /** Left edge and width, px; at least one wide. */
  x: number;
  width: number;
  look: BarLook;
  /** The bar, or the first of those that share these pixels. */
  bar: Bar;
  /** How many share them. */
  count: number;
}

const ORDER: Record<BarLook, number> = { 'in-sync': 0, mos: 1, wild: 2, unsynced: 3 };

/** Bars closer than a pixel become one box, which looks like the worst of them. */
export function boxes(lane: Lane, sight: InSight, width: number): Box[] {
  const perFlick = width / (sight.to - sight.from);
  const found: Box[] = [];
  for (let nth = firstEndingAfter(lane.bars, sight.from); nth < lane.bars.length; nth++) {
    const bar = lane.bars[nth]!;
    if (bar.from >= sight.to) break;
    const x = (bar.from - sight.from) * perFlick;
    const right = x + bar.length * perFlick;
    const last = found[found.length - 1];
    if (last && right - last.x < 1) {
      last.count++;
      if (ORDER[bar.look] > ORDER[last.look]) last.look = bar.look;
    } else found.push({ x, width: Math.max(1, right - x), look: bar.look, bar, count: 1 });
  }
  return found;
}

/** Bars of a lane end in the order they begin, because none overlaps. */
function firstEndingAfter(bars: readonly Bar[], time: number): number {
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bars[middle]!.from + bars[middle]!.length <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bar at a moment, or the nearest within `reach` flicks; null where there is none. */
export function barAt(lane: Lane, time: number, reach: number): Bar | null {
  const nth = firstEndingAfter(lane.bars, time);
  const near = [lane.bars[nth - 1], lane.bars[nth]].filter((bar): bar is Bar => bar !== undefined);
  const away = (bar: Bar) => Math.max(0, bar.from - time, time - (bar.from + bar.length));
  const [best] = near.sort((a, b) => away(a) - away(b));
  return best && away(best) <= reach ? best : null;
}

/** Where the arrow keys lead: along the lane, or to the nearest bar of the lane above or below. */
export function stepped(day: Day, key: string | null, step: 'next' | 'back' | 'up' | 'down'): Bar | null {
  const at = day.lanes.findIndex((lane) => lane.bars.some((bar) => bar.key === key));
  if (at < 0) return day.lanes[0]?.bars[0] ?? null;
  const lane = day.lanes[at]!;
  const nth = lane.bars.findIndex((bar) => bar.key === key);
  if (step === 'next') return lane.bars[Math.min(nth + 1, lane.bars.length - 1)]!;
  if (step === 'back') return lane.bars[Math.max(0, nth - 1)]!;
  const other = day.lanes[step === 'up' ? at - 1 : at + 1];
  return other ? barAt(other, lane.bars[nth]!.from, Infinity) : lane.bars[nth]!;
}

/** The next bar in time, of any lane, that a person must look at; the first again after the last. */
export function nextUnsynced(day: Day, key: string | null): Bar | null {
  const bad = day.lanes.flatMap((lane) => lane.bars.filter((bar) => bar.look === 'unsynced'));
  bad.sort((a, b) => a.from - b.from || (a.key < b.key ? -1 : 1));
  const nth = bad.findIndex((bar) => bar.key === key);
  return bad[(nth + 1) % Math.max(1, bad.length)] ?? null;
}

const SECOND = FLICKS_PER_SECOND;
const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200].map((s) => s * SECOND);

export interface Tick {
  x: number;
  /** `14:05`, or `14:05:30` where seconds are told apart; the clock, past midnight again from 00:00. */
  label: string;
}

/** Marks at round times, at least `apart` px from each other. */
export function ticks(sight: InSight, width: number, apart: number): Tick[] {
  const perFlick = width / (sight.to - sight.from);
  const step = STEPS.find((each) => each * perFlick >= apart) ?? STEPS[STEPS.length - 1]!;
  const made: Tick[] = [];
  for (let at = Math.ceil(sight.from / step) * step; at <= sight.to; at += step)
    made.push({ x: (at - sight.from) * perFlick, label: clock(at, step < 60 * SECOND) });
  return made;
}

/** Elapsed time since midnight as a clock shows it. */
export function clock(flicks: number, seconds: boolean): string {
  const day = 86_400;
  const all = ((Math.floor(flicks / SECOND) % day) + day) % day;
  const two = (count: number) => String(Math.floor(count)).padStart(2, '0');
  const minutes = `${two(all / 3600)}:${two((all / 60) % 60)}`;
  return seconds ? `${minutes}:${two(all % 60)}` : minutes;
}
