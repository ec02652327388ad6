/** What changed between two cuts, made ready to be shown: rows of words, and both cuts as lanes of events that know their rows. */
import type { Compared } from '../../manifest/changes.ts';
import type { Change, ChangeList, EventAt } from '../../manifest/changes/list.ts';
import { carried } from '../../manifest/changes/sources.ts';
import { pairsOf, trackRows, type Span, type Standing } from '../../manifest/changes/standing.ts';
import { countLine, notComparedLines, runningTimeLine } from '../../manifest/changes/text.ts';
import { changeRows } from '../../manifest/changes/words.ts';
import type { Rate } from '../../manifest/time/rate.ts';

export interface ShownEvent {
  /** On its side. */
  id: string;
  name: string;
  /** Record frames of its side. */
  in: number;
  out: number;
  standing: Standing;
  /** Numbers of the rows that speak of it. */
  rows: number[];
  /** Of an old event: its lane and place in the new cut; null where it is gone. */
  pair: { lane: number; in: number; out: number } | null;
}

/** One track of both cuts. */
export interface ShownLane {
  /** `V1`; `V1 → V2` where it moved. */
  name: string;
  old: ShownEvent[];
  now: ShownEvent[];
}

export interface ShownRow {
  sign: string;
  word: string;
  track: string;
  name: string;
  at: string;
  text: string;
  /** Where to look: events by side and id, or else a frame of the new cut; null = nowhere in particular. */
  was: string | null;
  now: string | null;
  frame: number | null;
}

export interface Comparison {
  rows: ShownRow[];
  /** `4 changes: 1 added, 2 moved, 1 ripple`. */
  counts: string;
  runningTime: string;
  /** What could not be compared. */
  notCompared: string[];
  lanes: ShownLane[];
  /** The longer cut's, in frames. */
  frames: number;
  /** For timecode of each cut's frames, as the lanes count them. */
  was: Counting;
  now: Counting;
}

interface Counting {
  /** Timecode of the first frame, as a frame count. */
  start: number;
  rate: Rate;
}

export function comparison({ list, before, after }: Compared): Comparison {
  const sides = pairsOf(list, before, after);
  const told = changeRows(list);
  const places = list.changes.map(placeOf);
  const byId = { old: new Map<string, number[]>(), now: new Map<string, number[]>() };
  list.changes.forEach((change, nth) => {
    for (const { was, now } of eventsOf(change)) {
      if (was) byId.old.set(was.id, [...(byId.old.get(was.id) ?? []), nth]);
      if (now) byId.now.set(now.id, [...(byId.now.get(now.id) ?? []), nth]);
    }
  });
  const tracks = trackRows(sides);
  const laneOf = new Map(tracks.map(({ now }, lane) => [now, lane]));
  const isChanged = (nth: number) => list.changes[nth]!.what === 'changed';
  const shown = (spans: Span[], rows: Map<string, number[]>): ShownEvent[] =>
    spans.map(({ pair, standing, ...span }) => ({
      ...span,
      // A name or channels alone move nothing, and are a change all the same.
      standing: standing === 'same' && rows.get(span.id)?.some(isChanged) ? 'changed' : standing,
      rows: rows.get(span.id) ?? [],
      pair: pair && { lane: laneOf.get(pair.track)!, in: pair.in, out: pair.out },
    }));
  const lanes = tracks.map(({ old, now }): ShownLane => {
    const [was, is] = [
      old === null ? null : sides.old.tracks[old]!,
      now === null ? null : sides.now.tracks[now]!,
    ];
    const names = [...new Set([was?.key, is?.key].filter((key) => key !== undefined))];
    return {
      name: names.join(' → '),
      old: shown(was?.spans ?? [], byId.old),
      now: shown(is?.spans ?? [], byId.now),
    };
  });
  const last = (spans: ShownEvent[]) => spans[spans.length - 1]?.out ?? 0;
  return {
    rows: told.map(({ sign, word, track, name, at, text }, nth) => ({
      sign,
      word,
      track,
      name,
      at,
      text,
      ...places[nth]!,
    })),
    counts: countLine(told),
    runningTime: runningTimeLine(list),
    notCompared: notComparedLines(list),
    lanes,
    frames: Math.max(1, list.after.frames, ...lanes.flatMap(({ old, now }) => [last(old), last(now)])),
    was: countingOfOld(list),
    now: { start: list.after.start, rate: list.after.rate },
  };
}

/** Where the two rates differ and times were kept, the old cut's frames are counted at the new rate. */
function countingOfOld({ changes, before, after }: ChangeList): Counting {
  const converted = changes.some((change) => change.what === 'sequence' && change.frames === 'converted');
  if (!converted) return { start: before.start, rate: before.rate };
  return { start: carried(before.start, before.rate, after.rate), rate: after.rate };
}

/** The events a change is about. One that moves everything after it is about none: what slid along is as it was. */
function eventsOf(change: Change): { was: EventAt | null; now: EventAt | null }[] {
  switch (change.what) {
    case 'added':
      return [{ was: null, now: change.now }];
    case 'removed':
      return [{ was: change.was, now: null }];
    case 'changed':
    case 'linked':
      return change.events;
    case 'marker-added':
    case 'marker-removed':
    case 'marker-changed':
      return change.event ? [{ was: change.event, now: null }] : [];
    default:
      return 'was' in change ? [change] : [];
  }
}

function placeOf(change: Change): Pick<ShownRow, 'was' | 'now' | 'frame'> {
  const [first] = eventsOf(change);
  if (first) return { was: first.was?.id ?? null, now: first.now?.id ?? null, frame: null };
  return { was: null, now: null, frame: frameOf(change) };
}

function frameOf(change: Change): number | null {
  switch (change.what) {
    case 'ripple':
      return change.to;
    case 'transition-added':
      return change.value.in;
    case 'transition-removed':
      return change.before.in;
    case 'transition-changed':
      return change.after.in;
    case 'marker-added':
      return change.value.frame;
    case 'marker-removed':
      return change.before.frame;
    case 'marker-changed':
      return change.after.frame;
    default:
      return null;
  }
}
