/**
 * Which descriptions of sources mean the same media, by a ranking of what names it: the manifest's clip id, the file, the path's
 * end, reel with name and start, reel with name, folder with file name, name with start, the name alone, the file's own name, the name without its suffix.
 * A weaker word counts only where nothing stronger says otherwise, and never where it could mean two.
 */
import type { CutSource } from '../documents/cutlist.ts';
import { comparablePath, stem } from '../documents/paths.ts';
import { ascii } from '../exports/edl/ascii.ts';
import { abs, compare, fraction, framesToSeconds, subtract, type Fraction } from '../time/fraction.ts';
import type { Described } from './sources.ts';

interface Rank {
  /** Null where a source has no such word. */
  of(source: CutSource): string | null;
  /** May a group of one such word be one media, beyond being used on both sides? */
  fits(group: readonly Described[]): boolean;
}

/** Gives each description its media; how many media there are. */
export function identify(described: readonly Described[]): number {
  let count = 0;
  for (const { of, fits } of [...SURE, ...tails(described), ...LOOSE])
    for (const group of grouped(described, of)) {
      if (group.every((each) => each.media >= 0) || !onBothSides(group) || !fits(group)) continue;
      const media = group.find((each) => each.media >= 0)?.media ?? count++;
      for (const each of group) if (each.media < 0) each.media = media;
    }
  for (const each of described) if (each.media < 0) each.media = count++;
  return count;
}

function grouped(described: readonly Described[], of: Rank['of']): Iterable<Described[]> {
  const groups = new Map<string, Described[]>();
  for (const each of described) {
    const word = of(each.source);
    if (word === null) continue;
    const group = groups.get(word);
    if (group) group.push(each);
    else groups.set(word, [each]);
  }
  return groups.values();
}

const SURE: Rank[] = [
  { of: ({ clip }) => clip ?? null, fits: () => true },
  { of: ({ file }) => (file === null ? null : comparablePath(file)), fits: () => true },
];

const LOOSE: Rank[] = [
  {
    of: ({ reel, name, start }) =>
      reel === undefined && start === null ? null : JSON.stringify([reel, name, start]),
    fits: oneOfEach,
  },
  {
    // A bare name in two different files is two files; with a reel it is one that was moved.
    of: ({ reel, name }) => JSON.stringify([reel, name]),
    fits: (group) => oneOfEach(group) && (group[0]!.source.reel !== undefined || pathless(group)),
  },
  { of: ({ file }) => (file === null ? null : ending(file, 2)), fits: oneOfEach },
  {
    of: ({ name, start }) => (start === null ? null : JSON.stringify([name, start])),
    fits: (group) => oneOfEach(group) && sameReel(group),
  },
  { of: ({ name }) => name, fits: loneName },
  // Some say the file's name, others what the clip is called.
  {
    of: (source) =>
      source.reel === undefined ? null : JSON.stringify([plain(source.reel), fileCalled(source)]),
    fits: oneOfEach,
  },
  { of: fileCalled, fits: loneName },
  // As lists of plain letters have names: without accents, case and suffix.
  { of: ({ name }) => ascii(stem(name)).toLowerCase(), fits: loneName },
];

/** The name of its file where that is known, else the name it goes by. */
function fileCalled({ file, path, name }: CutSource): string {
  const whole = file ?? path;
  return whole === undefined
    ? name
    : whole.slice(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1);
}

function loneName(group: readonly Described[]): boolean {
  return oneOfEach(group) && sameReel(group) && sameStart(group) && pathless(group);
}

/** A path relative to some root is the end of the absolute one. Kept apart by depth, so that each is looked up once. */
function tails(described: readonly Described[]): Rank[] {
  const depths = new Set<number>();
  for (const { source } of described)
    if (source.path !== undefined) depths.add(source.path.split('/').length);
  return [...depths]
    .sort((a, b) => b - a)
    .map((depth) => ({
      of: ({ path, file }) => {
        if (path !== undefined) return path.split('/').length === depth ? path.toLowerCase() : null;
        return file === null ? null : ending(file, depth);
      },
      fits: oneOfEach,
    }));
}

/** The last `parts` of a path, in one spelling; null where it has no more than these. */
function ending(file: string, parts: number): string | null {
  const all = comparablePath(file).split('/').filter(Boolean);
  return all.length > parts ? all.slice(-parts).join('/').toLowerCase() : null;
}

type Side = 0 | 1;

function onBothSides(group: readonly Described[]): boolean {
  return ([0, 1] as Side[]).every((side) => group.some((each) => each.uses[side] > 0));
}

function filesOf(group: readonly Described[], side: Side): Set<string> {
  const files = new Set<string>();
  for (const { uses, source } of group) {
    const word = source.clip ?? source.file ?? source.path ?? null;
    if (uses[side] > 0 && word !== null) files.add(word);
  }
  return files;
}

/** The word cannot mean two files of one cut, nor two media that are already told apart. */
function oneOfEach(group: readonly Described[]): boolean {
  const known = new Set(group.map(({ media }) => media).filter((media) => media >= 0));
  return known.size < 2 && filesOf(group, 0).size < 2 && filesOf(group, 1).size < 2;
}

/** One side says no file. */
function pathless(group: readonly Described[]): boolean {
  return filesOf(group, 0).size === 0 || filesOf(group, 1).size === 0;
}

/** No two reels are named that could not be one: lists cut them short and write them in capitals. */
function sameReel(group: readonly Described[]): boolean {
  const reels = new Set<string>();
  for (const { source } of group) if (source.reel !== undefined) reels.add(plain(source.reel));
  if (reels.size < 2) return true;
  const [shortest, ...longer] = [...reels].sort((a, b) => a.length - b.length);
  return shortest!.length >= 7 && longer.every((reel) => reel.startsWith(shortest!));
}

const plain = (reel: string) =>
  ascii(reel)
    .replace(/[^A-Za-z0-9]+/g, '')
    .toUpperCase();

/** No two starts are named that lie apart; none and 0 are the same to the formats that have no word for none. */
function sameStart(group: readonly Described[]): boolean {
  let first: Fraction | null = null;
  for (const { source } of group) {
    if (!source.start) continue;
    const seconds = framesToSeconds(source.start, source.rate);
    first ??= seconds;
    if (compare(abs(subtract(seconds, first)), A_FRAME) > 0) return false;
  }
  return true;
}

/** What rounding to frames of any rate may move a start by. */
const A_FRAME = fraction(1, 20);
