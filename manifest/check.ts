/** Runs every check over a manifest, errors first. */
import type { Facts } from './checks/check.ts';
import { CHECKS } from './checks/index.ts';
import type { Handoff } from './documents/handoff.ts';
import type { Issue, Severity } from './documents/issue.ts';
import { foldCopies } from './duplicates/fold.ts';

const ORDER: Severity[] = ['error', 'warning', 'note'];

/** A check whose facts are absent is left out. */
export function check(handoff: Handoff, facts: Facts): Issue[] {
  const found = CHECKS.filter((each) => each.needs.every((need) => facts[need] !== undefined)).flatMap(
    (each) => each.run(handoff, facts),
  );
  return foldCopies(handoff, found).sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

export function countIssues(issues: Issue[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const issue of issues) counts[issue.severity]++;
  return counts;
}
