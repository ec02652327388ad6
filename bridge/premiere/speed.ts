/** A track item's speed as an exact ratio, and whether it tells the whole story. */
import type { RawTrackItem } from './wire.ts';

export type Speed = { num: number; den: number };

/** Premiere's speeds have at most four decimals, or come from two rates (960/1001): both stay below this. */
const LARGEST = 20_000;
const NEAR = 1e-6;

/** The smallest ratio within a millionth of a float (continued fraction); null where none is small enough. */
export function smallRatio(value: number): Speed | null {
  let [num, den, beforeNum, beforeDen] = [1, 0, 0, 1];
  let rest = value;
  for (let step = 0; step < 24; step++) {
    const whole = Math.floor(rest);
    [num, beforeNum] = [whole * num + beforeNum, num];
    [den, beforeDen] = [whole * den + beforeDen, den];
    if (den > LARGEST) return null;
    if (Math.abs(num / den - value) <= NEAR * Math.max(1, value)) return { num, den };
    rest = 1 / (rest - whole);
  }
  return null;
}

/**
 * The item's speed: negative backwards, 0/1 a freeze. Null = varies: Premiere does not say so for time remapping, but
 * then the record span at this speed and the source span differ by more than a frame. `frame` is in ticks, the longer of
 * the sequence's and the media's.
 */
export function speedOf(item: RawTrackItem, frame: bigint): Speed | null {
  if (item.speed === null) return null;
  if (item.speed === 0) return { num: 0, den: 1 };
  const ratio = smallRatio(Math.abs(item.speed));
  if (!ratio || ratio.num === 0) return null;
  const [num, den] = [BigInt(ratio.num), BigInt(ratio.den)];
  const record = (BigInt(item.end) - BigInt(item.start)) * num;
  const source = (BigInt(item.outPoint) - BigInt(item.inPoint)) * den;
  const apart = record > source ? record - source : source - record;
  if (apart > frame * (num > den ? num : den)) return null;
  const reversed = item.reversed || item.speed < 0;
  return { num: reversed ? -ratio.num : ratio.num, den: ratio.den };
}
