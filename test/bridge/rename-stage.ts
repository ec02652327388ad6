/** A folder of small files with a manifest that knows them, for the tests of renaming; and its tree as one value. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyRenames } from '../../bridge/local/rename.ts';
import { readNaming, type Naming } from '../../manifest/patterns/defaults.ts';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { readName } from '../../manifest/names.ts';
import { handoff } from '../fixtures/handoff.ts';

export interface Staged {
  path: string;
  scene?: string;
  take?: string;
  camera?: string;
  clip?: Partial<Clip>;
}

export const PATTERN = 'SCENE_{scene:2}_TAKE_{take:2}_CAM_{camera}';

export function namingOf(...patterns: string[]): Naming[] {
  const { naming, faults } = readNaming(patterns.map((pattern) => ({ pattern })));
  if (faults.length > 0) throw new Error(faults[0]!.fault.message);
  return naming;
}

export const naming = namingOf(PATTERN);
export const apply = (manifest: string, more = {}) => applyRenames(manifest, {}, naming, more);

export const take = (path: string, scene: string, number: string, camera = 'A'): Staged => ({
  path,
  scene,
  take: number,
  camera,
});

/** A folder that the test file removes itself. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'baton-rename-'));
}

/** Every clip's file holds its own path; what else lies there is given with its content. */
export function stage(dir: string, clips: Staged[], others: Record<string, string> = {}): string {
  const made = clips.map(({ path, scene, take: number, camera, clip }, at): Clip => {
    put(dir, path, `media of ${path}`);
    const identity = {
      ...(scene ? { scene } : {}),
      ...(number ? { take: number } : {}),
      ...(camera ? { camera } : {}),
    };
    const kind = clip?.kind ?? (/\.(wav|WAV)$/.test(path) ? 'sound' : 'picture');
    return {
      id: `clip-${at}`,
      kind,
      root: 'media',
      path: path.normalize('NFC'),
      size: Buffer.byteLength(`media of ${path}`),
      identity,
      tech: {},
      pick: 'unknown',
      soundKind: 'unknown',
      witnesses: { name: readName(path.normalize('NFC'), kind), log: { ...identity } },
      ...clip,
    };
  });
  for (const [path, text] of Object.entries(others)) put(dir, path, text);
  const manifest = join(dir, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(handoff(made)));
  return manifest;
}

export function put(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

/** Path → content (links: where they point), of everything but Baton's own files. */
export function tree(dir: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(dir.length + 1);
    if (path.startsWith('.baton') || path === 'handoff.json') continue;
    const stats = lstatSync(join(dir, path));
    if (stats.isSymbolicLink()) found[path] = `→ ${readlinkSync(join(dir, path))}`;
    else if (stats.isFile()) found[path] = readFileSync(join(dir, path), 'utf8');
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function readManifest(manifest: string): Handoff {
  return JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
}

/** What remains of a handoff when what may differ after there and back is left out. */
export function delivery(manifest: string): unknown {
  const { history: _history, revision: _revision, ...rest } = readManifest(manifest);
  return rest;
}

export function undoFiles(dir: string): string[] {
  const folder = join(dir, '.baton', 'renames');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
}

export const remove = (dir: string) => rmSync(dir, { recursive: true, force: true });
