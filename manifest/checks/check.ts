/** What a check looks like to the rest of Baton. One file per check in this folder; the list is index.ts. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';

/** What only the disk can say about a clip. Absent for a clip that was not looked at. */
export interface DiskFact {
  /** Bytes now; null = the file is not there. */
  size: number | null;
  /** The same of the clip's further parts and its sidecars, by path. */
  further?: Record<string, number | null>;
}

export interface PlacedFile {
  root: string;
  /** Manifest form. */
  path: string;
  /** Bytes. */
  size: number;
}

/** A file that a media hash list names. */
export interface ListedFile {
  root: string;
  path: string;
  /** Path of the list in its root. */
  list: string;
  /** Bytes as listed; null = the list does not say. */
  size: number | null;
  /** Bytes on the drive; null = it is not there. */
  found: number | null;
}

/** What only a walk over the roots can say. */
export interface DriveFacts {
  /** Paths of the lists that were read. */
  lists: string[];
  listed: ListedFile[];
  /** Files in a folder that a list speaks of, which it does not name. */
  unlisted: PlacedFile[];
  /** Files in folders no list speaks of. */
  apart: PlacedFile[];
  /** Media that no clip of the manifest is made of. */
  unknown: PlacedFile[];
  /** What is wrong with the lists themselves. */
  issues: Issue[];
}

/** What a check may lean on beside the manifest. Checks that need a fact that is absent say nothing. */
export interface Facts {
  /** By clip id. */
  disk?: Record<string, DiskFact>;
  drive?: DriveFacts;
  /** What the manifest expected before it was scanned anew; where absent, all it lists. `clips`: ids. */
  before?: { revision: number; clips: ReadonlySet<string> };
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

const places = new WeakMap<Handoff, Map<Clip, number>>();

/** `clips[12] A004C007.mov`: the place an issue points at. */
export function clipAt(handoff: Handoff, clip: Clip): string {
  let known = places.get(handoff);
  if (!known) {
    known = new Map(handoff.clips.map((each, at) => [each, at]));
    places.set(handoff, known);
  }
  return `clips[${known.get(clip) ?? handoff.clips.indexOf(clip)}] ${clip.path}`;
}
