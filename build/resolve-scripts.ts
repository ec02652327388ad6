/**
 * `node build/run.mjs build/resolve-scripts.ts`, a step of `npm run build`: joins resolve-scripts/parts into the scripts of Resolve's
 * menu, which lie beside them. Each is whole, because a menu script of Free 21.1 cannot find its own folder to load another from.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ALL = ['ask', 'words', 'session', 'place', 'keep'];
const BOTH = [...ALL, 'job', 'steps', 'bins', 'wrote'];
const ENDS = ['show', 'run', 'tell'];

const READ = [...ALL, 'rates', 'sources', 'items', 'tracks', 'show', 'read'];

/** File name of each script, and its parts in order: in Lua a name must be known before it is used. */
export const SCRIPTS: Record<string, string[]> = {
  'Baton Apply': ['apply.head', ...BOTH, 'import', 'move', 'fields', 'marks', 'sync', ...ENDS, 'apply'],
  'Baton Revert': ['revert.head', ...BOTH, 'move', 'fields', 'marks', 'gone', ...ENDS, 'revert'],
  'Baton Read Timeline': ['read.head', ...READ],
  'Baton Read All Timelines': ['read-all.head', ...READ],
};

/** A script's text. `folder` is resolve-scripts. */
export function joined(folder: string, parts: readonly string[]): string {
  return parts.map((part) => readFileSync(join(folder, 'parts', `${part}.lua`), 'utf8')).join('\n');
}

function writeScripts(folder: string): void {
  for (const [name, parts] of Object.entries(SCRIPTS)) {
    const path = join(folder, `${name}.lua`);
    writeFileSync(`${path}.new`, joined(folder, parts));
    renameSync(`${path}.new`, path);
  }
}

if (process.argv[1]?.endsWith('run.js')) writeScripts('resolve-scripts');
