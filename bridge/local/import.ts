/**
 * One import, from manifest to receipt: takes up what a killed import left behind, plans, applies with a journal after every
 * chunk, and puts the receipt into the manifest's history.
 */
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { plan } from '../../manifest/plan.ts';
import { applyPlan, type ApplyOptions } from '../apply.ts';
import type { Editor } from '../contract.ts';
import type { OpenedHandoff } from '../desk.ts';
import { closeJournal, intendJournal, saveJournal, startJournal } from './journal.ts';
import { appendHistory } from './store.ts';
import { interruptedRecord, receiptRecord, takeUpJournals } from './take-up.ts';

export interface ImportOptions extends Pick<ApplyOptions, 'onProgress' | 'signal' | 'chunk' | 'patience'> {
  /** Saves the editor's project, where that is ours to do. Runs before the journal does: a journal never claims more than is saved. */
  saveProject?(): Promise<void>;
}

export interface Imported {
  plan: Plan;
  receipt: Receipt;
  /** Receipts of earlier imports that were killed, now in the history. */
  takenUp: Receipt[];
}

export async function importHandoff(
  opened: OpenedHandoff & { handoff: Handoff },
  editor: Editor,
  options: ImportOptions = {},
): Promise<Imported> {
  const { path, roots, files } = opened;
  const takenUp = await takeUpJournals(path);
  const history = [...opened.handoff.history, ...takenUp.map(interruptedRecord)];
  const { importable } = await editor.about();
  const made = plan({ ...opened.handoff, history }, await editor.snapshot(), {
    roots,
    importable,
    ...(opened.choices?.bins ? { policy: opened.choices.bins } : {}),
    ...(opened.choices?.flags ? { flags: opened.choices.flags } : {}),
    fileOf: (clip) => files[clip.id],
  });
  return { plan: made, receipt: await carryOut(path, made, editor, options), takenUp };
}

/** Applies with a journal and records the receipt. A plan with nothing in it leaves no trace: applying twice changes nothing. */
export async function carryOut(
  path: string,
  made: Plan,
  editor: Editor,
  options: ImportOptions,
): Promise<Receipt> {
  const nothing = made.steps.length === 0;
  const receipt = await applyPlan(made, editor, {
    ...options,
    onStart: async (started) => {
      if (!nothing) await startJournal(path, started);
    },
    onIntent: (soFar, pending) => intendJournal(path, soFar.id, pending),
    onChunk: async (soFar) => {
      await options.saveProject?.();
      await saveJournal(path, soFar);
    },
  });
  if (nothing) return receipt;
  await appendHistory(path, receiptRecord(receipt));
  await closeJournal(path, receipt.id);
  return receipt;
}
