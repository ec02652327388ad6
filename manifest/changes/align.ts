/**
 * Finds what two rows of tokens have in common, in order. Rare tokens anchor the rest (patience), so a long cut with many uses of
 * one shot costs n log n and pairs the way an editor would.
 */

/** Indices of a longest strictly increasing run of `values`, left to right. */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before = new Int32Array(values.length);
  values.forEach((value, at) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = at;
  });
  const run: number[] = [];
  for (let at = tails.length ? tails[tails.length - 1]! : -1; at >= 0; at = before[at]!) run.push(at);
  return run.reverse();
}

/** Whether old `a` may be new `b`, beyond having the same token. */
export type Fits = (a: number, b: number) => boolean;

/** Old `a` is new `b`. */
export type Pair = [a: number, b: number];

interface Block {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
  depth: number;
}

/** Deeper than any cut needs; a row built to defeat anchors ends here with pairs in order of appearance. */
const DEEPEST = 24;

/**
 * Pairs of equal tokens of `a` and `b` that do not cross, in order, beside those already in `fixed` (which must not cross either).
 * Tokens below 0 pair with nothing.
 */
export function align(
  a: readonly number[],
  b: readonly number[],
  fixed: readonly Pair[],
  fits?: Fits,
): Pair[] {
  const found: Pair[] = [];
  let [aFrom, bFrom] = [0, 0];
  for (const [aNext, bNext] of [...fixed, [a.length, b.length] as Pair]) {
    const blocks: Block[] = [{ aFrom, aTo: aNext, bFrom, bTo: bNext, depth: 0 }];
    for (let block = blocks.pop(); block; block = blocks.pop()) alignBlock(a, b, block, found, blocks, fits);
    [aFrom, bFrom] = [aNext + 1, bNext + 1];
  }
  return found.sort((one, two) => one[0] - two[0]);
}

function alignBlock(
  a: readonly number[],
  b: readonly number[],
  block: Block,
  found: Pair[],
  blocks: Block[],
  fits: Fits | undefined,
): void {
  let { aFrom, aTo, bFrom, bTo } = block;
  const equal = (i: number, j: number) => a[i] === b[j] && a[i]! >= 0 && (!fits || fits(i, j));
  while (aFrom < aTo && bFrom < bTo && equal(aFrom, bFrom)) found.push([aFrom++, bFrom++]);
  while (aFrom < aTo && bFrom < bTo && equal(aTo - 1, bTo - 1)) found.push([--aTo, --bTo]);
  if (aFrom === aTo || bFrom === bTo) return;
  const rest = { aFrom, aTo, bFrom, bTo, depth: block.depth };
  const rare = block.depth < DEEPEST ? onceInBoth(a, b, rest, equal) : [];
  const anchors = increasing(rare.length > 0 ? rare : inTurn(a, b, rest, equal));
  for (const pair of anchors) found.push(pair);
  if (rare.length === 0) return;
  for (const [i, j] of [...anchors, [aTo, bTo] as Pair]) {
    if (i > aFrom && j > bFrom) blocks.push({ aFrom, aTo: i, bFrom, bTo: j, depth: block.depth + 1 });
    [aFrom, bFrom] = [i + 1, j + 1];
  }
}

function increasing(pairs: Pair[]): Pair[] {
  return longestIncreasing(pairs.map(([, j]) => j)).map((at) => pairs[at]!);
}

/** Pairs of tokens that stand once in each side of the block, by place in `a`. */
function onceInBoth(a: readonly number[], b: readonly number[], block: Block, equal: Fits): Pair[] {
  const inB = new Map<number, number>();
  for (let j = block.bFrom; j < block.bTo; j++) inB.set(b[j]!, inB.has(b[j]!) ? -1 : j);
  const inA = new Map<number, number>();
  for (let i = block.aFrom; i < block.aTo; i++) inA.set(a[i]!, inA.has(a[i]!) ? -1 : i);
  const pairs: Pair[] = [];
  for (const [token, i] of inA) {
    const j = inB.get(token) ?? -1;
    if (i >= 0 && j >= 0 && equal(i, j)) pairs.push([i, j]);
  }
  return pairs;
}

/** The first of a token with the first, the second with the second, and so on, by place in `a`. */
function inTurn(a: readonly number[], b: readonly number[], block: Block, equal: Fits): Pair[] {
  const waiting = new Map<number, number[]>();
  for (let j = block.bTo - 1; j >= block.bFrom; j--) {
    const list = waiting.get(b[j]!);
    if (list) list.push(j);
    else waiting.set(b[j]!, [j]);
  }
  const pairs: Pair[] = [];
  for (let i = block.aFrom; i < block.aTo; i++) {
    const list = waiting.get(a[i]!);
    const j = list?.[list.length - 1];
    if (j === undefined || !equal(i, j)) continue;
    list!.pop();
    pairs.push([i, j]);
  }
  return pairs;
}
