/**
 * The file by which a plugin without Node finds this service: `~/.baton/serve/OWNER.json`, for the user alone, touched while the
 * service runs, and gone with it. On Windows the profile's own access list keeps other users out; modes mean nothing there.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { REFRESH_EVERY, SERVE_FOLDER, type ServiceFile } from '../service-file.ts';
import { sweep, tempName } from './atomic.ts';
import { lifeOf, ownerFrom, ownerTag, OWNER_TAG, thisOwner } from './owner.ts';

export interface LeftServiceFile {
  /** Absolute. */
  path: string;
  remove(): Promise<void>;
}

/** One process may run more than one service. */
const NAME = new RegExp(String.raw`^${OWNER_TAG}\.[0-9a-f]{8}\.json$`);

/** Throws an Error that says why where it cannot be left, or not for this user alone; the service serves its page all the same. */
export async function leaveServiceFile(
  { origin, token, proof }: Omit<ServiceFile, 'kind' | 'version'>,
  home = homedir(),
): Promise<LeftServiceFile> {
  const folder = await ownFolder(home);
  await sweep(folder);
  await clearDead(folder);
  const file: ServiceFile = { kind: 'baton-service', version: 1, origin, token, proof };
  const path = join(folder, `${ownerTag(thisOwner())}.${randomBytes(4).toString('hex')}.json`);
  await writePrivate(folder, path, `${JSON.stringify(file)}\n`);
  const timer = setInterval(() => void touch(path), REFRESH_EVERY);
  timer.unref();
  const atExit = () => rmSync(path, { force: true });
  process.once('exit', atExit);
  return {
    path,
    async remove() {
      clearInterval(timer);
      process.off('exit', atExit);
      await rm(path, { force: true });
    },
  };
}

/** By this process's clock, which the plugin on this machine has too; a home on a server has another. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

/** The folder, made where it is missing, and closed to everyone else. A link is not followed: it may lead to where others read. */
async function ownFolder(home: string): Promise<string> {
  let folder = home;
  for (const name of SERVE_FOLDER) {
    folder = join(folder, name);
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  const found = await lstat(folder);
  const mine = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !mine) throw new Error(`${folder} is not a folder of this user's own`);
  await chmod(folder, 0o700);
  return folder;
}

async function writePrivate(folder: string, path: string, text: string): Promise<void> {
  const temp = tempName(folder, 'serve');
  const file = await open(temp, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temp, path);
  await touch(path);
}

/** What services left that were killed. One of another machine, in a home that several share, is that machine's to clear. */
async function clearDead(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = NAME.exec(name);
    if (owner && (await lifeOf(ownerFrom(owner.slice(1)))) === 'dead')
      await rm(join(folder, name), { force: true });
  }
}
