/** Something like speech: syllables of coloured noise with pauses between. The same for the same seed, so two microphones can hear it. */
import { SAMPLE_RATE } from './bwf.ts';

/** The numbers of a generator that always gives the same; 0 to below 1. */
function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 2 ** 32;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Levels from −1 to 1, one a sample. */
export function voice(seed: number, samples: number): Float32Array {
  const next = numbers(seed);
  const sound = new Float32Array(samples);
  let [at, colour] = [0, 0];
  while (at < samples) {
    const syllable = Math.round(SAMPLE_RATE * (0.08 + 0.2 * next()));
    const pause = Math.round(SAMPLE_RATE * (next() < 0.25 ? 0.5 * next() : 0.05 * next()));
    // A low share keeps more of the last level: duller, like a vowel.
    const share = 0.05 + 0.3 * next();
    for (let n = 0; n < syllable && at < samples; n++, at++) {
      colour += share * (2 * next() - 1 - colour);
      sound[at] = colour * Math.sin((Math.PI * n) / syllable);
    }
    at += pause;
  }
  return sound;
}

/** What a camera's own microphone makes of it from further away, with its own noise: 16-bit samples, `samples` from `from` on. */
export function overheard(seed: number, from: number, samples: number): Buffer {
  const [spoken, hiss] = [voice(seed, from + samples), numbers(seed + 1)];
  const sound = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at++)
    sound.writeInt16LE(Math.round(8000 * (spoken[from + at]! + 0.02 * (2 * hiss() - 1))), at * 2);
  return sound;
}
