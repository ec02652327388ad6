/**
 * The workers that listen, seen from the main thread: each is asked for files and pairs and answers in order. Without the worker's
 * bundle the same work is done in this thread, with pauses. A worker that does not stop when it is told to is ended.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Cancelled, FEATURES_VERSION } from '../../../manifest/listen/types.ts';
import { loadFft } from './fft.ts';
import { Hearing, type HeardFile, type HeardPair, type PairTask } from './hearing.ts';
import type { Pcm } from './pcm.ts';

/** Raise the second number when the same two files may get another answer: what was kept of earlier ones is then asked anew. */
export const LISTEN_VERSION = `${FEATURES_VERSION}.1`;

export type Asked = { id: number } & ({ file: { path: string; pcm: Pcm } } | { pair: PairTask });
export type Told =
  | { version: string }
  | { id: number; value: HeardFile | HeardPair }
  | { id: number; failed: string };
export interface EarMember {
  /** [0] is set to stop. */
  stop: Int32Array;
}

/** Rejects with Cancelled once the signal is aborted, and with what went wrong otherwise. */
export interface Ears {
  hear(path: string, pcm: Pcm): Promise<HeardFile>;
  compare(task: PairTask): Promise<HeardPair>;
  close(): void;
}

/** Where the worker lies when Baton runs from its bundle; null where it runs from source and there is none. */
export function listenWorkerBeside(here = import.meta.url): string | null {
  const path = join(dirname(fileURLToPath(here)), 'listen-worker.js');
  return existsSync(path) ? path : null;
}

export function openEars(worker: string | null, signal: AbortSignal | undefined): Ears {
  return worker === null ? earsHere(signal) : earsBeside(worker, signal);
}

function earsHere(signal: AbortSignal | undefined): Ears {
  const hearing = loadFft().then((fft) => new Hearing(fft, () => signal?.aborted === true));
  return {
    hear: async (path, pcm) => (await hearing).hear(path, pcm),
    compare: async (task) => (await hearing).compare(task),
    close: () => {},
  };
}

interface Waiting {
  done(value: never): void;
  failed(error: Error): void;
}

function earsBeside(path: string, signal: AbortSignal | undefined): Ears {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(path, { workerData: { stop } satisfies EarMember });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let over: Error | null = null;
  const end = (error: Error) => {
    over ??= error;
    Atomics.store(stop, 0, 1);
    signal?.removeEventListener('abort', onAbort);
    for (const each of waiting.values()) each.failed(error);
    waiting.clear();
    worker.removeAllListeners();
    // A worker that fails while it is ended has nothing to tell any more.
    worker.on('error', () => {});
    void worker.terminate();
  };
  const onAbort = () => end(new Cancelled());
  worker.on('message', (told: Told) => {
    if ('version' in told) {
      if (told.version !== LISTEN_VERSION)
        end(new Error('the listening worker is of another version of Baton'));
      return;
    }
    const asked = waiting.get(told.id);
    waiting.delete(told.id);
    if (waiting.size === 0) worker.unref();
    if ('failed' in told) asked?.failed(new Error(told.failed));
    else asked?.done(told.value as never);
  });
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('the listening worker ended')));
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  const ask = <Value>(what: { file: { path: string; pcm: Pcm } } | { pair: PairTask }): Promise<Value> =>
    new Promise<Value>((done, failed) => {
      if (over) return failed(over);
      const id = next++;
      waiting.set(id, { done, failed });
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ id, ...what } satisfies Asked);
    });
  return {
    hear: (file, pcm) => ask({ file: { path: file, pcm } }),
    compare: (pair) => ask({ pair }),
    close: () => end(new Cancelled()),
  };
}
