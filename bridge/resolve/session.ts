/**
 * The project that is open in Resolve and what its Media Pool holds, walked once and kept between calls: at 15 ms a call a walk of
 * thousands of clips is minutes. Thrown away when another project is opened.
 */
import { comparablePath } from '../../manifest/documents/paths.ts';
import type { BinPath, ClipTarget } from '../../manifest/documents/plan.ts';
import { HostError } from '../call.ts';
import { WAITING, type Ask, type Dict } from './ask.ts';
import type { Handle } from './door.ts';

export interface Entry {
  handle: Handle;
  id: string;
  /** Absolute path, of an image sequence its first frame; '' for what has no media. */
  file: string;
  bin: BinPath;
  properties: Dict;
  /** What Baton keeps on it for itself, where that is known without asking: nothing on what has just come in. */
  memory?: Map<string, string>;
}
export interface Folder {
  handle: Handle;
  id: string;
  path: BinPath;
}
export interface Pool {
  project: { handle: Handle; id: string; name: string };
  media: Handle;
  root: Handle;
  /** Every bin but the root, parents first; two may have one path. */
  folders: Folder[];
  /** By id. */
  entries: Map<string, Entry>;
  /** By path as it is compared; the first of several. */
  byFile: Map<string, Entry>;
}

export interface Session {
  /** The project that the next steps are meant for, as it was last looked at; they are refused in any other. */
  meant: string | null;
  /** The pool as it was last walked. Throws HostError `busy` while a dialog is open, `not-open` without a project. */
  pool(): Promise<Pool>;
  walk(): Promise<Pool>;
}

/** `plate.[1001-1100].exr` is known by its first frame. */
export function firstFrame(path: string): string {
  return path.replace(/\[(\d+)-\d+\](\.[^./\\]+)$/, '$1$2');
}

export const sameBin = (a: BinPath, b: BinPath) =>
  a.length === b.length && a.every((name, at) => name === b[at]);
export const binWords = (bin: BinPath) =>
  bin.length === 0 ? "the project's top level" : `the bin ${bin.join('/')}`;

export function session(ask: Ask): Session {
  let kept: Pool | null = null;
  async function walk(): Promise<Pool> {
    ask.release();
    kept = null;
    return (kept = await walkPool(ask, await openProject(ask)));
  }
  return {
    meant: null,
    walk,
    async pool() {
      if (!kept) return walk();
      const now = await openProject(ask);
      return now.id === kept.project.id ? kept : walk();
    },
  };
}

/** A dialog makes the page and the whole Media Pool answer nothing, without a word. */
export async function assertAnswering(ask: Ask, method: string): Promise<void> {
  if ((await ask.any(null, 'GetCurrentPage')) === null) throw new HostError('busy', method, WAITING);
}

export async function openProject(ask: Ask): Promise<Pool['project']> {
  await assertAnswering(ask, 'GetCurrentProject');
  const keeper = await ask.object(null, 'GetProjectManager');
  const handle = keeper && (await ask.object(keeper, 'GetCurrentProject'));
  if (!handle)
    throw new HostError(
      'not-open',
      'GetCurrentProject',
      'No project is open in Resolve: open one, then try again.',
    );
  return { handle, id: await ask.text(handle, 'GetUniqueId'), name: await ask.text(handle, 'GetName') };
}

/** Throws HostError `refused` where another project was opened since somebody planned. */
export function assertMeant({ meant }: Session, { project }: Pool): void {
  if (meant === null || project.id === meant) return;
  const message = `Another project, "${project.name}", was opened in Resolve; nothing was written to it. Open the first again, or plan anew.`;
  throw new HostError('refused', 'apply', message);
}

async function walkPool(ask: Ask, project: Pool['project']): Promise<Pool> {
  const media = await ask.object(project.handle, 'GetMediaPool');
  const root = media && (await ask.object(media, 'GetRootFolder'));
  if (!media || !root) throw new HostError('busy', 'GetRootFolder', WAITING);
  const pool: Pool = { project, media, root, folders: [], entries: new Map(), byFile: new Map() };
  const below = async (folder: Handle, path: BinPath): Promise<void> => {
    for (const handle of await ask.objects(folder, 'GetClipList'))
      keep(pool, await readEntry(ask, handle, path));
    for (const handle of await ask.objects(folder, 'GetSubFolderList')) {
      const name = await ask.text(handle, 'GetName');
      const found = { handle, id: await ask.text(handle, 'GetUniqueId'), path: [...path, name] };
      pool.folders.push(found);
      await below(handle, found.path);
    }
  };
  await below(root, []);
  return pool;
}

export async function readEntry(ask: Ask, handle: Handle, bin: BinPath): Promise<Entry> {
  const properties = await ask.dict(handle, 'GetClipProperty');
  const id = await ask.text(handle, 'GetUniqueId');
  return { handle, id, file: firstFrame(String(properties['File Path'] ?? '')), bin, properties };
}

export function keep(pool: Pool, entry: Entry): void {
  pool.entries.set(entry.id, entry);
  const key = comparablePath(entry.file);
  if (entry.file !== '' && !pool.byFile.has(key)) pool.byFile.set(key, entry);
}
export function forget(pool: Pool, entry: Entry): void {
  pool.entries.delete(entry.id);
  const key = comparablePath(entry.file);
  if (pool.byFile.get(key) !== entry) return;
  pool.byFile.delete(key);
  for (const other of pool.entries.values())
    if (comparablePath(other.file) === key) pool.byFile.set(key, other);
}

/** The item by its id; else, where that is not insisted on, by the media's path. */
export function findEntry(
  pool: Pool,
  { item, file }: ClipTarget,
  { byIdOnly = false } = {},
): Entry | undefined {
  const known = item === undefined ? undefined : pool.entries.get(item);
  if (known || (byIdOnly && item !== undefined)) return known;
  return pool.byFile.get(comparablePath(file));
}

/** The root for []. Of two bins with one path the first. */
export function folderAt(pool: Pool, bin: BinPath): Handle | undefined {
  return bin.length === 0 ? pool.root : pool.folders.find(({ path }) => sameBin(path, bin))?.handle;
}
