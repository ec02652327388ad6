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
import type { LocalHandoff } from './desk.ts';
import { closeJournal, saveJournal, startJournal, unfinishedJournals } from './journal.ts';
import { appendHistory } from './store.ts';

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
  opened: LocalHandoff & { handoff: Handoff },
  editor: Editor,
  options: ImportOptions = {},
): Promise<Imported> {
  const { path, roots, files } = opened;
  const { handoff, takenUp } = await takeUpJournals(path, opened.handoff);
  const { importable } = await editor.about();
  const made = plan(handoff, await editor.snapshot(), {
    roots,
    importable,
    fileOf: (clip) => files.get(clip.id),
  });
  const nothing = made.steps.length === 0;
  const receipt = await applyPlan(made, editor, {
    ...options,
    onStart: async (started) => {
      if (!nothing) await startJournal(path, started);
    },
    onChunk: async (soFar) => {
      await options.saveProject?.();
      await saveJournal(path, soFar);
    },
  });
  // A second import that had nothing to do leaves no trace: applying twice changes nothing.
  if (!nothing) {
    await appendHistory(path, { kind: 'import', at: receipt.at, receipt });
    await closeJournal(path, receipt.id);
  }
  return { plan: made, receipt, takenUp };
}

/** Journals whose process died become history, so that planning knows what was written before the kill. */
async function takeUpJournals(
  path: string,
  handoff: Handoff,
): Promise<{ handoff: Handoff; takenUp: Receipt[] }> {
  const takenUp = await unfinishedJournals(path);
  let now = handoff;
  for (const receipt of takenUp) {
    const stopped = receipt.stopped ?? 'the import was interrupted';
    now = await appendHistory(path, { kind: 'import', at: receipt.at, receipt: { ...receipt, stopped } });
    await closeJournal(path, receipt.id);
  }
  return { handoff: now, takenUp };
}
