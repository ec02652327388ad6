/**
 * How a plan is cut into calls to an editor. Editors stand still while they are called and repaint in between, so a chunk is as
 * large as the time that the last one took allows. Pure: whoever calls holds the clock.
 */
import type { Step } from '../manifest/documents/plan.ts';

/** Milliseconds a call should take: under `quick` the way there costs more than the work, over `slow` a person sees the editor hang. */
const QUICK = 200;
const AIM = 300;
const SLOW = 400;

/** Steps of a kind that are tried before anything is known of how long they take, and how much faster or slower it goes at once. */
export const FIRST = 25;
const TIMES = 4;

/** A chunk that is over. */
export interface Took {
  /** Steps it might have had, and those it had: a run can end sooner. */
  size: number;
  steps: number;
  /** Milliseconds the editor was called for. */
  ms: number;
}

/**
 * Steps that the next chunk of the same kind may have, 1 to `most`: as many as would have taken 300 ms, where the last one took
 * under 200 or over 400; never over four times as many, or under a quarter. A quick chunk of half the size
 * or less teaches nothing: the way there was most of it.
 */
export function nextSize({ size, steps, ms }: Took, most: number): number {
  const fits = Math.floor((steps * AIM) / Math.max(ms, 1));
  let next = size;
  if (ms > SLOW) next = Math.max(fits, Math.floor(size / TIMES));
  if (ms < QUICK && steps * 2 > size) next = Math.max(size, Math.min(fits, size * TIMES));
  return Math.min(Math.max(next, 1), most);
}

/**
 * Where the chunk that begins at `at` ends (exclusive): steps of one kind, never over `most`, and the imports of one bin together
 * where they fit: one call a bin.
 */
export function endOfChunk(steps: readonly Step[], at: number, most: number): number {
  let end = at;
  while (end < steps.length && steps[end]!.kind === steps[at]!.kind) {
    const run = endOfRun(steps, end, at + most + 1);
    if (run - at > most) return end > at ? end : at + most;
    end = run;
  }
  return end;
}

/** Of what must not be torn apart without need: the imports of one bin; anything else stands alone. Looks no further than `until`. */
function endOfRun(steps: readonly Step[], from: number, until: number): number {
  const bin = binOf(steps[from]!);
  let end = from + 1;
  if (bin === null) return end;
  while (end < Math.min(steps.length, until) && binOf(steps[end]!) === bin) end++;
  return end;
}

function binOf(step: Step): string | null {
  return step.kind === 'import' ? JSON.stringify(step.after.bin) : null;
}
