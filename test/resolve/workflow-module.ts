/** Stands in for `WorkflowIntegration.node` beside a packaged plugin: built as one file and loaded by the plugin's main process. */
import { existsSync } from 'node:fs';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { emptyState } from '../../host/standin/resolve/state.ts';
import { natives, workflow } from './natives.ts';

/** Every file that is there is a picture at 25, or sound, and a minute long. */
const media = (file: string) => {
  if (!existsSync(file)) return null;
  if (/\.wav$/i.test(file)) return { type: 'Audio' as const, seconds: 60, startSeconds: 0 };
  return { type: 'Video + Audio' as const, fps: 25, frames: 1500, start: 0 };
};
const resolve = new StandinResolve({ media, state: emptyState('21.0', true) });

export const { Initialize, InitializePromise, GetResolve, GetResolvePromise, SetAPITimeout } = workflow(
  natives(resolve, true),
  true,
);
