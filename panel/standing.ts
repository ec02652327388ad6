/** Verdicts that a person looked at and let stand: each keeps its word and its reason in sight, and no longer asks for anything. */
import type { Issue } from '../manifest/documents/issue.ts';
import { isUnsynced, type SyncVerdict } from '../manifest/documents/sync.ts';
import type { WaivedIssue } from '../manifest/waivers.ts';
import { once } from './once.ts';

/** Whether an issue is what a verdict says of this clip. `path` is the clip's. */
export function isOfVerdict({ code, clips }: Issue, path: string): boolean {
  return /^(unsynced-|no-timecode)/.test(code) && clips[0] === path;
}

const pathsIn = once(
  (issues: readonly Issue[]) =>
    new Set(issues.flatMap((issue) => issue.clips.slice(0, 1).filter((path) => isOfVerdict(issue, path)))),
);

// Asked after every change of the state, as the steps are.
const standing = once((verdicts: readonly SyncVerdict[]) =>
  once((issues: readonly Issue[]) =>
    once((waived: readonly WaivedIssue[]) => {
      const [stands, open] = [pathsIn(waived), pathsIn(issues)];
      return verdicts.filter(
        ({ verdict, clip }) => isUnsynced(verdict) && stands.has(clip) && !open.has(clip),
      ).length;
    }),
  ),
);

/** Unsynced clips of which nothing is open any more. */
export function lettingStand(
  verdicts: readonly SyncVerdict[],
  issues: readonly Issue[],
  waived: readonly WaivedIssue[],
): number {
  return waived.length === 0 ? 0 : standing(verdicts)(issues)(waived);
}
