/** Proving files by hash for a face: one run a manifest, begun, asked after and stopped by separate calls. Media are only read. */
import { version } from '../../package.json';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { VerifyingDesk, VerifyState } from '../desk.ts';
import { readRoots } from './roots.ts';
import { runs, type Run } from './runs.ts';
import { readHandoff } from './store.ts';
import { verifyCopies } from './verify.ts';

/** Findings told; a copy that went wrong has one for every file. */
const MOST_FINDINGS = 200;

/** `overrides` say where roots lie, over what is remembered. */
export function localVerifying(overrides: Record<string, string> = {}): VerifyingDesk {
  const proofs = runs<VerifyState>('Stopped. What was read is kept, and the next time goes on from there.');
  return {
    verify: (path) =>
      proofs.begin(path, { running: true, progress: null, verified: null, issues: [] }, (run) =>
        carryOut(run, overrides),
      ),
    verifying: proofs.now,
    stopVerifying: proofs.stop,
  };
}

async function carryOut({ manifest, state, signal }: Run<VerifyState>, overrides: Record<string, string>) {
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
    signal,
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
