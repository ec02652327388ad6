/** What takes longer than a call, for a face: one run a manifest, begun, asked after and stopped by separate calls. */
import { resolve } from 'node:path';

interface RunState {
  running: boolean;
  /** Why it broke off, where it did. */
  failed?: string;
}

/** What a run is given: it fills in its state as it goes, and ends soon after a stop. */
export interface Run<State> {
  /** Absolute. */
  manifest: string;
  state: State;
  signal: AbortSignal;
}

export interface Runs<State> {
  /** Resolves at once with `first`, the state of a run that begins, or with that of the one which is under way. */
  begin(path: string, first: State, work: (run: Run<State>) => Promise<void>): Promise<State>;
  /** Null where nothing was begun for this manifest. */
  now(path: string): Promise<State | null>;
  /** Resolves when it is over, however it went. */
  stop(path: string): Promise<State | null>;
}

/** `whenStopped`: what is said where a run throws after a stop, instead of what it throws. */
export function runs<State extends RunState>(whenStopped?: string): Runs<State> {
  const begun = new Map<string, { state: State; controller: AbortController; over: Promise<void> }>();
  return {
    async begin(path, first, work) {
      const manifest = resolve(path);
      const last = begun.get(manifest);
      if (last?.state.running) return last.state;
      const controller = new AbortController();
      const { signal } = controller;
      const over = work({ manifest, state: first, signal })
        .catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          first.failed = signal.aborted ? (whenStopped ?? message) : message;
        })
        .finally(() => {
          first.running = false;
        });
      begun.set(manifest, { state: first, controller, over });
      return first;
    },
    now: (path) => Promise.resolve(begun.get(resolve(path))?.state ?? null),
    async stop(path) {
      const run = begun.get(resolve(path));
      if (!run) return null;
      run.controller.abort();
      await run.over;
      return run.state;
    },
  };
}
