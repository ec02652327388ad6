/** Gives the page a turn to draw and to hear keys between two parts of long work. */

/** Milliseconds of work after which the page gets its turn: longer would be felt as a stutter. */
const TURN = 24;

export type Breathe = () => Promise<void>;

/** Resolves at once until a turn's work has been done. */
export function breather(now: () => number = () => performance.now()): Breathe {
  let since = now();
  return async () => {
    if (now() - since < TURN) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = now();
  };
}
