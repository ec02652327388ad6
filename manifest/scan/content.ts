/** What is known of a file's content after a new scan: what was read now, and what an earlier reading still proves. */
import type { Clip, Content } from '../documents/handoff.ts';
import type { FoundFile } from '../scan.ts';

/** A hash of the whole file holds while its size and both ends are those it was read with. */
export function contentNow(known: Clip | undefined, file: FoundFile): Content | undefined {
  const before = known?.size === file.size ? known.content : undefined;
  const now = file.content;
  if (!now || !before) return now ?? before;
  return now.ends === before.ends ? { ...before, ...now } : now;
}
