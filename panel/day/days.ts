/** The bars of a handoff by shoot day, and each day in lanes by camera and recorder in which nothing overlaps. */
import { FLICKS_PER_SECOND } from '../../manifest/time/flicks.ts';
import { mapped, PART, sorted, type Parts } from '../parts.ts';
import type { Bar } from './bars.ts';

export interface Lane {
  /** Camera or recorder; '' for a further lane of the one above. */
  name: string;
  kind: 'picture' | 'sound' | 'no-timecode';
  /** By time; none begins before the one ahead of it has ended. */
  bars: Bar[];
}

export interface Day {
  /** `2026-03-14`; '' where nothing says which day it was. */
  id: string;
  lanes: Lane[];
  /** Flicks from the first bar's start to the last one's end, since the midnight the day begins with. */
  from: number;
  to: number;
  unsynced: number;
}

const HOUR = 3600 * FLICKS_PER_SECOND;
const MIDNIGHTS = 24 * HOUR;
/** A pause that ends a shoot day, where the date changes in it. */
const NIGHT = 4 * HOUR;

/** In parts, for a page that must stay awake. Every bar is in exactly one lane of exactly one day. Days by date; what has none stands last. */
export function* shootDays(bars: readonly Bar[]): Parts<Day[]> {
  const dates = [...new Set(bars.map((bar) => bar.date).filter(Boolean))].sort();
  // One date among many clips that have none is the date of them all.
  const only = dates.length === 1 ? dates[0]! : '';
  const dated = yield* mapped(bars, (bar) => (bar.date === '' && only !== '' ? { ...bar, date: only } : bar));
  const days: Day[] = [];
  for (const { id, bars: own } of merged(dates, dated)) {
    yield;
    days.push(yield* dayOf(id, own));
  }
  const undated = dated.filter((bar) => bar.date === '');
  return undated.length > 0 ? [...days, yield* dayOf('', yield* roundMidnight(undated))] : days;
}

/** A night shoot goes on after midnight: dates with no pause between them are one shoot day, under the first. */
function merged(dates: string[], bars: readonly Bar[]): { id: string; bars: Bar[] }[] {
  const days: { id: string; bars: Bar[]; until: number }[] = [];
  const byDate = new Map(dates.map((date): [string, Bar[]] => [date, []]));
  for (const bar of bars) byDate.get(bar.date)?.push(bar);
  for (const [date, own] of byDate) {
    const timed = own.filter((bar) => bar.span);
    const last = days[days.length - 1];
    const apart = last ? midnightsBetween(last.id, date) * MIDNIGHTS : 0;
    const begins = apart + timed.reduce((least, bar) => Math.min(least, bar.from), Infinity);
    const ends = timed.reduce((most, bar) => Math.max(most, bar.from + bar.length), 0);
    if (last && timed.length > 0 && last.until > 0 && begins - last.until < NIGHT && apart <= MIDNIGHTS) {
      for (const bar of own) last.bars.push({ ...bar, from: bar.from + apart });
      last.until = Math.max(last.until, apart + ends);
    } else days.push({ id: date, bars: own, until: ends });
  }
  return days;
}

function midnightsBetween(from: string, to: string): number {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
  return Number.isFinite(days) ? Math.round(days) : 2;
}

/** Without dates, the longest pause of the clock is the night: what comes before it that long belongs after midnight. */
function* roundMidnight(bars: Bar[]): Parts<Bar[]> {
  const timed = yield* sorted(
    bars.filter((bar) => bar.span),
    (a, b) => a.from - b.from,
  );
  if (timed.length < 2) return bars;
  let [until, pause, cut] = [0, 0, 0];
  for (const bar of timed) {
    if (until > 0 && bar.from - until > pause) [pause, cut] = [bar.from - until, bar.from];
    until = Math.max(until, bar.from + bar.length);
  }
  const across = timed[0]!.from + MIDNIGHTS - until;
  if (across >= pause || pause < NIGHT || across > NIGHT) return bars;
  return bars.map((bar) => (bar.span && bar.from < cut ? { ...bar, from: bar.from + MIDNIGHTS } : bar));
}

function* dayOf(id: string, bars: Bar[]): Parts<Day> {
  const timed = bars.filter((bar) => bar.span);
  const from = timed.reduce((least, bar) => Math.min(least, bar.from), Infinity);
  const to = timed.reduce((most, bar) => Math.max(most, bar.from + bar.length), 0);
  const start = Number.isFinite(from) ? from : 0;
  const untimed = yield* oneAfterAnother(
    bars.filter((bar) => !bar.span),
    start,
  );
  const end = untimed.reduce((most, bar) => Math.max(most, bar.from + bar.length), Math.max(to, start + 1));
  return {
    id,
    lanes: [
      ...(yield* lanesOf(timed, 'picture')),
      ...(yield* lanesOf(timed, 'sound')),
      ...(untimed.length > 0 ? [{ name: 'No timecode', kind: 'no-timecode' as const, bars: untimed }] : []),
    ],
    from: start,
    to: timed.length > 0 ? Math.max(to, start + 1) : end,
    unsynced: bars.filter((bar) => bar.look === 'unsynced').length,
  };
}

/** They have no place: they stand in the order of their names, so that each can be seen and chosen. */
function* oneAfterAnother(bars: Bar[], start: number): Parts<Bar[]> {
  let at = start;
  return yield* mapped(yield* sorted(bars, (a, b) => byName(a.name, b.name)), (bar) => {
    const placed = { ...bar, from: at };
    at += bar.length;
    return placed;
  });
}

function* lanesOf(bars: Bar[], kind: 'picture' | 'sound'): Parts<Lane[]> {
  const sources = new Map<string, Bar[]>();
  for (const bar of bars) {
    if (bar.kind !== kind) continue;
    const list = sources.get(bar.source);
    if (list) list.push(bar);
    else sources.set(bar.source, [bar]);
  }
  const lanes: Lane[] = [];
  for (const [name, own] of [...sources].sort(([a], [b]) => byName(a, b)))
    for (const [nth, lane] of (yield* packed(own)).entries())
      lanes.push({ name: nth === 0 ? name : '', kind, bars: lane });
  return lanes;
}

const { compare: byName } = new Intl.Collator('en', { numeric: true });

/** Each into the first lane that is free by then. */
function* packed(bars: Bar[]): Parts<Bar[][]> {
  const lanes: { bars: Bar[]; until: number }[] = [];
  // When the first of them is free: thousands that begin at once are not looked through for each.
  let soonest = Infinity;
  let taken = 0;
  for (const bar of yield* sorted(bars, (a, b) => a.from - b.from || a.length - b.length)) {
    if (++taken % PART === 0) yield;
    const until = bar.from + bar.length;
    const free = soonest <= bar.from ? lanes.find((lane) => lane.until <= bar.from) : undefined;
    if (free) {
      free.bars.push(bar);
      free.until = until;
      soonest = lanes.reduce((least, lane) => Math.min(least, lane.until), Infinity);
    } else {
      lanes.push({ bars: [bar], until });
      soonest = Math.min(soonest, until);
    }
  }
  return lanes.map((lane) => lane.bars);
}
