/**
 * The sources of two cuts, and how one that the two sides describe otherwise is told apart from another (identity.ts): formats
 * know more or less about one source.
 */
import type { CutEvent, CutList, CutSource } from '../documents/cutlist.ts';
import { framesToSeconds, secondsToFrames } from '../time/fraction.ts';
import { sameSpeed, type Rate } from '../time/rate.ts';
import { compareText, keyOf } from './canonical.ts';
import { identify } from './identity.ts';

/** One way of describing one source, as one or both cuts have it. */
export interface Described {
  key: string;
  source: CutSource;
  /** How many events of the old and of the new cut use it. */
  uses: [before: number, after: number];
  /** The media: equal for the same. −1 = not yet known. */
  media: number;
}

/** How an old description of a source is written in the new cut. */
export interface Renewed {
  to: Described;
  /** Added to source times after they are counted at the new description's rate. */
  shift: number;
}

export interface Sources {
  of(source: CutSource): Described;
  /** Number of the media behind an event; made things (titles) by kind and name. */
  media(event: CutEvent): number;
  /** Whether the old (0) or new (1) cut uses the media behind a source. */
  isShared(source: CutSource, side: 0 | 1): boolean;
  /** Null where the new cut has no such media. */
  renewed(described: Described): Renewed | null;
}

type Side = 0 | 1;

export function sourcesOf(before: CutList, after: CutList): Sources {
  const byKey = new Map<string, Described>();
  // Readers give one object to many events of a source.
  const byObject = new Map<CutSource, Described>();
  const of = (source: CutSource): Described => {
    let found = byObject.get(source);
    if (found) return found;
    const key = keyOf(source);
    found = byKey.get(key) ?? { key, source, uses: [0, 0], media: -1 };
    byKey.set(key, found);
    byObject.set(source, found);
    return found;
  };
  [before, after].forEach((list, side) => {
    for (const track of list.tracks)
      for (const { source } of track.events) if (source) of(source).uses[side as Side]++;
  });
  const described = [...byKey.values()];
  let count = identify(described);
  const made = new Map<string, number>();
  const media = (event: CutEvent): number => {
    if (event.source) return of(event.source).media;
    const name = `${event.kind} ${event.name}`;
    if (!made.has(name)) made.set(name, count++);
    return made.get(name)!;
  };
  const renewals = renewalsOf(described, before, after, of);
  const shared: [Set<number>, Set<number>] = [new Set(), new Set()];
  for (const each of described)
    for (const side of [0, 1] as const) if (each.uses[side] > 0) shared[side].add(each.media);
  return {
    of,
    media,
    isShared: (source, side) => shared[side].has(of(source).media),
    renewed: (each) => renewals.get(each) ?? null,
  };
}

/** For every description of the old cut: itself where the new cut still has it, else the one most used there. */
function renewalsOf(
  described: Described[],
  before: CutList,
  after: CutList,
  of: (source: CutSource) => Described,
): Map<Described, Renewed> {
  const best = new Map<number, Described>();
  for (const each of described) {
    const rival = best.get(each.media);
    if (each.uses[1] > 0 && (!rival || isBefore(each, rival))) best.set(each.media, each);
  }
  const renewals = new Map<Described, Renewed>();
  const open = new Set<Described>();
  for (const each of described) {
    const to = each.uses[1] > 0 ? each : best.get(each.media);
    if (each.uses[0] === 0 || !to) continue;
    renewals.set(each, { to, shift: 0 });
    if (timecodeShift(each.source, to.source) !== 0) open.add(each);
  }
  if (open.size > 0) chooseShifts(open, renewals, before, after, of);
  return renewals;
}

const isBefore = (a: Described, b: Described) =>
  a.uses[1] - b.uses[1] > 0 || (a.uses[1] === b.uses[1] && compareText(a.key, b.key) < 0);

function timecodeShift(from: CutSource, to: CutSource): number {
  if (from.start === null || to.start === null) return 0;
  return carried(from.start, from.rate, to.rate) - to.start;
}

/** Where a source starts elsewhere, either its frames or its timecodes are what stayed: whichever meets more events of the new cut. */
function chooseShifts(
  open: Set<Described>,
  renewals: Map<Described, Renewed>,
  before: CutList,
  after: CutList,
  of: (source: CutSource) => Described,
): void {
  const there = new Set<string>();
  for (const { events } of after.tracks)
    for (const event of events) if (event.source) there.add(`${of(event.source).media} ${event.sourceIn}`);
  const votes = new Map<Described, number>();
  for (const { events } of before.tracks)
    for (const { source, sourceIn } of events) {
      const each = source && of(source);
      if (!each || !open.has(each)) continue;
      const { to } = renewals.get(each)!;
      const at = carried(sourceIn, source.rate, to.source.rate);
      const shifted = at + timecodeShift(source, to.source);
      const vote = Number(there.has(`${each.media} ${shifted}`)) - Number(there.has(`${each.media} ${at}`));
      votes.set(each, (votes.get(each) ?? 0) + vote);
    }
  for (const [each, vote] of votes) {
    const renewed = renewals.get(each)!;
    if (vote > 0) renewed.shift = timecodeShift(each.source, renewed.to.source);
  }
}

/** The same moment counted at another rate: the nearest frame. */
export function carried(frame: number, from: Rate, to: Rate): number {
  return sameSpeed(from, to) ? frame : secondsToFrames(framesToSeconds(frame, from), to);
}
