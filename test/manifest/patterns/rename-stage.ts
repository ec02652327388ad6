/** Folders and a plan of other names for them: for the tests of planning. */
import type { Clip, Handoff } from '../../../manifest/documents/handoff.ts';
import { DEFAULT_NAMING, readNaming, type Naming } from '../../../manifest/patterns/defaults.ts';
import { planRenames } from '../../../manifest/patterns/rename.ts';
import { handoff } from '../../fixtures/handoff.ts';

/** Folders that hold the clips' files and these. */
export function folders(clips: Clip[], others: string[] = []): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of [
    ...clips.flatMap((clip) => [clip.path, ...(clip.parts ?? []).map((part) => part.path)]),
    ...others,
  ]) {
    const at = path.lastIndexOf('/');
    const key = `media\n${path.slice(0, Math.max(0, at))}`;
    found.set(key, [...new Set([...(found.get(key) ?? []), path.slice(at + 1)])]);
  }
  return found;
}

export function plan(
  clips: Clip[],
  {
    others = [],
    patterns,
    more = {},
  }: { others?: string[]; patterns?: string[]; more?: Partial<Handoff> } = {},
) {
  const naming: Naming[] = patterns
    ? readNaming(patterns.map((pattern) => ({ pattern }))).naming
    : DEFAULT_NAMING;
  return planRenames(handoff(clips, more), { naming, folders: folders(clips, others) });
}
export const names = (...args: Parameters<typeof plan>) =>
  plan(...args).renames.map(({ from, to, along }) => [from, to, ...along.map((each) => each.to)]);
