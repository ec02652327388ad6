/** What `baton doctor MANIFEST` finds of one handoff: its size, who holds its lock, imports that were broken off, and the last errors. Reads only. */
import { basename, join } from 'node:path';
import type { Finding } from '../../diagnosis.ts';
import type { Handoff } from '../../../manifest/documents/handoff.ts';
import type { Receipt } from '../../../manifest/documents/receipt.ts';
import { longestFirst, namesOf } from '../../redact.ts';
import { unfinishedJournals } from '../journal.ts';
import { topOf } from '../lock-folder.ts';
import { lifeOf } from '../owner.ts';
import { stateFolderPath } from '../state-folder.ts';
import { readHandoff } from '../store.ts';
import type { Looked } from './look.ts';

export interface LookedAtHandoff extends Looked {
  /** What must go out of other programs' words. */
  names: string[];
}

/** Reasons told at most, the newest. */
const MOST_REASONS = 10;

/** `manifest` is absolute. */
export async function lookAtHandoff(manifest: string): Promise<LookedAtHandoff> {
  const { handoff, issues } = await readHandoff(manifest);
  const lock = await lockState(manifest);
  const left = await unfinishedJournals(manifest);
  const findings: Finding[] = [
    ...(handoff ? counts(handoff) : [{ what: 'Manifest', found: 'could not be read' }]),
    ...issues.map((issue) => ({ what: `Issue ${issue.code}`, found: { theirs: issue.message } })),
    { what: 'Lock', found: lock },
    { what: 'Imports broken off', found: String(left.length) },
    ...lastErrors(handoff, left).map((theirs) => ({ what: 'Last errors', found: { theirs } })),
  ];
  const advice = [
    ...(handoff ? [] : ['The manifest could not be read: run baton check on it.']),
    ...(left.length > 0 ? ['An import was broken off: run it again, and it goes on where it stopped.'] : []),
  ];
  const names = longestFirst([manifest, basename(manifest), ...(handoff ? namesOf(handoff) : [])]);
  return { title: 'Handoff', findings, advice, names };
}

function counts(handoff: Handoff): Finding[] {
  const kinds = new Map<string, number>();
  for (const { kind } of handoff.clips) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const records = new Map<string, number>();
  for (const { kind } of handoff.history) records.set(kind, (records.get(kind) ?? 0) + 1);
  const list = (all: Map<string, number>) =>
    [...all].map(([kind, count]) => `${kind} ${count}`).join(', ') || 'none';
  return [
    { what: 'Manifest', found: `version ${handoff.version}, revision ${handoff.revision}` },
    { what: 'Clips', found: list(kinds) },
    // A kind may be another program's word.
    { what: 'History', found: { theirs: list(records) } },
    { what: 'Signed off', found: handoff.signOff ? 'yes' : 'no' },
  ];
}

async function lockState(manifest: string): Promise<string> {
  const top = await topOf(join(stateFolderPath(manifest), `${basename(manifest)}.lock`)).catch(() => null);
  if (!top?.owner) return top ? 'free' : 'never taken';
  const life = await lifeOf(top.owner);
  if (life === 'alive') return 'held by a process on this machine that runs';
  return life === 'dead'
    ? 'left behind by a process that ended: the next writer breaks it'
    : 'held from another machine';
}

function lastErrors(handoff: Handoff | null, left: Receipt[]): string[] {
  const recorded = (handoff?.history ?? []).flatMap(
    (record) => (record as { receipt?: Receipt }).receipt ?? [],
  );
  const reasons = [...recorded, ...left].flatMap(({ steps = [] }) =>
    steps.flatMap(({ result, reason }) =>
      (result === 'failed' || result === 'unverified') && reason ? [`${result}: ${reason}`] : [],
    ),
  );
  return [...new Set(reasons)].slice(-MOST_REASONS);
}
