/** Counts of frames and samples brought from one rate to another, in plain integers where they fit: a list has thousands. */

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

/** `count` × `top` / `bottom`, nearest; a half goes up. `bottom` > 0. */
export function nearest(count: number, top: number, bottom: number): number {
  const doubled = count * top * 2 + bottom;
  if (Number.isSafeInteger(doubled) && Number.isSafeInteger(bottom * 2)) return floorOf(doubled, bottom * 2);
  const [n, d] = [BigInt(count) * BigInt(top) * 2n + BigInt(bottom), BigInt(bottom) * 2n];
  const quotient = n / d;
  return Number(n < 0n && quotient * d !== n ? quotient - 1n : quotient);
}

/** Whole quotient of two safe integers: the division may round up to the next whole number, the remainder tells. */
function floorOf(n: number, d: number): number {
  const quotient = Math.floor(n / d);
  return quotient * d > n ? quotient - 1 : quotient;
}
