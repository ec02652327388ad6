/**
 * Collects what an FCPXML holds that could not be read or kept. Things of one kind make one issue, with the line of the first
 * and a count: a long timeline repeats the same effect thousands of times.
 */
import type { Issue } from '../../documents/issue.ts';

const LONGEST = 400;

interface Kept {
  code: string;
  severity: Issue['severity'];
  line: number;
  message: string;
  count: number;
}

export class Tally {
  private readonly kinds = new Map<string, Kept>();
  readonly name: string;

  /** `name` is the file's, for the issues' places. */
  constructor(name: string) {
    this.name = name;
  }

  /** `kind` tells apart what shares a code; the first message of a kind stands for all of it. */
  say(
    code: string,
    line: number,
    message: string,
    kind = '',
    severity: Issue['severity'] = 'warning',
    count = 1,
  ): void {
    const key = `${code} ${kind}`;
    const known = this.kinds.get(key);
    if (known) known.count += count;
    else this.kinds.set(key, { code, severity, line, message, count });
  }

  /** An event that could not be read. */
  fail(code: string, line: number, message: string): void {
    this.say(code, line, message, 'error', 'error');
  }

  /** All that `other` was told, as if it had been told here after the rest. */
  absorb(other: Tally): void {
    for (const [key, kept] of other.kinds) {
      const known = this.kinds.get(key);
      if (known) known.count += kept.count;
      else this.kinds.set(key, kept);
    }
  }

  issues(): Issue[] {
    return [...this.kinds.values()].map(({ code, severity, line, message, count }) => {
      const at = `${this.name} line ${line}`;
      // Names come from the file and may be a mile long.
      const said = message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message;
      const more = count > 1 ? ` (${count} times; this is the first)` : '';
      return { code, severity, at, clips: [], message: `${at}: ${said}${more}.` };
    });
  }
}
