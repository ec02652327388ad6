/**
 * Imports files: one importFiles per bin per call, because one call per file never ends on a big shoot; numbered stills, which become
 * one clip each, have a call of their own. Premiere says
 * yes to files that are not there and hands no items back, so files are looked for on disk first and found by node id after.
 */
import type { ImportOp, RawResult, WireOp } from '../../bridge/premiere/wire.ts';
import { openProject, reasonOf } from './answer.ts';
import { pathKey, type ItemIndex } from './find.ts';
import { look } from './look.ts';
import type { NativeItem } from './natives.ts';
import { childrenOf, mediaPath } from './project.ts';

interface Wanted {
  op: ImportOp;
  result: RawResult;
}

/** Fills `results` for every import into the bin of `ops[first]`, that one included. */
export function importAll(ops: WireOp[], first: number, index: ItemIndex, results: RawResult[]): void {
  const path = (ops[first] as ImportOp).bin;
  const wanted: Wanted[] = [];
  for (let i = first; i < ops.length; i++) {
    const op = ops[i]!;
    if (op.op !== 'import' || !sameBin(op.bin, path)) continue;
    const answer: RawResult = { outcome: 'failed', message: null, item: null, before: null, after: null };
    results[i] = answer;
    const there = look(op, index);
    if (there.found) {
      answer.outcome = 'present';
      answer.item = there.found.item.nodeId;
      answer.after = there.state;
    } else if (!new File(escaped(op.path)).exists) {
      answer.message = 'the file is not there';
    } else wanted.push({ op, result: answer });
  }
  if (wanted.length > 0) importInto(index.bin(path), path, wanted, index);
}

/** `File` reads its path as a URI: a name with a per cent sign in it must be escaped to mean itself. */
function escaped(path: string): string {
  return path.replace(/%/g, '%25');
}

function sameBin(a: string[], b: string[]): boolean {
  for (let i = 0; i < a.length || i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function importInto(bin: NativeItem | null, path: string[], wanted: Wanted[], index: ItemIndex): void {
  const fail = (message: string): void => {
    for (let i = 0; i < wanted.length; i++) wanted[i]!.result.message = message;
  };
  if (!bin) return fail('there is no bin "' + path.join('/') + '"');
  const paths: string[] = [];
  const stills: string[] = [];
  const listed: Record<string, boolean> = {};
  for (let i = 0; i < wanted.length; i++) {
    const op = wanted[i]!.op;
    const key = pathKey(op.path);
    // Two clips of one manifest may name one file; Premiere would make two items of it.
    if (!listed[key]) (op.stills ? stills : paths).push(op.path);
    listed[key] = true;
  }
  try {
    if (paths.length > 0 && !openProject().importFiles(paths, true, bin, false))
      return fail('Premiere did not import it');
    for (let i = 0; i < stills.length; i++) openProject().importFiles([stills[i]!], true, bin, true);
  } catch (error) {
    return fail(reasonOf(error));
  }
  takeNew(bin, path, index);
  for (let i = 0; i < wanted.length; i++) settle(wanted[i]!, index);
}

function takeNew(bin: NativeItem, path: string[], index: ItemIndex): void {
  const children = childrenOf(bin);
  for (let i = 0; i < children.length; i++) {
    const child = children[i]!;
    if (!index.has(child.nodeId) && mediaPath(child) !== null) index.addItem(child, path);
  }
}

function settle(wanted: Wanted, index: ItemIndex): void {
  const now = look(wanted.op, index);
  wanted.result.outcome = now.found ? 'done' : 'pending';
  wanted.result.item = now.found ? now.found.item.nodeId : null;
  wanted.result.after = now.state;
}
