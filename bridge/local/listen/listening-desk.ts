/** Listening for a face: one run a manifest, begun, asked after and stopped by separate calls. */
import { resolve } from 'node:path';
import type { Issue } from '../../../manifest/documents/issue.ts';
import type { Listened } from '../../../manifest/documents/sync.ts';
import type { ListeningAsked, ListeningDesk, ListeningState } from '../../desk.ts';
import { openHandoff } from '../desk.ts';
import { listenThrough, type ListenProgress } from './listen.ts';
import { localWaveforms } from './waveforms.ts';

interface Run {
  controller: AbortController;
  progress: ListenProgress | null;
  listened: Listened[] | null;
  issues: Issue[];
  failed?: string;
  /** Resolves when it is over, however it went. */
  over: Promise<void>;
  running: boolean;
}

/** `overrides` say where roots lie, over what is remembered. */
export function localListening(overrides: Record<string, string> = {}): ListeningDesk {
  const runs = new Map<string, Run>();
  return {
    async listen(path, asked) {
      const manifest = resolve(path);
      const run = runs.get(manifest);
      if (run?.running) return stateOf(run);
      const begun = begin(manifest, asked, overrides);
      runs.set(manifest, begun);
      return stateOf(begun);
    },
    async listening(path) {
      const run = runs.get(resolve(path));
      return run ? stateOf(run) : null;
    },
    async stopListening(path) {
      const run = runs.get(resolve(path));
      if (!run) return null;
      run.controller.abort();
      await run.over;
      return stateOf(run);
    },
    ...localWaveforms(overrides),
  };
}

function stateOf({ running, progress, listened, issues, failed }: Run): ListeningState {
  return { running, progress, listened, issues, ...(failed === undefined ? {} : { failed }) };
}

function begin(manifest: string, asked: ListeningAsked, overrides: Record<string, string>): Run {
  const run: Run = {
    controller: new AbortController(),
    progress: null,
    listened: null,
    issues: [],
    over: Promise.resolve(),
    running: true,
  };
  run.over = carryOut(run, manifest, asked, overrides)
    .catch((error: unknown) => {
      run.failed = error instanceof Error ? error.message : String(error);
    })
    .finally(() => {
      run.running = false;
    });
  return run;
}

async function carryOut(
  run: Run,
  manifest: string,
  { clips, all }: ListeningAsked,
  overrides: Record<string, string>,
): Promise<void> {
  const opened = await openHandoff(manifest, overrides);
  const { handoff } = opened;
  if (!handoff) throw new Error(opened.issues[0]?.message ?? 'the manifest cannot be read');
  const paths = clips && new Set(clips);
  const only = paths && new Set(handoff.clips.filter((clip) => paths.has(clip.path)).map((clip) => clip.id));
  const { listened, issues } = await listenThrough({
    opened: { ...opened, handoff },
    pairs: { ...(only ? { only } : {}), ...(all ? { all } : {}) },
    signal: run.controller.signal,
    onProgress: (progress) => {
      run.progress = progress;
    },
  });
  run.listened = listened;
  run.issues = issues;
}
