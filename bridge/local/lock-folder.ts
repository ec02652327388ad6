/**
 * The lock on disk: a folder that always holds one file, whose name says everything: `NUMBER.free`, or
 * `NUMBER.held.OWNER.TOKEN`. Taking, releasing and breaking are each one rename of that file to a next name; of two
 * who try, one finds the file and the other does not. An owner's name never comes back, so nobody can act on what he
 * saw too long ago. Needs no hard links, and no file is ever half written.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { renameOver, sweep, tempName } from './atomic.ts';
import { ownerFrom, ownerTag, OWNER_TAG, thisOwner, type Owner } from './owner.ts';
import { isNoPermission, isRefusal, storeError } from './store-error.ts';

const NAME = new RegExp(String.raw`^(\d{8,15})\.(?:(free)|held\.${OWNER_TAG}\.[0-9a-f]{12})$`);

export interface LockFile {
  /** Absolute. */
  file: string;
  /** Grows by one each time the lock is taken. */
  number: number;
  /** Null = free. */
  owner: Owner | null;
}

/** The file that is the lock now; null where the folder is not there, or was read in the very moment of a rename. */
export async function topOf(folder: string): Promise<LockFile | null> {
  const files = await list(folder);
  return files.reduce<LockFile | null>((top, file) => (top && !outranks(file, top) ? top : file), null);
}

function outranks(a: LockFile, b: LockFile): boolean {
  if (a.number !== b.number) return a.number > b.number;
  if ((a.owner === null) !== (b.owner === null)) return a.owner !== null;
  return a.file > b.file;
}

async function list(folder: string): Promise<LockFile[]> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isRefusal(error, 'ENOENT')) return [];
    throw storeError(error, folder);
  });
  return names.flatMap((name) => {
    const found = NAME.exec(name);
    if (!found) return [];
    const owner = found[2] ? null : ownerFrom(found.slice(3));
    return [{ file: join(folder, name), number: Number(found[1]), owner }];
  });
}

const numbered = (number: number) => String(number).padStart(8, '0');

/** Makes the folder with its first file in it, both at once; does nothing where a lock is already. Throws StoreError. */
export async function plant(folder: string): Promise<void> {
  const state = dirname(folder);
  await sweep(state);
  const temp = tempName(state, basename(folder));
  const first = join(temp, `${numbered(0)}.free`);
  try {
    await mkdir(temp);
    await writeFile(first, '');
    // It says nothing secret, and every user who may write in the folder must be able to refresh it.
    await chmod(first, 0o666).catch(() => {});
    await chmod(temp, (await stat(state)).mode & 0o777).catch(() => {});
    // An empty folder is what a power cut can leave. Neither call succeeds on a folder that holds a lock.
    await rmdir(folder).catch(() => {});
    await rename(temp, folder);
  } catch (error) {
    await rm(temp, { recursive: true, force: true }).catch(() => {});
    if (isRefusal(error, 'EEXIST', 'ENOTEMPTY')) return;
    // Windows says EPERM for a folder that is there already.
    if (process.platform === 'win32' && isRefusal(error, 'EPERM', 'EACCES')) return;
    throw storeError(error, folder);
  }
}

/** Takes a lock that is free, or whose owner is known to be dead: the file that is now ours; null where another was faster. */
export async function take(folder: string, top: LockFile): Promise<string | null> {
  const token = randomBytes(6).toString('hex');
  const mine = join(folder, `${numbered(top.number + 1)}.held.${ownerTag(thisOwner())}.${token}`);
  try {
    // Fresh before it is ours, so that it never looks abandoned.
    await touch(top.file);
    await rename(top.file, mine).catch(async (error: unknown) => {
      // A network volume may repeat a request whose answer got lost; then the file has our name already.
      if (!(await stat(mine).catch(() => null))) throw error;
    });
  } catch (error) {
    if (isRefusal(error, 'ENOENT', 'EBUSY')) return null;
    if (process.platform === 'win32' && isNoPermission(error)) return null;
    throw storeError(error, top.file);
  }
  return (await isOnly(folder, mine, top.number + 1)) ? mine : null;
}

/**
 * A power cut on exFAT can leave one file under two names, and then two can have taken "the" lock. Who sees another of
 * his own number or higher steps back, so that at most one stays; what is lower is a left-over.
 */
async function isOnly(folder: string, mine: string, number: number): Promise<boolean> {
  const others = (await list(folder)).filter((other) => other.file !== mine);
  if (others.some((other) => other.number >= number)) {
    await release(mine);
    return false;
  }
  for (const other of others) await rm(other.file, { force: true }).catch(() => {});
  return true;
}

/** Gives the lock back. Does nothing where it was taken away; if the disk refuses, it counts as held until it is stale. */
export async function release(mine: string): Promise<void> {
  const free = join(dirname(mine), `${basename(mine).split('.', 1)[0]}.free`);
  await renameOver(mine, free).catch(() => {});
}

/** Sets the file's time by the clock of the volume it lies on; fails (ENOENT) where the file is no longer there. */
export async function touch(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.write('.', 0);
  } finally {
    await handle.close();
  }
}
