/** Folders of small files with their manifest, their copies, and a verification of them: for the tests of verifying. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { verifyCopies, type CopyAt, type Verified, type VerifyRequest } from '../../bridge/local/verify.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

export const base = mkdtempSync(join(tmpdir(), 'baton-verify-'));

let made = 0;

/** A folder of files by path, each holding its text. */
export function tree(files: Record<string, string>, name = `place-${++made}`): string {
  const folder = join(base, String(++made), name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}
export function put(folder: string, path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
export function copyOf(folder: string, name = 'copy'): CopyAt {
  const to = join(base, String(++made), name);
  cpSync(folder, to, { recursive: true, preserveTimestamps: true });
  return { name, root: 'media', folder: to };
}

/** A manifest in its root that lists the .mov files. */
export function manifestIn(folder: string): Pick<VerifyRequest, 'manifest' | 'handoff' | 'roots'> {
  const paths = (readdirSync(folder, { recursive: true }) as string[]).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const clips = paths
    .filter((path) => path.endsWith('.mov'))
    .sort()
    .map((path): Clip =>
      picture({ path: path.normalize('NFC'), clip: { size: statSync(join(folder, path)).size } }),
    );
  const document = handoff(clips);
  const manifest = join(folder, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(document));
  return { manifest, handoff: document, roots: { media: folder } };
}

export function run(
  of: Pick<VerifyRequest, 'manifest' | 'handoff' | 'roots'>,
  more: Partial<VerifyRequest> = {},
): Promise<Verified> {
  return verifyCopies({
    copies: [],
    algorithm: 'xxh64',
    write: false,
    fresh: false,
    tool: { name: 'Baton', version: '0.1.0' },
    ...of,
    ...more,
  });
}
export const brief = ({ verdicts }: Verified) =>
  verdicts.map(({ place, path, verdict }) => `${place} ${path} ${verdict}`);
export const codes = ({ issues }: Verified) => issues.map(({ code }) => code);

export const CARD = {
  'A001/C001.mov': 'first',
  'A001/C002.mov': 'second',
  'A001/clip.xml': '<x/>',
  'notes.txt': 'hello',
};
