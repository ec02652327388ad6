/** `.baton/` beside the manifest: what belongs to this place and not into the delivery. Locks, roots, receipts, the previous revision. */
import { chmod, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isNoPermission, StoreError, storeError } from './store-error.ts';

/** Where the folder is or would be; absolute. */
export function stateFolderPath(manifestPath: string): string {
  return join(dirname(resolve(manifestPath)), '.baton');
}

/** The folder, made if need be. Throws StoreError, `not-writable` where this user may not. */
export async function stateFolder(manifestPath: string): Promise<string> {
  const folder = stateFolderPath(manifestPath);
  try {
    await makeFolder(folder);
  } catch (error) {
    if (!isNoPermission(error)) throw storeError(error, folder);
    throw new StoreError(
      'not-writable',
      `${folder} cannot be made: this user may not write there, or the volume is read-only. Baton keeps the lock of ${basename(manifestPath)} in it, so nothing was written.`,
    );
  }
  return folder;
}

/** Makes one folder with its parent's permissions: on shared storage a colleague must be able to write in it too. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((await stat(folder).catch(() => null))?.isDirectory()) return;
    throw error;
  }
  const parent = await stat(dirname(folder)).catch(() => null);
  if (parent) await chmod(folder, parent.mode & 0o777).catch(() => {});
}
