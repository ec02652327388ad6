/** The manifest through UXP's fs: read whole, written under the lock, only over what was read, the previous revision kept. */
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { parseHandoff } from '../../manifest/readers/handoff.ts';
import { HostError } from '../call.ts';
import { folderOf, look, nameOf, readText, within, writeWhole, type UxpFs } from './fs.ts';
import { withLock } from './lock.ts';

export interface ReadManifest {
  /** Null where it could not be read; `issues` say why. */
  handoff: Handoff | null;
  issues: Issue[];
  text: string;
}

const TRIES = 5;

export async function readManifest(fs: UxpFs, path: string): Promise<ReadManifest> {
  const not = (code: string, message: string, fix?: string): ReadManifest => ({
    handoff: null,
    issues: [{ code, severity: 'error', at: path, clips: [], message, ...(fix ? { fix } : {}) }],
    text: '',
  });
  const there = await look(fs, path);
  if (!there)
    return not('manifest-missing', `${path} is not there.`, `make it with: baton scan "${folderOf(path)}"`);
  if (!there.isFile()) return not('manifest-unreadable', `${path} is not a file.`);
  try {
    const text = await readText(fs, path);
    if (text === null)
      return not('manifest-unreadable', `${path} is not UTF-8 text; save it again as UTF-8.`);
    const { value, issues } = parseHandoff(text);
    return { handoff: value, issues, text };
  } catch (error) {
    return not('manifest-unreadable', `${path} cannot be read: ${(error as Error).message}`);
  }
}

/**
 * Changes the manifest and gives what was written, its revision one higher. `change` may be called again with a newer manifest;
 * where it returns what it was given nothing is written. Throws HostError; then the old file stands.
 */
export async function updateManifest(
  fs: UxpFs,
  path: string,
  change: (handoff: Handoff) => Handoff,
): Promise<Handoff> {
  if (!(await look(fs, path))) throw unread(path, `${path} is not there.`);
  return withLock(fs, path, async (verify) => {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const { handoff, issues, text } = await readManifest(fs, path);
      const fault = issues.find(({ severity }) => severity === 'error');
      // Half a manifest is never written back over a whole one.
      if (!handoff || fault) throw unread(path, fault?.message ?? 'it is no manifest.');
      const changed = change(handoff);
      if (changed === handoff) return handoff;
      const next = { ...changed, revision: handoff.revision + 1 };
      if (await replace(fs, path, text, next, verify)) return next;
    }
    throw new HostError(
      'busy',
      'store',
      `${path} was not written: another program keeps changing it without Baton's lock. Close it there and try again.`,
    );
  });
}

/** False where the file is no longer the one that was read: its revision is read again just before. */
async function replace(
  fs: UxpFs,
  path: string,
  before: string,
  next: Handoff,
  verify: () => Promise<void>,
): Promise<boolean> {
  const another = new Error('another file');
  try {
    await writeWhole(fs, path, `${JSON.stringify(next, null, 2)}\n`, async () => {
      if ((await readText(fs, path)) !== before) throw another;
      await fs.copyFile(path, within(folderOf(path), '.baton', `${nameOf(path)}.previous`));
      await verify();
    });
    return true;
  } catch (error) {
    if (error === another) return false;
    if (error instanceof HostError) throw error;
    throw new HostError('refused', 'store', `${path} was not written: ${(error as Error).message}`);
  }
}

function unread(path: string, why: string): HostError {
  return new HostError('refused', 'store', `${path} was not changed, because it cannot be read: ${why}`);
}
