/** The packages as `npm run package` makes them from the built bundles, in a folder of the test's own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { PACKAGES } from '../bridge/product.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** `BATON_DIST` names another build than `dist/`. */
const dist = process.env['BATON_DIST'] ?? join(root, 'dist');

/** Packs into `out`; what was said. */
export function pack(out: string): string {
  return execFileSync(process.execPath, ['build/run.mjs', 'build/package.ts', dist, out], {
    cwd: root,
    encoding: 'utf8',
  });
}

/** The files of one package, by name; null where its bundle is not built. */
export function unpack(out: string, kind: keyof typeof PACKAGES): Record<string, Uint8Array> | null {
  const path = join(out, PACKAGES[kind]);
  return existsSync(path) ? unzipSync(readFileSync(path)) : null;
}

export function writeFiles(files: Record<string, Uint8Array>, folder: string): void {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}
