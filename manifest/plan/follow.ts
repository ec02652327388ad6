/**
 * Bins that the editor renamed or moved: a bin that Baton made is known by the editor's id of it, from the receipts, wherever it lies and
 * whatever it is called now. Everything meant for its old path goes there.
 */
import type { BinPath } from '../documents/plan.ts';
import type { Receipt } from '../documents/receipt.ts';
import { readReceipt } from '../documents/schemas.ts';
import type { HistoryRecord } from '../documents/handoff.ts';
import type { ProjectSnapshot } from '../documents/snapshot.ts';
import { sameBin } from './base.ts';

export interface Follower {
  /** Where what belongs in this bin goes now; the path itself where nothing of it is known under another name. */
  now(bin: BinPath): BinPath;
  /** What has become of it, as a sentence with a space before it; '' where it is as Baton made it. */
  told(bin: BinPath): string;
}

const key = (bin: BinPath) => JSON.stringify(bin);

/** The receipts of this project in a manifest's history, oldest first. */
export function receiptsOf(history: HistoryRecord[], projectId: string): Receipt[] {
  return history.flatMap((record) => {
    const receipt = readReceipt(record['receipt']);
    return receipt && receipt.project.id === projectId ? [receipt] : [];
  });
}

export function binFollower(receipts: Receipt[], snapshot: ProjectSnapshot): Follower {
  const made = new Map<string, string>();
  for (const step of receipts.flatMap((receipt) => receipt.steps)) {
    if (step.result !== 'verified' || !('bin' in step.target)) continue;
    if (step.kind === 'make-bin' && step.item !== undefined) made.set(key(step.target.bin), step.item);
    if (step.kind === 'remove-bin') made.delete(key(step.target.bin));
  }
  const byId = new Map(snapshot.bins.map(({ id, path }) => [id, path]));
  /** Of a bin that Baton made and that is still there. */
  const known = (bin: BinPath): BinPath | undefined => {
    const id = made.get(key(bin));
    return id === undefined ? undefined : byId.get(id);
  };
  const now = (bin: BinPath): BinPath => {
    if (bin.length === 0) return bin;
    return known(bin) ?? [...now(bin.slice(0, -1)), bin[bin.length - 1]!];
  };
  return {
    now,
    told(bin) {
      const told: string[] = [];
      for (let depth = 1; depth <= bin.length; depth++) {
        const was = bin.slice(0, depth);
        const is = known(was);
        const above = now(was.slice(0, -1));
        if (!is || sameBin(is, [...above, was[depth - 1]!])) continue;
        const place = sameBin(is.slice(0, -1), above) ? is[is.length - 1]! : is.join('/');
        told.push(` ${was.join('/')} is called ${place} now.`);
      }
      return told.join('');
    },
  };
}
