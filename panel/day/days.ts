/** The bars of a handoff by shoot day, and each day in lanes by camera and recorder in which nothing overlaps. */
import { FLICKS_PER_SECOND } from '../../manifest/time/flicks.ts';
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

/** Every bar is in exactly one lane of exactly one day. Days by date; what has none stands last. */
export function shootDays(bars: readonly Bar[]): Day[] {
  const dates = [...new Set(bars.map((bar) => bar.date).filter(Boolean))].sort();
  // One date among many clips that have none is the date of them all.
  const only = dates.length === 1 ? dates[0]! : '';
  const dated = bars.map((bar) => (bar.date === '' && only !== '' ? { ...bar, date: only } : bar));
  const days = merged(dates, dated).map(({ id, bars: own }) => dayOf(id, own));
  const undated = dated.filter((bar) => bar.date === '');
  return undated.length > 0 ? [...days, dayOf('', roundMidnight(undated))] : days;
}

/** A night shoot goes on after midnight: dates with no pause between them are one shoot day, under the first. */
function merged(dates: string[], bars: readonly Bar[]): { id: string; bars: Bar[] }[] {
  const days: { id: string; bars: Bar[]; until: number }[] = [];
  for (const date of dates) {
    const own = bars.filter((bar) => bar.date === date);
    const timed = own.filter((bar) => bar.span);
    const last = days[days.length - 1];
    const apart = last ? midnightsBetween(last.id, date) * MIDNIGHTS : 0;
    const begins = apart + timed.reduce((least, bar) => Math.min(least, bar.from), Infinity);
    const ends = timed.reduce((most, bar) => Math.max(most, bar.from + bar.length), 0);
    if (last && timed.length > 0 && last.until > 0 && begins - last.until < NIGHT && apart <= MIDNIGHTS) {
      last.bars.push(...own.map((bar) => ({ ...bar, from: bar.from + apart })));
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
function roundMidnight(bars: Bar[]): Bar[] {
  const timed = bars.filter((bar) => bar.span).sort((a, b) => a.from - b.from);
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

function dayOf(id: string, bars: Bar[]): Day {
  const timed = bars.filter((bar) => bar.span);
  const from = timed.reduce((least, bar) => Math.min(least, bar.from), Infinity);
  const to = timed.reduce((most, bar) => Math.max(most, bar.from + bar.length), 0);
  const start = Number.isFinite(from) ? from : 0;
  const untimed = oneAfterAnother(
    bars.filter((bar) => !bar.span),
    start,
  );
  const end = untimed.reduce((most, bar) => Math.max(most, bar.from + bar.length), Math.max(to, start + 1));
  return {
    id,
    lanes: [
      ...lanesOf(timed, 'picture'),
      ...lanesOf(timed, 'sound'),
      ...(untimed.length > 0 ? [{ name: 'No timecode', kind: 'no-timecode' as const, bars: untimed }] : []),
    ],
    from: start,
    to: timed.length > 0 ? Math.max(to, start + 1) : end,
    unsynced: bars.filter((bar) => bar.look === 'unsynced').length,
  };
}

/** They have no place: they stand in the order of their names, so that each can be seen and chosen. */
function oneAfterAnother(bars: Bar[], start: number): Bar[] {
  let at = start;
  return [...bars]
    .sort((a, b) => byName(a.name, b.name))
    .map((bar) => {
      const placed = { ...bar, from: at };
      at += bar.length;
      return placed;
    });
}

function lanesOf(bars: Bar[], kind: 'picture' | 'sound'): Lane[] {
  const sources = new Map<string, Bar[]>();
  for (const bar of bars) {
    if (bar.kind !== kind) continue;
    const list = sources.get(bar.source);
    if (list) list.push(bar);
    else sources.set(bar.source, [bar]);
  }
  return [...sources]
    .sort(([a], [b]) => byName(a, b))
    .flatMap(([name, own]) =>
      packed(own).map((lane, nth) => ({ name: nth === 0 ? name : '', kind, bars: lane })),
    );
}

const { compare: byName } = new Intl.Collator('en', { numeric: true });

/** Each into the first lane that is free by then. */
function packed(bars: Bar[]): Bar[][] {
  const lanes: { bars: Bar[]; until: number }[] = [];
  // When the first of them is free: thousands that begin at once are not looked through for each.
  let soonest = Infinity;
  for (const bar of [...bars].sort((a, b) => a.from - b.from || a.length - b.length)) {
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
