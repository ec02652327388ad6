/**
 * The desk for manifests that a person opens one after the other: each widens what may be reached, and a drive that is not connected
 * takes away its own manifest only.
 */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HostError } from '../call.ts';
import type { Editor } from '../contract.ts';
import { apiMethods, type Method, type Offered } from './service-api.ts';

export interface Admitted {
  /** The absolute path of a manifest that is there, or is to be made. */
  add(manifest: string): void;
  has(manifest: string): boolean;
  /** Whether the folder of one was not there when it was last looked for. */
  isAway(manifest: string): boolean;
  /** Keyed `room/method`, for what is admitted and there by now. */
  methods(): Promise<ReadonlyMap<string, Method>>;
}

export function admitted(offered: Omit<Offered, 'manifests'>, first: readonly string[] = []): Admitted {
  const manifests = new Set(first);
  let away: string[] = [];
  let made: Promise<ReadonlyMap<string, Method>> | null = null;
  const make = async () => {
    const all = [...manifests];
    const there = await Promise.all(all.map((path) => isFolder(dirname(path))));
    away = all.filter((_path, nth) => !there[nth]);
    // Looked for again the next time: the drive may be connected by then.
    if (away.length > 0) made = null;
    return apiMethods({ ...offered, manifests: all.filter((_path, nth) => there[nth]) });
  };
  return {
    add(manifest) {
      if (manifests.has(manifest)) return;
      manifests.add(manifest);
      made = null;
    },
    has: (manifest) => manifests.has(manifest),
    isAway: (manifest) => away.includes(manifest),
    methods: () =>
      (made ??= make().catch((error: unknown) => {
        // A drive that went away in this very moment.
        made = null;
        throw error;
      })),
  };
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Where the editor is asked elsewhere: every method of it throws HostError `not-open`. */
export const noEditor = new Proxy({} as Editor, {
  get: () => () => Promise.reject(new HostError('not-open', 'editor', 'This desk has no editor.')),
});
