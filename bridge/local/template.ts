/** Lays an empty handoff out in a folder. What is there already is left as it is. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMPLATE_FILES, TEMPLATE_FOLDERS } from '../../manifest/template.ts';
import { writeNew } from './atomic.ts';
import { StoreError, storeError } from './store-error.ts';

export interface LaidOut {
  /** Relative, with `/`; folders end in one. */
  made: string[];
  kept: string[];
}

/** `folder` is made where it is not there. Throws StoreError where it cannot be written. */
export async function layOut(folder: string): Promise<LaidOut> {
  const laid: LaidOut = { made: [], kept: [] };
  for (const name of TEMPLATE_FOLDERS) {
    const path = join(folder, name);
    const there = (await stat(path).catch(() => null))?.isDirectory() === true;
    await mkdir(path, { recursive: true }).catch((error: unknown) => {
      throw storeError(error, path);
    });
    laid[there ? 'kept' : 'made'].push(`${name}/`);
  }
  for (const [path, text] of TEMPLATE_FILES)
    try {
      await writeNew(join(folder, path), text);
      laid.made.push(path);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'exists') throw error;
      laid.kept.push(path);
    }
  return laid;
}
