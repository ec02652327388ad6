/** Runs every check over a manifest, errors first. */
import type { Facts } from './checks/check.ts';
import { CHECKS } from './checks/index.ts';
import type { Handoff } from './documents/handoff.ts';
import type { Issue, Severity } from './documents/issue.ts';
import { foldCopies } from './duplicates/fold.ts';

const ORDER: Severity[] = ['error', 'warning', 'note'];

/** A check whose facts are absent is left out. */
export function check(handoff: Handoff, facts: Facts): Issue[] {
  const checking = checkInParts(handoff, facts);
  for (;;) {
    const part = checking.next();
    if (part.done) return part.value;
  }
}

/** The same, stopping after each check with its title, for a face that must stay awake meanwhile. */
export function* checkInParts(handoff: Handoff, facts: Facts): Generator<string, Issue[]> {
  const found: Issue[] = [];
  for (const each of CHECKS) {
    if (!each.needs.every((need) => facts[need] !== undefined)) continue;
    for (const issue of each.run(handoff, facts)) found.push(issue);
    yield each.title;
  }
  return foldCopies(handoff, found).sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

export function countIssues(issues: Issue[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const issue of issues) counts[issue.severity]++;
  return counts;
}
