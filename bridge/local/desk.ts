/** The desk in Node: manifest, roots, disk facts and cuts, straight from this machine's drives. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DiskFact } from '../../manifest/checks/check.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Desk, OpenedHandoff } from '../desk.ts';
import { writeCut } from './cuts.ts';
import { locator, readRoots } from './roots.ts';
import { appendHistory, readHandoff } from './store.ts';

/** `overrides` say where roots lie, over what is remembered. */
export function localDesk(overrides: Record<string, string> = {}): Desk {
  return {
    open: (path) => openHandoff(path, overrides),
    async record(path, record) {
      const { revision } = await appendHistory(resolve(path), record);
      return { revision };
    },
    writeCut: (path, request) => writeCut(resolve(path), request),
  };
}

export interface LocalHandoff extends OpenedHandoff {
  /** Absolute path of each clip as the drive spells it, by clip id. */
  files: Map<string, string>;
}

export async function openHandoff(
  path: string,
  overrides: Record<string, string> = {},
): Promise<LocalHandoff> {
  const manifest = resolve(path);
  const { handoff, issues } = await readHandoff(manifest);
  if (!handoff) return { path: manifest, handoff, issues, roots: {}, facts: {}, files: new Map() };
  const names = handoff.roots.map((root) => root.name);
  const found: Issue[] = [...issues];
  const roots = await readRoots(manifest, names, overrides, (issue) => found.push(issue));
  const { disk, files } = await lookAtDisk(handoff, roots);
  return { path: manifest, handoff, issues: found, roots, facts: { disk }, files };
}

/** How many files are looked at together. */
const AT_ONCE = 32;

async function lookAtDisk(handoff: Handoff, roots: Record<string, string>) {
  const disk: Record<string, DiskFact> = {};
  const files = new Map<string, string>();
  const locate = locator();
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < handoff.clips.length; at = next++) {
      const clip = handoff.clips[at]!;
      const root = roots[clip.root];
      if (root === undefined) continue;
      const { path } = await locate(root, clip.path);
      files.set(clip.id, path);
      disk[clip.id] = {
        size: await stat(path).then(
          (found) => found.size,
          () => null,
        ),
      };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { disk, files };
}
