/** What was read of files' content at earlier scans, beside the manifest: a file of the same size and time is not read again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Content } from '../../../manifest/documents/handoff.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import { writeAtomic } from '../atomic.ts';
import { stateFolder, stateFolderPath } from '../state-folder.ts';
import { StoreError } from '../store-error.ts';

const NAME = 'content-cache.json';
const AT = `.baton/${NAME}`;
/** A file written in the last moments may be written again within the same tick of a drive's clock, which is 2 s on FAT. */
const SETTLED_AFTER = 3000;

export interface Seen {
  root: string;
  /** Manifest form. */
  path: string;
  /** Absolute. */
  file: string;
  size: number;
  /** Milliseconds. */
  modified: number;
}

type Entry = [size: number, modified: number, ends: string, hash: string];

const Schema = z.object({
  kind: z.literal('content-cache'),
  version: z.literal(1),
  files: z.record(z.string(), z.tuple([z.number(), z.number(), z.string(), z.string()])),
});

const keyOf = ({ root, path }: Seen) => `${root}\n${path}`;

type Digests = { ends?: string | undefined; hash?: string | undefined };

export class ContentCache {
  readonly #manifest: string;
  readonly #entries: Map<string, Entry>;
  readonly #now: number;
  #changed = false;

  /** Use openContentCache. */
  constructor(manifest: string, entries: Map<string, Entry>, now: number) {
    this.#manifest = manifest;
    this.#entries = entries;
    this.#now = now;
  }

  find(seen: Seen): Content | undefined {
    const entry = this.#entries.get(keyOf(seen));
    if (!entry || entry[0] !== seen.size || entry[1] !== seen.modified) return undefined;
    return { ...(entry[2] ? { ends: entry[2] } : {}), ...(entry[3] ? { hash: entry[3] } : {}) };
  }

  keep(seen: Seen, { ends = '', hash = '' }: Digests): void {
    const { size, modified } = seen;
    if ((ends === '' && hash === '') || modified > this.#now - SETTLED_AFTER) return;
    const known = this.#entries.get(keyOf(seen));
    if (known?.join(' ') === [size, modified, ends, hash].join(' ')) return;
    this.#entries.set(keyOf(seen), [size, modified, ends, hash]);
    this.#changed = true;
  }

  /** Writes it where anything changed, without files that are not among `here`. What cannot be written costs time only: a note. */
  async save(here: readonly Seen[]): Promise<Issue[]> {
    const there = new Set(here.map(keyOf));
    const files = [...this.#entries].filter(([key]) => there.has(key));
    if (!this.#changed && files.length === this.#entries.size) return [];
    const text = JSON.stringify({ kind: 'content-cache', version: 1, files: Object.fromEntries(files) });
    try {
      await stateFolder(this.#manifest);
      await writeAtomic(join(stateFolderPath(this.#manifest), NAME), `${text}\n`);
      return [];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return [note(`${AT} could not be written (${error.message}); the next scan compares like files anew.`)];
    }
  }
}

function note(message: string): Issue {
  return { code: 'scan-cache', severity: 'note', at: AT, clips: [], message };
}

/** Empty where there is none. `now` in milliseconds. */
export async function openContentCache(
  manifest: string,
  now = Date.now(),
): Promise<{ cache: ContentCache; issues: Issue[] }> {
  const empty = new ContentCache(manifest, new Map(), now);
  try {
    const text = await readFile(join(stateFolderPath(manifest), NAME), 'utf8');
    const { files } = Schema.parse(JSON.parse(text));
    return { cache: new ContentCache(manifest, new Map(Object.entries(files)), now), issues: [] };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { cache: empty, issues: [] };
    return {
      cache: empty,
      issues: [note(`${AT} is damaged and was passed over; like files are compared anew.`)],
    };
  }
}
