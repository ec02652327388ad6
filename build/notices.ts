/** The licences of what is bundled: every package that package.json depends on, and theirs, with its own text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Programs that are started, not bundled, and lie in no package of Baton's. */
const NOT_BUNDLED = ['@ffmpeg-installer/ffmpeg'];

interface PackageJson {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

const readPackage = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

/** Plain text; sorted by name, so that the same packages always give the same text. */
export function notices(root: string): string {
  const found = new Map<string, string>();
  const visit = (name: string, from: string) => {
    const nested = join(from, 'node_modules', name);
    const folder = existsSync(nested) ? nested : join(root, 'node_modules', name);
    if (NOT_BUNDLED.includes(name) || !existsSync(folder)) return;
    const { version, license, dependencies } = readPackage(folder);
    const title = `${name} ${version} (${license ?? 'see below'})`;
    if (found.has(title)) return;
    found.set(title, licenceText(folder));
    for (const each of Object.keys(dependencies ?? {})) visit(each, folder);
  };
  for (const each of Object.keys(readPackage(root).dependencies ?? {})) visit(each, root);
  const parts = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const intro = 'Baton is MIT licensed. It contains, in whole or in part, these packages:\n';
  return [intro, ...parts.map(([title, text]) => `${'-'.repeat(72)}\n${title}\n\n${text.trim()}\n`)].join(
    '\n',
  );
}

function licenceText(folder: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  return file
    ? readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n')
    : 'No licence text in the package.';
}
