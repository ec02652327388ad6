/**
 * Taking an import back, as a plan like any other: what Baton wrote goes back to what stood there before, and only where it
 * still is what Baton wrote. What the editor changed since stays and is said; what cannot be taken back stands first, in
 * `blocked`. Asks nothing of the editor.
 */
import type { Handoff } from './documents/handoff.ts';
import { comparablePath } from './documents/paths.ts';
import { STEP_KINDS } from './documents/plan.ts';
import type { BinPath, Blocked, Kept, Plan } from './documents/plan.ts';
import type { Receipt, ReceiptStep } from './documents/receipt.ts';
import { readReceipt } from './documents/schemas.ts';
import type { ProjectSnapshot } from './documents/snapshot.ts';
import { binFollower, type Follower } from './plan/follow.ts';
import { countKinds, withId, type BareStep } from './plan/step.ts';
import { binsToRemove, isSameOrBelow } from './revert/bins.ts';
import { revertClip } from './revert/clip.ts';
import { undone, type WrittenClip } from './revert/undone.ts';

/**
 * What becomes of items that Baton imported. `gather`: they go into the bin `_Reverted`, so that a sequence that uses one
 * keeps it. `remove`: they leave the project. `keep`: they stay where they are, without Baton's notes and labels.
 */
export type ImportedItems = 'gather' | 'remove' | 'keep';

export interface RevertOptions {
  imported: ImportedItems;
}

export const REVERTED_BIN: BinPath = ['_Reverted'];

/** `receipts` are of this project, oldest first. */
export function revertPlan(
  receipts: Receipt[],
  snapshot: ProjectSnapshot,
  { imported }: RevertOptions,
): Plan {
  const [steps, blocked, kept]: [BareStep[], Blocked[], Kept[]] = [[], [], []];
  const what = undone(receipts);
  let unchanged = 0;
  const follow = binFollower(receipts, snapshot);
  const items = new Map(snapshot.items.map((item) => [item.id, item]));
  for (const written of what.clips) {
    const { clip, path } = written.target;
    const { file } = written.target;
    // An import that was interrupted has no id yet: the project had no such file before it, so the one with its path is the one.
    const item =
      written.item !== undefined
        ? items.get(written.item)
        : snapshot.items.find(
            (each) => each.file !== null && comparablePath(each.file) === comparablePath(file),
          );
    if (!item) {
      blocked.push({ clip, path, why: 'It is no longer in the project, so there is nothing to take back.' });
      continue;
    }
    const made = revertClip(followed(written, follow), item, imported);
    steps.push(...made.steps);
    kept.push(...made.kept);
    if (made.steps.length === 0) unchanged++;
  }
  for (const step of what.unsure) blocked.push(unsureBlock(step));
  steps.push(...neededBins(steps, snapshot));
  const bins = binsToRemove(what.bins, snapshot, steps);
  steps.push(...bins.steps);
  const all = steps.map(withId).sort((a, b) => STEP_KINDS.indexOf(a.kind) - STEP_KINDS.indexOf(b.kind));
  return {
    kind: 'plan',
    version: 1,
    manifest: receipts[receipts.length - 1]?.plan ?? '',
    reverts: receipts.map((receipt) => receipt.id),
    steps: all,
    blocked,
    kept,
    counts: { ...countKinds(all), blocked: blocked.length, kept: kept.length, unchanged },
  };
}

/** Receipts of this project that were written and not taken back since, oldest first. `id` names one of them. */
export function revertable(handoff: Handoff, projectId: string, id?: string): Receipt[] {
  const taken = new Set<string>();
  const found: Receipt[] = [];
  for (const record of handoff.history) {
    const receipt = readReceipt(record['receipt']);
    if (!receipt || receipt.project.id !== projectId) continue;
    if (!receipt.reverts) found.push(receipt);
    else if (isWhole(receipt)) for (const each of receipt.reverts) taken.add(each);
  }
  return found.filter((receipt) => (id === undefined || receipt.id === id) && !taken.has(receipt.id));
}

/**
 * The newest receipt of this project, where it brought a handoff in, ended before its time, and something of it is still
 * planned; else null.
 */
export function interrupted(handoff: Handoff, projectId: string, plan: Plan): Receipt | null {
  for (let index = handoff.history.length - 1; index >= 0; index--) {
    const receipt = readReceipt(handoff.history[index]!['receipt']);
    if (!receipt || receipt.project.id !== projectId) continue;
    if (receipt.reverts || receipt.stopped === undefined) return null;
    return isStillPlanned(receipt, plan) ? receipt : null;
  }
  return null;
}

/** By what it was to be done to: an item that came in meanwhile changes a step's id. */
function isStillPlanned(receipt: Receipt, plan: Plan): boolean {
  const left = receipt.steps.filter((step) => step.result !== 'verified');
  // What was killed lists only what it came to.
  if (left.length === 0) return plan.steps.length > 0;
  const open = new Set(plan.steps.map(whatAndWhere));
  return left.some((step) => open.has(whatAndWhere(step)));
}

function whatAndWhere({ kind, target }: Pick<ReceiptStep, 'kind' | 'target'>): string {
  return JSON.stringify([kind, 'clip' in target ? target.clip : target.bin]);
}

/** The newest import with the parts before it that were stopped and that it went on with, oldest first. `receipts` likewise. */
export function newestImport(receipts: Receipt[]): Receipt[] {
  let first = receipts.length - 1;
  while (
    first > 0 &&
    receipts[first - 1]!.stopped !== undefined &&
    receipts[first - 1]!.plan === receipts[first]!.plan
  )
    first--;
  return receipts.slice(Math.max(first, 0));
}

/** A revert that stopped or failed half way leaves its receipts open, so that the rest can follow. What it left is done with. */
export function isWhole(receipt: Receipt): boolean {
  return (
    receipt.stopped === undefined && receipt.steps.every((step) => step.result === 'verified' || step.left)
  );
}

/** An item in a bin that the editor renamed was not moved. */
function followed(written: WrittenClip, { now }: Follower): WrittenClip {
  if (!written.bin) return written;
  const { before, after } = written.bin;
  return { ...written, bin: { before: before && now(before), after: now(after) } };
}

function unsureBlock(step: ReceiptStep): Blocked {
  const path = 'clip' in step.target ? step.target.path : step.target.bin.join('/');
  const clip = 'clip' in step.target ? step.target.clip : '';
  return {
    clip,
    path,
    why: `Whether its ${step.kind} was written was never confirmed, and what stood there before is not known: look at it by hand.`,
  };
}

/** The bins that items go back to, where they have gone since. */
function neededBins(steps: BareStep[], snapshot: ProjectSnapshot): BareStep[] {
  const have = new Set(snapshot.bins.map((bin) => JSON.stringify(bin.path)));
  const made: BareStep[] = [];
  for (const step of steps) {
    if (step.kind !== 'move') continue;
    step.after.bin.forEach((_, depth) => {
      const bin = step.after.bin.slice(0, depth + 1);
      if (have.has(JSON.stringify(bin))) return;
      have.add(JSON.stringify(bin));
      const why = isSameOrBelow(bin, REVERTED_BIN)
        ? 'For the items that Baton imported.'
        : `An item goes back to ${bin.join('/')}.`;
      made.push({ kind: 'make-bin', target: { bin }, after: { bin }, why, undoable: true });
    });
  }
  return made;
}
