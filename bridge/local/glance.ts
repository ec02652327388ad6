/** A look at a manifest on disk that does not read it: whether it was written since, by whom it can be written. */
import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Glance } from '../desk.ts';

/** Bytes in which the revision stands, in what Baton writes. */
const HEAD = 4096;

export async function glance(path: string): Promise<Glance | null> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return null;
  try {
    const { mtimeMs, size, ino } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const revision = /"revision"\s*:\s*(\d{1,15})/.exec(buffer.toString('utf8', 0, bytesRead))?.[1];
    return {
      stamp: `${mtimeMs}-${size}-${ino}`,
      revision: revision === undefined ? null : Number(revision),
      writable: await mayWrite(path),
    };
  } finally {
    await file.close();
  }
}

/** A write replaces the file, so the folder must let it. */
async function mayWrite(path: string): Promise<boolean> {
  const can = (where: string) =>
    access(where, constants.W_OK).then(
      () => true,
      () => false,
    );
  return (await can(path)) && (await can(dirname(path)));
}
