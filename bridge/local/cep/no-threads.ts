/**
 * Stands in for node:worker_threads in the desk's bundle: CEP's Node has no threads. The one worker the desk starts, which
 * hashes files (bridge/local/hash/worker.cjs), does the same here, block by block with pauses, so that the panel stays alive.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { IHasher } from 'hash-wasm';
import { wasmHashers } from './hash-wasm.ts';

export const parentPort = null;
export const workerData = null;

interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(form: 'hex'): string;
}
type Engine = { crypto: string } | { wasm: string };
interface ToHash {
  id: number;
  file: string;
  engines: Engine[];
}

/** Progress is told at most this often, in milliseconds. */
const TELL_EVERY = 50;

export class Worker {
  private readonly block: Buffer;
  /** One of each kind serves every file: this worker reads one at a time, and an engine made anew keeps memory until it is collected. */
  private readonly made = new Map<string, IHasher>();
  private listener: (message: unknown) => void = () => {};
  private ended = false;

  constructor(_text: string, { workerData: given }: { workerData: { block: number } }) {
    this.block = Buffer.allocUnsafeSlow(given.block);
  }

  on(name: string, listener: (message: never) => void): void {
    if (name === 'message') this.listener = listener as (message: unknown) => void;
  }

  postMessage({ id, file, engines }: ToHash): void {
    this.read(id, file, engines).catch((error: NodeJS.ErrnoException) =>
      this.tell({ id, problem: { code: error.code, message: error.message } }),
    );
  }

  terminate(): Promise<number> {
    this.ended = true;
    return Promise.resolve(0);
  }

  private tell(message: unknown): void {
    if (!this.ended) this.listener(message);
  }

  private async read(id: number, file: string, engines: Engine[]): Promise<void> {
    const hashers = await Promise.all(engines.map((engine) => this.hasher(engine)));
    const handle = await open(file, 'r');
    try {
      let bytes = 0;
      let told = Date.now();
      while (!this.ended) {
        const { bytesRead } = await handle.read(this.block, 0, this.block.length, null);
        if (bytesRead === 0) break;
        for (const each of hashers) each.update(this.block.subarray(0, bytesRead));
        bytes += bytesRead;
        if (Date.now() - told < TELL_EVERY) continue;
        told = Date.now();
        this.tell({ id, bytes });
      }
      const { size, mtimeNs } = await handle.stat({ bigint: true });
      this.tell({ id, bytes, digests: hashers.map((each) => each.digest('hex')), size, mtime: mtimeNs });
    } finally {
      await handle.close();
    }
  }

  private async hasher(engine: Engine): Promise<Hasher> {
    if ('crypto' in engine) return createHash(engine.crypto);
    const made = this.made.get(engine.wasm) ?? (await wasmHashers[engine.wasm]!());
    this.made.set(engine.wasm, made);
    return made.init();
  }
}
