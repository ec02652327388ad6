/**
 * Levels made comparable: what rises above the file's own noise, less its slow course, so that neither gain, nor an automatic
 * gain, nor a steady room leaves a trace. Also says how much of a file is anything at all.
 */
import { BANDS, FRAMES_PER_SECOND, type Features } from './types.ts';

/** The noise of a band: the level below which it lies a tenth of the time. Half decibels above it a course begins. */
const NOISE_PART = 0.1;
const COURSE_ABOVE = 4;
/** Half decibels above its noise by which each band stands out: what noise itself reaches less than one time in two hundred. */
const STANDS_OUT = [27, 25, 21, 19, 16, 13, 11, 9];
/** What all bands do together is loudness, which a distant microphone and an automatic gain bend most: this much of it is left out. */
const TOGETHER = 0.7;
/** Half a width, in frames, of the moving mean that is taken away: what changes more slowly than a phrase says nothing. */
const SLOW = 60;
/** No single click may outweigh a word: half decibels. */
const MOST = 30;
/** −80 dBFS in half decibels from the bottom: less in every band is silence in any file. */
const NOTHING = 95;

export function frameCount(features: Features): number {
  return Math.floor(features.levels.length / BANDS);
}

/** The level each band's noise stays under. */
function floors(features: Features): number[] {
  const { levels } = features;
  return Array.from({ length: BANDS }, (_, band) => {
    const counts = new Uint32Array(256);
    let heard = 0;
    for (let at = band; at < levels.length; at += BANDS) {
      counts[levels[at]!]!++;
      // Digital silence is no measure of a room.
      if (levels[at]! > 0) heard++;
    }
    let below = 0;
    let level = 0;
    while (level < 255 && below < heard * NOISE_PART) below += counts[++level]!;
    return Math.max(level, NOTHING);
  });
}

/** One file, shaped band by band on demand. */
export class Shape {
  readonly frames: number;
  /** Seconds in which something stands out. */
  readonly seconds: number;
  private readonly floors: number[];
  /** The mean course of all bands, as far as it is taken away. */
  private readonly together: Float32Array;
  /** 1 for each frame in which two bands at least rise above their noise. */
  private readonly active: Uint8Array;
  private readonly course: Float32Array;

  constructor(private readonly features: Features) {
    this.frames = frameCount(features);
    this.floors = floors(features);
    this.together = new Float32Array(this.frames);
    this.active = new Uint8Array(this.frames);
    this.course = new Float32Array(this.frames);
    let active = 0;
    for (let frame = 0; frame < this.frames; frame++) {
      let above = 0;
      let sum = 0;
      for (let band = 0; band < BANDS; band++) {
        const level = features.levels[frame * BANDS + band]!;
        const floor = this.floors[band]!;
        if (level > floor + STANDS_OUT[band]!) above++;
        sum += Math.max(level, floor + COURSE_ABOVE);
      }
      this.together[frame] = (TOGETHER * sum) / BANDS;
      if (above >= 2) active += this.active[frame] = 1;
    }
    this.seconds = active / FRAMES_PER_SECOND;
  }

  /** False outside the file too. */
  standsOut(frame: number): boolean {
    return this.active[frame] === 1;
  }

  /** Writes one band's course, `count` frames from `from` on, from `into[0]`; mean near nought, within ±1. All must exist. */
  band(band: number, into: Float32Array, from = 0, count = this.frames): void {
    const { frames, together, course } = this;
    const { levels } = this.features;
    const begins = this.floors[band]! + COURSE_ABOVE;
    const first = Math.max(0, from - SLOW);
    const last = Math.min(frames, from + count + SLOW);
    for (let frame = first; frame < last; frame++)
      course[frame] = Math.max(begins, levels[frame * BANDS + band]!) - together[frame]!;
    let low = first;
    let high = first;
    let sum = 0;
    for (let frame = from; frame < from + count; frame++) {
      const end = Math.min(frames, frame + SLOW + 1);
      while (high < end) sum += course[high++]!;
      while (low < frame - SLOW) sum -= course[low++]!;
      const above = course[frame]! - sum / (high - low);
      into[frame - from] = Math.max(-MOST, Math.min(MOST, above)) / MOST;
    }
  }
}
