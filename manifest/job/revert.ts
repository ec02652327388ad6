/** The plan of a revert job: which imports into Resolve are still open, and what taking them back comes to. */
import type { Handoff } from '../documents/handoff.ts';
import { STEP_KINDS, type Plan } from '../documents/plan.ts';
import type { Receipt } from '../documents/receipt.ts';
import { readReceipt } from '../documents/schemas.ts';
import type { ProjectSnapshot } from '../documents/snapshot.ts';
import { countKinds } from '../plan/step.ts';
import { newestImport, revertable, revertPlan, type ImportedItems } from '../revert.ts';
import { projectAsLeft } from './left.ts';

export interface RevertJob {
  plan: Plan;
  project: Receipt['project'];
  receipts: Receipt[];
}

/** Receipts of imports into Resolve that are not taken back, oldest first, of every project. */
export function openInResolve(handoff: Handoff): Receipt[] {
  const projects = new Set<string>();
  for (const record of handoff.history) {
    const receipt = readReceipt(record['receipt']);
    if (receipt?.host.editor === 'resolve') projects.add(receipt.project.id);
  }
  return [...projects]
    .flatMap((id) => revertable(handoff, id))
    .filter((receipt) => receipt.host.editor === 'resolve')
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/**
 * `which` is a receipt's id, `last`, or `all` of one project: the snapshot's, else the one imported into last. Null where there
 * is no such receipt. Without a snapshot the plan is made against what the receipts say they left.
 */
export function revertJob(
  open: Receipt[],
  { which, imported, snapshot }: { which: string; imported: ImportedItems; snapshot: ProjectSnapshot | null },
): RevertJob | null {
  const last = open[open.length - 1];
  const id = snapshot ? snapshot.project.id : last?.project.id;
  const ofProject = open.filter((receipt) => receipt.project.id === id);
  const picked =
    which === 'all'
      ? ofProject
      : which === 'last'
        ? newestImport(ofProject)
        : open.filter((receipt) => receipt.id === which && (!snapshot || receipt.project.id === id));
  const [first, ...more] = picked;
  if (!first) return null;
  const plan = snapshot
    ? revertPlan(picked, snapshot, { imported })
    : unseenPlan(picked, projectAsLeft([first, ...more]), imported);
  return { plan, project: picked[picked.length - 1]!.project, receipts: picked };
}

/** Whether an item may be removed shows in Resolve only: for one that stays, the plan says what goes back on it as well. */
function unseenPlan(receipts: Receipt[], left: ProjectSnapshot, imported: ImportedItems): Plan {
  const made = revertPlan(receipts, left, { imported });
  if (imported !== 'remove') return made;
  const known = new Set(made.steps.map((step) => step.id));
  const stays = revertPlan(receipts, left, { imported: 'keep' }).steps.filter((step) => !known.has(step.id));
  const steps = [...made.steps, ...stays].sort(
    (a, b) => STEP_KINDS.indexOf(a.kind) - STEP_KINDS.indexOf(b.kind),
  );
  return { ...made, steps, counts: { ...made.counts, ...countKinds(steps) } };
}
