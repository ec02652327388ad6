/** Gives the page a turn to draw and to hear keys between two parts of long work. */

/** Milliseconds of work after which the page gets its turn: longer would be felt as a stutter. */
const TURN = 24;

type Breathe = () => Promise<void>;

/** A person, or a newer read, ended work that only reads: nothing is lost and nothing is to be mended. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/** Resolves at once until a turn's work has been done. Throws Stopped once the signal says so. */
export function breather(now: () => number = () => performance.now(), signal?: AbortSignal): Breathe {
  let since = now();
  return async () => {
    if (signal?.aborted) throw new Stopped();
    if (now() - since < TURN) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = now();
    if (signal?.aborted) throw new Stopped();
  };
}
