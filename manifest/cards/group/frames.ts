/** Image sequences: one file a frame, told from stills by how they are numbered. Runs, holes, and the path of each frame. */
import type { Sequence } from '../../documents/clip-files.ts';
import { stem, suffix } from '../../documents/paths.ts';
import type { FilePlace } from '../card.ts';

/** Suffixes whose files are frames as a rule, and those that are more often stills: the latter must be many to count as frames. */
const FRAMES = new Set(['exr', 'dpx', 'cin', 'ari', 'arx']);
const STILLS = new Set(['dng', 'tif', 'tiff', 'png', 'tga']);
const FEWEST_FRAMES = 3;
const FEWEST_STILLS = 24;

const NUMBERED = /^(?<before>.*?)(?<number>\d{3,10})$/;

/** What the frames of one sequence share, and this one's number; null where the file cannot be a frame. */
export function frameOf({
  folder,
  stem: name,
  suffix: ending,
}: FilePlace): { series: string; frame: number } | null {
  if (!FRAMES.has(ending) && !STILLS.has(ending)) return null;
  const match = NUMBERED.exec(name)?.groups;
  if (!match) return null;
  const number = match['number']!;
  if (STILLS.has(ending) && number.length < 4) return null;
  // Frame 1000 of name.999.exr has a digit more: only padded numbers keep their length.
  return { series: `${folder}${match['before']}\n${number.length}\n${ending}`, frame: Number(number) };
}

export interface Run<File> {
  sequence: Sequence;
  /** In order of their numbers. */
  files: File[];
}

/**
 * Cuts the numbered files of one series into sequences: a hole longer than all that is there parts two recordings, a shorter one
 * is missing frames. Files that are too few for a sequence are left out. `frames` must not repeat.
 */
export function runsOf<File>(series: string, frames: { frame: number; file: File }[]): Run<File>[] {
  const [, digits, ending] = series.split('\n');
  const fewest = FRAMES.has(ending!) ? FEWEST_FRAMES : FEWEST_STILLS;
  const sorted = [...frames].sort((a, b) => a.frame - b.frame);
  const runs: (typeof sorted)[] = [];
  for (const each of sorted) {
    const run = runs[runs.length - 1];
    if (run && each.frame - run[run.length - 1]!.frame - 1 <= sorted.length) run.push(each);
    else runs.push([each]);
  }
  return runs
    .filter((run) => run.length >= fewest)
    .map((run) => ({
      files: run.map(({ file }) => file),
      sequence: sequenceOf(
        run.map(({ frame }) => frame),
        Number(digits),
      ),
    }));
}

/** `frames` in ascending order, at least one. */
export function sequenceOf(frames: number[], digits: number): Sequence {
  const missing: [number, number][] = [];
  for (let at = 1; at < frames.length; at++)
    if (frames[at]! > frames[at - 1]! + 1) missing.push([frames[at - 1]! + 1, frames[at]! - 1]);
  return {
    first: frames[0]!,
    last: frames[frames.length - 1]!,
    digits,
    ...(missing.length > 0 ? { missing } : {}),
  };
}

/** Frames from first to last, whether there or not. */
export function lengthOf({ first, last }: Sequence): number {
  return last - first + 1;
}

export function missingFrames({ missing }: Sequence): number {
  return (missing ?? []).reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** What stands before and behind the number in every frame's path. `path` is any frame's. */
export function aroundNumber(
  path: string,
  { digits }: Pick<Sequence, 'digits'>,
): { before: string; after: string } {
  const bare = path.slice(0, path.length - fileEnd(path).length);
  return { before: bare.slice(0, -digits), after: fileEnd(path) };
}

const fileEnd = (path: string) => (suffix(path) === '' ? '' : path.slice(path.lastIndexOf('.')));

function framePath(path: string, sequence: Sequence, frame: number): string {
  const { before, after } = aroundNumber(path, sequence);
  return `${before}${String(frame).padStart(sequence.digits, '0')}${after}`;
}

/** Paths of the frames that are there, in order. */
export function framePaths(path: string, sequence: Sequence): string[] {
  const paths: string[] = [];
  const holes = [...(sequence.missing ?? [])];
  for (let frame = sequence.first; frame <= sequence.last; frame++) {
    if (holes[0] && frame >= holes[0][0]) {
      frame = holes.shift()![1];
      continue;
    }
    paths.push(framePath(path, sequence, frame));
  }
  return paths;
}

/** The name of a sequence's clip: its path without number, separator and suffix. */
export function sequenceKey(path: string, sequence: Sequence): string {
  const { before } = aroundNumber(path, sequence);
  return before.replace(/[._\- ]+$/, '') || stem(path);
}
