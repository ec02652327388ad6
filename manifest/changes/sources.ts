/**
 * Which sources of two cuts are the same media: by the manifest's clip id, else by file, else by reel, name and start. Formats know
 * more or less about one source, so the same media may be described otherwise on the two sides.
 */
import type { CutEvent, CutList, CutSource } from '../documents/cutlist.ts';
import { comparablePath } from '../documents/paths.ts';
import { framesToSeconds, secondsToFrames } from '../time/fraction.ts';
import { sameSpeed, type Rate } from '../time/rate.ts';
import { compareText, keyOf } from './canonical.ts';

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
  return { of, media, renewed: (each) => renewals.get(each) ?? null };
}

/** Words that name a source, surest first; null where a source has none of that sort. */
const NAMES: { of(source: CutSource): string | null; loose: boolean }[] = [
  { of: ({ clip }) => clip ?? null, loose: false },
  { of: ({ file }) => (file === null ? null : comparablePath(file)), loose: false },
  {
    of: ({ reel, name, start }) =>
      reel === undefined && start === null ? null : JSON.stringify([reel, name, start]),
    loose: true,
  },
  { of: ({ reel, name }) => JSON.stringify([reel, name]), loose: true },
];

/** Gives each description its media; how many media there are. */
function identify(described: Described[]): number {
  let count = 0;
  for (const { of, loose } of NAMES) {
    const called = new Map<string, Described[]>();
    for (const each of described) {
      const name = of(each.source);
      if (name === null) continue;
      const list = called.get(name);
      if (list) list.push(each);
      else called.set(name, [each]);
    }
    for (const list of called.values()) {
      if (list.every((each) => each.media >= 0) || !mayBeOne(list, loose)) continue;
      const known = list.find((each) => each.media >= 0);
      const media = known ? known.media : count++;
      for (const each of list) if (each.media < 0) each.media = media;
    }
  }
  for (const each of described) if (each.media < 0) each.media = count++;
  return count;
}

/** A name counts only where both cuts use it; a loose one only where it cannot mean two files of one cut, or of the two. */
function mayBeOne(list: Described[], loose: boolean): boolean {
  if (![0, 1].every((side) => list.some((each) => each.uses[side as Side] > 0))) return false;
  if (!loose) return true;
  const files = ([0, 1] as const).map(
    (side) =>
      new Set(
        list
          .filter((each) => each.uses[side] > 0)
          .map(({ source }) => source.clip ?? source.file)
          .filter((file) => file !== null),
      ),
  );
  if (files.some((each) => each.size > 1)) return false;
  const [{ reel, start }] = [list[0]!.source];
  // A bare name in two different files is two files; with reel or start it is one that was moved.
  return files.some((each) => each.size === 0) || reel !== undefined || start !== null;
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
