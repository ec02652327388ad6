/** What was read of each file's header, kept in `.baton/probe-cache.json`. */
import type { Issue } from '../../manifest/documents/issue.ts';
import { rateName, type Rate } from '../../manifest/time/rate.ts';
import { openKept, type Kept, type KeptFile } from './kept.ts';
import { PROBE_VERSION } from './probe/probe.ts';
import type { Probe, ProblemCode } from './probe/prober.ts';

export type { KeptFile } from './kept.ts';

/** What the disk or the machine did, not the file: it may read well next time. */
const PASSING = new Set<ProblemCode>(['unreadable', 'needs-ffprobe', 'not-read']);

export class ProbeCache {
  readonly #kept: Kept<Probe>;

  /** Use openProbeCache. */
  constructor(kept: Kept<Probe>) {
    this.#kept = kept;
  }

  find(file: KeptFile): Probe | undefined {
    return this.#kept.find(file);
  }

  keep(file: KeptFile, probe: Probe): void {
    if (probe.problem && PASSING.has(probe.problem.code)) return;
    this.#kept.keep(probe, file);
  }

  /** Forgets the files of these roots that are not among those found. */
  prune(roots: string[], found: KeptFile[]): void {
    this.#kept.prune(roots, found);
  }

  save(): Promise<Issue[]> {
    return this.#kept.save();
  }
}

/** What was kept for this manifest; empty where there is nothing to go by. `now` in milliseconds. */
export async function openProbeCache(
  manifest: string,
  projectRate: Rate | undefined,
  now?: number,
): Promise<{ cache: ProbeCache; issues: Issue[] }> {
  const stamp = { probe: PROBE_VERSION, rate: projectRate ? rateName(projectRate) : '' };
  const { kept, issues } = await openKept<Probe>(
    manifest,
    { name: 'probe-cache', code: 'scan-cache', stamp, most: 200_000, cost: 'every file is read again' },
    now,
  );
  return { cache: new ProbeCache(kept), issues };
}
