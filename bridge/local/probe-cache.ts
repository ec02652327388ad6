/**
 * What was read of each file, kept in `.baton/probe-cache.json`: a file of the same path, size and time is not opened again. Only
 * a store of what can be read anew: one that is broken, old or of another rate is passed over, and said.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '../../manifest/documents/issue.ts';
import { rateName, type Rate } from '../../manifest/time/rate.ts';
import { writeAtomic } from './atomic.ts';
import { PROBE_VERSION } from './probe/probe.ts';
import type { Probe, ProblemCode } from './probe/prober.ts';
import { stateFolder, stateFolderPath } from './state-folder.ts';
import { StoreError } from './store-error.ts';

const NAME = 'probe-cache.json';
const AT = `.baton/${NAME}`;
/** More files than one handoff has; the oldest go first. */
const MOST = 200_000;
const LARGEST = 256 * 1024 * 1024;
/** A file written in the last moments may be written again within the same tick of a drive's clock, which is 2 s on FAT. */
const SETTLED_AFTER = 3000;

/** A file as the walk saw it. `modified` is its time in milliseconds. */
export interface KeptFile {
  root: string;
  path: string;
  size: number;
  modified: number;
}

type Entry = [size: number, modified: number, probe: Probe];

/** What the disk or the machine did, not the file: it may read well next time. */
const PASSING = new Set<ProblemCode>(['unreadable', 'needs-ffprobe', 'not-read']);

const keyOf = ({ root, path }: KeptFile) => `${root}\n${path}`;

export class ProbeCache {
  readonly #manifest: string;
  readonly #rate: string;
  readonly #entries: Map<string, Entry>;
  readonly #now: number;
  #changed = false;

  /** Use openProbeCache. */
  constructor(manifest: string, rate: string, entries: Map<string, Entry>, now: number) {
    this.#manifest = manifest;
    this.#rate = rate;
    this.#entries = entries;
    this.#now = now;
  }

  find(file: KeptFile): Probe | undefined {
    const entry = this.#entries.get(keyOf(file));
    return entry && entry[0] === file.size && entry[1] === file.modified ? entry[2] : undefined;
  }

  keep(file: KeptFile, probe: Probe): void {
    if (file.modified > this.#now - SETTLED_AFTER) return;
    if (probe.problem && PASSING.has(probe.problem.code)) return;
    const key = keyOf(file);
    // To the end, where the newest are.
    this.#entries.delete(key);
    this.#entries.set(key, [file.size, file.modified, probe]);
    this.#changed = true;
  }

  /** Forgets the files of these roots that are not among those found. */
  prune(roots: string[], found: KeptFile[]): void {
    const here = new Set(found.map(keyOf));
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
    const kept = [...this.#entries].slice(-MOST);
    const body = `{\n${kept.map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`).join(',\n')}\n}`;
    try {
      await stateFolder(this.#manifest);
      await writeAtomic(pathOf(this.#manifest), `${head(this.#rate, hash(body))}${body}}\n`);
      this.#changed = false;
      return [];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return [note(`${AT} could not be written (${error.message}); the next scan reads every file again.`)];
    }
  }
}

const pathOf = (manifest: string) => join(stateFolderPath(manifest), NAME);
const hash = (body: string) => createHash('sha256').update(body).digest('hex');
const head = (rate: string, sum: string) =>
  `{"kind":"probe-cache","probe":${PROBE_VERSION},"rate":${JSON.stringify(rate)},"hash":"${sum}","files":`;

function note(message: string): Issue {
  return { code: 'scan-cache', severity: 'note', at: AT, clips: [], message };
}

/** What was kept for this manifest; empty where there is nothing to go by. `now` in milliseconds. */
export async function openProbeCache(
  manifest: string,
  projectRate: Rate | undefined,
  now = Date.now(),
): Promise<{ cache: ProbeCache; issues: Issue[] }> {
  const rate = projectRate ? rateName(projectRate) : '';
  const opened = await read(pathOf(manifest), rate);
  const entries = typeof opened === 'string' ? new Map<string, Entry>() : opened;
  const issues = typeof opened === 'string' && opened !== '' ? [note(opened)] : [];
  return { cache: new ProbeCache(manifest, rate, entries, now), issues };
}

/** The entries, or why there are none; '' where that is nothing to speak of. */
async function read(path: string, rate: string): Promise<Map<string, Entry> | string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? '' : null;
  });
  if (text === '') return '';
  const broken = `${AT} is damaged and was passed over; every file is read again.`;
  if (text === null || text.length > LARGEST) return broken;
  // The hash holds for everything in it, so that nothing in it has to be checked again.
  const begin = text.indexOf('"files":') + '"files":'.length;
  const sum = /"hash":"([0-9a-f]{64})"/.exec(text.slice(0, Math.max(0, begin)))?.[1];
  const body = text.slice(begin, -2);
  if (!sum || hash(body) !== sum) return broken;
  if (text.slice(0, begin) !== head(rate, sum)) return '';
  return new Map(Object.entries(JSON.parse(body) as Record<string, Entry>));
}
