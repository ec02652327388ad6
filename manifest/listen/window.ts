/** Windows of a file at the common rate of 48 kHz, from any rate: read as they are, or interpolated by a windowed sinc. */
import type { Side } from './types.ts';

/** Samples a second at which windows are compared. */
export const COMMON_RATE = 48000;

/** Zero crossings of the sinc on each side, and steps its table keeps between two of them. */
const CROSSINGS = 16;
const STEPS = 512;
let table: Float32Array | undefined;

/** A sinc under a Kaiser-like (Blackman) bell, from the middle outwards. */
function sinc(): Float32Array {
  if (table) return table;
  table = new Float32Array(CROSSINGS * STEPS + 2);
  for (let at = 0; at < table.length; at++) {
    const x = at / STEPS;
    const edge = Math.min(1, x / CROSSINGS);
    const bell = 0.42 + 0.5 * Math.cos(Math.PI * edge) + 0.08 * Math.cos(2 * Math.PI * edge);
    table[at] = x === 0 ? 1 : (Math.sin(Math.PI * x) / (Math.PI * x)) * bell;
  }
  return table;
}

/** `count` samples from `start`, silence where the file has none. */
async function padded({ features, read }: Side, start: number, count: number): Promise<Float32Array> {
  const from = Math.max(0, start);
  const to = Math.min(features.samples, start + count);
  const whole = new Float32Array(count);
  if (to > from) whole.set((await read(from, to - from)).subarray(0, to - from), from - start);
  return whole;
}

/**
 * `count` samples at 48 kHz from second `start` / 48000 on. `stretch` is how much faster than the picture's the file's clock
 * runs: each step is that much longer. Frequencies past the lower of the two halves are left out.
 */
export async function window(side: Side, start: number, count: number, stretch = 1): Promise<Float32Array> {
  const ratio = (side.features.sampleRate / COMMON_RATE) * stretch;
  const origin = (start * side.features.sampleRate) / COMMON_RATE;
  if (ratio === 1 && Number.isInteger(origin)) return padded(side, origin, count);
  const cut = Math.min(1, 1 / ratio);
  const reach = Math.ceil(CROSSINGS / cut);
  const first = Math.floor(origin) - reach;
  const source = await padded(side, first, Math.ceil(count * ratio) + 2 * reach + 2);
  const into = new Float32Array(count);
  const bell = sinc();
  const scale = cut * STEPS;
  for (let at = 0; at < count; at++) {
    const position = origin - first + at * ratio;
    const low = Math.ceil(position - reach + 1e-9);
    let sum = 0;
    for (let near = Math.max(0, low); near < position + reach && near < source.length; near++) {
      const far = Math.abs(near - position) * scale;
      if (far < CROSSINGS * STEPS) sum += source[near]! * bell[(far + 0.5) | 0]!;
    }
    into[at] = sum * cut;
  }
  return into;
}
