/** One root with its copies as they lie on disk: files, lists and what the lists say, ready to be planned and judged. */
import { filesOf } from '../../../manifest/cards/group/files.ts';
import type { Handoff } from '../../../manifest/documents/handoff.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import { gatherEvidence, type Evidence } from '../../../manifest/mhl/evidence.ts';
import { foldersAbove, type DigestOf } from '../../../manifest/mhl/folders.ts';
import type { RootCase } from '../../../manifest/verify.ts';
import { readLists, type Lists } from './lists.ts';
import { LIST_FOLDER, readTree, type Tree, type TreeFile, type TreeFolder } from './tree.ts';

export interface FoundPlace {
  name: string;
  /** Absolute. */
  folder: string;
  /** What is part of the copy. */
  files: TreeFile[];
  folders: TreeFolder[];
  lists: Lists;
  /** Files that are not: the system's own, and what lists say to ignore. */
  passedOver: number;
  /** Whether legacy lists lie there that no list names. */
  legacyAside: boolean;
}

export interface FoundCase {
  root: RootCase;
  places: FoundPlace[];
  /** Paths in manifest form that are no part of the root. */
  skip: ReadonlySet<string>;
  issues: Issue[];
}

export async function gatherCase(
  root: string,
  handoff: Handoff,
  at: { name: string; folder: string }[],
  skip: ReadonlySet<string>,
  digestOf: DigestOf,
): Promise<FoundCase> {
  const issues: Issue[] = [];
  const trees: { tree: Tree; lists: Lists }[] = [];
  for (const { name, folder } of at) {
    const tree = await readTree(folder, skip);
    const lists = await readLists(tree.lists, digestOf);
    issues.push(
      ...[...tree.issues, ...lists.issues].map((issue) => ({ ...issue, at: `${name}: ${issue.at}` })),
    );
    trees.push({ tree, lists });
  }
  const { evidence, issues: conflicts } = gatherEvidence(distinct(trees.flatMap(({ lists }) => lists.lists)));
  issues.push(...conflicts, ...ownFiles(root, evidence, skip));
  const clips = new Map<string, number | null>();
  for (const clip of handoff.clips)
    if (clip.root === root) for (const { path, size } of filesOf(clip)) clips.set(path, size);
  for (const each of handoff.transcripts) if (each.root === root) clips.set(each.path, null);
  const places = trees.map(({ tree, lists }, index) => foundPlace(at[index]!, tree, lists, evidence, clips));
  const asked = places.map(({ name, files }, index) => ({
    name,
    files: new Map(files.map(({ path, size, identity }) => [path, { size, identity }])),
    unreadable: trees[index]!.tree.unreadable,
  }));
  return { root: { root, places: asked, clips, evidence }, places, skip, issues };
}

/** A list that was copied along with the media speaks once. */
function distinct<List extends { name: string; c4: string }>(lists: List[]): List[] {
  return [...new Map(lists.map((list) => [`${list.c4} ${list.name}`, list])).values()];
}

/** What is part of the copy: all that a list or the manifest names, and the rest but for litter and what lists say to ignore. */
function foundPlace(
  { name, folder }: { name: string; folder: string },
  tree: Tree,
  lists: Lists,
  evidence: Evidence,
  clips: ReadonlyMap<string, number | null>,
): FoundPlace {
  const named = (path: string) => evidence.listed.has(path) || clips.has(path);
  const kept = tree.files.filter(({ path, litter }) => named(path) || (!litter && !evidence.ignored(path)));
  // A list is a file like others where another list names it.
  const listed = tree.lists.filter(({ path }) => named(path));
  const files = [...kept, ...listed].sort((a, b) => (a.path < b.path ? -1 : 1));
  const isListFolder = (path: string) => path === LIST_FOLDER || path.endsWith(`/${LIST_FOLDER}`);
  const held = new Set(
    [...files.map((file) => file.path), ...lists.histories.map((each) => `${each.folder}/`)].flatMap(
      foldersAbove,
    ),
  );
  // What a folder's pattern hides is asked through a file in it, whose name no pattern means.
  const isHidden = (path: string) => isListFolder(path) || evidence.ignored(`${path}/\u0001`);
  const folders = tree.folders.filter(({ path }) => path === '' || held.has(path) || !isHidden(path));
  const legacyAside = lists.lists.some((list) => list.document.legacy && !named(list.name));
  return { name, folder, files, folders, lists, passedOver: tree.files.length - kept.length, legacyAside };
}

/** Baton writes these itself, so no list can hold them still. */
function ownFiles(root: string, { listed }: Evidence, skip: ReadonlySet<string>): Issue[] {
  const own = [...listed.keys()].filter((path) =>
    [...skip].some((each) => path === each || path.startsWith(`${each}/`)),
  );
  for (const path of own) listed.delete(path);
  if (own.length === 0) return [];
  const message = `A list names ${own.length === 1 ? own[0] : `${own.length} files`} of Baton's own, which change with every write; they are not compared.`;
  return [{ code: 'mhl-own-file', severity: 'note', at: root, clips: [], message }];
}
