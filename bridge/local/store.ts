/**
 * The manifest on disk. Reading never locks and never throws; writing locks, reads again, changes, keeps the previous
 * revision as `.baton/NAME.previous`, and replaces the file whole. Fields this version does not know pass through.
 */
import { link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Handoff, HistoryRecord } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { parseHandoff } from '../../manifest/readers/handoff.ts';
import { tempName, writeAtomic, writeNew } from './atomic.ts';
import { withLock, type HeldLock } from './lock.ts';
import { stateFolder } from './state-folder.ts';
import { isNoPermission, isRefusal, StoreError, type StoreErrorCode } from './store-error.ts';

export { StoreError, type StoreErrorCode } from './store-error.ts';

/** Bytes. Beyond it a text no longer fits into one string. */
const MOST_BYTES = 512_000_000;
/** How often a change is made again because something without the lock replaced the file meanwhile. */
const TRIES = 5;

export interface ReadHandoff {
  /** Null where it could not be read; `issues` say why. */
  handoff: Handoff | null;
  issues: Issue[];
}

/** A file as it was when it was read: another one has another stamp. */
type Stamp = string;

/** The manifest under `path`; a missing, unreadable, oversized or wrong file is an issue. Never throws. */
export async function readHandoff(path: string): Promise<ReadHandoff> {
  const { handoff, issues } = await readStamped(path);
  return { handoff, issues };
}

/**
 * Changes the manifest under its lock and returns what was written, with `revision` one higher. `change` is a pure
 * function: it may be called again with a newer manifest. Where it returns what it was given, nothing is written.
 * Throws StoreError where the manifest cannot be read, locked or written; then the old file stands.
 */
export async function updateHandoff(path: string, change: (handoff: Handoff) => Handoff): Promise<Handoff> {
  // Where there is no manifest, no lock is left lying about.
  await stat(path).catch((error: unknown) => {
    throw unread(path, [refused(path, error)]);
  });
  return withLock(path, async (lock) => {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const { handoff, issues, stamp } = await readStamped(path);
      // Half a manifest is never written back over a whole one.
      if (!handoff || issues.some((issue) => issue.severity === 'error')) throw unread(path, issues);
      const changed = change(handoff);
      if (changed === handoff) return handoff;
      const next = { ...changed, revision: handoff.revision + 1 };
      if (await replace(path, stamp, toText(next, path), lock)) return next;
    }
    throw unsettled(path);
  });
}

/** False where the file is no longer the one that was read. */
async function replace(path: string, stamp: Stamp, text: string, lock: HeldLock): Promise<boolean> {
  const another = new Error('another file');
  const beforeCommit = async () => {
    if ((await stampOf(path)) !== stamp) throw another;
    await keepPrevious(path);
    await lock.verify();
  };
  try {
    await writeAtomic(path, text, { beforeCommit });
    return true;
  } catch (error) {
    if (error === another) return false;
    throw error;
  }
}

/** Writes a manifest that is not there yet, as revision 1. Throws StoreError `exists` where one appeared meanwhile. */
export async function createHandoff(path: string, handoff: Handoff): Promise<Handoff> {
  return withLock(path, async (lock) => {
    const first = { ...handoff, revision: 1 };
    const text = toText(first, path);
    await lock.verify();
    await writeNew(path, text);
    return first;
  });
}

/** Appends one record to the manifest's history. Throws as `updateHandoff` does. */
export async function appendHistory(path: string, record: HistoryRecord): Promise<Handoff> {
  return updateHandoff(path, (handoff) => ({ ...handoff, history: [...handoff.history, record] }));
}

async function readStamped(path: string): Promise<ReadHandoff & { stamp: Stamp }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(path);
    } catch (error) {
      // Windows shows no file, or one that is busy, for the moment in which another takes its place.
      if (attempt === 1 && isRefusal(error, 'ENOENT', 'EBUSY', 'EPERM', 'EACCES')) {
        await new Promise((wake) => setTimeout(wake, 50));
        continue;
      }
      return { handoff: null, issues: [refused(path, error)], stamp: '' };
    }
  }
}

async function readOnce(path: string): Promise<ReadHandoff & { stamp: Stamp }> {
  const not = (fault: string, fix?: string) => ({
    handoff: null,
    issues: [{ ...unreadable(path, fault), ...(fix ? { fix } : {}) }],
    stamp: '',
  });
  const there = await stat(path);
  if (there.isDirectory()) return not('is a folder; a manifest is a file', await manifestIn(path));
  // Opening a pipe would wait for somebody to write into it.
  if (!there.isFile()) return not('is not a file');
  if (there.size > MOST_BYTES) return not(`has ${there.size} bytes; a manifest has at most ${MOST_BYTES}`);
  const file = await open(path, 'r');
  try {
    const stamp = stampFrom(await file.stat({ bigint: true }));
    const text = decode(await file.readFile());
    if (text === null) return not('is not UTF-8 text; save it again as UTF-8');
    const { value, issues } = parseHandoff(text);
    return { handoff: value, issues, stamp };
  } finally {
    await file.close();
  }
}

/** Text without its byte-order mark; null for bytes that are no UTF-8 (kept as marks of damage, they would be written back). */
function decode(bytes: Uint8Array): string | null {
  try {
    // Windows' Notepad calls it "Unicode".
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function stampOf(path: string): Promise<Stamp> {
  return stat(path, { bigint: true }).then(stampFrom, () => '');
}

function stampFrom(found: { size: bigint; mtimeNs: bigint }): Stamp {
  return `${found.size} ${found.mtimeNs}`;
}

/** Two spaces of indentation, keys in the order given: a person can read it, and a version tool can show what changed. */
function toText(handoff: Handoff, path: string): string {
  let text = '';
  try {
    text = `${JSON.stringify(handoff, null, 2)}\n`;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (text === '' || Buffer.byteLength(text) > MOST_BYTES)
    throw new StoreError(
      'manifest-too-large',
      `${path} was not written: it would be larger than ${MOST_BYTES} bytes, and could not be read again.`,
    );
  return text;
}

/** The file as it is becomes `.baton/NAME.previous`, at any moment either the old or the new one. */
async function keepPrevious(path: string): Promise<void> {
  const current = await realpath(path);
  const folder = await stateFolder(current);
  const previous = join(folder, `${basename(current)}.previous`);
  const temp = tempName(folder, basename(previous));
  try {
    // The same file under a second name: the coming rename takes the first name away from it.
    await link(current, temp);
    await rename(temp, previous);
  } catch {
    // No hard links here. Whatever else it was, writing says it again in words.
    const file = await open(current, 'r');
    try {
      await writeAtomic(previous, await file.readFile());
    } finally {
      await file.close();
    }
  } finally {
    await rm(temp, { force: true }).catch(() => {});
  }
}

/** What to name instead of a folder, or how to make it. */
async function manifestIn(folder: string): Promise<string> {
  const usual = join(folder, 'handoff.json');
  const there = await stat(usual).catch(() => null);
  return there?.isFile() ? `name the one in it: "${usual}"` : `make one with: baton scan "${folder}"`;
}

function unreadable(path: string, fault: string): Issue {
  return {
    code: 'manifest-unreadable',
    severity: 'error',
    at: path,
    clips: [],
    message: `${path} ${fault}.`,
  };
}

function refused(path: string, error: unknown): Issue {
  if (isRefusal(error, 'ENOENT', 'ENOTDIR'))
    return {
      code: 'manifest-missing',
      severity: 'error',
      at: path,
      clips: [],
      message: `${path} is not there.`,
      fix: `make it with: baton scan "${dirname(path)}"`,
    };
  if (isNoPermission(error)) return unreadable(path, 'may not be read by this user');
  return unreadable(path, `cannot be read: ${(error as Error).message}`);
}

function unread(path: string, issues: Issue[]): StoreError {
  const first = issues.find((issue) => issue.severity === 'error') ?? issues[0]!;
  const codes: Record<string, StoreErrorCode> = {
    'manifest-missing': 'manifest-missing',
    'manifest-unreadable': 'manifest-unreadable',
  };
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more; run baton check)` : '';
  return new StoreError(
    codes[first.code] ?? 'manifest-invalid',
    `${path} was not changed, because it cannot be read: ${first.message}${more}`,
  );
}

function unsettled(path: string): StoreError {
  return new StoreError(
    'changing',
    `${path} was not written: another program keeps changing it without Baton's lock. Close it there and try again.`,
  );
}
