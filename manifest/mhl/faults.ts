/** What is wrong with one list: a few of each kind told one by one, the rest counted. */
import type { Issue, Severity } from '../documents/issue.ts';

const MOST_OF_A_KIND = 20;

export class Faults {
  private readonly name: string;
  private readonly told: Issue[] = [];
  private readonly counts = new Map<string, number>();

  /** `name`: the list, for people. */
  constructor(name: string) {
    this.name = name;
  }

  say(code: string, message: string, line: number): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > MOST_OF_A_KIND) return;
    const at = `${this.name} line ${line}`;
    this.told.push({ code, severity: severityOf(code), at, clips: [], message: `${at}: ${message}.` });
  }

  has(code: string): boolean {
    return this.counts.has(code);
  }

  issues(): Issue[] {
    const more = [...this.counts].filter(([, count]) => count > MOST_OF_A_KIND);
    return [
      ...this.told,
      ...more.map(([code, count]): Issue => {
        const message = `${this.name}: ${count - MOST_OF_A_KIND} more of these (${code}).`;
        return { code, severity: severityOf(code), at: this.name, clips: [], message };
      }),
    ];
  }
}

/** A list that cannot be trusted whole needs a person; an odd version or size does not. */
function severityOf(code: string): Severity {
  return code === 'mhl-version' || code === 'mhl-size' ? 'warning' : 'error';
}
