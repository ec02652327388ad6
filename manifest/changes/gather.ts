/** Collects the lines of a change list and puts them in the order they are read: sequence, tracks, then by place in the new cut. */
import type { Change } from './list.ts';

export interface Gathered {
  /** Lines about the sequence and its tracks come first, in the order given. */
  first(change: Change): void;
  /** `place` = record frame of the new cut. */
  at(place: number, change: Change): void;
  /** Lines about many places at once come last, in the order given. */
  last(change: Change): void;
  all(): Change[];
}

export function gather(): Gathered {
  const [first, last]: [Change[], Change[]] = [[], []];
  const placed: { place: number; change: Change }[] = [];
  // What was put in or taken out is read before what it pushed along.
  const rank = ({ change }: { change: Change }) => Number(change.what === 'ripple');
  return {
    first: (change) => void first.push(change),
    at: (place, change) => void placed.push({ place, change }),
    last: (change) => void last.push(change),
    all: () => [
      ...first,
      // The sort is stable: lines of one place keep the order of tracks they were found in.
      ...placed.sort((a, b) => a.place - b.place || rank(a) - rank(b)).map(({ change }) => change),
      ...last,
    ],
  };
}
