/** Proving files by hash for a face: one run a manifest, begun, asked after and stopped by separate calls. Media are only read. */
import { resolve } from 'node:path';
import { version } from '../../package.json';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { VerifyingDesk, VerifyState } from '../desk.ts';
import { readRoots } from './roots.ts';
import { readHandoff } from './store.ts';
import { verifyCopies } from './verify.ts';

/** Findings told; a copy that went wrong has one for every file. */
const MOST_FINDINGS = 200;

interface Run {
  controller: AbortController;
  state: VerifyState;
  /** Resolves when it is over, however it went. */
  over: Promise<void>;
}

/** `overrides` say where roots lie, over what is remembered. */
export function localVerifying(overrides: Record<string, string> = {}): VerifyingDesk {
  const runs = new Map<string, Run>();
  return {
    verify(path) {
      const manifest = resolve(path);
      const run = runs.get(manifest);
      if (run?.state.running) return Promise.resolve(run.state);
      const begun = begin(manifest, overrides);
      runs.set(manifest, begun);
      return Promise.resolve(begun.state);
    },
    verifying: (path) => Promise.resolve(runs.get(resolve(path))?.state ?? null),
    async stopVerifying(path) {
      const run = runs.get(resolve(path));
      if (!run) return null;
      run.controller.abort();
      await run.over;
      return run.state;
    },
  };
}

function begin(manifest: string, overrides: Record<string, string>): Run {
  const run: Run = {
    controller: new AbortController(),
    state: { running: true, progress: null, verified: null, issues: [] },
    over: Promise.resolve(),
  };
  run.over = carryOut(run, manifest, overrides)
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      run.state.failed = run.controller.signal.aborted
        ? 'Stopped. What was read is kept, and the next time goes on from there.'
        : message;
    })
    .finally(() => {
      run.state.running = false;
    });
  return run;
}

async function carryOut({ state, controller }: Run, manifest: string, overrides: Record<string, string>) {
  const { handoff, issues } = await readHandoff(manifest);
  if (!handoff) throw new Error(issues[0]?.message ?? 'the manifest cannot be read');
  const names = handoff.roots.map((root) => root.name);
  const found: Issue[] = [];
  const roots = await readRoots(manifest, names, overrides, (issue) => found.push(issue));
  const verified = await verifyCopies({
    manifest,
    handoff,
    roots,
    copies: [],
    algorithm: 'xxh64',
    write: false,
    fresh: false,
    signal: controller.signal,
    onProgress: (progress) => {
      state.progress = progress;
    },
    tool: { name: 'Baton', version },
  });
  const findings = verified.verdicts.filter(({ verdict }) => verdict !== 'proven');
  state.issues = [...found, ...verified.issues];
  state.verified = {
    counts: verified.counts,
    bytes: verified.bytes,
    findings: findings
      .slice(0, MOST_FINDINGS)
      .map(({ verdict, path, reason }) => ({ verdict, path, reason })),
    more: Math.max(0, findings.length - MOST_FINDINGS),
  };
}
