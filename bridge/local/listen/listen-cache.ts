/** What was heard, kept in `.baton/listen-cache.json`: of single files, and of a picture and a sound together. */
import type { LtcEvidence } from '../../../manifest/documents/sync.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import { openKept, type Kept, type KeptFile } from '../kept.ts';
import { LISTEN_VERSION } from './ears.ts';
import type { HeardPair } from './hearing.ts';

export type { KeptFile } from '../kept.ts';

/** What a file's own tracks say. */
export interface KeptHearing {
  ltc: Omit<LtcEvidence, 'clip'> | null;
}

export interface KeptPair extends HeardPair {
  soundRate: number;
  /** The slate's frame as it was then: another one is another question. */
  slate?: number;
}

export class ListenCache {
  readonly #kept: Kept<KeptHearing | KeptPair>;

  /** Use openListenCache. */
  constructor(kept: Kept<KeptHearing | KeptPair>) {
    this.#kept = kept;
  }

  file(file: KeptFile): KeptHearing | undefined {
    return this.#kept.find(file) as KeptHearing | undefined;
  }

  pair(picture: KeptFile, sound: KeptFile, slate: number | undefined): KeptPair | undefined {
    const kept = this.#kept.find(picture, sound) as KeptPair | undefined;
    return kept?.slate === slate ? kept : undefined;
  }

  keepFile(file: KeptFile, heard: KeptHearing): void {
    this.#kept.keep(heard, file);
  }

  keepPair(picture: KeptFile, sound: KeptFile, heard: KeptPair): void {
    this.#kept.keep(heard, picture, sound);
  }

  save(): Promise<Issue[]> {
    return this.#kept.save();
  }
}

/** What was kept for this manifest; empty where there is nothing to go by. `now` in milliseconds. */
export async function openListenCache(
  manifest: string,
  now?: number,
): Promise<{ cache: ListenCache; issues: Issue[] }> {
  const { kept, issues } = await openKept<KeptHearing | KeptPair>(
    manifest,
    {
      name: 'listen-cache',
      code: 'listen-cache',
      stamp: { listen: LISTEN_VERSION },
      most: 100_000,
      cost: 'every pair is listened to again',
    },
    now,
  );
  return { cache: new ListenCache(kept), issues };
}
