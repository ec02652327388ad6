/** Takes imports back in an editor's project, journalled and recorded as an import is. */
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { newestImport, revertable, revertPlan, type ImportedItems } from '../../manifest/revert.ts';
import type { Editor } from '../contract.ts';
import type { OpenedHandoff } from '../desk.ts';
import { carryOut, type ImportOptions } from './import.ts';
import { unfinishedJournals } from './journal.ts';
import { interruptedRecord, takeUpJournals } from './take-up.ts';

export interface RevertRequest {
  /** One receipt's id; `last` = the newest import that is not taken back yet, in all its parts; `all` = every one of this project. */
  receipt: string | 'last' | 'all';
  imported: ImportedItems;
}

/** The dry run. `receipts` is empty where there is nothing to take back. */
export async function planRevert(
  opened: OpenedHandoff & { handoff: Handoff },
  editor: Editor,
  { receipt, imported }: RevertRequest,
): Promise<{ plan: Plan; receipts: Receipt[]; open: Receipt[] }> {
  const snapshot = await editor.snapshot();
  // What a killed import left is taken back as well; that it happened is recorded only when something is done.
  const left = (await unfinishedJournals(opened.path)).map(interruptedRecord);
  const handoff = { ...opened.handoff, history: [...opened.handoff.history, ...left] };
  const open = revertable(handoff, snapshot.project.id);
  const receipts =
    receipt === 'all'
      ? open
      : receipt === 'last'
        ? newestImport(open)
        : open.filter(({ id }) => id === receipt);
  return { plan: revertPlan(receipts, snapshot, { imported }), receipts, open };
}

export async function revertImport(
  opened: OpenedHandoff & { handoff: Handoff },
  editor: Editor,
  request: RevertRequest,
  options: ImportOptions = {},
): Promise<{ plan: Plan; receipts: Receipt[]; open: Receipt[]; receipt: Receipt | null }> {
  const takenUp = (await takeUpJournals(opened.path)).map(interruptedRecord);
  const handoff = { ...opened.handoff, history: [...opened.handoff.history, ...takenUp] };
  const planned = await planRevert({ ...opened, handoff }, editor, request);
  if (planned.receipts.length === 0) return { ...planned, receipt: null };
  return { ...planned, receipt: await carryOut(opened.path, planned.plan, editor, options) };
}
