/**
 * The Fourier transform listening runs on: PFFFT, with vector instructions where the engine has them. Its bytes lie inside the
 * bundle and are started here without the package's own loader, which looks for files and for Node; so a thread of
 * the CLI, and the Node in CEP's panel, which may have no vector instructions, take it alike.
 */
// Tests and benches compile this with their own libraries, so it brings its types along.
/* oxlint-disable typescript/triple-slash-reference */
/// <reference path="./wasm.d.ts" />
/// <reference path="./webassembly.d.ts" />
import plain from '../../../node_modules/@echogarden/pffft-wasm/dist/non-simd/pffft.wasm?url&inline';
import vector from '../../../node_modules/@echogarden/pffft-wasm/dist/simd/pffft.wasm?url&inline';
import type { Fft, Transform } from '../../../manifest/listen/types.ts';

/** The smallest module that needs vector instructions: a function of `i32.const 0; i8x16.splat; i8x16.popcnt`. */
const VECTOR_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]);
const [REAL, FORWARD, BACKWARD] = [0, 0, 1] as const;
const PAGE = 65536;

/** The compiled library's exports, under the names its build gave them (0.4.2; bridge/local/listen's tests hold them). */
interface Exports {
  d: WebAssembly.Memory;
  /** Start-up. */
  e: () => void;
  /** aligned_malloc, aligned_free. */
  f: (bytes: number) => number;
  h: (address: number) => void;
  /** new_setup, destroy_setup. */
  k: (size: number, kind: number) => number;
  l: (setup: number) => void;
  /** zconvolve_accumulate, transform, transform_ordered. */
  n: (setup: number, a: number, b: number, into: number, scale: number) => void;
  o: (setup: number, from: number, to: number, work: number, direction: number) => void;
  p: (setup: number, from: number, to: number, work: number, direction: number) => void;
}

function bytesOf(dataUrl: string): Uint8Array<ArrayBuffer> {
  const text = atob(dataUrl.slice(dataUrl.indexOf(',') + 1));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function start(dataUrl: string): Promise<Exports> {
  // The library asks for memory through these three before anything is returned.
  let started: Exports | undefined;
  const { instance } = await WebAssembly.instantiate(bytesOf(dataUrl), {
    a: {
      a: () => {
        throw new Error('pffft: an assertion failed');
      },
      b: (wanted: number) => grow(started!.d, wanted >>> 0),
      c: (to: number, from: number, count: number) =>
        new Uint8Array(started!.d.buffer).copyWithin(to, from, from + count),
    },
  });
  started = instance.exports as unknown as Exports;
  started.e();
  return started;
}

function grow(memory: WebAssembly.Memory, wanted: number): boolean {
  try {
    memory.grow(Math.ceil((wanted - memory.buffer.byteLength) / PAGE));
    return true;
  } catch {
    return false;
  }
}

/** A size PFFFT takes: a multiple of 32 with no prime factor above 5. */
function allowed(size: number): boolean {
  if (!Number.isInteger(size) || size <= 0 || size % 32 !== 0) return false;
  let rest = size;
  for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor;
  return rest === 1;
}

function open(pffft: Exports, size: number, buffers: number): Transform {
  if (!allowed(size)) throw new Error(`pffft: no transform of size ${size}`);
  const setup = pffft.k(size, REAL);
  // One more than asked for is the room it works in.
  const base = setup === 0 ? 0 : pffft.f((buffers + 1) * size * 4);
  if (base === 0) throw new Error(`pffft: no memory for ${buffers} buffers of ${size}`);
  const address = (nth: number) => base + nth * size * 4;
  const work = address(buffers);
  let views: Float32Array[] = [];
  let memory: ArrayBufferLike | undefined;
  return {
    size,
    buffer(nth) {
      if (memory !== pffft.d.buffer) {
        memory = pffft.d.buffer;
        views = Array.from({ length: buffers }, (_, each) => new Float32Array(memory!, address(each), size));
      }
      return views[nth]!;
    },
    forward(from, to, order) {
      (order === 'ordered' ? pffft.p : pffft.o)(setup, address(from), address(to), work, FORWARD);
    },
    inverse(from, to, order) {
      (order === 'ordered' ? pffft.p : pffft.o)(setup, address(from), address(to), work, BACKWARD);
    },
    multiplyAdd(a, b, into, scale) {
      pffft.n(setup, address(a), address(b), address(into), scale);
    },
    close() {
      pffft.h(base);
      pffft.l(setup);
    },
  };
}

/** `kind` is for tests and benchmarks; `best` takes vector instructions where there are any. */
export async function loadFft(kind: 'best' | 'plain' = 'best'): Promise<Fft> {
  const simd = kind === 'best' && WebAssembly.validate(VECTOR_PROBE);
  const pffft = await start(simd ? vector : plain);
  return { simd, open: (size, buffers) => open(pffft, size, buffers) };
}
