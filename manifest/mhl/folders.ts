/**
 * Folder hashes of ASC MHL. Content: the hash over the sorted digests of what lies in a folder. Structure: the same over the hash of
 * each name and digest together, so that a renamed file shows too.
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { digestBytes, type HashAlgorithm } from './digest.ts';
import type { MhlDocument, MhlFile } from './mhl.ts';

/** Hashes bytes in memory; the digest in the form of digest.ts. */
export type DigestOf = (algorithm: HashAlgorithm, bytes: Uint8Array) => string;

export interface FolderHash {
  content: string;
  structure: string;
}

interface Folder {
  files: { name: string; digest: string }[];
  below: Set<string>;
}

/**
 * The hashes of every folder, '' being the top. `files` give their digest in `algorithm`, `folders` name those to be there even where
 * empty, `given` those whose content is not listed because a list of their own speaks for them.
 */
export function folderHashes(
  files: { path: string; digest: string }[],
  folders: Iterable<string>,
  algorithm: HashAlgorithm,
  digestOf: DigestOf,
  given: ReadonlyMap<string, FolderHash> = new Map(),
): Map<string, FolderHash> {
  const tree = new Map<string, Folder>([['', { files: [], below: new Set() }]]);
  for (const folder of [...folders, ...given.keys()]) folderIn(tree, folder);
  for (const { path, digest } of files) {
    const slash = path.lastIndexOf('/');
    folderIn(tree, path.slice(0, Math.max(slash, 0))).files.push({ name: path.slice(slash + 1), digest });
  }
  const hashes = new Map<string, FolderHash>();
  const inward = [...tree.keys()].map((path) => ({ path, depth: depth(path) }));
  inward.sort((a, b) => b.depth - a.depth);
  for (const { path } of inward)
    hashes.set(path, given.get(path) ?? hashOf(tree.get(path)!, hashes, algorithm, digestOf));
  return hashes;
}

function folderIn(tree: Map<string, Folder>, path: string): Folder {
  const known = tree.get(path);
  if (known) return known;
  const folder: Folder = { files: [], below: new Set() };
  tree.set(path, folder);
  folderIn(tree, path.slice(0, Math.max(path.lastIndexOf('/'), 0))).below.add(path);
  return folder;
}

function depth(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}

function hashOf(
  folder: Folder,
  known: Map<string, FolderHash>,
  algorithm: HashAlgorithm,
  digestOf: DigestOf,
): FolderHash {
  const content: string[] = [];
  const structure: string[] = [];
  const named = (name: string, digest: string) =>
    digestOf(algorithm, joined([utf8ToBytes(name), digestBytes(algorithm, digest)]));
  for (const { name, digest } of folder.files) {
    content.push(digest);
    structure.push(named(name, digest));
  }
  for (const path of folder.below) {
    const hash = known.get(path)!;
    content.push(hash.content);
    structure.push(named(path.slice(path.lastIndexOf('/') + 1), hash.structure));
  }
  const over = (digests: string[]) =>
    digestOf(algorithm, joined(digests.sort().map((digest) => digestBytes(algorithm, digest))));
  return { content: over(content), structure: over(structure) };
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/**
 * Folders whose hash does not fit the entries the list holds for them, the innermost of each branch: an entry was taken out or changed
 * after the list was made. Empty where the list has no folder hashes, or not every file in their algorithm.
 */
export function unfitFolders(document: MhlDocument, digestOf: DigestOf): string[] {
  const algorithm = document.folders[0]?.content[0]?.algorithm;
  if (!algorithm || document.legacy) return [];
  const files: { path: string; digest: string }[] = [];
  for (const file of document.files) {
    const digest = digestIn(file, algorithm);
    if (digest === undefined) return [];
    files.push({ path: file.spelled ?? file.path, digest });
  }
  const listed = listedFolders(document, algorithm);
  const children = new Set(document.references.map((each) => each.path.split('/').slice(0, -2).join('/')));
  const given = new Map([...listed].filter(([path]) => path !== '' && children.has(path)));
  const hashes = folderHashes(files, listed.keys(), algorithm, digestOf, given);
  const unfit = [...listed]
    .filter(
      ([path, said]) =>
        said.content !== hashes.get(path)!.content || said.structure !== hashes.get(path)!.structure,
    )
    .map(([path]) => path);
  const above = new Set(unfit.flatMap(foldersAbove));
  return unfit.filter((path) => !above.has(path));
}

function digestIn(file: MhlFile, algorithm: HashAlgorithm): string | undefined {
  return file.hashes.find((hash) => hash.algorithm === algorithm)?.digest;
}

function listedFolders(document: MhlDocument, algorithm: HashAlgorithm): Map<string, FolderHash> {
  const listed = new Map<string, FolderHash>();
  for (const folder of document.folders) {
    const content = folder.content.find((hash) => hash.algorithm === algorithm)?.digest;
    const structure = folder.structure.find((hash) => hash.algorithm === algorithm)?.digest;
    if (content !== undefined && structure !== undefined)
      listed.set(folder.spelled ?? folder.path, { content, structure });
  }
  return listed;
}

/** `a/b/c` → '', `a`, `a/b`. */
export function foldersAbove(path: string): string[] {
  if (path === '') return [];
  const parts = path.split('/');
  return parts.map((_, length) => parts.slice(0, length).join('/'));
}

/** Whether a path lies in a folder; everything lies in ''. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' ? path !== '' : path.startsWith(`${folder}/`);
}
