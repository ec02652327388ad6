/** The desk in Node: manifest, roots, disk facts and cuts, straight from this machine's drives. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { partId } from '../../manifest/cards/group/files.ts';
import type { DiskFact } from '../../manifest/checks/check.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Desk, OpenedHandoff } from '../desk.ts';
import { keepChoices, readChoices } from './choices.ts';
import { readCutOf } from './cut-read.ts';
import { writeCut } from './cuts.ts';
import { editHandoff } from './edit.ts';
import { glance } from './glance.ts';
import { closeJournal, intendJournal, keepJournal, unfinishedJournals } from './journal.ts';
import { locator, readRoots } from './roots.ts';
import { appendHistory, readHandoff } from './store.ts';
import { interruptedRecord, receiptRecord, takeUpJournals } from './take-up.ts';
import { keepWitness } from './witness.ts';

/** `overrides` say where roots lie, over what is remembered. */
export function localDesk(overrides: Record<string, string> = {}): Desk {
  return {
    open: (path) => openWithJournals(path, overrides),
    glance: (path) => glance(resolve(path)),
    keep: (path, receipt) => keepJournal(resolve(path), receipt),
    intend: (path, receiptId, pending) => intendJournal(resolve(path), receiptId, pending),
    async settle(path, receipt) {
      const manifest = resolve(path);
      await takeUpJournals(manifest);
      const { revision } = await appendHistory(manifest, receiptRecord(receipt));
      await closeJournal(manifest, receipt.id);
      return { revision };
    },
    async record(path, record) {
      const { revision } = await appendHistory(resolve(path), record);
      return { revision };
    },
    edit: (path, edits) => editHandoff(resolve(path), edits),
    keepChoices: (path, choices) => keepChoices(resolve(path), choices),
    writeCut: (path, request) => writeCut(resolve(path), request),
    readCut: (path, file) => readCutOf(resolve(path), file),
    witness: (path, witness) => keepWitness(resolve(path), witness),
  };
}

export async function openHandoff(
  path: string,
  overrides: Record<string, string> = {},
): Promise<OpenedHandoff> {
  const manifest = resolve(path);
  const { handoff, issues } = await readHandoff(manifest);
  if (!handoff) return { path: manifest, handoff, issues, roots: {}, facts: {}, files: {} };
  const names = handoff.roots.map((root) => root.name);
  const found: Issue[] = [...issues];
  const roots = await readRoots(manifest, names, overrides, (issue) => found.push(issue));
  const { disk, files } = await lookAtDisk(handoff, roots);
  const choices = await readChoices(manifest, (issue) => found.push(issue));
  return { path: manifest, handoff, issues: found, roots, facts: { disk }, files, choices };
}

/** With what killed imports left behind in the history, so that planning knows what was written; nothing is changed on disk. */
async function openWithJournals(path: string, overrides: Record<string, string>): Promise<OpenedHandoff> {
  const opened = await openHandoff(path, overrides);
  if (!opened.handoff) return opened;
  const left = (await unfinishedJournals(opened.path, undefined, { ownToo: true })).map(interruptedRecord);
  if (left.length === 0) return opened;
  return { ...opened, handoff: { ...opened.handoff, history: [...opened.handoff.history, ...left] } };
}

/** How many files are looked at together. */
const AT_ONCE = 32;

const sizeOf = (path: string) =>
  stat(path).then(
    (found) => found.size,
    () => null,
  );

async function lookAtDisk(handoff: Handoff, roots: Record<string, string>) {
  const disk: Record<string, DiskFact> = {};
  const files: Record<string, string> = {};
  const locate = locator();
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < handoff.clips.length; at = next++) {
      const clip = handoff.clips[at]!;
      const root = roots[clip.root];
      if (root === undefined) continue;
      const { path } = await locate(root, clip.path);
      files[clip.id] = path;
      const fact: DiskFact = { size: await sizeOf(path) };
      disk[clip.id] = fact;
      for (const further of [...(clip.parts ?? []), ...(clip.sidecars ?? [])]) {
        const beside = typeof further === 'string' ? further : further.path;
        if (beside === clip.path) continue;
        const place = (await locate(root, beside)).path;
        (fact.further ??= {})[beside] = await sizeOf(place);
        if (typeof further !== 'string') files[partId(clip.id, further.number)] = place;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { disk, files };
}
