/** What the disk says before anything is renamed: the names in every folder, what must not be touched and why, and which lists would go stale. */
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { folderKey, folderOf, type Folders } from '../../manifest/patterns/companions.ts';
import type { ClipRename, RefusalCode } from '../../manifest/patterns/rename.ts';
import { listsAbout, mayRenameIn, openForWriting } from './rename-disk.ts';
import { locator, type RootPlaces } from './roots.ts';

export interface Looked {
  folders: Folders;
  /** Absolute, as the drive spells it, by `root`, line break, path in manifest form. */
  spelled: Map<string, string>;
  /** Absolute folder, by folderKey. */
  places: Map<string, string>;
  blocked: Map<string, { code: RefusalCode; message: string }>;
}

const filesOf = (clip: Clip) => [
  clip.path,
  ...(clip.parts ?? []).map(({ path }) => path),
  ...(clip.sidecars ?? []),
];

/** Whether files in a folder, given absolute, may be renamed by who asks. */
export type Reach = (folder: string) => Promise<boolean>;

/** `sizes`: bytes of every clip's file as just found; null = not there. */
export async function lookAround(
  handoff: Handoff,
  roots: RootPlaces,
  sizes: Record<string, { size: number | null }>,
  reach: Reach = () => Promise.resolve(true),
): Promise<Looked> {
  const folders = new Map<string, readonly string[]>();
  const spelled = new Map<string, string>();
  const places = new Map<string, string>();
  const writable = new Map<string, boolean>();
  const outside = new Set<string>();
  const locate = locator();
  for (const clip of handoff.clips) {
    const root = roots[clip.root];
    if (root === undefined) continue;
    for (const path of filesOf(clip)) {
      const folder = folderOf(path);
      const key = folderKey(clip.root, folder);
      if (folders.has(key)) continue;
      const place = folder === '' ? root : (await locate(root, folder)).path;
      const names = await readdir(place).catch((): string[] => []);
      folders.set(
        key,
        names.map((name) => name.normalize('NFC')),
      );
      places.set(key, place);
      writable.set(key, await mayRenameIn(place));
      if (!(await reach(place))) outside.add(key);
      for (const name of names)
        spelled.set(
          `${clip.root}\n${(folder ? `${folder}/` : '') + name.normalize('NFC')}`,
          join(place, name),
        );
    }
  }
  const written = await openForWriting();
  const blocked = new Map<string, { code: RefusalCode; message: string }>();
  for (const clip of handoff.clips) {
    const why = blockOf(clip, sizes[clip.id]?.size, { spelled, writable, outside, written });
    if (why) blocked.set(clip.id, why);
  }
  return { folders, spelled, places, blocked };
}

interface Found extends Pick<Looked, 'spelled'> {
  /** By folderKey. */
  writable: Map<string, boolean>;
  /** Keys of folders that may not be touched from here. */
  outside: Set<string>;
  /** Absolute paths. */
  written: Set<string>;
}

function blockOf(
  clip: Clip,
  size: number | null | undefined,
  { spelled, writable, outside, written }: Found,
): { code: RefusalCode; message: string } | null {
  if (size === undefined || size === null) return { code: 'not-there', message: 'the file is not there' };
  const own = filesOf(clip);
  if (own.some((path) => outside.has(folderKey(clip.root, folderOf(path)))))
    return {
      code: 'outside',
      message:
        'it lies outside the folder of the manifest, where this panel may not rename; baton rename may',
    };
  const busy = own.find((path) => written.has(spelled.get(`${clip.root}\n${path}`) ?? ''));
  if (busy !== undefined)
    return {
      code: 'being-written',
      message: `${busy === clip.path ? 'a program' : `${busy}: a program`} is still writing into it; wait until it is done`,
    };
  const part = (clip.parts ?? []).find(({ path }) => !spelled.has(`${clip.root}\n${path}`));
  if (part) return { code: 'not-there', message: `its part ${part.path} is not there` };
  if (size !== clip.size)
    return {
      code: 'changed',
      message: `it has ${size} bytes and had ${clip.size} when it was scanned; it may still be copied: scan again`,
    };
  const shut = own.find((path) => writable.get(folderKey(clip.root, folderOf(path))) === false);
  if (shut !== undefined)
    return {
      code: 'read-only',
      message: `names in ${folderOf(shut) || 'its folder'} may not be changed by this user`,
    };
  return null;
}

/** Hash lists that know a file by the name it is to lose, for each rename; absolute paths. */
export async function staleLists(
  renames: readonly ClipRename[],
  looked: Looked,
  roots: RootPlaces,
): Promise<string[][]> {
  const known = new Map<string, string[]>();
  const lists: string[][] = [];
  for (const { root, from } of renames) {
    const place = looked.places.get(folderKey(root, folderOf(from)))!;
    lists.push(await listsAbout(place, roots[root]!, known));
  }
  return lists;
}

/** A place as it lies below its root, in the drive's own spelling, with `/`. */
export function belowRoot(root: string, place: string): string {
  const below = relative(root, place);
  return sep === '\\' ? below.split('\\').join('/') : below;
}
