/** What a check looks like to the rest of Baton. One file per check in this folder; the list is index.ts. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';

/** What only the disk can say about a clip. Absent for a clip that was not looked at. */
export interface DiskFact {
  /** Bytes now; null = the file is not there. */
  size: number | null;
}

/** What a check may lean on beside the manifest. Checks that need a fact that is absent say nothing. */
export interface Facts {
  /** By clip id. */
  disk?: Record<string, DiskFact>;
}

export interface Check {
  /** Stable; the issues' `code` starts with it. */
  id: string;
  title: string;
  /** One sentence for the person who asks why this matters. */
  why: string;
  needs: (keyof Facts)[];
  run(handoff: Handoff, facts: Facts): Issue[];
}

/** `clips[12] A004C007.mov`: the place an issue points at. */
export function clipAt(handoff: Handoff, clip: Clip): string {
  return `clips[${handoff.clips.indexOf(clip)}] ${clip.path}`;
}
