/** Opens the packages that `npm run package` leaves in dist/, or that were downloaded into a folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { PACKAGES } from '../../product.ts';
import { InstallRefused } from './machine.ts';

/** File name in the package, with `/` → its bytes. */
export type Files = Record<string, Uint8Array>;
export type PackageKind = keyof typeof PACKAGES;

export const packagePath = (folder: string, kind: PackageKind) => join(folder, PACKAGES[kind]);

/** Throws InstallRefused where it is not there or is no package of Baton's. */
export async function readPackage(folder: string, kind: PackageKind): Promise<Files> {
  const path = packagePath(folder, kind);
  const bytes = await readFile(path).catch(() => null);
  if (!bytes)
    throw new InstallRefused(
      `${path} is not there: make it with npm run package, or say with --from where the packages lie.`,
    );
  const files = opened(bytes, path);
  const outside = Object.keys(files).find((name) => /(^|[\\/])\.\.([\\/]|$)|^[\\/]|\\|^[A-Za-z]:/.test(name));
  if (outside !== undefined)
    throw new InstallRefused(
      `${path} holds "${outside}", which leaves its folder: it is no package of Baton's.`,
    );
  return files;
}

function opened(bytes: Uint8Array, path: string): Files {
  try {
    // Names of folders hold nothing.
    return Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith('/')));
  } catch (error) {
    throw new InstallRefused(
      `${path} cannot be opened (${(error as Error).message}): fetch or make it again.`,
    );
  }
}
