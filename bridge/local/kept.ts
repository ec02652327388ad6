/**
 * What was worked out of files, kept beside the manifest in `.baton/`: asked again, a file of the same path, size and time is not
 * opened. Only a store of what can be worked out anew: one that is broken or of another version is passed over, and said.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '../../manifest/documents/issue.ts';
import { writeAtomic } from './atomic.ts';
import { stateFolder, stateFolderPath } from './state-folder.ts';
import { StoreError } from './store-error.ts';

const LARGEST = 256 * 1024 * 1024;
/** A file written in the last moments may be written again within the same tick of a drive's clock, which is 2 s on FAT. */
const SETTLED_AFTER = 3000;

/** A file as it lies on the disk now. `modified` in milliseconds. */
export interface KeptFile {
  root: string;
  path: string;
  size: number;
  modified: number;
}

export interface KeptKind {
  /** `probe-cache`: its file's name, and what it says it is. */
  name: string;
  /** Issue code of its notes. */
  code: string;
  /** What must be the same for the values to hold: versions, rates. */
  stamp: Record<string, string | number>;
  /** Most entries; the oldest go first. */
  most: number;
  /** What a lost store costs: `every file is read again`. */
  cost: string;
}

type Entry<Value> = [marks: number[], value: Value];

const nameOf = ({ root, path }: KeptFile) => `${root}\n${path}`;
const keyOf = (files: readonly KeptFile[]) => files.map(nameOf).join('\n\n');
const marksOf = (files: readonly KeptFile[]) => files.flatMap(({ size, modified }) => [size, modified]);
const same = (a: number[], b: number[]) => a.length === b.length && a.every((mark, at) => mark === b[at]);

export class Kept<Value> {
  readonly #manifest: string;
  readonly #kind: KeptKind;
  readonly #entries: Map<string, Entry<Value>>;
  readonly #now: number;
  #changed = false;

  /** Use openKept. */
  constructor(manifest: string, kind: KeptKind, entries: Map<string, Entry<Value>>, now: number) {
    this.#manifest = manifest;
    this.#kind = kind;
    this.#entries = entries;
    this.#now = now;
  }

  /** What was kept of these files together; undefined where there is nothing, or one of them changed. */
  find(...files: KeptFile[]): Value | undefined {
    const entry = this.#entries.get(keyOf(files));
    return entry && same(entry[0], marksOf(files)) ? entry[1] : undefined;
  }

  keep(value: Value, ...files: KeptFile[]): void {
    if (files.some(({ modified }) => modified > this.#now - SETTLED_AFTER)) return;
    const key = keyOf(files);
    // To the end, where the newest are.
    this.#entries.delete(key);
    this.#entries.set(key, [marksOf(files), value]);
    this.#changed = true;
  }

  /** Forgets the files of these roots that are not among those found. */
  prune(roots: readonly string[], found: readonly KeptFile[]): void {
    const here = new Set(found.map(nameOf));
    const walked = new Set(roots);
    for (const key of this.#entries.keys()) {
      if (here.has(key) || !walked.has(key.slice(0, key.indexOf('\n')))) continue;
      this.#entries.delete(key);
      this.#changed = true;
    }
  }

  /** Writes it where anything changed. What cannot be written is no loss but of time: a note. */
  async save(): Promise<Issue[]> {
    if (!this.#changed) return [];
    const { most } = this.#kind;
    const body = `{\n${[...this.#entries]
      .slice(-most)
      .map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`)
      .join(',\n')}\n}`;
    try {
      await stateFolder(this.#manifest);
      await writeAtomic(pathOf(this.#manifest, this.#kind), `${head(this.#kind, hash(body))}${body}}\n`);
      this.#changed = false;
      return [];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return [note(this.#kind, `could not be written (${error.message}); next time ${this.#kind.cost}.`)];
    }
  }
}

const pathOf = (manifest: string, { name }: KeptKind) => join(stateFolderPath(manifest), `${name}.json`);
const hash = (body: string) => createHash('sha256').update(body).digest('hex');
const ENTRIES = '"entries":';

/** The hash holds for all that follows, so that nothing in it has to be checked again. */
function head({ name, stamp }: KeptKind, sum: string): string {
  return `${JSON.stringify({ kind: name, ...stamp, hash: sum }).slice(0, -1)},${ENTRIES}`;
}

function note({ name, code }: KeptKind, what: string): Issue {
  const at = `.baton/${name}.json`;
  return { code, severity: 'note', at, clips: [], message: `${at} ${what}` };
}

/** What was kept for this manifest; empty where there is nothing to go by. `now` in milliseconds. */
export async function openKept<Value>(
  manifest: string,
  kind: KeptKind,
  now = Date.now(),
): Promise<{ kept: Kept<Value>; issues: Issue[] }> {
  const opened = await read<Value>(pathOf(manifest, kind), kind);
  const issues = opened === 'damaged' ? [note(kind, `is damaged and was passed over; ${kind.cost}.`)] : [];
  const entries = typeof opened === 'string' ? new Map<string, Entry<Value>>() : opened;
  return { kept: new Kept(manifest, kind, entries, now), issues };
}

async function read<Value>(
  path: string,
  kind: KeptKind,
): Promise<Map<string, Entry<Value>> | 'none' | 'damaged'> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' || error.code === 'ENOTDIR' ? '' : null,
  );
  if (text === '') return 'none';
  if (text === null || text.length > LARGEST) return 'damaged';
  const begin = text.indexOf(ENTRIES) + ENTRIES.length;
  const sum = /"hash":"([0-9a-f]{64})"/.exec(text.slice(0, begin))?.[1];
  const body = text.slice(begin, -2);
  if (!sum || hash(body) !== sum) return 'damaged';
  if (text.slice(0, begin) !== head(kind, sum)) return 'none';
  return new Map(Object.entries(JSON.parse(body) as Record<string, Entry<Value>>));
}
