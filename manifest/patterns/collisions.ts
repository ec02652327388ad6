/** Refuses every rename that would meet another file: two that want one name, or a name that is taken and stays so. */
import type { Handoff } from '../documents/handoff.ts';
import { fileName } from '../documents/paths.ts';
import { folderKey, folderOf, type Folders } from './companions.ts';
import type { ClipRename, FileRename, Refusal } from './rename.ts';

const filesOf = (rename: ClipRename): FileRename[] => [rename, ...rename.along];

/** Names that one system holds apart and another does not are one name: case, and how accents are stored. */
const sameName = (root: string, path: string) => `${root}\n${path.normalize('NFC').toLowerCase()}`;

/**
 * Whole clips are refused, never a file of one. What is refused keeps its name, which may stand in another's way: looked at again until
 * nothing changes. Where two want one name both are refused: nobody knows which is right.
 */
export function settleCollisions(
  renames: ClipRename[],
  handoff: Handoff,
  folders: Folders,
): { renames: ClipRename[]; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const there = filesThere(handoff, folders);
  for (let left = renames; ;) {
    const found = collisions(left, there);
    for (const [rename, message] of sameNames(left, handoff))
      if (!found.has(rename)) found.set(rename, message);
    if (found.size === 0) return { renames: left, refused };
    refused.push(
      ...[...found].map(([{ clip, root, from }, message]): Refusal => {
        return { clip, root, path: from, code: 'collision', missing: [], message };
      }),
    );
    left = left.filter((rename) => !found.has(rename));
  }
}

/** Every file known to lie somewhere, by what it shares its name with; more than one where a system holds them apart. */
function filesThere(handoff: Handoff, folders: Folders): Map<string, string[]> {
  const there = new Map<string, string[]>();
  const add = (root: string, path: string) => {
    const key = sameName(root, path);
    const list = there.get(key);
    if (!list) there.set(key, [path]);
    else if (!list.includes(path)) list.push(path);
  };
  for (const [key, names] of folders) {
    const [root, folder] = key.split('\n') as [string, string];
    for (const name of names) add(root, folder ? `${folder}/${name}` : name);
  }
  for (const { root, path } of handoff.clips)
    if (!folders.has(folderKey(root, folderOf(path)))) add(root, path);
  return there;
}

function collisions(renames: ClipRename[], there: Map<string, string[]>): Map<ClipRename, string> {
  const leaving = new Set<string>();
  const wanted = new Map<string, ClipRename[]>();
  for (const rename of renames)
    for (const { from, to } of filesOf(rename)) {
      leaving.add(`${rename.root}\n${from}`);
      const key = sameName(rename.root, to);
      const list = wanted.get(key);
      if (list) list.push(rename);
      else wanted.set(key, [rename]);
    }
  const found = new Map<ClipRename, string>();
  for (const rename of renames)
    for (const { from, to } of filesOf(rename)) {
      if (found.has(rename)) break;
      const key = sameName(rename.root, to);
      const stays = (there.get(key) ?? []).find(
        (path) => !leaving.has(`${rename.root}\n${path}`) && path !== from,
      );
      const rival = wanted.get(key)!.find((other) => other !== rename);
      if (stays !== undefined)
        found.set(
          rename,
          `${fileName(to)} is there already${stays === to ? '' : `, as ${fileName(stays)}`}, and is never overwritten`,
        );
      else if (rival)
        found.set(
          rename,
          `${fileName(to)} would be the name of ${fileName(rival.from)} too; log what tells them apart`,
        );
      else if (wanted.get(key)!.length > 1)
        found.set(rename, `two of its own files would be called ${fileName(to)}`);
    }
  return found;
}

/**
 * Two clips of one name in two folders are allowed by every drive, and mixed up by every editor that relinks by name. Copies of one clip may
 * share theirs.
 */
function sameNames(renames: ClipRename[], handoff: Handoff): Map<ClipRename, string> {
  const byClip = new Map(renames.map((rename) => [rename.clip, rename]));
  const copyOf = new Map(handoff.clips.map(({ id, duplicateOf }) => [id, duplicateOf?.clip ?? id]));
  const named = new Map<string, string[]>();
  for (const clip of handoff.clips) {
    const name = fileName(byClip.get(clip.id)?.to ?? clip.path)
      .normalize('NFC')
      .toLowerCase();
    named.set(name, [...(named.get(name) ?? []), clip.id]);
  }
  const paths = new Map(handoff.clips.map(({ id, path }) => [id, path]));
  const found = new Map<ClipRename, string>();
  for (const ids of named.values()) {
    if (ids.length === 1) continue;
    for (const id of ids) {
      const rename = byClip.get(id);
      const rival = ids.find((other) => copyOf.get(other) !== copyOf.get(id));
      if (rename && rival !== undefined)
        found.set(
          rename,
          `${fileName(rename.to)} would be the name of ${paths.get(rival)!} too; log what tells them apart`,
        );
    }
  }
  return found;
}
