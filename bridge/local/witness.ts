/** The editor's own interchange file of a cut takes its place beside ours, is hashed, and stands in the manifest's history. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CutFile, Witness } from '../desk.ts';
import { writeNew } from './atomic.ts';
import { fileSafe, recordedPath } from './cuts.ts';
import { isRefusal, StoreError } from './store-error.ts';
import { appendHistory } from './store.ts';

/** Names that are tried before it is given up: NAME.premiere.xml, NAME-2.premiere.xml, … */
const NAMES = 1000;

/** Throws StoreError where the exported file cannot be read or no name is free. The exported file is moved, not copied. */
export async function keepWitness(manifest: string, witness: Witness): Promise<CutFile> {
  const { exported, name, format, editor, sequence } = witness;
  const bytes = await readFile(exported);
  const suffix = `.${fileSafe(editor)}.${ENDINGS[format]}`;
  const path = await placed(dirname(exported), fileSafe(name), suffix, bytes);
  await rm(exported, { force: true });
  const file: CutFile = { path, format, hash: createHash('sha256').update(bytes).digest('hex') };
  await appendHistory(manifest, {
    kind: 'cut-witness',
    at: new Date().toISOString(),
    name,
    sequence,
    editor,
    files: [{ ...file, path: recordedPath(manifest, path) }],
  });
  return file;
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
