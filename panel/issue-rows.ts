/** Issues grouped by their code, errors first, as the rows of a tree. */
import type { Issue, Severity } from '../manifest/documents/issue.ts';
import { issueTitle } from './issue-titles.ts';
import { PART, type Parts } from './parts.ts';

export type IssueTreeRow =
  | {
      kind: 'group';
      key: string;
      level: 1;
      open: boolean;
      position: number;
      size: number;
      severity: Severity;
      code: string;
      title: string;
      count: number;
    }
  | { kind: 'issue'; key: string; level: 2; open?: undefined; position: number; size: number; issue: Issue };

/** A group of more than this many starts closed, so that every group is in sight. */
const FEW = 3;

const ORDER: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

interface Shown {
  toggled: Record<string, boolean>;
  filter: string;
}

/** `filter` is lower case; it opens what it finds. */
export function* issueRows(issues: Issue[], shown: Shown): Parts<IssueTreeRow[]> {
  const groups = new Map<string, Issue[]>();
  for (let nth = 0; nth < issues.length; nth++) {
    if (nth % PART === PART - 1) yield;
    const issue = issues[nth]!;
    if (!matches(issue, shown.filter)) continue;
    const key = `${issue.severity} ${issue.code}`;
    const group = groups.get(key);
    if (group) group.push(issue);
    else groups.set(key, [issue]);
  }
  const inOrder = [...groups].sort(([, [a]], [, [b]]) => ORDER[a!.severity] - ORDER[b!.severity]);
  const rows: IssueTreeRow[] = [];
  for (const [index, [key, group]] of inOrder.entries()) {
    const open = shown.filter !== '' || (shown.toggled[key] ?? group.length <= FEW);
    const { severity, code } = group[0]!;
    const head = {
      position: index + 1,
      size: inOrder.length,
      severity,
      code,
      title: issueTitle(code),
      count: group.length,
    };
    rows.push({ kind: 'group', key, level: 1, open, ...head });
    const shownOf = open ? group.length : 0;
    for (let nth = 0; nth < shownOf; nth++) {
      if (nth % PART === PART - 1) yield;
      rows.push(issueRow(group[nth]!, `${key} ${nth}`, nth, group.length));
    }
  }
  return rows;
}

function issueRow(issue: Issue, key: string, nth: number, size: number): IssueTreeRow {
  return { kind: 'issue', key, level: 2, position: nth + 1, size, issue };
}

function matches({ message, at, code, clips }: Issue, filter: string): boolean {
  if (filter === '') return true;
  // By its code too: that is what the documentation is searched by.
  return [message, at, code, issueTitle(code), ...clips].some((text) => text.toLowerCase().includes(filter));
}
