/**
 * Fragmented MP4: the header holds no samples, each `moof` brings its own. A short file is walked; a long one with an index
 * (`mfra`) is read at its first and last fragment, which is enough where every frame lasts the same.
 */
import type { MediaBytes } from './bytes.ts';
import { boxAt, find, firstBox, fourccs, nextBox, type Box } from './mov-boxes.ts';
import type { Run } from './mov-rate.ts';

const TYPE = fourccs('moof', 'mfro', 'mfra', 'tfra', 'traf', 'tfhd', 'tfdt', 'trun');

/** Fragments that are walked before the index is asked instead. */
const FEW = 12;
/** Two hours of one-second fragments; a longer file without an index is not walked. */
const MOST_FRAGMENTS = 7200;
/** More changes of length than a steady file has, however its timescale rounds. */
const MOST_RUNS = 65_536;
/** Past this a run's own durations are not read one by one. */
const MOST_SAMPLES = 4096;

/** A track's part of one fragment. */
interface Part {
  runs: Run[];
  /** Where it begins in media ticks, where the fragment says so. */
  begins: number | null;
  /** Offset of its first sample. */
  sampleAt: number;
}

export interface FragmentedTrack {
  id: number;
  /** Ticks of a sample where a fragment does not say. */
  defaultTicks: number;
}

/** The track's samples over all fragments from offset `from` on; null where they are too many to count. */
export function fragmentRuns(
  bytes: MediaBytes,
  from: number,
  track: FragmentedTrack,
  initial: Run[],
): Run[] | null {
  const runs = [...initial];
  let count = 0;
  for (const box of topLevel(bytes, from)) {
    if (box.type !== TYPE.moof) continue;
    if (count === FEW) {
      const jumped = jump(bytes, track, runs);
      if (jumped) return jumped;
    }
    if (++count > MOST_FRAGMENTS || runs.length > MOST_RUNS) return null;
    const part = readPart(bytes, box, track);
    if (!part) continue;
    for (const run of part.runs) append(runs, run);
  }
  return runs;
}

/** Where a track's first sample lies, in the first fragments that hold one. */
export function firstFragmentSample(
  bytes: MediaBytes,
  from: number,
  track: FragmentedTrack,
): number | undefined {
  let count = 0;
  for (const box of topLevel(bytes, from)) {
    if (box.type !== TYPE.moof) continue;
    const part = readPart(bytes, box, track);
    if (part) return part.sampleAt;
    if (++count === FEW) return undefined;
  }
  return undefined;
}

function* topLevel(bytes: MediaBytes, from: number): Generator<Box> {
  for (let at = from, count = 0; at + 8 <= bytes.size && count < 4 * MOST_FRAGMENTS; count++) {
    const box = boxAt(bytes, at, bytes.size);
    if (!box) return;
    yield box;
    at = box.end;
  }
}

function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.ticks === run.ticks) last.count += run.count;
  else runs.push({ ...run });
}

const total = (runs: Run[], part: 'count' | 'ticks') =>
  runs.reduce((sum, run) => sum + (part === 'count' ? run.count : run.count * run.ticks), 0);

/** The one length all samples have; undefined where they differ, the very last one aside. */
function ticksOf(runs: Run[]): number | undefined {
  const first = runs[0]?.ticks;
  const others = runs.filter(
    (run, index) => run.ticks !== first && !(index === runs.length - 1 && run.count === 1),
  );
  return others.length === 0 ? first : undefined;
}

/**
 * Counts up to the last fragment by its start time. Null unless the frames so far and the last fragment's all last the same
 * and the time between is a whole number of them.
 */
function jump(bytes: MediaBytes, track: FragmentedTrack, runs: Run[]): Run[] | null {
  const last = lastFragment(bytes, track);
  const part = last && readPart(bytes, last, track);
  const ticks = ticksOf(runs);
  if (!part || part.begins === null || !ticks || ticksOf(part.runs) !== ticks) return null;
  const between = (part.begins - total(runs, 'ticks')) / ticks;
  if (!Number.isInteger(between) || between < 0) return null;
  return [{ count: total(runs, 'count') + between, ticks }, ...part.runs];
}

/** The last `moof` that holds the track, from the index at the file's end (`mfro` is its last box and says how long it is). */
function lastFragment(bytes: MediaBytes, track: FragmentedTrack): Box | null {
  if (bytes.size < 32 || bytes.u32(bytes.size - 12) !== TYPE.mfro) return null;
  const start = bytes.size - bytes.u32(bytes.size - 4);
  const index = start > 0 ? boxAt(bytes, start, bytes.size) : null;
  if (index?.type !== TYPE.mfra) return null;
  for (let box = firstBox(bytes, index.body, index.end); box; box = nextBox(bytes, box, index.end)) {
    if (box.type !== TYPE.tfra || bytes.u32(box.body + 4) !== track.id) continue;
    const [long, sizes, count] = [
      bytes.u8(box.body) === 1,
      bytes.u32(box.body + 8),
      bytes.u32(box.body + 12),
    ];
    const numbers = ((sizes >> 4) & 3) + ((sizes >> 2) & 3) + (sizes & 3) + 3;
    const width = (long ? 16 : 8) + numbers;
    const at = box.body + 16 + (count - 1) * width;
    if (count === 0 || at + width > box.end) return null;
    const moof = boxAt(bytes, long ? bytes.u64(at + 8) : bytes.u32(at + 4), bytes.size);
    return moof?.type === TYPE.moof ? moof : null;
  }
  return null;
}

function readPart(bytes: MediaBytes, moof: Box, track: FragmentedTrack): Part | null {
  for (let traf = firstBox(bytes, moof.body, moof.end); traf; traf = nextBox(bytes, traf, moof.end)) {
    if (traf.type !== TYPE.traf) continue;
    const tfhd = find(bytes, traf, TYPE.tfhd);
    if (!tfhd || bytes.u32(tfhd.body + 4) !== track.id) continue;
    return readRunsOf(bytes, moof, traf, tfhd, track);
  }
  return null;
}

function readRunsOf(bytes: MediaBytes, moof: Box, traf: Box, tfhd: Box, track: FragmentedTrack): Part {
  const flags = bytes.u32(tfhd.body) & 0xffffff;
  // Optional fields follow the track id in the order of their flags.
  let at = tfhd.body + 8;
  const base = flags & 0x1 ? bytes.u64(at) : moof.start;
  at += (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const fallback = flags & 0x8 ? bytes.u32(at) : track.defaultTicks;
  const part: Part = { runs: [], begins: null, sampleAt: 0 };
  for (let box = firstBox(bytes, traf.body, traf.end); box; box = nextBox(bytes, box, traf.end)) {
    if (box.type === TYPE.tfdt)
      part.begins = bytes.u8(box.body) === 1 ? bytes.u64(box.body + 4) : bytes.u32(box.body + 4);
    if (box.type !== TYPE.trun) continue;
    if (part.sampleAt === 0) part.sampleAt = base + (bytes.u32(box.body) & 1 ? bytes.i32(box.body + 8) : 0);
    readTrun(bytes, box, fallback, part.runs);
  }
  return part;
}

function readTrun(bytes: MediaBytes, trun: Box, fallback: number, runs: Run[]): void {
  const flags = bytes.u32(trun.body) & 0xffffff;
  const count = bytes.u32(trun.body + 4);
  if (!(flags & 0x100)) return append(runs, { count, ticks: fallback });
  const width = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
  let at = trun.body + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  const there = Math.min(count, Math.floor((trun.end - at) / width), MOST_SAMPLES);
  for (let index = 0; index < there; index++, at += width) append(runs, { count: 1, ticks: bytes.u32(at) });
}
