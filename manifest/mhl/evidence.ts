/** What all the lists of one root say together: which files there should be, and which hashes they should have. */
import type { Issue } from '../documents/issue.ts';
import type { HashAlgorithm } from './digest.ts';
import { foldersAbove } from './folders.ts';
import { ignores } from './ignore.ts';
import type { MhlDocument, MhlFile } from './mhl.ts';

/** A list with where it was found. */
export interface FoundList {
  /** Path of the list's file in its root, for people. */
  name: string;
  /** The folder it speaks of, relative to the root; '' = the root. */
  folder: string;
  /** ASC MHL: number of the generation; legacy lists have 0. */
  generation: number;
  /** C4 id of the list's file. */
  c4: string;
  document: MhlDocument;
}

export interface EvidenceHash {
  algorithm: HashAlgorithm;
  digest: string;
  /** Name of the list that says so. */
  list: string;
}

export interface Listed {
  /** Bytes; null where no list says. */
  size: number | null;
  /** Distinct ones; two of one algorithm contradict each other, and no file can fit both. */
  hashes: EvidenceHash[];
  /** Kinds of hash that stand there and that Baton cannot compute. */
  unknown: string[];
}

export interface Evidence {
  /** By path in the root. */
  listed: Map<string, Listed>;
  /** Whether some list claims to name every file at such a place. */
  covers(path: string): boolean;
  /** Whether the latest generation of a folder above passes the path over. */
  ignored(path: string): boolean;
}

/** Joins lists in the order of their generations. A hash that failed is no evidence: it is what a file should not have. */
export function gatherEvidence(lists: readonly FoundList[]): { evidence: Evidence; issues: Issue[] } {
  const ordered = [...lists].sort((a, b) => a.generation - b.generation || (a.name < b.name ? -1 : 1));
  const listed = new Map<string, Listed>();
  const issues: Issue[] = [];
  for (const list of ordered) for (const file of list.document.files) addFile(listed, list, file, issues);
  return { evidence: { listed, covers: coverage(ordered), ignored: ignorance(ordered) }, issues };
}

const inFolder = (folder: string, path: string) => (folder === '' ? path : `${folder}/${path}`);

function addFile(listed: Map<string, Listed>, list: FoundList, file: MhlFile, issues: Issue[]): void {
  const path = inFolder(list.folder, file.path);
  const entry = listed.get(path) ??
    renamedFrom(listed, list, file) ?? { size: null, hashes: [], unknown: [] };
  listed.set(path, entry);
  entry.size ??= file.size ?? null;
  entry.unknown.push(...file.unknown);
  for (const { algorithm, digest, action } of file.hashes) {
    if (action === 'failed') continue;
    const same = entry.hashes.filter((hash) => hash.algorithm === algorithm);
    if (same.some((hash) => hash.digest === digest)) continue;
    if (same.length === 1) issues.push(conflict(path, algorithm, same[0]!, { digest, list: list.name }));
    entry.hashes.push({ algorithm, digest, list: list.name });
  }
}

/** A later generation that says where a file was before takes the older entry along. */
function renamedFrom(listed: Map<string, Listed>, list: FoundList, file: MhlFile): Listed | undefined {
  if (file.previousPath === undefined) return undefined;
  const before = inFolder(list.folder, file.previousPath);
  const entry = listed.get(before);
  listed.delete(before);
  return entry;
}

function conflict(
  path: string,
  algorithm: HashAlgorithm,
  first: EvidenceHash,
  second: { digest: string; list: string },
): Issue {
  return {
    code: 'mhl-conflict',
    severity: 'error',
    at: path,
    clips: [path],
    message: `${path}: ${first.list} says ${algorithm} ${first.digest}, ${second.list} says ${second.digest}; a file has one.`,
    fix: 'find out which list was made from the camera original, and move the other away',
  };
}

/**
 * An ASC list names everything in its folder. A legacy list often speaks of one card on a drive of many: it names everything in
 * those folders of its own that it speaks of at all.
 */
function coverage(lists: readonly FoundList[]): Evidence['covers'] {
  const whole = new Set<string>();
  const direct = new Set<string>();
  for (const { folder, document } of lists) {
    if (!document.legacy) whole.add(folder);
    else
      for (const { path } of document.files) {
        const slash = path.indexOf('/');
        if (slash < 0) direct.add(folder);
        else whole.add(inFolder(folder, path.slice(0, slash)));
      }
  }
  return (path) => {
    const above = foldersAbove(path);
    return above.some((folder) => whole.has(folder)) || direct.has(above[above.length - 1] ?? '');
  };
}

function ignorance(lists: readonly FoundList[]): Evidence['ignored'] {
  const latest = new Map<string, string[]>();
  for (const { folder, document } of lists) if (!document.legacy) latest.set(folder, document.ignore);
  const rules = [...latest].map(([folder, patterns]) => ({ folder, matches: ignores(patterns) }));
  return (path) =>
    rules.some(({ folder, matches }) => {
      if (folder === '') return matches(path);
      return path.startsWith(`${folder}/`) && matches(path.slice(folder.length + 1));
    });
}
