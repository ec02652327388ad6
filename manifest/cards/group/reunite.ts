/**
 * Clips of several files at a new scan. A clip whose first file is gone, or whose first file came to light, is still that clip; files
 * of it that are not found stay listed, so that somebody misses them. What became part of a clip is no clip of its own any more.
 */
import type { Part } from '../../documents/clip-files.ts';
import type { Clip, Handoff } from '../../documents/handoff.ts';
import { suffix } from '../../documents/paths.ts';
import type { FoundFile, ScanFindings } from '../../scan.ts';
import { sumOf } from './assemble.ts';
import { framePaths, sequenceKey, sequenceOf } from './frames.ts';

export interface Reunited {
  base: Handoff;
  found: ScanFindings;
}

const keyOf = (root: string, path: string) => `${root}\n${path}`;

/** Both sides with each clip of several files at one path. Gives back what it was given where there is none. */
export function reunite(base: Handoff, found: ScanFindings): Reunited {
  const held = found.held ?? new Set<string>();
  const isHeld = ({ root, path }: { root: string; path: string }) => held.has(keyOf(root, path));
  if (held.size === 0 && !base.clips.some(({ parts, sequence }) => parts || sequence)) return { base, found };
  const { owner, renamed } = ownersOf(base.clips, found.files, isHeld);
  const owners = new Set(owner.values());
  const clips = base.clips
    .filter((clip) => owners.has(clip) || !isHeld(clip))
    .map((clip) => (renamed.has(clip) ? { ...clip, path: renamed.get(clip)! } : clip));
  const files = found.files.map((file) => {
    const known = owner.get(file);
    return known && !renamed.has(known) ? withKnownFiles(file, known) : file;
  });
  const transcripts = base.transcripts.filter((each) => !isHeld(each));
  return { base: { ...base, clips, transcripts }, found: { ...found, files } };
}

/** Which clip of the manifest each file found is; `renamed`: clips whose first file came to light, and its path. */
function ownersOf(
  clips: Clip[],
  files: FoundFile[],
  isHeld: (clip: Clip) => boolean,
): { owner: Map<FoundFile, Clip>; renamed: Map<Clip, string> } {
  const here = new Map(files.map((file) => [keyOf(file.root, file.path), file]));
  const byPiece = new Map<string, Clip>();
  for (const clip of clips) for (const piece of piecesOf(clip)) byPiece.set(piece, clip);
  const renamed = new Map<Clip, string>();
  const owner = new Map<FoundFile, Clip>();
  const taken = new Set<Clip>();
  for (const file of files) {
    const known = piecesOf(file)
      .map((piece) => byPiece.get(piece))
      .find((clip) => clip && !taken.has(clip));
    if (!known) continue;
    const atOwn = here.get(keyOf(known.root, known.path));
    // Its first file is a clip still: it is that one, whatever else was once thought to belong to it.
    if (atOwn && atOwn !== file) continue;
    owner.set(file, known);
    taken.add(known);
    if (!atOwn && isHeld(known)) renamed.set(known, file.path);
  }
  return { owner, renamed };
}

/** What a clip can be found again by: its parts, or the series its frames belong to. Nothing where it is one plain file. */
function piecesOf({
  root,
  path,
  parts,
  sequence,
}: Pick<Clip, 'root' | 'path' | 'parts' | 'sequence'>): string[] {
  if (sequence) return [keyOf(root, `${sequenceKey(path, sequence)}\n${sequence.digits}\n${suffix(path)}`)];
  return [path, ...(parts ?? []).map((part) => part.path)].map((each) => keyOf(root, each));
}

/** The file found, with what the manifest knows of and the drive does not have any more. */
function withKnownFiles(file: FoundFile, known: Clip): FoundFile {
  if (known.sequence && file.sequence) return withKnownFrames(file, known);
  const lost = (known.parts ?? []).filter((part) => !partsOf(file).some(({ path }) => path === part.path));
  const sidecars = known.path === file.path ? union(known.sidecars, file.sidecars) : file.sidecars;
  const whole = { ...file, ...(sidecars ? { sidecars } : {}) };
  if (lost.length === 0) return whole;
  const parts = [...lost, ...partsOf(file)].sort(
    (a, b) => Number(a.essence === 'sound') - Number(b.essence === 'sound') || a.number - b.number,
  );
  const stretches = parts.filter((part) => part.essence === undefined);
  const {
    durationFrames: _frames,
    durationSamples: _samples,
    ...tech
  } = known.path === file.path ? file.tech : known.tech;
  return {
    ...whole,
    path: known.path,
    size: known.path === file.path ? file.size : known.size,
    tech: { ...tech, ...sumOf('durationFrames', stretches), ...sumOf('durationSamples', stretches) },
    parts,
    ...(known.card === undefined ? {} : { card: known.card }),
  };
}

/** A file that is alone now is the part it was. */
function partsOf({ path, size, tech, parts }: FoundFile): Part[] {
  if (parts) return parts;
  const { startTc, durationFrames, durationSamples } = tech;
  return [
    {
      path,
      size,
      number: 1,
      ...(startTc === undefined ? {} : { startTc }),
      ...(durationFrames === undefined ? {} : { durationFrames }),
      ...(durationSamples === undefined ? {} : { durationSamples }),
    },
  ];
}

function withKnownFrames(file: FoundFile, known: Clip): FoundFile {
  const { first, last, digits } = known.sequence!;
  const there = new Set(framePaths(file.path, file.sequence!));
  if (first >= file.sequence!.first && last <= file.sequence!.last) return file;
  const frames = [...there].map((path) => Number(path.slice(0, -suffix(path).length - 1).slice(-digits)));
  const range = sequenceOf(
    [...new Set([...frames, first, last])].sort((a, b) => a - b),
    digits,
  );
  // The ends were put in to span the range; where they are not there they are missing like the rest.
  const ends = [first, last].filter((frame) => !frames.includes(frame));
  const missing = joinRuns([
    ...(range.missing ?? []),
    ...ends.map((frame): [number, number] => [frame, frame]),
  ]);
  const sequence = { ...range, ...(missing.length > 0 ? { missing } : {}) };
  const moved = known.path !== file.path && first < file.sequence!.first;
  return {
    ...file,
    ...(moved ? { path: known.path, size: known.size } : {}),
    sequence,
    tech: { ...(moved ? known.tech : file.tech), durationFrames: sequence.last - sequence.first + 1 },
  };
}

function joinRuns(runs: [number, number][]): [number, number][] {
  const sorted = [...runs].sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const previous = joined[joined.length - 1];
    if (previous && from <= previous[1] + 1) previous[1] = Math.max(previous[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function union(old: string[] | undefined, now: string[] | undefined): string[] | undefined {
  const all = [...new Set([...(now ?? []), ...(old ?? [])])];
  return all.length > 0 ? all.sort() : undefined;
}
