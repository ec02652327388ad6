/** Which clip of the manifest each file found is: the one at its path, or one that was moved there. */
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import type { FoundFile } from '../scan.ts';
import { followMoves, likeness } from './moves.ts';

/** A file that lies where another did: the same clip by name, another recording by all that was read of it. */
export interface Replaced {
  clip: Clip;
  file: FoundFile;
}

export interface Followed {
  /** A file that is no clip yet is not in it. */
  clips: Map<FoundFile, Clip>;
  moved: { clip: Clip; file: FoundFile }[];
  replaced: Replaced[];
  issues: Issue[];
}

const keyOf = ({ root, path }: { root: string; path: string }) => `${root}\n${path}`;

/** `roots`: those that were walked; a clip of another root was not looked for. */
export function follow(
  clips: readonly Clip[],
  files: readonly FoundFile[],
  roots: readonly string[],
): Followed {
  const here = new Map(files.map((file) => [keyOf(file), file]));
  const known = new Map(clips.map((clip) => [keyOf(clip), clip]));
  const gone = clips.filter((clip) => roots.includes(clip.root) && !here.has(keyOf(clip)));
  const fresh = files.filter((file) => !known.has(keyOf(file)));
  const displaced = new Map<FoundFile, Clip>();
  for (const [key, clip] of known) {
    const file = here.get(key);
    if (file && isOther(clip, file)) displaced.set(file, clip);
  }
  const swapped = swaps(gone, fresh, displaced);
  const left = new Set(swapped.values());
  const { followed, issues } = followMoves(
    gone.filter((clip) => !left.has(clip)),
    fresh.filter((file) => !swapped.has(file)),
  );
  const found: Followed = { clips: new Map(), moved: [], replaced: [], issues };
  for (const file of files) {
    const atPath = known.get(keyOf(file));
    const clip = swapped.get(file) ?? followed.get(file) ?? (atPath && left.has(atPath) ? undefined : atPath);
    if (!clip) continue;
    found.clips.set(file, clip);
    if (clip !== atPath) found.moved.push({ clip, file });
    else if (displaced.has(file)) found.replaced.push({ clip, file });
  }
  return found;
}

/** Only what has a length is told apart by more than its size, and only what could be read says anything. */
function isOther(clip: Clip, file: FoundFile): boolean {
  const measured = ({ tech }: Clip | FoundFile) =>
    tech.durationFrames !== undefined || tech.durationSamples !== undefined;
  return measured(clip) && measured(file) && likeness(clip) !== likeness(file);
}

/**
 * Names that were exchanged, or given to another file: a clip whose place another file took, found again elsewhere. Where the clip of
 * a place is not found again the file in that place is taken for a newer version of it, whatever else it is like.
 */
function swaps(gone: Clip[], fresh: FoundFile[], displaced: Map<FoundFile, Clip>): Map<FoundFile, Clip> {
  if (displaced.size === 0) return new Map();
  const pairs = followMoves(
    [...gone, ...displaced.values()],
    [...fresh, ...displaced.keys()],
    'single',
  ).followed;
  for (let settled = false; !settled;) {
    settled = true;
    const followed = new Set(pairs.values());
    for (const file of pairs.keys()) {
      const owner = displaced.get(file);
      if (!owner || followed.has(owner)) continue;
      pairs.delete(file);
      settled = false;
    }
  }
  // What went and came without taking anybody's place is told apart with all the others.
  const owners = new Set(displaced.values());
  for (const [file, clip] of pairs) if (!displaced.has(file) && !owners.has(clip)) pairs.delete(file);
  return pairs;
}

/** For the history: which clip, and what its file was at `revision`. */
export function whatItWas(
  { clip, file }: Replaced,
  revision: number,
): { clip: string; path: string; was: string } {
  const was = `was another recording at revision ${revision}: ${words(clip)}, and now ${words(file)}`;
  return { clip: clip.id, path: file.path, was };
}

function words({ size, tech }: Pick<FoundFile, 'size' | 'tech'>): string {
  const { startTc, durationFrames, durationSamples } = tech;
  const length =
    durationFrames === undefined
      ? durationSamples && `${durationSamples} samples`
      : `${durationFrames} frames`;
  return [`${size} bytes`, length, startTc && `from ${startTc}`].filter(Boolean).join(', ');
}
