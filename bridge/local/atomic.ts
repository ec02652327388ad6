/**
 * Files that are either whole or not there: written beside their place, flushed to the disk, then renamed into it.
 * What a killed writer leaves behind has a name of its own and is cleared by the next writer in that folder.
 */
import { randomBytes } from 'node:crypto';
import { link, lstat, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lifeOf, ownerFrom, ownerTag, OWNER_TAG, thisOwner } from './owner.ts';
import { isRefusal, StoreError, storeError } from './store-error.ts';

const TEMP = new RegExp(String.raw`^\..*\.${OWNER_TAG}\.[0-9a-f]{12}\.baton-tmp$`);
/** Another machine's temporary file is taken for abandoned after a day; its process cannot be asked. */
const ABANDONED_AFTER = 24 * 60 * 60 * 1000;
const WINDOWS = process.platform === 'win32';

export interface WriteOptions {
  /** Runs when the new content is on the disk and before it takes its place; throwing leaves the old file. */
  beforeCommit?: () => Promise<void>;
}

/** A name in `folder` that no other writer uses, and that `sweep` knows: `.NAME.OWNER.TOKEN.baton-tmp`. */
export function tempName(folder: string, name: string): string {
  // A name may have 255 bytes; the target's own is only there for people.
  const hint = Buffer.from(name)
    .subarray(0, 100)
    .toString('latin1')
    .replace(/[^\w.-]/g, '_');
  return join(folder, `.${hint}.${ownerTag(thisOwner())}.${randomBytes(6).toString('hex')}.baton-tmp`);
}

/** Removes temporary files and folders whose writer is dead. Never fails: what cannot be removed is tried again next time. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const owner = TEMP.exec(name);
    if (!owner) continue;
    const path = join(folder, name);
    const life = await lifeOf(ownerFrom(owner.slice(1)));
    if (life === 'alive') continue;
    const age =
      life === 'dead' ? Infinity : Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Infinity);
    if (age > ABANDONED_AFTER) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Writes the whole file or leaves the old one untouched, which then still stands under `path`. A link is followed, an
 * existing file's permissions are kept. Throws StoreError.
 */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const target = await followLink(path);
  const folder = dirname(target);
  await sweep(folder);
  const temp = tempName(folder, basename(target));
  try {
    await writeFlushed(temp, content, await permissions(target));
    await options.beforeCommit?.();
    await renameOver(temp, target);
  } catch (error) {
    await rm(temp, { force: true }).catch(() => {});
    throw storeError(error, path);
  }
  await flushFolder(folder);
}

/**
 * Writes a file that must not exist yet: of two writers exactly one succeeds, the other gets StoreError `exists`.
 * The content appears all at once.
 */
export async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  await sweep(folder);
  const temp = tempName(folder, basename(path));
  try {
    await writeFlushed(temp, content);
    await linkNew(temp, path);
  } catch (error) {
    throw storeError(error, path);
  } finally {
    await rm(temp, { force: true }).catch(() => {});
  }
  await flushFolder(folder);
}

async function linkNew(temp: string, path: string): Promise<void> {
  try {
    await link(temp, path);
  } catch (error) {
    if (isRefusal(error, 'EEXIST')) {
      // A network volume may repeat a request whose answer got lost; then the name that exists is our own.
      if ((await stat(temp)).nlink > 1) return;
      throw error;
    }
    // Many ways to say "no hard links here" (exFAT, SMB, Windows): if it was something else, claiming says so again.
    await claimAndRename(temp, path);
  }
}

/** The way for file systems without hard links: an empty file claims the name, then the content is renamed over it. */
export async function claimAndRename(temp: string, path: string): Promise<void> {
  const claim = await open(path, 'wx');
  await claim.close();
  try {
    await renameOver(temp, path);
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw error;
  }
}

async function writeFlushed(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const file = await open(path, 'wx', 0o666);
  try {
    await file.writeFile(content);
    if (mode !== undefined) await file.chmod(mode).catch(() => {});
    // Some network file systems have no flush and say EINVAL or ENOTSUP; a full or failing disk says something else.
    await file.sync().catch((error: unknown) => {
      if (!isRefusal(error, 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EPERM')) throw error;
    });
  } finally {
    await file.close();
  }
}

/** Windows refuses to rename over a file that a virus scanner or an indexer has open just now; two seconds are enough. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!WINDOWS || attempt >= 40 || !isRefusal(error, 'EPERM', 'EACCES', 'EBUSY')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Makes the rename itself last through a power cut, where the system lets a folder be flushed (Windows does not). */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}

async function permissions(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found.mode & 0o777 : undefined;
}

/** The file itself where `path` is a link to it, so that the link stays. */
export async function followLink(path: string): Promise<string> {
  const found = await lstat(path).catch(() => null);
  if (!found?.isSymbolicLink()) return path;
  return realpath(path).catch(() => {
    throw new StoreError(
      'write-failed',
      `${path} is a link to something that is not there; nothing was written.`,
    );
  });
}
