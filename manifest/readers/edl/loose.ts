/** Lines of a list that no rule knows: said, each with its line, and loudly where they were meant as edits. */
import { isTimecode } from './edit.ts';
import { quoted, type IssueBook } from './issues.ts';

export interface LooseLine {
  text: string;
  line: number;
}

/** Lines that stayed unexplained: those that were meant as edits one by one, others that follow one another as one. */
export function sayLoose(loose: readonly LooseLine[], issues: IssueBook): void {
  const others = loose.filter(({ text, line }) => {
    const broken = meansEdit(text);
    if (broken) sayBroken(text, line, issues);
    return !broken;
  });
  const [first] = others;
  if (!first) return;
  const under = others.length > 1 ? ` and ${others.length - 1} more lines under it` : '';
  const message = `${quoted(first.text)}${under}: neither an edit nor a comment; not read.`;
  issues.add('edl-line', 'warning', first.line, message);
}

/** A number in front and timecodes behind, or as many timecodes as an edit has. */
export function meansEdit(text: string): boolean {
  const timecodes = text.split(/\s+/).filter(isTimecode).length;
  return timecodes >= 4 || (timecodes >= 2 && /^\d{1,6}\s/.test(text));
}

export function sayBroken(text: string, line: number, issues: IssueBook): void {
  const message = `${quoted(text)} looks like an edit and is not one: a number, a reel, channels, a transition and four timecodes; it was not read.`;
  issues.add('edl-edit', 'error', line, message);
}
