/**
 * Stands in for node:module in the desk's bundle: what the hash engines look up beside themselves, and would not find in an
 * extension's folder, is inside the bundle.
 */
import { createXXHash128, createXXHash3, createXXHash32, createXXHash64, type IHasher } from 'hash-wasm';

export const wasmHashers: Record<string, () => Promise<IHasher>> = {
  createXXHash128,
  createXXHash3,
  createXXHash32,
  createXXHash64,
};

export function createRequire(): ((name: string) => unknown) & { resolve(name: string): string } {
  const known = (name: string) => {
    if (name === 'hash-wasm') return wasmHashers;
    throw new Error(`${name} is not part of the desk`);
  };
  return Object.assign(known, { resolve: (name: string) => name });
}
