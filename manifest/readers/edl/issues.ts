/** What a list's reader has to say, by line; a fault that every line has is said fifty times and then counted. */
import type { Issue, Severity } from '../../documents/issue.ts';

const MOST = 50;

export interface IssueBook {
  /** `line` from 1; 0 = the whole list. */
  add(code: string, severity: Severity, line: number, message: string, fix?: string): void;
  all(): Issue[];
}

export function issueBook(name: string): IssueBook {
  const issues: Issue[] = [];
  const counts = new Map<string, { count: number; severity: Severity }>();
  return {
    add(code, severity, line, message, fix) {
      const seen = counts.get(code) ?? { count: 0, severity };
      counts.set(code, { count: seen.count + 1, severity: worse(seen.severity, severity) });
      if (seen.count >= MOST) return;
      const issue: Issue = { code, severity, at: place(name, line), clips: [], message };
      issues.push(fix === undefined ? issue : { ...issue, fix });
    },
    all() {
      const more: Issue[] = [];
      for (const [code, { count, severity }] of counts)
        if (count > MOST) {
          const message = `${name}: and ${count - MOST} more like the ${MOST} above (${code}).`;
          more.push({ code, severity, at: name, clips: [], message });
        }
      return [...issues, ...more];
    },
  };
}

function place(name: string, line: number): string {
  return line > 0 ? `${name} line ${line}` : name;
}

function worse(a: Severity, b: Severity): Severity {
  const order: Severity[] = ['error', 'warning', 'note'];
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** Text of a file as it may stand in a message. */
export function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return `"${text.replace(/[\u0000-\u001f]/g, ' ').slice(0, 80)}${text.length > 80 ? '…' : ''}"`;
}
