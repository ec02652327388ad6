/**
 * UXP's own `fs`: promises on absolute paths, a small part of Node's, and no way to flush. Its answers enter here; what the rest
 * needs of it is this much. Paths are in the system's own form.
 */

/** The part of UXP's module that Baton uses; each gives a promise where no callback is handed in. */
export interface UxpFs {
  readFile(path: string, options: { encoding: 'utf-8' }): Promise<string | ArrayBuffer>;
  writeFile(path: string, text: string, options: { encoding: 'utf-8' }): Promise<unknown>;
  lstat(path: string): Promise<UxpStats>;
  rename(from: string, to: string): Promise<unknown>;
  copyFile(from: string, to: string): Promise<unknown>;
  unlink(path: string): Promise<unknown>;
  mkdir(path: string): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
}

export interface UxpStats {
  size: number;
  mtime?: Date;
  mtimeMs?: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

const NEEDED = ['readFile', 'writeFile', 'lstat', 'rename', 'copyFile', 'unlink', 'mkdir', 'readdir'];

/** The module, where it has all that is needed; else null. */
export function uxpFs(module: unknown): UxpFs | null {
  const fs = module as Record<string, unknown> | null;
  return fs && NEEDED.every((name) => typeof fs[name] === 'function') ? (module as UxpFs) : null;
}

/** What is known of a path; null where nothing is there or it may not be looked at. UXP does not say which. */
export async function look(fs: UxpFs, path: string): Promise<UxpStats | null> {
  try {
    return await fs.lstat(path);
  } catch {
    return null;
  }
}

/** Milliseconds by the clock of the volume. */
export function changedAt({ mtimeMs, mtime }: UxpStats): number {
  return mtimeMs ?? (mtime ? new Date(mtime).getTime() : 0);
}

export function uxpDisk(fs: UxpFs): { exists(path: string): Promise<boolean> } {
  return { exists: async (path) => (await look(fs, path)) !== null };
}

/** Text without its byte-order mark; null for bytes that are no UTF-8. */
export async function readText(fs: UxpFs, path: string): Promise<string | null> {
  const read = await fs.readFile(path, { encoding: 'utf-8' });
  const text = typeof read === 'string' ? read : new TextDecoder().decode(read);
  return text.includes('\ufffd') ? null : text.replace(/^\ufeff/, '');
}

/** Eight hex digits that no other writer has. */
export function token(): string {
  return Math.floor(Math.random() * 0x100000000)
    .toString(16)
    .padStart(8, '0');
}

/**
 * The whole file or the old one: written beside its place, read back, since nothing can be flushed, then renamed into it.
 * `commit` runs just before; throwing there leaves the old file.
 */
export async function writeWhole(
  fs: UxpFs,
  path: string,
  text: string,
  commit: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const temp = beside(path, `.${nameOf(path)}.${token()}.baton-uxp-tmp`);
  try {
    await fs.writeFile(temp, text, { encoding: 'utf-8' });
    if ((await readText(fs, temp)) !== text.replace(/^\ufeff/, ''))
      throw new Error(`${path} was not written: the disk gives back something else than it was given.`);
    await commit();
    await fs.rename(temp, path);
  } catch (error) {
    await fs.unlink(temp).catch(() => {});
    throw error;
  }
}

/** A folder that may be there already; its parent must be. */
export async function makeFolder(fs: UxpFs, path: string): Promise<void> {
  if ((await look(fs, path))?.isDirectory()) return;
  await fs.mkdir(path).catch(async (error: unknown) => {
    if (!(await look(fs, path))?.isDirectory()) throw error;
  });
}

const windows = (path: string) => /^[A-Za-z]:[\\/]|^\\\\/.test(path);

export function nameOf(path: string): string {
  return path.slice(lastSeparator(path) + 1);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(1, lastSeparator(path)));
}

export function beside(path: string, name: string): string {
  return within(folderOf(path), name);
}

export function within(folder: string, ...names: string[]): string {
  const separator = windows(folder) ? '\\' : '/';
  return [folder.replace(/[\\/]+$/, ''), ...names].join(separator);
}

function lastSeparator(path: string): number {
  return windows(path) ? Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) : path.lastIndexOf('/');
}
