/**
 * The receipt of a running import, on the disk after every chunk: `.baton/receipts/ID.json`. When the panel or the
 * machine dies half way, what was done can still be reverted and recorded.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { readReceipt } from '../../manifest/documents/schemas.ts';
import { writeAtomic, writeNew } from './atomic.ts';
import { lifeOf, thisOwner, type Owner } from './owner.ts';
import { makeFolder, stateFolder, stateFolderPath } from './state-folder.ts';
import { isRefusal, StoreError, storeError } from './store-error.ts';
import { readHandoff } from './store.ts';

/** Another machine's processes cannot be asked: its journal is left alone until it was not saved for this long (ms). */
const QUIET_ELSEWHERE = 10 * 60_000;

const JournalSchema = z.looseObject({
  kind: z.literal('journal'),
  version: z.literal(1),
  manifest: z.string().describe('File name of the manifest'),
  owner: z.object({
    pid: z.int().positive(),
    start: z.string(),
    machine: z.string(),
    boot: z.string(),
    host: z.string(),
  }),
  receipt: z.unknown(),
});

/** Journals this very program has open. Another panel in the same process, or one that was reloaded, does not count. */
const open = new Set<string>();

/** Begins a journal. Throws StoreError `exists` if one with the receipt's id is there. */
export async function startJournal(manifestPath: string, receipt: Receipt): Promise<void> {
  const folder = join(await stateFolder(manifestPath), 'receipts');
  await makeFolder(folder).catch((error: unknown) => {
    throw storeError(error, folder);
  });
  const path = journalPath(manifestPath, receipt.id);
  await writeNew(path, journalText(manifestPath, receipt));
  open.add(path);
}

/** Replaces what the journal holds; call after every chunk. A kill at any moment leaves the old or the new text. */
export async function saveJournal(manifestPath: string, receipt: Receipt): Promise<void> {
  const path = journalPath(manifestPath, receipt.id);
  await writeAtomic(path, journalText(manifestPath, receipt));
  open.add(path);
}

/**
 * Begins the journal or replaces what it holds, whichever it takes. A face runs one import at a time, so one that begins
 * means that an earlier one of this manifest was left, say by a page that was closed.
 */
export async function keepJournal(manifestPath: string, receipt: Receipt): Promise<void> {
  const path = journalPath(manifestPath, receipt.id);
  if (open.has(path)) return saveJournal(manifestPath, receipt);
  for (const other of open) if (dirname(other) === dirname(path)) open.delete(other);
  return startJournal(manifestPath, receipt);
}

/**
 * Removes the journal. Only after its receipt is in the manifest's history (a record's `receipt`): throws StoreError
 * `receipt-not-recorded` otherwise, and the journal stays.
 */
export async function closeJournal(manifestPath: string, receiptId: string): Promise<void> {
  const { handoff } = await readHandoff(manifestPath);
  const path = journalPath(manifestPath, receiptId);
  if (!handoff || !isRecorded(handoff, receiptId))
    throw new StoreError(
      'receipt-not-recorded',
      `${path} was kept: the history of ${manifestPath} does not hold the receipt ${receiptId} yet.`,
    );
  await rm(path, { force: true }).catch((error: unknown) => {
    throw storeError(error, path);
  });
  open.delete(path);
}

/**
 * Receipts of this manifest's imports whose process died before they were recorded, oldest first. One that was
 * recorded and merely not removed is not among them. `report` hears of journals that cannot be read; `ownToo` counts the
 * journals this process has open itself, which a page that asked for them may have left.
 */
export async function unfinishedJournals(
  manifestPath: string,
  report: (issue: Issue) => void = () => {},
  { ownToo = false }: { ownToo?: boolean } = {},
): Promise<Receipt[]> {
  const folder = join(stateFolderPath(manifestPath), 'receipts');
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (!isRefusal(error, 'ENOENT', 'ENOTDIR')) report(unreadable(folder, (error as Error).message));
    return [];
  });
  const receipts: Receipt[] = [];
  for (const name of names.filter((each) => each.endsWith('.json') && !each.startsWith('.'))) {
    const path = join(folder, name);
    const journal = await readJournal(path, report);
    if (!journal || journal.manifest !== basename(manifestPath)) continue;
    if ((ownToo && open.has(path)) || !(await isRunning(path, journal.owner))) receipts.push(journal.receipt);
  }
  if (receipts.length === 0) return receipts;
  const { handoff } = await readHandoff(manifestPath);
  return receipts
    .filter((receipt) => !handoff || !isRecorded(handoff, receipt.id))
    .sort((a, b) => a.at.localeCompare(b.at));
}

interface Journal {
  manifest: string;
  owner: Owner;
  receipt: Receipt;
}

async function readJournal(path: string, report: (issue: Issue) => void): Promise<Journal | null> {
  try {
    const journal = JournalSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const receipt = readReceipt(journal.receipt);
    if (!receipt) throw new Error('it holds no receipt');
    return { manifest: journal.manifest, owner: journal.owner, receipt };
  } catch (error) {
    // Closed between listing and reading.
    if (isRefusal(error, 'ENOENT')) return null;
    const why =
      error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : (error as Error).message;
    report(unreadable(path, why));
    return null;
  }
}

async function isRunning(path: string, owner: Owner): Promise<boolean> {
  const life = await lifeOf(owner);
  if (life === 'alive') return owner.pid !== process.pid || open.has(path);
  if (life === 'dead') return false;
  const saved = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
  return Date.now() - saved < QUIET_ELSEWHERE;
}

function isRecorded(handoff: Handoff, receiptId: string): boolean {
  return handoff.history.some((record) => {
    const receipt = record['receipt'];
    return typeof receipt === 'object' && receipt !== null && 'id' in receipt && receipt.id === receiptId;
  });
}

/** An id that could not be a file's name everywhere is replaced by its hash. */
function journalPath(manifestPath: string, receiptId: string): string {
  const plain = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}$/.test(receiptId);
  const name = plain ? receiptId : createHash('sha256').update(receiptId).digest('hex');
  return join(stateFolderPath(manifestPath), 'receipts', `${name}.json`);
}

function journalText(manifestPath: string, receipt: Receipt): string {
  const journal = {
    kind: 'journal',
    version: 1,
    manifest: basename(manifestPath),
    owner: thisOwner(),
    receipt,
  };
  return `${JSON.stringify(journal, null, 2)}\n`;
}

function unreadable(path: string, why: string): Issue {
  return {
    code: 'journal-unreadable',
    severity: 'warning',
    at: path,
    clips: [],
    message: `${path} should hold the receipt of an unfinished import and cannot be read: ${why.slice(0, 300)}`,
    fix: "compare the editor's project with the plan (baton plan), then remove that file",
  };
}
