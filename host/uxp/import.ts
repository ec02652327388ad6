/**
 * Imports files: one importFiles per bin, and one per run of numbered stills, which become one clip. Premiere says yes to files
 * that are not there and hands no items back, so files are looked for on disk first and found by id after. No undo takes it back.
 */
import type { ImportOp } from '../../bridge/premiere/wire.ts';
import { pathKey } from './find.ts';
import { look } from './look.ts';
import { askEach, reasonOf } from './natives.ts';
import { fail, type Walk, type Writing } from './write.ts';

type Import = Writing<ImportOp>;

export async function importFiles(walk: Walk, writings: Import[]): Promise<void> {
  const byBin = new Map<string, Import[]>();
  await askEach(writings, async (writing) => {
    const { op, found, result } = writing;
    result.after = result.before;
    result.before = null;
    if (found) result.outcome = 'present';
    else if (!(await walk.disk.exists(op.path))) fail(writing, 'the file is not there');
  });
  for (const writing of writings) {
    if (writing.result.outcome !== 'done') continue;
    const key = JSON.stringify(writing.op.bin);
    byBin.set(key, [...(byBin.get(key) ?? []), writing]);
  }
  for (const wanted of byBin.values()) await importInto(walk, await notYetThere(walk, wanted));
}

/** Without what an earlier bin of the same run took in. */
async function notYetThere(walk: Walk, wanted: Import[]): Promise<Import[]> {
  const open: Import[] = [];
  for (const writing of wanted) {
    const { found, state } = await look(walk, writing.op, walk.index);
    if (!found) open.push(writing);
    else Object.assign(writing.result, { outcome: 'present', item: found.id, after: state });
  }
  return open;
}

async function importInto(walk: Walk, wanted: Import[]): Promise<void> {
  if (wanted.length === 0) return;
  const path = wanted[0]!.op.bin;
  const bin = walk.index.bin(path);
  if (!bin) return failAll(wanted, `there is no bin "${path.join('/')}"`);
  // The project's own top is asked for with null: undefined is an illegal parameter.
  const into = path.length === 0 ? null : walk.ppro.ProjectItem.cast(bin.folder);
  const call = (files: string[], stills: boolean) =>
    walk.project.importFiles(files, true, into as never, stills);
  // Two clips of one manifest may name one file; Premiere would make two items of it.
  const files = new Map<string, ImportOp>();
  for (const { op } of wanted) if (!files.has(pathKey(op.path))) files.set(pathKey(op.path), op);
  const plain = [...files.values()].filter((op) => !op.stills).map((op) => op.path);
  try {
    if (plain.length > 0 && !(await call(plain, false))) return failAll(wanted, 'Premiere did not import it');
    for (const op of files.values()) if (op.stills) await call([op.path], true);
  } catch (error) {
    return failAll(wanted, reasonOf(error));
  }
  await walk.index.lookInto([bin]);
  for (const { op, result } of wanted) {
    const { found, state } = await look(walk, op, walk.index);
    result.outcome = found ? 'done' : 'pending';
    result.item = found ? found.id : null;
    result.after = state;
  }
}

function failAll(wanted: Import[], reason: string): void {
  for (const writing of wanted) fail(writing, reason);
}
