/**
 * Workers that read headers beside this thread: batches of 512 files each, two of them, which is what a drive has use for. One that
 * does not answer when the scan is stopped (a network volume that hangs) is ended.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Rate } from '../../../manifest/time/rate.ts';
import { PROBE_VERSION } from './probe.ts';
import type { Probe } from './prober.ts';

/** What goes to a worker: files by their places in the whole list, and the rate. */
export interface Batch {
  /** Place of the first. */
  from: number;
  files: string[];
  projectRate?: Rate;
}
/** What comes back: probes from a place on, as JSON, which crosses threads faster than objects do. */
export interface Answer {
  from: number;
  probes: string;
  /** The batch is over, read to its end or stopped. */
  done: boolean;
}
export interface CrewMember {
  /** [0] is set to stop; [1] is the place of the file being read. */
  shared: Int32Array;
}
export const [STOP, PLACE] = [0, 1] as const;

const SIZE = 2;
const BATCH = 512;
/** Batches a worker has waiting, so that it never waits for this thread. */
const AHEAD = 2;
/** Milliseconds a stopped worker has to hand over what it read. */
const GRACE = 120;

/** Where the worker lies when Baton runs from its bundle; null where it runs from source and there is none. */
export function workerBeside(here = import.meta.url): string | null {
  const path = join(dirname(fileURLToPath(here)), 'probe-worker.js');
  return existsSync(path) ? path : null;
}

export interface Crew {
  /** Resolves when every file is read, the signal stopped it, or the workers are gone; `take` has had all there is. */
  finished: Promise<void>;
  /** Place of a file that is being read now. */
  current(): number;
}

/** Reads files[from…]; what comes is handed over by its place, in any order, each place once at most. */
export function startCrew(
  worker: string,
  files: string[],
  from: number,
  options: { projectRate?: Rate; signal?: AbortSignal },
  take: (place: number, probe: Probe) => void,
): Crew {
  const { projectRate, signal } = options;
  const shared = new Int32Array(new SharedArrayBuffer(8));
  Atomics.store(shared, PLACE, from);
  let next = from;
  const nextBatch = (): Batch | null => {
    if (next >= files.length || signal?.aborted) return null;
    const batch = {
      from: next,
      files: files.slice(next, next + BATCH),
      ...(projectRate ? { projectRate } : {}),
    };
    next += BATCH;
    return batch;
  };
  const member = () => runWorker(worker, shared, nextBatch, take, signal);
  const finished = Promise.all(Array.from({ length: SIZE }, member)).then(() => {});
  return { finished, current: () => Atomics.load(shared, PLACE) };
}

function runWorker(
  path: string,
  shared: Int32Array,
  nextBatch: () => Batch | null,
  take: (place: number, probe: Probe) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(path, { workerData: { shared } satisfies CrewMember });
    let waiting = 0;
    const over = () => {
      signal?.removeEventListener('abort', stop);
      worker.removeAllListeners();
      // A worker that fails while it is ended has nothing to tell any more.
      worker.on('error', () => {});
      void worker.terminate();
      resolve();
    };
    const stop = () => {
      Atomics.store(shared, STOP, 1);
      setTimeout(over, GRACE).unref();
      if (waiting === 0) over();
    };
    const feed = () => {
      for (; waiting < AHEAD; waiting++) {
        const batch = nextBatch();
        if (!batch) break;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage(batch);
      }
      if (waiting === 0) over();
    };
    worker.on('message', (message: Answer | { version: number }) => {
      // A bundle of another day reads other things; its files are read in this thread.
      if ('version' in message) return message.version === PROBE_VERSION ? feed() : over();
      (JSON.parse(message.probes) as Probe[]).forEach((probe, nth) => take(message.from + nth, probe));
      if (!message.done) return;
      waiting--;
      feed();
    });
    worker.on('error', over);
    worker.on('exit', over);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
