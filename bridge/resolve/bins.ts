/** Bins: found before they are made, because AddSubFolder makes a second of the same name without a word. */
import type { BinPath, MakeBinStep, RemoveBinStep } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { Ask } from './ask.ts';
import type { Handle } from './door.ts';
import { failed, verified } from './result.ts';
import { folderAt, sameBin, type Pool } from './session.ts';

/** The bin, and whether any of its levels was made; null where Resolve did not make one. */
export async function ensureBin(
  ask: Ask,
  pool: Pool,
  bin: BinPath,
): Promise<{ handle: Handle; made: boolean } | null> {
  let [handle, made] = [pool.root, false];
  for (let depth = 1; depth <= bin.length; depth++) {
    const path = bin.slice(0, depth);
    const there = folderAt(pool, path);
    if (there) {
      handle = there;
      continue;
    }
    const added = await ask.object(pool.media, 'AddSubFolder', handle, path[depth - 1]!);
    if (!added || (await ask.text(added, 'GetName')) !== path[depth - 1]) return null;
    pool.folders.push({ handle: added, id: await ask.text(added, 'GetUniqueId'), path });
    [handle, made] = [added, true];
  }
  return { handle, made };
}

export async function makeBin(ask: Ask, pool: Pool, step: MakeBinStep): Promise<StepResult> {
  const bin = await ensureBin(ask, pool, step.after.bin);
  if (!bin) return failed(step, 'Resolve did not make the bin');
  const { id } = pool.folders.find(({ path }) => sameBin(path, step.after.bin))!;
  return verified(step, { item: id, ...(bin.made ? {} : { found: true }) });
}

export async function removeBin(ask: Ask, pool: Pool, step: RemoveBinStep): Promise<StepResult> {
  const { bin } = step.target;
  const handle = folderAt(pool, bin);
  const before = { bin };
  if (!handle || bin.length === 0) return verified(step, { before });
  const held =
    (await ask.objects(handle, 'GetClipList')).length +
    (await ask.objects(handle, 'GetSubFolderList')).length;
  if (held > 0) return failed(step, `the bin "${bin.join('/')}" is not empty`, { before });
  const above = folderAt(pool, bin.slice(0, -1))!;
  const beside = async () => (await ask.objects(above, 'GetSubFolderList')).length;
  const had = await beside();
  await ask.any(pool.media, 'DeleteFolders', [handle]);
  if ((await beside()) >= had) return failed(step, 'Resolve did not take the bin away', { before });
  pool.folders = pool.folders.filter((folder) => folder.handle !== handle);
  return verified(step, { before });
}
