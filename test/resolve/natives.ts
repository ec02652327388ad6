/** Resolve's own module as the plugin's main process loads it, with the stand-in behind it: opaque objects. */
import type { WorkflowIntegration } from '../../host/resolve/workflow.ts';
import { CLIP_METHODS } from '../../host/standin/resolve/clip.ts';
import { CONSTANTS } from '../../host/standin/resolve/constants.ts';
import type { Answer } from '../../host/standin/resolve/handle.ts';
import { FOLDER_METHODS, POOL_METHODS } from '../../host/standin/resolve/pool.ts';
import {
  PROJECT_MANAGER_METHODS,
  PROJECT_METHODS,
  RESOLVE_METHODS,
} from '../../host/standin/resolve/project.ts';
import type { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { TIMELINE_ITEM_METHODS, TIMELINE_METHODS } from '../../host/standin/resolve/timeline.ts';

const KINDS: Record<string, object> = {
  Resolve: RESOLVE_METHODS,
  ProjectManager: PROJECT_MANAGER_METHODS,
  Project: PROJECT_METHODS,
  MediaPool: POOL_METHODS,
  Folder: FOLDER_METHODS,
  MediaPoolItem: CLIP_METHODS,
  Timeline: TIMELINE_METHODS,
  TimelineItem: TIMELINE_ITEM_METHODS,
};

const HANDLE = Symbol('handle');

/** Objects as Resolve's module gives them: opaque, methods on the prototype only, a new one at every fetch. */
export function natives(standin: StandinResolve, promises: boolean) {
  const give = (answer: Answer): unknown => {
    if (typeof answer !== 'object' || answer === null) return answer ?? undefined;
    if (Array.isArray(answer)) return answer.map(give);
    if (answer instanceof Map) return Object.fromEntries([...answer].map(([key, held]) => [key, give(held)]));
    return make(answer.handle);
  };
  const take = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(take);
    if (HANDLE in value) return { handle: value[HANDLE] };
    return value;
  };
  const make = (handle: string): object => {
    const prototype: Record<string, unknown> = {};
    for (const name of Object.keys(KINDS[handle.split(':')[0]!]!))
      if (standin.has(handle, name))
        Object.defineProperty(prototype, name, {
          enumerable: false,
          value(...args: unknown[]) {
            const answer = give(standin.call(handle, name, args.map(take)));
            return promises ? Promise.resolve(answer) : answer;
          },
        });
    return Object.create(prototype, { [HANDLE]: { value: handle, enumerable: false } }) as object;
  };
  const root = make('Resolve:');
  for (const name of Object.keys(CONSTANTS))
    Object.defineProperty(root, name, { value: standin.constant(name) ?? undefined });
  return root;
}

export function workflow(root: object, promises: boolean, log: string[] = []): WorkflowIntegration {
  const said = (what: string, answer: unknown) => (log.push(what), answer);
  return {
    Initialize: (id) => said(`Initialize ${id}`, true),
    GetResolve: () => said('GetResolve', root),
    SetAPITimeout: (seconds) => said(`SetAPITimeout ${seconds > 0}`, true),
    ...(promises
      ? {
          InitializePromise: (id: string) => Promise.resolve(said(`InitializePromise ${id}`, true)),
          GetResolvePromise: () => Promise.resolve(said('GetResolvePromise', root)),
        }
      : {}),
  };
}
