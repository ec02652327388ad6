/** Renaming on the disk: one file, never over another; what lies in a folder; who is writing; which hash lists speak of a file. */
import { constants } from 'node:fs';
import { access, link, lstat, open, readdir, readlink, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { claimAndRename } from './atomic.ts';
import type { Stamp } from './rename-steps.ts';
import { isRefusal } from './store-error.ts';

/**
 * Gives a file another name in its folder. Where that name is taken it fails (EEXIST) and nothing has changed. In between the file may have
 * both names for a moment; a kill there leaves both, which is one file.
 */
export async function moveExclusive(from: string, to: string): Promise<void> {
  const found = await lstat(from);
  if (found.isFile()) {
    try {
      await link(from, to);
    } catch (error) {
      // Many ways to say "no hard links here" (exFAT, SMB): if it was something else, claiming says so again.
      if (isRefusal(error, 'EEXIST', 'ENOENT')) throw error;
      return claimAndRename(from, to);
    }
    try {
      await unlink(from);
    } catch (error) {
      await unlink(to).catch(() => {});
      throw error;
    }
    return;
  }
  // A link to a file elsewhere is moved as a link.
  await claimAndRename(from, to);
}

/** A file has both names, or a claimed one holds nothing yet: leaves it under `keep` only. */
export async function settleHalf(keep: string, drop: string): Promise<void> {
  const [kept, other] = await Promise.all([lstat(keep, { bigint: true }), lstat(drop, { bigint: true })]);
  const same = kept.ino === other.ino && kept.dev === other.dev && kept.ino !== 0n;
  if (!same && other.size !== 0n) throw new Error(`${keep} and ${drop} are two files, and one was expected`);
  await unlink(drop);
}

export async function stampOf(path: string): Promise<Stamp | null> {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  return found && { ino: String(found.ino), size: String(found.size), mtime: String(found.mtimeNs) };
}

/** By exact name, because a drive that ignores case says of `a.mov` and `A.MOV` that both are there. */
export async function stampsOf(paths: ReadonlySet<string>): Promise<Map<string, Stamp>> {
  const stamps = new Map<string, Stamp>();
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = dirname(path);
    if (!folders.has(folder)) folders.set(folder, new Set(await readdir(folder).catch((): string[] => [])));
    const names = folders.get(folder)!;
    const name = path.slice(folder.length).replace(/^[/\\]/, '');
    // macOS may give a name back in another Unicode form than it was written in.
    if (!names.has(name) && !names.has(name.normalize('NFD')) && !names.has(name.normalize('NFC'))) continue;
    const stamp = await stampOf(path);
    if (stamp) stamps.set(path, stamp);
  }
  return stamps;
}

/** Makes the new names last through a power cut, where the system lets a folder be flushed. */
export async function flushFolders(folders: Iterable<string>): Promise<void> {
  for (const folder of new Set(folders)) {
    const handle = await open(folder, 'r').catch(() => null);
    await handle?.sync().catch(() => {});
    await handle?.close().catch(() => {});
  }
}

/**
 * Absolute paths of files that some process holds open for writing. Only Linux says so without a further program, and only of processes
 * this user may look into; elsewhere it is empty, and a file being written is known by its growing.
 */
export async function openForWriting(): Promise<Set<string>> {
  const written = new Set<string>();
  if (process.platform !== 'linux') return written;
  const pids = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const look = async (pid: string, fd: string) => {
    const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
    if (!target.startsWith('/') || target.startsWith('/dev/')) return;
    const about = await readFile(`/proc/${pid}/fdinfo/${fd}`, 'utf8').catch(() => '');
    const flags = /^flags:\s*([0-7]+)/m.exec(about)?.[1];
    if (flags !== undefined && (parseInt(flags, 8) & 3) !== 0) written.add(target);
  };
  await Promise.all(
    pids.map(async (pid) => {
      if (Number(pid) === process.pid) return;
      const fds = await readdir(`/proc/${pid}/fd`).catch((): string[] => []);
      for (const fd of fds) await look(pid, fd);
    }),
  );
  return written;
}

/** Hash lists in the folders from `folder` up to `root`, and in folders of theirs called MHL: they know the files by their names. */
export async function listsAbout(
  folder: string,
  root: string,
  known: Map<string, string[]>,
): Promise<string[]> {
  const lists: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (!known.has(at)) known.set(at, await listsIn(at));
    lists.push(...known.get(at)!);
    if (at === root || at.length <= root.length || dirname(at) === at) return lists;
  }
}

async function listsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lists: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile() && /\.mhl$/i.test(entry.name) && !entry.name.startsWith('._')) lists.push(path);
    if (!entry.isDirectory() || !/^(ascmhl|mhl)$/i.test(entry.name)) continue;
    const inside = await readdir(path).catch((): string[] => []);
    if (inside.some((name) => /\.mhl$/i.test(name))) lists.push(path);
  }
  return lists;
}

/** Whether this user may change names in a folder. */
export async function mayRenameIn(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => found.size,
    () => null,
  );
}
