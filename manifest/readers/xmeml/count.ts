/** Counts of frames and samples brought from one rate to another, in plain integers where they fit: a list has thousands. */
import { nearest } from '../../time/fraction.ts';

/** Units a second: `num` / `den`. */
export interface Speed {
  num: number;
  den: number;
}

/** The nearest count at another rate to the same moment; a half goes up. Exact for any size. */
export function rescale(count: number, from: Speed, to: Speed): number {
  if (from.num === to.num && from.den === to.den) return count;
  return nearest(count, to.num * from.den, to.den * from.num);
}
