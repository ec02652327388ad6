/**
 * Everything below a folder that a copy must hold: files with what tells them apart, folders even where empty, and media hash lists
 * aside. Unlike a scan's walk it leaves out no file: a sidecar is part of a copy too, and what a list names is asked for by name.
 */
import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileName } from '../../../manifest/documents/paths.ts';
import { isLitter } from '../../../manifest/kinds.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';

export interface TreeFile {
  /** Manifest form, relative to the folder. */
  path: string;
  /** Relative, with `/`, as the drive spells it. */
  spelled: string;
  /** Absolute. */
  file: string;
  /** Bytes. */
  size: number;
  /** Nanoseconds. */
  mtime: bigint;
  drive: string;
  /** Drive and number of the file on it. */
  identity: string;
  /** The system's own, which nobody asks for unless a list names it. */
  litter: boolean;
}

export interface TreeFolder {
  path: string;
  spelled: string;
  mtime: bigint;
}

export interface Tree {
  files: TreeFile[];
  /** The folder itself ('') among them. */
  folders: TreeFolder[];
  /** Media hash lists and chain files: they speak of the others and are not compared. */
  lists: TreeFile[];
  /** By path, with the reason. */
  unreadable: Map<string, string>;
  issues: Issue[];
}

/** Files looked at together. */
const AT_ONCE = 32;
export const LIST_FOLDER = 'ascmhl';
export const CHAIN = 'ascmhl_chain.xml';

/** `skip`: paths in manifest form that are no part of the copy. Links to folders and the system's own folders are not followed. */
export async function readTree(folder: string, skip: ReadonlySet<string>): Promise<Tree> {
  const tree: Tree = { files: [], folders: [], lists: [], unreadable: new Map(), issues: [] };
  const found: string[] = [];
  let level = [''];
  while (level.length > 0) {
    const below: string[] = [];
    await each(level, (spelled) => readFolder(folder, spelled, skip, { below, found }, tree));
    level = below;
  }
  const files: TreeFile[] = [];
  await each(found, (spelled) =>
    stat(join(folder, spelled), { bigint: true }).then(
      (stats) => void (stats.isFile() && files.push(fileOf(folder, spelled, stats))),
      (error) => void tree.unreadable.set(spelled.normalize('NFC'), reasonOf(error)),
    ),
  );
  // Answers come in any order; what follows should not depend on it.
  files.sort((a, b) => (a.spelled < b.spelled ? -1 : 1));
  tree.folders.sort((a, b) => (a.spelled < b.spelled ? -1 : 1));
  apart(files, tree);
  return tree;
}

/** Runs over all of them, a few at a time. */
async function each<Thing>(things: readonly Thing[], run: (thing: Thing) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < things.length; at = next++) await run(things[at]!);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, things.length) }, worker));
}

async function readFolder(
  root: string,
  spelled: string,
  skip: ReadonlySet<string>,
  into: { below: string[]; found: string[] },
  tree: Tree,
): Promise<void> {
  try {
    const place = join(root, spelled);
    const { mtimeNs } = await stat(place, { bigint: true });
    tree.folders.push({ path: spelled.normalize('NFC'), spelled, mtime: mtimeNs });
    for (const entry of await readdir(place, { withFileTypes: true })) {
      const at = spelled === '' ? entry.name : `${spelled}/${entry.name}`;
      if (skip.has(at.normalize('NFC'))) continue;
      if (entry.isFile() || entry.isSymbolicLink()) into.found.push(at);
      else if (entry.isDirectory() && !isLitter(entry.name)) into.below.push(at);
    }
  } catch (error) {
    tree.unreadable.set(spelled.normalize('NFC'), reasonOf(error));
  }
}

function fileOf(root: string, spelled: string, found: BigIntStats): TreeFile {
  return {
    path: spelled.normalize('NFC'),
    spelled,
    file: join(root, spelled),
    size: Number(found.size),
    mtime: found.mtimeNs,
    drive: String(found.dev),
    identity: `${found.dev}:${found.ino}`,
    litter: isLitter(fileName(spelled)),
  };
}

/** Lists from files. Two names that differ only in how accents are stored are two files and one path: the second is said, not merged. */
function apart(files: TreeFile[], tree: Tree): void {
  const seen = new Set<string>();
  for (const file of files) {
    if (!seen.has(file.path)) {
      seen.add(file.path);
      (isList(file.path) ? tree.lists : tree.files).push(file);
      continue;
    }
    tree.issues.push({
      code: 'verify-same-name',
      severity: 'error',
      at: file.path,
      clips: [file.path],
      message: `Two files are both called ${file.path}: their names differ only in how accents are stored. One of them is not verified.`,
      fix: 'rename one of the two',
    });
  }
}

export function isList(path: string): boolean {
  return (
    /\.mhl$/i.test(path) || path === `${LIST_FOLDER}/${CHAIN}` || path.endsWith(`/${LIST_FOLDER}/${CHAIN}`)
  );
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'it is a link to something that is not there' : (code ?? message);
}
