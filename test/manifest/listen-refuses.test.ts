/** Where nobody should say where sound lies, listening does not, and says why. */
import { describe, expect, it } from 'vitest';
import type { Heard } from '../../manifest/listen/types.ts';
import { Chance } from '../../bench/listen/chance.ts';
import { beeps, knocks, loop, mixed, music, pink, tone } from '../../bench/listen/sounds.ts';
import { dialogue, SOURCE_RATE, speak, speaker, text } from '../../bench/listen/voice.ts';
import { sideOf } from '../../bench/listen/judge-set.ts';
import { compare, fft, SECONDS, side, talk } from './listen-scene.ts';

const camera = { seed: 9, rt60: 0.5, direct: 2, snr: 8 };
const recording = side(talk, 0, SECONDS);
const chance = () => new Chance(321);
const silence = sideOf(fft, { samples: new Int16Array(30 * 48000), rate: 48000 });

const kind = ({ heard }: Heard) => heard;

describe('silence', () => {
  it('is told of the side that is silent', async () => {
    expect(await compare(silence, recording)).toMatchObject({ heard: 'silence', side: 'picture' });
    expect(await compare(recording, silence)).toMatchObject({ heard: 'silence', side: 'sound' });
    expect(await compare(silence, silence)).toMatchObject({ heard: 'silence', side: 'both' });
    expect((await compare(silence, recording)).reason).toBe(
      'On the picture nothing rises above silence or steady noise.',
    );
  });

  it('is what steady noise and a steady tone are', async () => {
    const noise = sideOf(fft, {
      samples: Int16Array.from(pink(chance(), 30 * 48000), (value) => value * 500),
      rate: 48000,
    });
    expect(['silence', 'too-little']).toContain(kind(await compare(noise, recording)));
    const steady = sideOf(fft, {
      samples: Int16Array.from({ length: 30 * 48000 }, (_, at) => 9000 * Math.sin((at * 2 * Math.PI) / 48)),
      rate: 48000,
    });
    expect(['silence', 'too-little']).toContain(kind(await compare(steady, recording)));
  });
});

describe('too little', () => {
  it('is a file shorter than three seconds, an empty one too, and the numbers are said', async () => {
    const short = await compare(side(talk, 30, 2.5, camera), recording);
    expect(short).toMatchObject({ heard: 'too-little', side: 'picture', needed: 3 });
    expect(short.reason).toBe('Of the picture there are only 2.5 s; needed are 3 s.');
    const empty = sideOf(fft, { samples: new Int16Array(0), rate: 48000 });
    expect(await compare(recording, empty)).toMatchObject({ heard: 'too-little', side: 'sound' });
  });

  it('is one word in half a minute', async () => {
    const words = new Float32Array(30 * SOURCE_RATE);
    speak(text(chance(), 0.3).slice(0, 3), speaker(chance()), chance(), words, 9 * SOURCE_RATE);
    const heard = await compare(side(words, 0, 30, { ...camera, snr: 30 }), recording);
    expect(['silence', 'too-little']).toContain(kind(heard));
  });
});

describe('none', () => {
  const voices = [speaker(chance()), speaker(chance())];
  it.each([
    ['other talk', dialogue(new Chance(99), 40)],
    ['music', music(chance(), 40)],
    ['a loop', loop(chance(), 40)],
    ['knocks', knocks(chance(), 40)],
    ['beeps', beeps(40, 3)],
    ['a test tone', tone(40)],
  ])('is the answer to %s', async (_, source) => {
    const heard = await compare(side(source, 0, 38, camera), recording);
    expect(['none', 'silence', 'too-little']).toContain(kind(heard));
  });

  it('is the answer to the same lines spoken anew', async () => {
    const lines = text(chance(), 30);
    const [one, two] = [60, 60].map((seconds) => new Float32Array(seconds * SOURCE_RATE));
    speak(lines, voices[0]!, new Chance(1), one!, SOURCE_RATE);
    speak(lines, voices[0]!, new Chance(2), two!, 3 * SOURCE_RATE);
    const heard = await compare(side(two!, 0, 30, camera), side(one!, 0, 40));
    expect(heard.heard).toBe('none');
    expect(heard.reason).toMatch(/^No place fits: the best has z /);
  });

  it('is the answer where the same beep marks two different takes', async () => {
    const [one, two] = [5, 6].map((seed) => mixed(dialogue(new Chance(seed), 40, voices), beeps(40, 60)));
    expect(kind(await compare(side(one!, 0, 38, camera), side(two!, 0, 38)))).toBe('none');
  });
});

describe('ambiguous', () => {
  it('is the answer where the same half minute was played twice, and both places are named', async () => {
    const twice = talk.slice();
    const [first, again, length] = [10, 55, 30].map((second) => second * SOURCE_RATE) as [
      number,
      number,
      number,
    ];
    twice.set(twice.subarray(first, first + length), again);
    const heard = await compare(side(twice, 15, 20, camera), side(twice, 0, SECONDS));
    if (heard.heard !== 'ambiguous') throw new Error(heard.reason);
    const seconds = heard.places.map(
      ({ offsetSamples }) => Math.round((offsetSamples / 48000) * 100) / 100 + 0,
    );
    expect(seconds.sort((a, b) => a - b)).toEqual([-60, -15]);
    expect(heard.evidence.secondPeak).toBeGreaterThan(0.9);
    expect(heard.reason).toMatch(/^2 places fit/);
  });

  it('is the answer to a machine that loops', async () => {
    const looped = loop(chance(), SECONDS);
    expect(kind(await compare(side(looped, 15, 20, camera), side(looped, 0, SECONDS)))).toBe('ambiguous');
  });
});
