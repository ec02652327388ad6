/**
 * The editor's own interchange file of a cut takes its place beside ours, is compared with what Baton read, is hashed, and stands in
 * the manifest's history.
 */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crosscheck } from '../../manifest/crosscheck.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { CutFile, Witness, Witnessed } from '../desk.ts';
import { writeNew } from './atomic.ts';
import { NotACut, readCuts } from './cut-files.ts';
import { fileSafe, recordedPath } from './cuts.ts';
import { isRefusal, StoreError } from './store-error.ts';
import { appendHistory } from './store.ts';

/** Names that are tried before it is given up: NAME.premiere.xml, NAME-2.premiere.xml, … */
const NAMES = 1000;

/** Throws StoreError where the exported file cannot be read or no name is free. The exported file is moved, not copied. */
export async function keepWitness(manifest: string, witness: Witness): Promise<Witnessed> {
  const { exported, name, format, editor, sequence } = witness;
  const bytes = await readFile(exported);
  const suffix = `.${fileSafe(editor)}.${ENDINGS[format]}`;
  const path = await placed(dirname(exported), fileSafe(name), suffix, bytes);
  await rm(exported, { force: true });
  const file: CutFile = { path, format, hash: createHash('sha256').update(bytes).digest('hex') };
  const differs = await compared(path, witness);
  await appendHistory(manifest, {
    kind: 'cut-witness',
    at: new Date().toISOString(),
    name,
    sequence,
    editor,
    files: [{ ...file, path: recordedPath(manifest, path) }],
    ...(differs.length > 0 ? { differs: differs.map(({ at, message }) => `${at}: ${message}`) } : {}),
  });
  return { ...file, differs };
}

const EDITORS: Record<string, string> = { premiere: 'Premiere', resolve: 'Resolve' };

/** A file that cannot be compared is kept all the same, and that is said. */
async function compared(path: string, { cut, editor, format, sequence }: Witness): Promise<Issue[]> {
  if (!cut) return [];
  const whose = EDITORS[editor] ?? editor;
  try {
    if (format === 'aaf') throw new NotACut('Baton reads no AAF');
    const read = await readCuts(path, { alone: true, rate: cut.rate });
    const theirs = read.cuts.find(({ name }) => name === sequence) ?? read.cuts[0]!;
    return crosscheck(cut, theirs, { editor: whose, format: read.format });
  } catch (error) {
    if (!(error instanceof NotACut)) throw error;
    const message = `${whose}'s own file of the cut was not compared with it: ${error.message}.`;
    return [{ code: 'crosscheck', severity: 'note', at: cut.name, clips: [], message }];
  }
}

const ENDINGS: Record<Witness['format'], string> = {
  'fcp7-xml': 'xml',
  otio: 'otio',
  aaf: 'aaf',
  edl: 'edl',
  fcpxml: 'fcpxml',
};

async function placed(folder: string, name: string, suffix: string, bytes: Uint8Array): Promise<string> {
  for (let nth = 1; nth <= NAMES; nth++) {
    const path = join(folder, `${name}${nth === 1 ? '' : `-${nth}`}${suffix}`);
    try {
      await writeNew(path, bytes);
      return path;
    } catch (error) {
      const taken = (error instanceof StoreError && error.code === 'exists') || isRefusal(error, 'EEXIST');
      if (!taken) throw error;
    }
  }
  throw new StoreError('exists', `${join(folder, name + suffix)} and its like are all taken.`);
}
