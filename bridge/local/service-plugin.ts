/**
 * What a plugin without Node may ask of the service: the desk, for the manifests that are served and for those that a person
 * opened in the plugin. No editor: the plugin has its own.
 */
import { dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { version } from '../../package.json';
import { HostError } from '../call.ts';
import { admitted, isFolder, noEditor } from './admitted.ts';
import type { Offered } from './service-api.ts';
import { take } from './service-gate.ts';
import type { Method } from './service-runs.ts';

/** What the service says of itself. */
export interface Hello {
  /** Baton's, as in package.json. */
  version: string;
  /** As in the service's file. */
  proof: string;
}

/** The methods as they are now: an admitted manifest widens them. */
export type Methods = () => Promise<ReadonlyMap<string, Method>>;

export function pluginMethods(offered: Omit<Offered, 'editor' | 'afterApply'>, proof: string): Methods {
  const known = admitted({ ...offered, editor: noEditor }, offered.manifests);
  const own: [string, Method][] = [
    ['service/hello', () => Promise.resolve({ version, proof } satisfies Hello)],
    [
      'service/admit',
      async (args) => {
        const path = manifestPath(take(z.tuple([z.string()]), args)[0]);
        if (known.has(path)) return;
        if (!(await isFolder(dirname(path))))
          throw new HostError('refused', 'admit', `The folder of ${path} is not there: connect its drive.`);
        known.add(path);
      },
    ],
  ];
  return async () => {
    const all = [...(await known.methods())];
    return new Map([...own, ...all.filter(([name]) => name.startsWith('desk/'))]);
  };
}

function manifestPath(path: string): string {
  if (isAbsolute(path) && !path.includes('\0') && resolve(path) === path && path.endsWith('.json'))
    return path;
  throw new HostError('refused', 'admit', `"${path}" is no absolute path of a manifest`);
}
