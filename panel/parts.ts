/**
 * Long work as parts of a few milliseconds each: done at once where it is short, else in turns with the page's drawing. What is worked out
 * is the same either way.
 */
import { breather } from './breathe.ts';

export type Parts<Value> = Generator<void, Value>;

/** Rows, clips or steps in a part: at most some five milliseconds. */
export const PART = 500;

export function whole<Value>(parts: Parts<Value>): Value {
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

/** Rejects with Stopped once the signal says so. */
export async function inTurns<Value>(parts: Parts<Value>, signal: AbortSignal): Promise<Value> {
  const breathe = breather(undefined, signal);
  let part = parts.next();
  for (; !part.done; part = parts.next()) await breathe();
  return part.value;
}

/** Those for which `wanted` is true, in their order. */
export function* filtered<Each>(list: readonly Each[], wanted: (each: Each) => boolean): Parts<Each[]> {
  const found: Each[] = [];
  for (let nth = 0; nth < list.length; nth++) {
    if (nth % PART === PART - 1) yield;
    if (wanted(list[nth]!)) found.push(list[nth]!);
  }
  return found;
}

export function* mapped<From, To>(list: readonly From[], make: (each: From) => To): Parts<To[]> {
  const made: To[] = [];
  for (let nth = 0; nth < list.length; nth++) {
    if (nth % PART === PART - 1) yield;
    made.push(make(list[nth]!));
  }
  return made;
}

/** As `[...list].sort(compare)`: what compares the same stays in its order. */
export function* sorted<Each>(list: readonly Each[], compare: (a: Each, b: Each) => number): Parts<Each[]> {
  let runs: Each[][] = [];
  for (let from = 0; from < list.length; from += PART) {
    runs.push(list.slice(from, from + PART).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: Each[][] = [];
    for (let nth = 0; nth < runs.length; nth += 2)
      longer.push(nth + 1 < runs.length ? yield* merged(runs[nth]!, runs[nth + 1]!, compare) : runs[nth]!);
    runs = longer;
  }
  return runs[0] ?? [];
}

function* merged<Each>(
  left: readonly Each[],
  right: readonly Each[],
  compare: (a: Each, b: Each) => number,
): Parts<Each[]> {
  const all: Each[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (all.length % PART === PART - 1) yield;
    all.push(compare(left[l]!, right[r]!) <= 0 ? left[l++]! : right[r++]!);
  }
  while (l < left.length) all.push(left[l++]!);
  while (r < right.length) all.push(right[r++]!);
  return all;
}
