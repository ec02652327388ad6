/**
 * The receipt of a running import as `.baton/receipts/ID.json`, in the form every Baton takes up after a crash. Its owner is one
 * of another machine, as UXP knows no process: others leave it alone until it was quiet for a while.
 */
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt, ReceiptStep } from '../../manifest/documents/receipt.ts';
import { readReceipt } from '../../manifest/documents/schemas.ts';
import { folderOf, look, makeFolder, nameOf, readText, token, within, writeWhole, type UxpFs } from './fs.ts';

const OWNER = { pid: 1, start: '', machine: token(), boot: '', host: 'premiere-uxp' };

function receiptsFolder(manifest: string): string {
  return within(folderOf(manifest), '.baton', 'receipts');
}

function journalPath(manifest: string, id: string): string {
  return within(receiptsFolder(manifest), `${id.replace(/[^A-Za-z0-9._-]/g, '_')}.json`);
}

/** `pending` steps are about to be written: whether they were is not known until the next call says so. */
export async function keepJournal(
  fs: UxpFs,
  manifest: string,
  receipt: Receipt,
  pending: ReceiptStep[] = [],
): Promise<void> {
  await makeFolder(fs, within(folderOf(manifest), '.baton'));
  await makeFolder(fs, receiptsFolder(manifest));
  const known = { ...receipt, steps: [...receipt.steps, ...pending] };
  const journal = { kind: 'journal', version: 1, manifest: nameOf(manifest), owner: OWNER, receipt: known };
  await writeWhole(fs, journalPath(manifest, receipt.id), `${JSON.stringify(journal)}\n`);
}

/** Once its receipt is in the manifest's history. */
export async function closeJournal(fs: UxpFs, manifest: string, id: string): Promise<void> {
  await fs.unlink(journalPath(manifest, id)).catch(() => {});
}

/** Receipts of UXP panels that were closed before theirs was recorded, oldest first. Those of other Batons are theirs to take up. */
export async function unfinished(fs: UxpFs, manifest: string, handoff: Handoff): Promise<Receipt[]> {
  const folder = receiptsFolder(manifest);
  if (!(await look(fs, folder))) return [];
  const recorded = new Set(
    handoff.history.map((record) => (record['receipt'] as { id?: unknown } | undefined)?.id),
  );
  const receipts: Receipt[] = [];
  for (const name of await fs.readdir(folder)) {
    if (!name.endsWith('.json') || name.startsWith('.')) continue;
    const receipt = await ownReceipt(fs, within(folder, name), nameOf(manifest));
    if (receipt && !recorded.has(receipt.id)) receipts.push(receipt);
  }
  return receipts.sort((a, b) => a.at.localeCompare(b.at));
}

async function ownReceipt(fs: UxpFs, path: string, manifest: string): Promise<Receipt | null> {
  try {
    const journal = JSON.parse((await readText(fs, path)) ?? '') as {
      manifest?: unknown;
      owner?: { host?: unknown };
      receipt?: unknown;
    };
    const ours = journal.manifest === manifest && journal.owner?.host === OWNER.host;
    return ours ? readReceipt(journal.receipt) : null;
  } catch {
    return null;
  }
}
