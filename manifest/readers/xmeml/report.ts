/** Issues as they are found, with the line of the element they are about; many of one kind are counted, not listed. */
import type { Issue, Severity } from '../../documents/issue.ts';

/** Told one by one of each code; a hostile file must not make a report larger than itself. */
const MOST_OF_A_KIND = 50;

export class Report {
  readonly issues: Issue[] = [];
  private readonly counts = new Map<string, number>();
  private readonly effects = new Map<string, number>();
  private labels = 0;
  private readonly name: string;

  /** `name` of the file. */
  constructor(name: string) {
    this.name = name;
  }

  add(code: string, severity: Severity, line: number | null, message: string, fix?: string): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > MOST_OF_A_KIND) return;
    const at = line === null ? this.name : `${this.name} line ${line}`;
    const issue: Issue = { code, severity, at, clips: [], message: `${at}: ${message}.` };
    if (fix !== undefined) issue.fix = fix;
    this.issues.push(issue);
  }

  warn(code: string, line: number | null, message: string, fix?: string): void {
    this.add(code, 'warning', line, message, fix);
  }

  /** What a cut list has no place for; told once, with counts. */
  effect(name: string): void {
    if (this.effects.size < MOST_OF_A_KIND || this.effects.has(name))
      this.effects.set(name, (this.effects.get(name) ?? 0) + 1);
  }

  /** A timecode whose label is not its frame: Premiere writes many. */
  label(): void {
    this.labels++;
  }

  /** The counted ones; once, at the end. */
  finish(): Issue[] {
    if (this.effects.size) {
      const names = [...this.effects].map(([name, count]) => `${name} (${count})`).join(', ');
      this.warn('xmeml-effect', null, `effects are no part of a cut list and stay behind: ${names}`);
    }
    if (this.labels)
      this.warn(
        'xmeml-timecode',
        null,
        `${this.labels} timecodes have a label that is not their frame at their rate; the frames are taken, which Premiere writes right`,
      );
    for (const [code, count] of this.counts) {
      if (count <= MOST_OF_A_KIND) continue;
      const message = `${this.name}: ${count - MOST_OF_A_KIND} more like these.`;
      this.issues.push({ code, severity: 'warning', at: this.name, clips: [], message });
    }
    return this.issues;
  }
}

/** A name in a message: at most so long, on one line. */
export function quoted(name: string): string {
  const line = name.slice(0, 80).replace(/\s+/g, ' ');
  return `"${line}${name.length > 80 ? '…' : ''}"`;
}
