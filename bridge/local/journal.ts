/**
 * The receipt of a running import, on the disk after every chunk: `.baton/receipts/ID.json`. When the panel or the
 * machine dies half way, what was done can still be reverted and recorded. The first line is the receipt as it began, each
 * further line what a chunk is about to write, or what it has added, so that a long import does not write its beginning over and over.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open as openFile, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Receipt, ReceiptStep } from '../../manifest/documents/receipt.ts';
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

const LineSchema = z.looseObject({
  from: z
    .int()
    .nonnegative()
    .optional()
    .describe('Steps that stand before these; what was noted beyond is superseded'),
  steps: z.array(z.unknown()),
  stopped: z.string().optional(),
});

/**
 * Journals this very program has open, and how many steps of each are on the disk. Another panel in the same process, or one
 * that was reloaded, does not count.
 */
const open = new Map<string, number>();

/** Begins a journal. Throws StoreError `exists` if one with the receipt's id is there. */
export async function startJournal(manifestPath: string, receipt: Receipt): Promise<void> {
  const folder = join(await stateFolder(manifestPath), 'receipts');
  await makeFolder(folder).catch((error: unknown) => {
    throw storeError(error, folder);
  });
  const path = journalPath(manifestPath, receipt.id);
  await writeNew(path, journalText(manifestPath, receipt));
  open.set(path, receipt.steps.length);
}

/** Adds what the receipt has gained; call after every chunk. A kill at any moment leaves what was saved before, or all of it. */
export async function saveJournal(manifestPath: string, receipt: Receipt): Promise<void> {
  const path = journalPath(manifestPath, receipt.id);
  const saved = open.get(path);
  if (saved === undefined || saved > receipt.steps.length || !existsSync(path))
    await writeAtomic(path, journalText(manifestPath, receipt));
  else {
    const { stopped } = receipt;
    const line = {
      from: saved,
      steps: receipt.steps.slice(saved),
      ...(stopped === undefined ? {} : { stopped }),
    };
    await appendSynced(path, `${JSON.stringify(line)}\n`);
  }
  open.set(path, receipt.steps.length);
}

/** Notes what is about to be written, until a later save says what came of it; a kill in between leaves it as it is noted. */
export async function intendJournal(
  manifestPath: string,
  receiptId: string,
  pending: ReceiptStep[],
): Promise<void> {
  const path = journalPath(manifestPath, receiptId);
  const saved = open.get(path);
  if (saved === undefined || !existsSync(path)) return;
  await appendSynced(path, `${JSON.stringify({ from: saved, steps: pending })}\n`);
}

async function appendSynced(path: string, text: string): Promise<void> {
  const file = await openFile(path, 'a').catch((error: unknown) => {
    throw storeError(error, path);
  });
  try {
    await file.appendFile(text);
    await file.sync();
  } catch (error) {
    throw storeError(error, path);
  } finally {
    await file.close();
  }
}

/**
 * Adds the steps from `from` on, where a page sends only what is new. Throws StoreError `receipt-not-recorded` where steps
 * between are missing: the page then sends the whole.
 */
export async function extendJournal(manifestPath: string, receipt: Receipt, from: number): Promise<void> {
  if (from === 0) return keepJournal(manifestPath, receipt);
  const path = journalPath(manifestPath, receipt.id);
  if (open.get(path) !== from)
    throw new StoreError('receipt-not-recorded', `${path} holds ${open.get(path) ?? 0} steps, not ${from}.`);
  const { stopped } = receipt;
  const line = { from, steps: receipt.steps, ...(stopped === undefined ? {} : { stopped }) };
  await appendSynced(path, `${JSON.stringify(line)}\n`);
  open.set(path, from + receipt.steps.length);
}

/** The receipt as the journal of this process has it; null where it has none. */
export async function journalled(manifestPath: string, receiptId: string): Promise<Receipt | null> {
  const path = journalPath(manifestPath, receiptId);
  if (!open.has(path)) return null;
  return (await readJournal(path, () => {}))?.receipt ?? null;
}

/**
 * Begins the journal or replaces what it holds, whichever it takes. A face runs one import at a time, so one that begins
 * means that an earlier one of this manifest was left, say by a page that was closed.
 */
export async function keepJournal(manifestPath: string, receipt: Receipt): Promise<void> {
  const path = journalPath(manifestPath, receipt.id);
  if (open.has(path)) return saveJournal(manifestPath, receipt);
  for (const other of open.keys()) if (dirname(other) === dirname(path)) open.delete(other);
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
    return parseJournal(await readFile(path, 'utf8'));
  } catch (error) {
    // Closed between listing and reading.
    if (isRefusal(error, 'ENOENT')) return null;
    const why =
      error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : (error as Error).message;
    report(unreadable(path, why));
    return null;
  }
}

/** A last line that a kill cut short was never saved. */
function parseJournal(text: string): Journal {
  const [first, ...lines] = text.split('\n');
  const journal = JournalSchema.parse(JSON.parse(first!));
  const begun = z.looseObject({ steps: z.array(z.unknown()) }).parse(journal.receipt);
  const steps = begun.steps.slice();
  let { stopped } = begun;
  // The text after the last line feed is empty, or cut short.
  for (const line of lines.slice(0, -1)) {
    const chunk = LineSchema.parse(JSON.parse(line));
    if (chunk.from !== undefined) steps.length = Math.min(steps.length, chunk.from);
    for (const step of chunk.steps) steps.push(step);
    stopped = chunk.stopped ?? stopped;
  }
  const receipt = readReceipt({ ...begun, steps, ...(stopped === undefined ? {} : { stopped }) });
  if (!receipt) throw new Error('it holds no receipt');
  return { manifest: journal.manifest, owner: journal.owner, receipt };
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
  return `${JSON.stringify(journal)}\n`;
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
