/**
 * What was heard, kept in `.baton/listen-cache.json`: two files of the same path, size and time are not compared again. Only a store of
 * what can be heard anew: one that is broken or of another version is passed over, and said.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LtcEvidence } from '../../../manifest/documents/sync.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import { writeAtomic } from '../atomic.ts';
import { stateFolder, stateFolderPath } from '../state-folder.ts';
import { StoreError } from '../store-error.ts';
import { LISTEN_VERSION } from './ears.ts';
import type { HeardPair } from './hearing.ts';

const NAME = 'listen-cache.json';
const AT = `.baton/${NAME}`;
/** More pairs than one run makes; the oldest go first. */
const MOST = 100_000;
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

/** What a file's own tracks say. */
export interface KeptHearing {
  ltc: Omit<LtcEvidence, 'clip'> | null;
}

export interface KeptPair extends HeardPair {
  soundRate: number;
  /** The slate's frame as it was then: another one is another question. */
  slate?: number;
}

type Entry = [sizes: number[], KeptHearing | KeptPair];

const nameOf = ({ root, path }: KeptFile) => `${root}\n${path}`;
const keyOf = (files: readonly KeptFile[]) => files.map(nameOf).join('\n\n');
const marksOf = (files: readonly KeptFile[]) => files.flatMap(({ size, modified }) => [size, modified]);

export class ListenCache {
  readonly #manifest: string;
  readonly #entries: Map<string, Entry>;
  readonly #now: number;
  #changed = false;

  /** Use openListenCache. */
  constructor(manifest: string, entries: Map<string, Entry>, now: number) {
    this.#manifest = manifest;
    this.#entries = entries;
    this.#now = now;
  }

  file(file: KeptFile): KeptHearing | undefined {
    return this.#find([file]) as KeptHearing | undefined;
  }

  pair(picture: KeptFile, sound: KeptFile, slate: number | undefined): KeptPair | undefined {
    const kept = this.#find([picture, sound]) as KeptPair | undefined;
    return kept?.slate === slate ? kept : undefined;
  }

  keepFile(file: KeptFile, heard: KeptHearing): void {
    this.#keep([file], heard);
  }

  keepPair(picture: KeptFile, sound: KeptFile, heard: KeptPair): void {
    this.#keep([picture, sound], heard);
  }

  #find(files: KeptFile[]): KeptHearing | KeptPair | undefined {
    const entry = this.#entries.get(keyOf(files));
    return entry && String(entry[0]) === String(marksOf(files)) ? entry[1] : undefined;
  }

  #keep(files: KeptFile[], heard: KeptHearing | KeptPair): void {
    if (files.some(({ modified }) => modified > this.#now - SETTLED_AFTER)) return;
    const key = keyOf(files);
    // To the end, where the newest are.
    this.#entries.delete(key);
    this.#entries.set(key, [marksOf(files), heard]);
    this.#changed = true;
  }

  /** Writes it where anything changed. What cannot be written is no loss but of time: a note. */
  async save(): Promise<Issue[]> {
    if (!this.#changed) return [];
    const kept = [...this.#entries].slice(-MOST);
    const body = `{\n${kept.map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`).join(',\n')}\n}`;
    try {
      await stateFolder(this.#manifest);
      await writeAtomic(pathOf(this.#manifest), `${head(hash(body))}${body}}\n`);
      this.#changed = false;
      return [];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return [
        note(`${AT} could not be written (${error.message}); the next time every pair is listened to again.`),
      ];
    }
  }
}

const pathOf = (manifest: string) => join(stateFolderPath(manifest), NAME);
const hash = (body: string) => createHash('sha256').update(body).digest('hex');
const head = (sum: string) =>
  `{"kind":"listen-cache","listen":${JSON.stringify(LISTEN_VERSION)},"hash":"${sum}","heard":`;

function note(message: string): Issue {
  return { code: 'listen-cache', severity: 'note', at: AT, clips: [], message };
}

/** What was kept for this manifest; empty where there is nothing to go by. `now` in milliseconds. */
export async function openListenCache(
  manifest: string,
  now = Date.now(),
): Promise<{ cache: ListenCache; issues: Issue[] }> {
  const opened = await read(pathOf(manifest));
  const entries = typeof opened === 'string' ? new Map<string, Entry>() : opened;
  const issues = typeof opened === 'string' && opened !== '' ? [note(opened)] : [];
  return { cache: new ListenCache(manifest, entries, now), issues };
}

/** The entries, or why there are none; '' where that is nothing to speak of. */
async function read(path: string): Promise<Map<string, Entry> | string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? '' : null;
  });
  if (text === '') return '';
  const broken = `${AT} is damaged and was passed over; every pair is listened to again.`;
  if (text === null || text.length > LARGEST) return broken;
  // The hash holds for everything in it, so that nothing in it has to be checked again.
  const begin = text.indexOf('"heard":') + '"heard":'.length;
  const sum = /"hash":"([0-9a-f]{64})"/.exec(text.slice(0, Math.max(0, begin)))?.[1];
  const body = text.slice(begin, -2);
  if (!sum || hash(body) !== sum) return broken;
  if (text.slice(0, begin) !== head(sum)) return '';
  return new Map(Object.entries(JSON.parse(body) as Record<string, Entry>));
}
