/** What is wrong with a file is wrong with its copies too: said once, with all of them named. */
import type { Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { copiesIn, otherTake } from '../duplicates.ts';

/** Codes that speak of what a file holds, or of what is known of it as a take. */
const OF_CONTENT = /^(no-timecode|unsynced-.+|media-(?!missing|changed|replaced).+)$/;
/** Nothing to ask of a copy whose original has a name and a row. */
const OF_PLACE = /^(name-(unclear|no-scene|camera)|naming|log-clip-no-row)$/;

/** Issues as they come from the checks; those of other codes, and of copies that are known as another take, stay. */
export function foldCopies(handoff: Handoff, issues: Issue[]): Issue[] {
  const copies = copiesIn(handoff);
  if (copies.length === 0) return issues;
  const original = new Map<string, string>();
  const doubled = new Set<string>();
  const paths = new Set<string>();
  // Issues know clips by path; a path that two roots have says nothing.
  for (const { path } of handoff.clips) {
    if (paths.has(path)) doubled.add(path);
    paths.add(path);
  }
  for (const { clips } of copies)
    for (const clip of clips.slice(1))
      if (!doubled.has(clip.path) && !otherTake(clips[0]!, clip)) original.set(clip.path, clips[0]!.path);
  const keyOf = (code: string, path: string | undefined) => `${code}\n${path}`;
  const told = new Map(issues.map((issue) => [keyOf(issue.code, issue.clips[0]), issue]));
  const also = new Map<Issue, string[]>();
  const kept = issues.filter((issue) => {
    const first = original.get(issue.clips[0] ?? '');
    // An issue on many files stands while one of them is no copy.
    if (
      first === undefined ||
      (OF_PLACE.test(issue.code) && !issue.clips.every((path) => original.has(path)))
    )
      return true;
    const same = told.get(keyOf(issue.code, first));
    if (same && OF_CONTENT.test(issue.code)) {
      const list = also.get(same);
      if (list) list.push(issue.clips[0]!);
      else also.set(same, [issue.clips[0]!]);
      return false;
    }
    return !OF_PLACE.test(issue.code);
  });
  return kept.map((issue) => {
    const more = also.get(issue);
    if (!more) return issue;
    const message = `${issue.message} The same holds for ${more.length === 1 ? 'its copy' : `its ${more.length} copies`}.`;
    return { ...issue, message, clips: [...new Set([...issue.clips, ...more])] };
  });
}
