/** What media hash lists on the roots expect and what lies there, for comparing what came with what was sent. Nothing is hashed. */
import { filesOf } from '../../manifest/cards/group/files.ts';
import type { DriveFacts, PlacedFile } from '../../manifest/checks/check.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { kindOf } from '../../manifest/kinds.ts';
import { gatherEvidence } from '../../manifest/mhl/evidence.ts';
import { memoryHasher } from './hash/engines.ts';
import { readLists } from './hash/lists.ts';
import { isList, readTree } from './hash/tree.ts';
import type { RootPlaces } from './roots.ts';
import { skipOf } from './verify.ts';

/** A root's files as a walk found them. */
export interface WalkedRoot {
  root: string;
  files: { path: string; size: number; file: string }[];
}

/** Walks the roots. A root that is not there holds nothing. */
export async function lookAtDrive(
  manifest: string,
  handoff: Handoff,
  roots: RootPlaces,
): Promise<DriveFacts> {
  const walked: WalkedRoot[] = [];
  for (const { name } of handoff.roots) {
    const place = roots[name];
    if (place === undefined) continue;
    const tree = await readTree(place, skipOf(name, { manifest, roots }));
    walked.push({ root: name, files: [...tree.files.filter(({ litter }) => !litter), ...tree.lists] });
  }
  const facts = await driveFacts(walked);
  return { ...facts, unknown: unknownMedia(handoff, walked) };
}

/** The same of files that were found already; `unknown` is empty, for whoever walks takes in what is new. */
export async function driveFacts(walked: readonly WalkedRoot[]): Promise<DriveFacts> {
  const facts: DriveFacts = { lists: [], listed: [], unlisted: [], apart: [], unknown: [], issues: [] };
  const digestOf = await memoryHasher();
  for (const { root, files } of walked) {
    const { lists, issues } = await readLists(
      files.filter(({ path }) => isList(path)),
      digestOf,
    );
    facts.issues.push(...issues);
    if (lists.length === 0) continue;
    facts.lists.push(...lists.map((list) => list.name));
    const { evidence, issues: conflicts } = gatherEvidence(lists);
    facts.issues.push(...conflicts);
    const sizes = new Map(files.map(({ path, size }) => [path, size]));
    const firstList = new Map<string, string>();
    for (const { name, folder, document } of lists)
      for (const { path } of document.files) {
        const key = folder === '' ? path : `${folder}/${path}`;
        if (!firstList.has(key)) firstList.set(key, name);
      }
    for (const [path, { size }] of evidence.listed) {
      const list = firstList.get(path) ?? lists[0]!.name;
      facts.listed.push({ root, path, list, size, found: sizes.get(path) ?? null });
    }
    for (const { path, size } of files) {
      if (isList(path) || evidence.listed.has(path) || evidence.ignored(path)) continue;
      (evidence.covers(path) ? facts.unlisted : facts.apart).push({ root, path, size });
    }
  }
  return facts;
}

/** Picture, sound, graphics and music that no clip is made of; documents come and go. */
function unknownMedia({ clips }: Handoff, walked: readonly WalkedRoot[]): PlacedFile[] {
  const known = new Set(clips.flatMap((clip) => filesOf(clip).map(({ path }) => `${clip.root}\n${path}`)));
  return walked.flatMap(({ root, files }) =>
    files.flatMap(({ path, size }): PlacedFile[] => {
      const kind = kindOf(path);
      const isMedia = kind !== null && kind !== 'document' && kind !== 'transcript';
      return isMedia && !known.has(`${root}\n${path}`) ? [{ root, path, size }] : [];
    }),
  );
}
