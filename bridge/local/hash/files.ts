/**
 * Hashes many files: two threads, each drive at the pace that suits it, progress in bytes, and an end at any moment. What one
 * file cannot give is that file's problem; the others go on.
 */
// oxlint-disable-next-line typescript/triple-slash-reference -- other rooms compile this file without their own declaration
/// <reference path="./raw.d.ts" />
import { Worker } from 'node:worker_threads';
import type { HashAlgorithm } from '../../../manifest/mhl/digest.ts';
import { digestFrom, ENGINES, hashWasmPath } from './engines.ts';
import { Pace } from './pace.ts';
import source from './worker.cjs?raw';

export interface FileToHash {
  /** Absolute, as the drive spells it. */
  file: string;
  /** Bytes, as last seen. */
  size: number;
  /** Nanoseconds; with the size, what tells a file that changed meanwhile. */
  mtime: bigint;
  /** Any name for the drive it lies on; files of one drive share its pace. */
  drive: string;
  algorithms: HashAlgorithm[];
}

export type Hashed = { digests: Partial<Record<HashAlgorithm, string>> } | { problem: string };

export interface HashProgress {
  /** Bytes read, and to be read. */
  done: number;
  total: number;
  /** A file that is being read, absolute. */
  current: string;
}

export interface HashOptions {
  /** Threads; 2 where absent. */
  threads?: number;
  signal?: AbortSignal;
  onProgress?(progress: HashProgress): void;
  /** Hears of each file as it is finished, so that it can be kept. */
  onHashed?(index: number, hashed: Hashed): void;
}

/** Bytes read at a time: small enough to stay in a core's cache between reading and hashing, which 1 MiB does not (a tenth slower). */
export const BLOCK = 512 * 1024;
const THREADS = 2;

/** One result for each file, in their order. Rejects with the signal's reason once it is aborted; files finished by then were told. */
export async function hashFiles(files: readonly FileToHash[], options: HashOptions = {}): Promise<Hashed[]> {
  options.signal?.throwIfAborted();
  if (files.length === 0) return [];
  const run = new Run(files, options);
  try {
    return await run.all();
  } finally {
    await run.end();
  }
}

interface Answer {
  id: number;
  bytes: number;
  digests?: string[];
  size?: bigint;
  mtime?: bigint;
  problem?: { code?: string; message: string };
}

interface Thread {
  worker: Worker;
  /** Index of the file it reads; -1 = none. */
  at: number;
  bytes: number;
}

/** Files of one drive that wait, and how many of them may be read together. */
interface Drive {
  waiting: number[];
  running: number;
  pace: Pace;
}

class Run {
  private readonly files: readonly FileToHash[];
  private readonly options: HashOptions;
  private readonly results: Hashed[];
  private readonly threads: Thread[] = [];
  private readonly drives = new Map<string, Drive>();
  private readonly total: number;
  private done = 0;
  private left: number;
  private finish: () => void = () => {};
  private fail: (error: unknown) => void = () => {};

  constructor(files: readonly FileToHash[], options: HashOptions) {
    this.files = files;
    this.options = options;
    this.results = Array.from({ length: files.length });
    this.left = files.length;
    this.total = files.reduce((sum, { size }) => sum + size, 0);
    const threads = Math.max(1, Math.min(options.threads ?? THREADS, files.length));
    for (const [index, { drive }] of files.entries()) {
      const known = this.drives.get(drive) ?? { waiting: [], running: 0, pace: new Pace(threads) };
      known.waiting.push(index);
      this.drives.set(drive, known);
    }
    for (const drive of this.drives.values()) drive.waiting.reverse();
    for (let at = 0; at < threads; at++) this.threads.push(this.start());
  }

  all(): Promise<Hashed[]> {
    return new Promise((resolve, reject) => {
      const stop = () => this.fail(this.options.signal!.reason);
      const ended = () => this.options.signal?.removeEventListener('abort', stop);
      this.finish = () => {
        ended();
        resolve(this.results);
      };
      this.fail = (error) => {
        ended();
        reject(error as Error);
      };
      this.options.signal?.addEventListener('abort', stop);
      this.fill();
    });
  }

  async end(): Promise<void> {
    this.finish = this.fail = () => {};
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private start(): Thread {
    const worker = new Worker(source, {
      eval: true,
      workerData: { hashWasm: hashWasmPath(), block: BLOCK },
    });
    const thread: Thread = { worker, at: -1, bytes: 0 };
    worker.on('message', (answer: Answer) => this.hear(thread, answer));
    worker.on('error', (error) => this.fail(error));
    return thread;
  }

  /** Gives every idle thread the next file of the drive that is least busy, where its pace allows. */
  private fill(): void {
    for (const thread of this.threads) {
      if (thread.at >= 0) continue;
      const [drive] = [...this.drives.values()]
        .filter(({ waiting, running, pace }) => waiting.length > 0 && running < pace.allowed())
        .sort((a, b) => a.running - b.running);
      if (!drive) continue;
      drive.running++;
      thread.at = drive.waiting.pop()!;
      thread.bytes = 0;
      const { file, algorithms } = this.files[thread.at]!;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.worker.postMessage({ id: thread.at, file, engines: algorithms.map((each) => ENGINES[each]) });
    }
  }

  private hear(thread: Thread, answer: Answer): void {
    const file = this.files[answer.id]!;
    const drive = this.drives.get(file.drive)!;
    const bytes = (answer.bytes ?? thread.bytes) - thread.bytes;
    thread.bytes += bytes;
    this.done += bytes;
    drive.pace.add(bytes, drive.running, performance.now());
    this.options.onProgress?.({ done: this.done, total: this.total, current: file.file });
    if (answer.digests === undefined && answer.problem === undefined) return this.fill();
    // What was not read will not be: the total stays what it was.
    this.done += file.size - thread.bytes;
    drive.running--;
    thread.at = -1;
    this.results[answer.id] = resultOf(file, answer);
    this.options.onHashed?.(answer.id, this.results[answer.id]!);
    if (--this.left === 0) this.finish();
    else this.fill();
  }
}

function resultOf(file: FileToHash, { digests, bytes, size, mtime, problem }: Answer): Hashed {
  if (problem) return { problem: problem.code ? `${problem.code}: ${problem.message}` : problem.message };
  if (bytes !== file.size || size !== BigInt(file.size) || mtime !== file.mtime)
    return { problem: 'it changed while it was being verified' };
  return {
    digests: Object.fromEntries(
      file.algorithms.map((algorithm, at) => [algorithm, digestFrom(algorithm, digests![at]!)]),
    ),
  };
}
