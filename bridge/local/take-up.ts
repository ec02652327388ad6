/** What a killed import left behind becomes history, so that the next plan knows what was written before the kill. */
import type { HistoryRecord } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { closeJournal, unfinishedJournals } from './journal.ts';
import { appendHistory } from './store.ts';

export function interruptedRecord(receipt: Receipt): HistoryRecord {
  const stopped = receipt.stopped ?? 'it was interrupted';
  return receiptRecord({ ...receipt, stopped });
}

/** How a receipt stands in the manifest's history. */
export function receiptRecord(receipt: Receipt): HistoryRecord {
  return { kind: receipt.reverts ? 'revert' : 'import', at: receipt.at, receipt };
}

/** Appends the receipts of imports whose process died, oldest first, and gives them. */
export async function takeUpJournals(manifest: string): Promise<Receipt[]> {
  const left = await unfinishedJournals(manifest);
  for (const receipt of left) {
    await appendHistory(manifest, interruptedRecord(receipt));
    await closeJournal(manifest, receipt.id);
  }
  return left;
}
