/**
 * Writes linear timecode from the rules of SMPTE ST 12-1, for tests: word by word, level by level, with nothing taken from the
 * reader. Bits go out least first; the level turns at every bit's edge, and in the middle of a one.
 */

export interface Ltc {
  /** Frames a second, exactly. */
  fps: number;
  /** What labels count to: 24, 25, 30. */
  count: number;
  drop?: boolean;
  /** The first label. */
  from: [hours: number, minutes: number, seconds: number, frames: number];
  frames: number;
  sampleRate?: number;
  level?: number;
  /** Fraction of a bit that an edge takes: real lines have no infinite slope. */
  rise?: number;
}

/** The label after this one. Drop-frame leaves out 00 and 01 at every minute that is not a tenth. */
export function nextLabel(label: Ltc['from'], count: number, drop = false): Ltc['from'] {
  let [hours, minutes, seconds, frames] = label;
  frames++;
  if (frames === count) [frames, seconds] = [0, seconds + 1];
  if (seconds === 60) [seconds, minutes] = [0, minutes + 1];
  if (minutes === 60) [minutes, hours] = [0, hours + 1];
  if (hours === 24) hours = 0;
  if (drop && frames === 0 && seconds === 0 && minutes % 10 !== 0) frames = 2;
  return [hours, minutes, seconds, frames];
}

export function labels({ from, frames, count, drop }: Ltc): Ltc['from'][] {
  const all = [from];
  while (all.length < frames) all.push(nextLabel(all[all.length - 1]!, count, drop));
  return all;
}

function word([hours, minutes, seconds, frames]: Ltc['from'], drop: boolean, count: number): number[] {
  const bits = Array.from({ length: 80 }, () => 0);
  const put = (at: number, width: number, value: number) => {
    for (let place = 0; place < width; place++) bits[at + place] = (value >> place) & 1;
  };
  put(0, 4, frames % 10);
  put(8, 2, Math.floor(frames / 10));
  put(10, 1, drop ? 1 : 0);
  put(16, 4, seconds % 10);
  put(24, 3, Math.floor(seconds / 10));
  put(32, 4, minutes % 10);
  put(40, 3, Math.floor(minutes / 10));
  put(48, 4, hours % 10);
  put(56, 2, Math.floor(hours / 10));
  // Some user bits, as recorders write the date into them.
  for (const [nth, value] of [5, 0, 9, 12, 0, 15, 2, 1].entries()) put(4 + nth * 8, 4, value);
  [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1].forEach((bit, nth) => (bits[64 + nth] = bit));
  // Polarity correction: an even number of zeros in a word, so that every word begins on the same level.
  if (bits.filter((bit) => bit === 0).length % 2 === 1) bits[count === 25 ? 59 : 27] = 1;
  return bits;
}

export function writeLtc(ltc: Ltc): Float32Array {
  const { fps, count, drop = false, sampleRate = 48_000, level = 0.5, rise = 0.1 } = ltc;
  const edges: number[] = [];
  labels(ltc).forEach((label, frame) => {
    word(label, drop, count).forEach((bit, nth) => {
      const at = ((frame + nth / 80) / fps) * sampleRate;
      edges.push(at);
      if (bit === 1) edges.push(at + sampleRate / fps / 160);
    });
  });
  const total = Math.round((ltc.frames / fps) * sampleRate);
  const samples = new Float32Array(total);
  const slope = (sampleRate / fps / 80) * rise;
  let [next, sign] = [0, -1];
  for (let nth = 0; nth < total; nth++) {
    while (next < edges.length && edges[next]! <= nth) [next, sign] = [next + 1, -sign];
    const since = next > 0 ? nth - edges[next - 1]! : Infinity;
    const until = next < edges.length ? edges[next]! - nth : Infinity;
    const near = Math.min(since, until) / (slope / 2);
    samples[nth] = level * sign * Math.min(1, near);
  }
  return samples;
}

/** The same numbers again and again from one seed. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
