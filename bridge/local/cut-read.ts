/** Reads back the cut that a record in the manifest's history names. */
import { dirname, resolve } from 'node:path';
import { HostError } from '../call.ts';
import type { CutRead } from '../desk.ts';
import { NotACut, readCuts } from './cut-files.ts';
import { readHandoff } from './store.ts';

/** `file` as recorded: relative to the manifest's folder, or absolute. */
export async function readCutOf(manifest: string, file: string): Promise<CutRead> {
  try {
    // An EDL names no rate; the cut it holds was made for this handoff.
    const rate = (await readHandoff(manifest)).handoff?.rate;
    const path = resolve(dirname(manifest), file);
    const { cuts, format, silent } = await readCuts(path, rate ? { rate } : {});
    return { cut: cuts[0]!, format, silent };
  } catch (error) {
    if (error instanceof NotACut) throw new HostError('refused', 'readCut', error.message);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new HostError('refused', 'readCut', `${file} cannot be read (${code}): it was moved or deleted.`);
  }
}
