/** Walks a list of ops, writes each run of them as one entry in the undo history, and returns what it then reads. */
import type { RawOutcome, RawResult, RawState, WireOp } from '../../bridge/premiere/wire.ts';
import { makeBins, removeBins } from './bins.ts';
import { ProjectIndex, type Found } from './find.ts';
import { importFiles } from './import.ts';
import { moveItems, removeItems, setLabels, setMetadata } from './items.ts';
import { look, stateOf } from './look.ts';
import { addMarkers, removeMarkers, updateMarkers } from './markers.ts';
import { askEach, openProject, reasonOf, type Host, type Project } from './natives.ts';
import { runsOf } from './phases.ts';

/** What one call keeps while it walks. */
export interface Walk extends Host {
  project: Project;
  index: ProjectIndex;
  /** Custom columns made in this call, and items whose rate was noted. */
  columns: Set<string>;
  remembered: Set<string>;
}

/** One op being carried out. */
export interface Writing<Op extends WireOp = WireOp> {
  op: Op;
  found: Found | null;
  result: RawResult;
}

/** An op on an item that is there. */
export type ItemWriting<Op extends WireOp = WireOp> = Writing<Op> & { found: Found };

export function fail(writing: Writing, reason: string): void {
  writing.result.outcome = 'failed';
  writing.result.message = reason;
}

function emptyResult(outcome: RawOutcome, before: RawState | null = null): RawResult {
  return { outcome, message: null, item: null, before, after: null };
}

/** One result per op, in the same order. An op that fails does not stop the next. */
export async function apply(host: Host, request: { ops: WireOp[] }): Promise<RawResult[]> {
  const project = await openProject(host);
  const index = await ProjectIndex.read(host, project);
  const walk: Walk = { ...host, project, index, columns: new Set(), remembered: new Set() };
  const results: RawResult[] = [];
  for (const run of runsOf(request.ops)) {
    const writings = await begin(
      walk,
      run.map((at) => request.ops[at]!),
    );
    try {
      await carryOut(walk, writings);
    } catch (error) {
      for (const writing of writings) if (writing.result.message === null) fail(writing, reasonOf(error));
    }
    for (const [nth, at] of run.entries()) results[at] = writings[nth]!.result;
  }
  return results;
}

/** Looks again and writes nothing. */
export async function readBack(host: Host, request: { ops: WireOp[] }): Promise<RawResult[]> {
  const index = await ProjectIndex.read(host, await openProject(host));
  return askEach(request.ops, async (op) => {
    const { found, state } = await look(host, op, index);
    return { ...emptyResult(state ? 'present' : 'absent'), item: found ? found.id : null, after: state };
  });
}

/** What stands there before anything of the run is written. */
function begin(walk: Walk, ops: WireOp[]): Promise<Writing[]> {
  return askEach(ops, async (op) => {
    const { found, state } = await look(walk, op, walk.index);
    const isItem = op.op !== 'make-bin' && op.op !== 'remove-bin' && op.op !== 'import';
    if (!isItem || found)
      return { op, found, result: { ...emptyResult('done', state), item: found ? found.id : null } };
    return { op, found, result: { ...emptyResult('absent'), message: 'it is not in the project' } };
  });
}

/** The ops of a run are of one kind; those on items that are not there have their answer already. */
async function carryOut(walk: Walk, writings: Writing[]): Promise<void> {
  const { op } = writings[0]!;
  const all = writings as never[];
  if (op.op === 'import') return importFiles(walk, all);
  if (op.op === 'make-bin') return makeBins(walk, all);
  if (op.op === 'remove-bin') return removeBins(walk, all);
  const there = writings.filter((writing): writing is ItemWriting => writing.found !== null) as never[];
  if (op.op === 'move') await moveItems(walk, there);
  if (op.op === 'label') setLabels(walk, there);
  if (op.op === 'metadata') await setMetadata(walk, there);
  if (op.op === 'marker') await (op.mode === 'add' ? addMarkers : updateMarkers)(walk, there);
  if (op.op === 'remove-marker') await removeMarkers(walk, there);
  if (op.op === 'remove-item') await removeItems(walk, there);
  await askEach(there as ItemWriting[], async ({ op: each, found, result }) => {
    if (result.outcome !== 'failed' && walk.index.items.has(found.id))
      result.after = await stateOf(walk, each, found);
  });
}
