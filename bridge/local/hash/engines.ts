/** Who computes which hash: Node's own crypto for what it knows, hash-wasm for the xxHash family. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IHasher } from 'hash-wasm';
import { c4FromSha512, type HashAlgorithm } from '../../../manifest/mhl/digest.ts';
import type { DigestOf } from '../../../manifest/mhl/folders.ts';

export type Engine = { crypto: string } | { wasm: WasmEngine };
type WasmEngine = 'createXXHash128' | 'createXXHash3' | 'createXXHash64' | 'createXXHash32';

export const ENGINES: Record<HashAlgorithm, Engine> = {
  c4: { crypto: 'sha512' },
  md5: { crypto: 'md5' },
  sha1: { crypto: 'sha1' },
  xxh128: { wasm: 'createXXHash128' },
  xxh3: { wasm: 'createXXHash3' },
  xxh64: { wasm: 'createXXHash64' },
  xxh32: { wasm: 'createXXHash32' },
};

/** An engine's hex as the digest a list holds. */
export function digestFrom(algorithm: HashAlgorithm, hex: string): string {
  return algorithm === 'c4' ? c4FromSha512(hex) : hex;
}

/**
 * Where this program finds hash-wasm: beside its bundle where the bundle stands alone, else among the packages. A thread made from a
 * text has no place of its own to look from.
 */
export function hashWasmPath(here = import.meta.url): string {
  const beside = join(dirname(fileURLToPath(here)), 'hash-wasm.js');
  return existsSync(beside) ? beside : createRequire(here).resolve('hash-wasm');
}

/** Hashes bytes in memory, at once. For names, lists and heads of files; whole files go to hashFiles. */
export async function memoryHasher(): Promise<DigestOf> {
  const wasm = createRequire(import.meta.url)(hashWasmPath()) as Record<WasmEngine, () => Promise<IHasher>>;
  const made = new Map<WasmEngine, IHasher>();
  for (const engine of Object.values(ENGINES))
    if ('wasm' in engine) made.set(engine.wasm, await wasm[engine.wasm]());
  return (algorithm, bytes) => {
    const engine = ENGINES[algorithm];
    const hex =
      'wasm' in engine
        ? made.get(engine.wasm)!.init().update(bytes).digest()
        : createHash(engine.crypto).update(bytes).digest('hex');
    return digestFrom(algorithm, hex);
  };
}
