/**
 * Levels made comparable: what rises above the file's own noise, less its slow course, so that neither gain, nor an automatic
 * gain, nor a steady room leaves a trace. Also says how much of a file is anything at all.
 */
import { BANDS, FRAMES_PER_SECOND, type Features } from './types.ts';

/** The noise of a band: the level below which it lies a tenth of the time. Half decibels above it a course begins. */
const NOISE_PART = 0.1;
const COURSE_ABOVE = 4;
/** Half decibels by which a band stands out: more than noise itself wanders. */
const STANDS_OUT = 12;
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
  /** The mean course of all bands. */
  private readonly together: Float32Array;

  constructor(private readonly features: Features) {
    this.frames = frameCount(features);
    this.floors = floors(features);
    let active = 0;
    for (let frame = 0; frame < this.frames; frame++) if (this.standsOut(frame)) active++;
    this.seconds = active / FRAMES_PER_SECOND;
    this.together = new Float32Array(this.frames);
    for (let at = 0; at < this.frames * BANDS; at++)
      this.together[Math.floor(at / BANDS)]! += this.risen(at, at % BANDS) / BANDS;
  }

  /** Whether two bands at least rise above their noise. */
  standsOut(frame: number): boolean {
    let above = 0;
    for (let band = 0; band < BANDS; band++)
      if (this.features.levels[frame * BANDS + band]! > this.floors[band]! + STANDS_OUT) above++;
    return above >= 2;
  }

  /** A level, or where a course begins if that is more. */
  private risen(at: number, band: number): number {
    return Math.max(this.floors[band]! + COURSE_ABOVE, this.features.levels[at]!);
  }

  /** Writes one band's course, `count` frames from `from` on, from `into[0]`; mean near nought, within ±1. All must exist. */
  band(band: number, into: Float32Array, from = 0, count = this.frames): void {
    const { frames, together } = this;
    const level = (frame: number) => this.risen(frame * BANDS + band, band) - TOGETHER * together[frame]!;
    let low = Math.max(0, from - SLOW);
    let high = low;
    let sum = 0;
    for (let frame = from; frame < from + count; frame++) {
      for (; high < Math.min(frames, frame + SLOW + 1); high++) sum += level(high);
      for (; low < frame - SLOW; low++) sum -= level(low);
      const above = level(frame) - sum / (high - low);
      into[frame - from] = Math.max(-MOST, Math.min(MOST, above)) / MOST;
    }
  }
}
