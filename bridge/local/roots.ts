/**
 * Where the manifest's named roots lie on this machine: `.baton/roots.json`, by machine, outside the manifest and its
 * hash. And where a clip lies in its root, under whichever Unicode form the drive holds its name.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Issue } from '../../manifest/documents/issue.ts';
import { joinRoot } from '../../manifest/documents/paths.ts';
import { writeAtomic, writeNew } from './atomic.ts';
import { withLock } from './lock.ts';
import { stateFolderPath } from './state-folder.ts';
import { isRefusal, StoreError } from './store-error.ts';

const RootsSchema = z.looseObject({
  version: z.literal(1),
  machines: z.record(z.string(), z.record(z.string(), z.string().min(1))),
});
type Roots = z.infer<typeof RootsSchema>;

/** Root name → absolute path on this machine. */
export type RootPlaces = Record<string, string>;

/**
 * The place of every root named, and of every override. An override wins over what is remembered; without either a
 * root is the manifest's own folder. `report` hears of a roots.json that cannot be read, which is then as if empty.
 */
export async function readRoots(
  manifestPath: string,
  handoffRootNames: readonly string[],
  overrides: RootPlaces = {},
  report: (issue: Issue) => void = () => {},
): Promise<RootPlaces> {
  const home = dirname(resolve(manifestPath));
  const { roots, fault } = await readFileOfRoots(manifestPath);
  if (fault) report(fault);
  const remembered = new Map(Object.entries(roots.machines[hostname()] ?? {}));
  const places = new Map(handoffRootNames.map((name) => [name, resolve(home, remembered.get(name) ?? '.')]));
  for (const [name, place] of Object.entries(overrides)) places.set(name, resolve(place));
  return Object.fromEntries(places);
}

/**
 * Keeps where these roots lie on this machine; those of other machines stay as they are. A root in the manifest's own
 * folder is not kept, so that it moves with it. A roots.json that cannot be read is put aside first. Throws StoreError.
 */
export async function rememberRoots(manifestPath: string, roots: RootPlaces): Promise<void> {
  const home = dirname(resolve(manifestPath));
  const path = rootsPath(manifestPath);
  const { roots: before } = await readFileOfRoots(manifestPath);
  if (sameText(before, withPlaces(before, roots, home))) return;
  await withLock(join(home, 'roots.json'), async (lock) => {
    const { roots: current, fault, broken } = await readFileOfRoots(manifestPath);
    if (broken) await putAside(path, broken);
    else if (fault) throw new StoreError('not-writable', fault.message);
    const next = withPlaces(current, roots, home);
    await writeAtomic(path, `${JSON.stringify(next, null, 2)}\n`, { beforeCommit: lock.verify });
  });
}

function rootsPath(manifestPath: string): string {
  return join(stateFolderPath(manifestPath), 'roots.json');
}

function withPlaces(current: Roots, roots: RootPlaces, home: string): Roots {
  const places = new Map(Object.entries(current.machines[hostname()] ?? {}));
  for (const [name, place] of Object.entries(roots)) {
    if (resolve(place) === home) places.delete(name);
    else places.set(name, resolve(place));
  }
  const here = hostname();
  if (places.size === 0 && !(here in current.machines)) return current;
  return { ...current, machines: { ...current.machines, [here]: Object.fromEntries(places) } };
}

const sameText = (a: Roots, b: Roots) => JSON.stringify(a) === JSON.stringify(b);

/** `fault` says why the file counts as empty; `broken` holds its bytes where they could be read and are no roots. */
async function readFileOfRoots(
  manifestPath: string,
): Promise<{ roots: Roots; fault?: Issue; broken?: Uint8Array }> {
  const path = rootsPath(manifestPath);
  const roots: Roots = { version: 1, machines: {} };
  let broken: Uint8Array | undefined;
  try {
    broken = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(broken);
    return { roots: RootsSchema.parse(JSON.parse(text)) };
  } catch (error) {
    if (isRefusal(error, 'ENOENT', 'ENOTDIR')) return { roots };
    const fault = unreadable(
      path,
      error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message,
    );
    return broken ? { roots, fault, broken } : { roots, fault };
  }
}

function unreadable(path: string, why: string): Issue {
  return {
    code: 'roots-unreadable',
    severity: 'warning',
    at: path,
    clips: [],
    message: `${path} cannot be read, so every root is taken to lie in the manifest's folder: ${why.replace(/\s+/g, ' ').slice(0, 300)}`,
    fix: 'say where a root lies with --root NAME=PATH',
  };
}

/** `roots.json.broken`, `roots.json.broken-2`, …: what a person wrote by hand is not thrown away. */
async function putAside(path: string, bytes: Uint8Array): Promise<void> {
  for (let number = 1; number <= 99; number++) {
    try {
      return await writeNew(`${path}.broken${number === 1 ? '' : `-${number}`}`, bytes);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'exists') throw error;
    }
  }
}

export interface Located {
  /** Absolute: as the drive spells it where it is there, else in NFC. */
  path: string;
  found: boolean;
}

/** Names in a folder by their NFC form; null where it cannot be listed. */
type Listings = Map<string, Promise<Map<string, string> | null>>;

/** A `locate` that lists each folder once at most; for many clips in one go. */
export function locator(): (rootPath: string, manifestPath: string) => Promise<Located> {
  const listings: Listings = new Map();
  return (rootPath, manifestPath) => locateWith(listings, rootPath, manifestPath);
}

/**
 * Where a clip lies: `manifestPath` is its path in the manifest (relative, NFC), `rootPath` the root's absolute place.
 * A drive that was written by a Mac may hold decomposed names, in some folders or in all.
 */
export async function locate(rootPath: string, manifestPath: string): Promise<Located> {
  return locateWith(new Map(), rootPath, manifestPath);
}

async function locateWith(listings: Listings, rootPath: string, manifestPath: string): Promise<Located> {
  const composed = joinRoot(rootPath, manifestPath.normalize('NFC'));
  const lost = { path: composed, found: false };
  if (!isAbsolute(rootPath) || leavesOnWindows(manifestPath)) return lost;
  // Of two names that are one in NFC the second is kept as the drive spells it.
  const spelled = joinRoot(rootPath, manifestPath);
  if (spelled !== composed && (await exists(spelled))) return { path: spelled, found: true };
  if (await exists(composed)) return { path: composed, found: true };
  const decomposed = joinRoot(rootPath, manifestPath.normalize('NFD'));
  // Plain ASCII has one form only.
  if (decomposed === composed && !/[^\0-\x7f]/.test(manifestPath)) return lost;
  if (await exists(decomposed)) return { path: decomposed, found: true };
  let place = rootPath;
  for (const part of manifestPath.normalize('NFC').split('/')) {
    const name = (await listed(listings, place))?.get(part);
    if (name === undefined) return lost;
    place = joinRoot(place, name);
  }
  return { path: place, found: true };
}

/** In a manifest `\` and `:` are letters of a name; to Windows they are ways out of the root. */
function leavesOnWindows(path: string): boolean {
  return process.platform === 'win32' && /[\\:]/.test(path);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

function listed(listings: Listings, folder: string): Promise<Map<string, string> | null> {
  const known = listings.get(folder);
  if (known) return known;
  const listing = readdir(folder).then(
    (names) => new Map(names.map((name) => [name.normalize('NFC'), name])),
    () => null,
  );
  listings.set(folder, listing);
  return listing;
}
