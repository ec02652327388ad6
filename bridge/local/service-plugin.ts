/**
 * What a plugin without Node may ask of the service: the desk, for the manifests that are served and for those that a person
 * opened in the plugin. No editor: the plugin has its own.
 */
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { version } from '../../package.json';
import { HostError } from '../call.ts';
import type { Editor } from '../contract.ts';
import { apiMethods, type Offered } from './service-api.ts';
import { take } from './service-gate.ts';
import type { Method } from './service-runs.ts';

/** What the service says of itself. */
export interface Hello {
  /** Baton's, as in package.json. */
  version: string;
}

/** The methods as they are now: an admitted manifest widens them. */
export type Methods = () => Promise<ReadonlyMap<string, Method>>;

export function pluginMethods(offered: Omit<Offered, 'editor' | 'afterApply'>): Methods {
  const admitted = new Set(offered.manifests);
  let made: Promise<ReadonlyMap<string, Method>> | null = null;
  const own: [string, Method][] = [
    ['service/hello', () => Promise.resolve({ version } satisfies Hello)],
    [
      'service/admit',
      async (args) => {
        const path = manifestPath(take(z.tuple([z.string()]), args)[0]);
        if (admitted.has(path)) return;
        if (!(await isFolder(dirname(path))))
          throw new HostError('refused', 'admit', `The folder of ${path} is not there: connect its drive.`);
        admitted.add(path);
        made = null;
      },
    ],
  ];
  const make = async () => {
    const here: string[] = [];
    for (const path of admitted) if (await isFolder(dirname(path))) here.push(path);
    // A drive that is away may be connected by the next time.
    if (here.length < admitted.size) made = null;
    const desk = [...(await apiMethods({ ...offered, manifests: here, editor: noEditor }))];
    return new Map([...own, ...desk.filter(([name]) => name.startsWith('desk/'))]);
  };
  return () => (made ??= make());
}

function manifestPath(path: string): string {
  if (isAbsolute(path) && !path.includes('\0') && resolve(path) === path && path.endsWith('.json'))
    return path;
  throw new HostError('refused', 'admit', `"${path}" is no absolute path of a manifest`);
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const noEditor = new Proxy({} as Editor, {
  get: () => () =>
    Promise.reject(new HostError('not-open', 'editor', 'The plugin has an editor of its own.')),
});
