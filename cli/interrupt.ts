/** Ctrl-C: the first asks a long command to stop and keep what it has; a second ends the process at once, as everywhere. */

export interface Interrupt {
  signal: AbortSignal;
  /** The command is past the point where stopping makes sense: Ctrl-C ends the process again. */
  over(): void;
}

export function interruptible(): Interrupt {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  return { signal: controller.signal, over: () => void process.off('SIGINT', stop) };
}
