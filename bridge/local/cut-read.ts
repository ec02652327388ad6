/** Reads back the cut that a record in the manifest's history names. */
import { dirname, resolve } from 'node:path';
import { HostError } from '../call.ts';
import type { CutRead } from '../desk.ts';
import { NotACut, readCuts } from './cut-files.ts';

/** `file` as recorded: relative to the manifest's folder, or absolute. */
export async function readCutOf(manifest: string, file: string): Promise<CutRead> {
  try {
    const { cuts, format, silent } = await readCuts(resolve(dirname(manifest), file));
    return { cut: cuts[0]!, format, silent };
  } catch (error) {
    if (error instanceof NotACut) throw new HostError('refused', 'readCut', error.message);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new HostError('refused', 'readCut', `${file} cannot be read (${code}): it was moved or deleted.`);
  }
}
