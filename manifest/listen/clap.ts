/**
 * The clap of a slate: a sudden, broad, short sound that stands alone. Looked for on both sides around the place where it should be;
 * where the log says on which frame the slate closes, that is a third witness beside timecode and ear.
 */
import type { Clip, LogEntry } from '../documents/handoff.ts';
import { timecodeToFrame } from '../time/timecode.ts';

export interface Clap {
  /** Samples from the first one given: where the sound begins to rise. */
  at: number;
  /** How much stronger than the quarter second before it, dB. */
  rise: number;
  /** How much stronger than the next strongest rise, dB; Infinity where there is no other. */
  ahead: number;
}

const BLOCKS_PER_SECOND = 1000;
/** Blocks before a clap that it must stand out from, and apart from the two that may already hold its edge. */
const BEFORE = 250;
const EDGE = 2;
/** dB over what was before; a spoken plosive rises some 15. */
const LEAST_RISE = 20;
/** dB over any other candidate: two claps in one window are no witness. */
const LEAST_AHEAD = 6;
/** In the second half of this many blocks a clap lies this many dB lower, echoing room and all; a shout or a cue does not. */
const SHORT = 200;
const FALL = 6;
/** Rises this near to a stronger one are its echo. */
const ECHO = 150;
/** −60 dBFS in the differences: below it a rise out of digital silence would be any noise at all. */
const FLOOR = 1e-6;

/** The one clap in these samples; null where there is none, or more than one. */
export function findClap(samples: Float32Array, sampleRate: number): Clap | null {
  const size = Math.max(1, Math.round(sampleRate / BLOCKS_PER_SECOND));
  const energy = blockEnergies(samples, size);
  const rises = candidates(energy);
  const [best, second] = rises;
  if (!best || best.rise < LEAST_RISE) return null;
  const ahead = second ? best.strength - second.strength : Infinity;
  if (ahead < LEAST_AHEAD) return null;
  return { at: onset(samples, best.block * size, size), rise: best.rise, ahead };
}

/** Mean square of sample-to-sample differences: a clap is bright, room tone and voices are not. */
function blockEnergies(samples: Float32Array, size: number): Float64Array {
  const energy = new Float64Array(Math.floor(samples.length / size));
  for (let block = 0; block < energy.length; block++) {
    let sum = 0;
    for (let at = Math.max(1, block * size); at < (block + 1) * size; at++)
      sum += (samples[at]! - samples[at - 1]!) ** 2;
    energy[block] = sum / size;
  }
  return energy;
}

interface Rise {
  block: number;
  rise: number;
  /** dB, of the sound itself. */
  strength: number;
}

/** Sudden short sounds, the strongest first, without what follows each as its echo. */
function candidates(energy: Float64Array): Rise[] {
  const rises: Rise[] = [];
  let before = 0;
  for (let block = 0; block < energy.length; block++) {
    const enters = block - EDGE - 1;
    if (enters >= 0) before += energy[enters]!;
    const leaves = enters - BEFORE;
    if (leaves >= 0) before -= energy[leaves]!;
    const heard = Math.min(BEFORE, enters + 1);
    // Nothing is known of what was before the first moments.
    if (heard < BEFORE / 5) continue;
    const quiet = Math.max(FLOOR, before / heard);
    const loud = energy[block]!;
    if (loud < quiet * 10 || !isPeak(energy, block) || !isShort(energy, block)) continue;
    rises.push({ block, rise: 10 * Math.log10(loud / quiet), strength: 10 * Math.log10(loud) });
  }
  rises.sort((a, b) => b.strength - a.strength);
  const kept: Rise[] = [];
  for (const rise of rises) {
    const echo = kept.some((other) => rise.block > other.block - 5 && rise.block < other.block + ECHO);
    if (!echo) kept.push(rise);
  }
  return kept;
}

/** The first of the blocks around it that comes near their highest. */
function isPeak(energy: Float64Array, block: number): boolean {
  for (let near = Math.max(0, block - 5); near < Math.min(energy.length, block + 15); near++)
    if (energy[near]! > energy[block]! * (near < block ? 0.5 : 4)) return false;
  return true;
}

function isShort(energy: Float64Array, block: number): boolean {
  const [from, to] = [block + SHORT / 2, Math.min(block + SHORT, energy.length)];
  if (to <= from) return false;
  let sum = 0;
  for (let after = from; after < to; after++) sum += energy[after]!;
  return 10 * Math.log10(energy[block]! / Math.max(1e-12, sum / (to - from))) > FALL;
}

/** The sample at which the sound first goes a quarter as steep as it will within this block and the next. */
function onset(samples: Float32Array, from: number, size: number): number {
  const begin = Math.max(1, from - EDGE * size);
  const end = Math.min(samples.length, from + 2 * size);
  const step = (at: number) => Math.abs(samples[at]! - samples[at - 1]!);
  let steepest = 0;
  for (let at = begin; at < end; at++) steepest = Math.max(steepest, step(at));
  for (let at = begin; at < end; at++) if (step(at) >= steepest / 4) return at;
  return from;
}

/**
 * The frame, from the picture's first, on which the log has the slate close: a timecode at the picture's rate, one counted from
 * the clip's start where it has none, or a plain frame number. Null where the log says none, or one outside the picture.
 */
export function slateFrame(picture: Clip, entries: readonly LogEntry[]): number | null {
  const { rate, startTc, durationFrames } = picture.tech;
  const inside = (frame: number) => frame >= 0 && frame < (durationFrames ?? Infinity);
  for (const { clips, clap } of entries) {
    if (clap === undefined || !clips.includes(picture.id)) continue;
    if (/^\d+$/.test(clap)) {
      if (inside(Number(clap))) return Number(clap);
      continue;
    }
    if (!rate) continue;
    const label = timecodeToFrame(clap, rate);
    const start = startTc === undefined ? null : timecodeToFrame(startTc, rate);
    if (label.ok && start?.ok && inside(label.frame - start.frame)) return label.frame - start.frame;
    const counted = timecodeToFrame(clap, { ...rate, drop: false });
    if (counted.ok && inside(counted.frame)) return counted.frame;
  }
  return null;
}
