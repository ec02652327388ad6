/**
 * The order in which files change names, so that no name is needed before it is free; and, after a kill, how far that order got. Pure.
 */
import { basename, dirname, join } from 'node:path';

/** One file; paths are absolute, as the drive spells them. */
export interface Move {
  from: string;
  to: string;
}

export interface Step extends Move {
  /** Which of the moves it belongs to. */
  move: number;
}

/** Names that a drive may hold apart or not: case, and how accents are stored. */
const fold = (path: string) => path.normalize('NFC').toLowerCase();

/**
 * One step for each file; two, by way of a name of its own, where a name only changes its case and once in each ring of files that want
 * each other's names. `temp` gives such a name, beside the file.
 */
export function orderSteps(moves: readonly Move[], temp: (move: number) => string): Step[] {
  const holder = new Map(moves.map(({ from }, at) => [fold(from), at]));
  const done = new Set<number>();
  const steps: Step[] = [];
  for (const start of moves.keys()) {
    const chain: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !done.has(at) && !chain.includes(at)) {
      chain.push(at);
      at = holder.get(fold(moves[at]!.to));
    }
    if (chain.length === 0) continue;
    // Each name has one holder, so a chain that comes back comes back to where it began.
    const ring = at === start;
    const way = ring ? join(dirname(moves[start]!.from), basename(temp(start))) : null;
    if (way !== null) steps.push({ move: start, from: moves[start]!.from, to: way });
    for (const each of chain.slice().reverse())
      if (each !== start || way === null) steps.push({ move: each, ...moves[each]! });
    if (way !== null) steps.push({ move: start, from: way, to: moves[start]!.to });
    for (const each of chain) done.add(each);
  }
  return steps.map(({ move, from, to }) => ({ move, from, to }));
}

/** What tells a file from another, as far as the drive keeps it: number on the drive, size, time of writing. */
export interface Stamp {
  ino: string;
  size: string;
  mtime: string;
}

/** How many steps are done; `half`: the next has given the file its second name and not yet taken the first. */
export interface Progress {
  done: number;
  half: boolean;
}

/** `there` holds what lies under the steps' names now. Null where no point in the order looks like it: somebody else was there. */
export function findProgress(
  steps: readonly Step[],
  stamps: readonly Stamp[],
  there: ReadonlyMap<string, Stamp>,
): Progress | null {
  const names = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const holds = new Map<string, number>();
  // The first step of each file says where it was.
  const seen = new Set<number>();
  for (const { move, from } of steps) {
    if (!seen.has(move)) holds.set(from, move);
    seen.add(move);
  }
  const isWrong = (name: string) => holds.has(name) !== there.has(name);
  let wrong = 0;
  for (const name of names) if (isWrong(name)) wrong++;
  const change = (name: string, move: number | null) => {
    if (isWrong(name)) wrong--;
    if (move === null) holds.delete(name);
    else holds.set(name, move);
    if (isWrong(name)) wrong++;
  };
  const fitting: { at: Progress; likeness: number }[] = [];
  const note = (at: Progress) => {
    if (wrong === 0) fitting.push({ at, likeness: likeness(holds, stamps, there) });
  };
  note({ done: 0, half: false });
  for (const [at, { move, from, to }] of steps.entries()) {
    change(to, move);
    note({ done: at, half: true });
    change(from, null);
    note({ done: at + 1, half: false });
  }
  const best = Math.max(...fitting.map((each) => each.likeness));
  const [one, ...more] = fitting.filter((each) => each.likeness === best);
  return one && more.length === 0 ? one.at : null;
}

/** A ring of names looks the same before and after; the files in it do not. */
function likeness(
  holds: ReadonlyMap<string, number>,
  stamps: readonly Stamp[],
  there: ReadonlyMap<string, Stamp>,
): number {
  let sum = 0;
  for (const [name, move] of holds) {
    const [was, is] = [stamps[move]!, there.get(name)!];
    if (was.ino === is.ino && was.ino !== '0') sum += 4;
    if (was.size === is.size) sum += 2;
    if (was.mtime === is.mtime) sum += 1;
  }
  return sum;
}
