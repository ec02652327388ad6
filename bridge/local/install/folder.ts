/**
 * A folder that is Baton's own, put in place whole or taken away whole. Baton's is the one whose manifest carries its name;
 * any other, and any link, is left alone.
 */
import { lstat, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sweep, tempName, writeAtomic } from '../atomic.ts';
import { InstallRefused, type Action } from './machine.ts';
import type { Files } from './packages.ts';

export interface OwnFolder {
  /** Absolute. */
  path: string;
  /** The file in it that says whose it is. */
  manifest: string;
  /** Finds Baton's name in that file. */
  mark: RegExp;
  /** Finds the version in that file, as its first group. */
  version: RegExp;
}

export type Found =
  | { state: 'absent' }
  | { state: 'foreign'; why: string }
  | { state: 'ours'; version: string };

export async function lookAt(folder: OwnFolder): Promise<Found> {
  const stat = await lstat(folder.path).catch(() => null);
  if (!stat) return { state: 'absent' };
  if (stat.isSymbolicLink()) return { state: 'foreign', why: 'it is a link to another place' };
  const manifest = await readFile(join(folder.path, folder.manifest), 'utf8').catch(() => null);
  if (manifest === null || !folder.mark.test(manifest))
    return { state: 'foreign', why: `its ${folder.manifest} is missing or not Baton's` };
  return { state: 'ours', version: folder.version.exec(manifest)?.[1] ?? 'of an unknown version' };
}

/** Throws InstallRefused where something else stands there. */
export async function placing(folder: OwnFolder, files: Files): Promise<Action> {
  const found = await lookAt(folder);
  if (found.state === 'foreign')
    throw new InstallRefused(
      `${folder.path} is there and is not Baton's (${found.why}): move it away first.`,
    );
  const over = found.state === 'ours' ? `, over ${found.version}` : '';
  return {
    does: 'write',
    what: `${Object.keys(files).length} files into ${folder.path}${over}`,
    path: folder.path,
    run: () => explained(folder.path, () => place(folder.path, files)),
  };
}

/** Null where there is nothing of Baton's. Throws InstallRefused where something else stands there. */
export async function removing(folder: OwnFolder): Promise<Action | null> {
  const found = await lookAt(folder);
  if (found.state === 'absent') return null;
  if (found.state === 'foreign')
    throw new InstallRefused(`${folder.path} is not Baton's (${found.why}), so it was left alone.`);
  return {
    does: 'remove',
    what: `${folder.path} (${found.version})`,
    path: folder.path,
    run: () =>
      explained(folder.path, async () => {
        // Out of the editor's sight at once, then gone.
        const gone = tempName(dirname(folder.path), basename(folder.path));
        await rename(folder.path, gone);
        await rm(gone, { recursive: true, force: true });
      }),
  };
}

async function place(path: string, files: Files): Promise<void> {
  const parent = dirname(path);
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  const fresh = tempName(parent, basename(path));
  const old = tempName(parent, basename(path));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(fresh, name)), { recursive: true });
      await writeAtomic(join(fresh, name), bytes);
    }
    const had = await lstat(path).catch(() => null);
    if (had) await rename(path, old);
    try {
      await rename(fresh, path);
    } catch (error) {
      if (had) await rename(old, path);
      throw error;
    }
  } finally {
    for (const each of [fresh, old]) await rm(each, { recursive: true, force: true }).catch(() => {});
  }
}

const IN_THE_WAY: Record<string, string> = {
  EACCES: 'this user may not write there: run the same command as an administrator (macOS: with sudo)',
  EPERM:
    'the system did not let it be written: close the editor, or run the same command as an administrator',
  EBUSY: 'a file in it is in use: close the editor and try again',
  EROFS: 'the volume is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder belongs',
};

/** Runs it; what the disk refuses is said with what to do. */
export async function explained(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = IN_THE_WAY[code ?? ''] ?? message;
    throw new InstallRefused(`${path}: ${why}. What was there is there still.`);
  }
}
