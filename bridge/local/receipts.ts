/** Receipts that a script left in an editor, brought home: read, held against the manifest, and recorded once. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { ReceiptSchema, readReceipt, SequenceSnapshotSchema } from '../../manifest/documents/schemas.ts';
import { fits } from '../../manifest/job/fits.ts';
import { closeJournal } from './journal.ts';
import { documentsIn } from './resolve-answers.ts';
import { updateHandoff } from './store.ts';
import { receiptRecord } from './take-up.ts';

/** Bytes; a receipt of 20,000 steps has some 12 million, and twice that as digits. */
const MOST_BYTES = 256_000_000;

export type BroughtHome =
  | { file: string; result: 'recorded' | 'known'; receipt: Receipt; changed: boolean; gone: string[] }
  /** `other`: it is another manifest's. `unreadable`: it is no receipt, or cannot be read. */
  | { file: string; result: 'other' | 'unreadable'; why: string };

/** Where the scripts leave receipts when nobody says where. */
export async function receiptsAtHome(folder = join(homedir(), '.baton')): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => /^(job|revert)\.receipt(-\d+)?\.(json|prefs)$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(folder, name));
}

/** `texts` are what the files hold. Recorded in the order in which they were written, whatever the order they are given in. */
export async function bringHome(
  manifest: string,
  texts: readonly { file: string; text: string }[],
): Promise<BroughtHome[]> {
  const read = texts.flatMap(({ file, text }) => receiptsIn(file, text));
  const results: BroughtHome[] = read.filter((each) => 'result' in each);
  const found = read.filter((each) => 'receipt' in each);
  found.sort((a, b) => inTime(a.receipt, b.receipt));
  for (const { file, receipt } of found) results.push(await record(manifest, file, receipt));
  return results;
}

/** Of one second, what was taken back was brought in before. */
function inTime(a: Receipt, b: Receipt): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return Number(a.reverts !== undefined) - Number(b.reverts !== undefined);
}

/** A file's text; a sentence where it cannot be read. */
export async function textOf(file: string): Promise<{ file: string; text: string } | string> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return `${file} has ${size} bytes; a receipt has at most ${MOST_BYTES}`;
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `${file} is not there` : `${file} cannot be read (${code ?? message})`;
  }
}

function receiptsIn(
  file: string,
  text: string,
): ({ file: string; receipt: Receipt } | Extract<BroughtHome, { why: string }>)[] {
  const documents = documentsIn(text);
  if (documents.length === 0)
    return [{ file, result: 'unreadable', why: 'it holds neither JSON nor what Resolve keeps as digits' }];
  return documents.map((document) => {
    const read = ReceiptSchema.safeParse(document);
    if (read.success) return { file, receipt: read.data as Receipt };
    return { file, result: 'unreadable', why: whyNone(document, read.error.issues[0]!) };
  });
}

function whyNone(document: unknown, issue: { path: PropertyKey[]; message: string }): string {
  if (SequenceSnapshotSchema.safeParse(document).success)
    return 'it is a timeline, not a receipt: hand it to baton cut MANIFEST --sequence FILE';
  const { kind } = document as { kind?: unknown };
  if (kind !== 'receipt') return `it is not a receipt: its kind is ${JSON.stringify(kind) ?? 'missing'}`;
  return `it is a damaged receipt: ${issue.path.join('.')}: ${issue.message}`;
}

/** Asked again under the manifest's lock, so that two that bring the same receipt record it once. */
async function record(manifest: string, file: string, receipt: Receipt): Promise<BroughtHome> {
  let result: BroughtHome = { file, result: 'other', why: '' };
  const now = await updateHandoff(manifest, (handoff) => {
    const fit = fits(receipt, handoff);
    if (isKnown(handoff, receipt)) {
      result = { file, result: 'known', receipt, changed: false, gone: [] };
      return handoff;
    }
    if (!fit.fits) {
      result = { file, result: 'other', why: fit.why };
      return handoff;
    }
    result = { file, result: 'recorded', receipt, changed: fit.changed, gone: fit.gone };
    return { ...handoff, history: [...handoff.history, receiptRecord(receipt)] };
  });
  if (isKnown(now, receipt)) await closeJournal(manifest, receipt.id);
  return result;
}

function isKnown({ history }: Handoff, { id }: Receipt): boolean {
  return history.some((each) => readReceipt(each['receipt'])?.id === id);
}
