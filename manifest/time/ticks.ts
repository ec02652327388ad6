/** Premiere's ticks ⇄ frames. Ticks are decimal strings: past 9 h 51 min they no longer fit a JavaScript number. */
import {
  exactFrames,
  fraction,
  framesToSeconds,
  multiply,
  roundBig,
  secondsToFrames,
  type Fraction,
} from './fraction.ts';
import type { Rate } from './rate.ts';

/** Divides evenly by every rate and sample rate in use. */
export const TICKS_PER_SECOND = 254016000000n;

export function secondsToTicks(seconds: Fraction): string {
  // A rate outside the table may not divide evenly; the nearest tick is 2 picoseconds away at most.
  return String(roundBig(multiply(seconds, fraction(TICKS_PER_SECOND))));
}
function ticksToSeconds(ticks: string): Fraction {
  return fraction(BigInt(ticks), TICKS_PER_SECOND);
}
export function framesToTicks(frames: number, rate: Rate): string {
  return secondsToTicks(framesToSeconds(frames, rate));
}
/** Nearest frame; `exact` is false where the tick lies between two. */
export function ticksToFrames(ticks: string, rate: Rate): { frame: number; exact: boolean } {
  const seconds = ticksToSeconds(ticks);
  return { frame: secondsToFrames(seconds, rate), exact: exactFrames(seconds, rate) !== null };
}
