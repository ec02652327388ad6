/** What was read of files' content, kept in `.baton/content-cache.json`. */
import type { Content } from '../../../manifest/documents/handoff.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import { openKept, type Kept, type KeptFile } from '../kept.ts';

export interface Seen extends KeptFile {
  /** Absolute. */
  file: string;
}

type Digests = { ends?: string | undefined; hash?: string | undefined };

export class ContentCache {
  readonly #kept: Kept<Content>;

  /** Use openContentCache. */
  constructor(kept: Kept<Content>) {
    this.#kept = kept;
  }

  find(seen: Seen): Content | undefined {
    return this.#kept.find(seen);
  }

  keep(seen: Seen, { ends = '', hash = '' }: Digests): void {
    if (ends === '' && hash === '') return;
    const known = this.#kept.find(seen);
    if (known && (known.ends ?? '') === ends && (known.hash ?? '') === hash) return;
    this.#kept.keep({ ...(ends ? { ends } : {}), ...(hash ? { hash } : {}) }, seen);
  }

  /** Without files of these roots that are not among `here`. */
  save(here: readonly Seen[]): Promise<Issue[]> {
    this.#kept.prune([...new Set(here.map(({ root }) => root))], here);
    return this.#kept.save();
  }
}

/** Empty where there is none. `now` in milliseconds. */
export async function openContentCache(
  manifest: string,
  now?: number,
): Promise<{ cache: ContentCache; issues: Issue[] }> {
  const { kept, issues } = await openKept<Content>(
    manifest,
    {
      name: 'content-cache',
      code: 'scan-cache',
      stamp: { version: 2 },
      most: 400_000,
      cost: 'like files are compared anew',
    },
    now,
  );
  return { cache: new ContentCache(kept), issues };
}
