/**
 * How a list of ops falls into runs that may share a transaction: neighbours of one kind, none of which depends on another.
 * Premiere carries out the actions of a transaction in any order.
 */
import type { WireOp } from '../../bridge/premiere/wire.ts';

/** Places of ops in the list they came in. */
export type Run = number[];

export function runsOf(ops: readonly WireOp[]): Run[] {
  const runs: Run[] = [];
  let kind = '';
  let about = new Set<string>();
  for (const [at, op] of ops.entries()) {
    const [here, thing] = [kindOf(op), thingOf(op)];
    // The same thing twice: the second has to see what the first has done.
    if (here !== kind || about.has(thing)) {
      runs.push([]);
      about = new Set();
      kind = here;
    }
    runs[runs.length - 1]!.push(at);
    about.add(thing);
  }
  return runs;
}

function kindOf(op: WireOp): string {
  return op.op === 'marker' ? `${op.op} ${op.mode}` : op.op;
}

/** What an op writes to. Imports of one file are told apart where they are carried out. */
function thingOf(op: WireOp): string {
  if (op.op === 'make-bin' || op.op === 'remove-bin') return JSON.stringify(op.bin);
  if (op.op === 'import') return JSON.stringify([op.path, op.bin]);
  const tag = op.op === 'marker' || op.op === 'remove-marker' ? op.tag : '';
  return JSON.stringify([op.target.paths[0], tag]);
}
