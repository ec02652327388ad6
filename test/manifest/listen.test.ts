/** Listening finds where sound lies: to the sample where it can be, within its own bound always. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFft } from '../../bridge/local/listen/fft.ts';
import { Cancelled, type Side } from '../../manifest/listen/types.ts';
import { listen } from '../../manifest/listen/listen.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { compare, fft, matched, SECONDS, side, talk } from './listen-scene.ts';

const recording = side(talk, 0, SECONDS);
const camera = { seed: 9, rt60: 0.6, direct: 1, snr: 5 };

describe('a clip that lies in the recording', () => {
  it('is found to the sample where it was heard well', async () => {
    const heard = matched(await compare(side(talk, 31.25, 20, { seed: 8, snr: 40, direct: 20 }), recording));
    expect(heard.offsetSamples).toBe(-31.25 * 48000);
    expect(heard.offsetAtEndSamples).toBe(heard.offsetSamples);
    expect(heard.driftPpm).toBeCloseTo(0, 0);
    expect(heard.slipsHalfFrameAt).toBeNull();
    expect(heard.evidence.coverage).toBeCloseTo(1, 5);
  });

  it.each([
    ['noise and a room', camera],
    ['noise as loud as the talk', { ...camera, snr: 0 }],
    ['a microphone wired the other way round', { ...camera, inverted: true }],
    ['an automatic gain', { ...camera, agc: true }],
    ['an automatic gain and AAC', { ...camera, agc: true, aac: true }],
    ['a level of −50 dBFS', { ...camera, level: -50 }],
  ])('is found through %s', async (_, more) => {
    const heard = matched(await compare(side(talk, 40.125, 25, more), recording));
    expect(Math.abs(heard.offsetSamples + 40.125 * 48000)).toBeLessThanOrEqual(heard.errorSamples);
    expect(heard.errorSamples).toBeLessThan(48);
  });

  it.each([44100, 96000, 48048, 32000])('is found at %i Hz', async (rate) => {
    const picture = side(talk, 12.5, 25, { ...camera, rate });
    const heard = matched(await compare(picture, recording));
    expect(Math.abs(heard.offsetSamples + 12.5 * 48000)).toBeLessThanOrEqual(heard.errorSamples);
    const turned = matched(await compare(recording, picture));
    expect(Math.abs(turned.offsetSamples - 12.5 * rate)).toBeLessThanOrEqual(turned.errorSamples);
  });

  it.each([
    ['before', -9],
    ['past the end of', SECONDS - 16],
  ])('is found where it begins %s the recording, and says how much of it is covered', async (_, from) => {
    const heard = matched(await compare(side(talk, from, 25, camera), recording));
    expect(Math.abs(heard.offsetSamples + from * 48000)).toBeLessThanOrEqual(heard.errorSamples);
    expect(heard.evidence.coverage).toBeCloseTo(16 / 25, 2);
  });

  it('says how the clocks drift, and the frame from which the drift is half a frame', async () => {
    const picture = side(talk, 0, 80, { ...camera, ppm: 60, snr: 20 });
    const heard = matched(await compare(picture, recording));
    expect(Math.abs(heard.driftPpm - 60)).toBeLessThan(0.5);
    expect(Math.abs(heard.offsetSamples)).toBeLessThanOrEqual(heard.errorSamples);
    expect(Math.abs(heard.offsetAtEndSamples + 80 * 60e-6 * 48000)).toBeLessThanOrEqual(heard.errorSamples);
    // Half of 1/24 s at 60 ppm is 347 s; half of 1/120 s is 69 s.
    expect(heard.slipsHalfFrameAt).toBeNull();
    const frameRate = { num: 120, den: 1, drop: false };
    const fast = matched(await listen(picture, recording, { fft, frameRate }));
    expect(fast.slipsHalfFrameAt! / 120).toBeCloseTo(1 / 240 / 60e-6, 0);
  });

  it('finds a pull-down left undone, and calls it 0.1 %', async () => {
    const heard = matched(await compare(side(talk, 5, 70, { ...camera, ppm: -999, snr: 20 }), recording));
    expect(Math.abs(heard.driftPpm + 999)).toBeLessThan(2);
    expect(Math.abs(heard.offsetSamples + 5 * 48000)).toBeLessThanOrEqual(heard.errorSamples);
    expect(heard.reason).toContain('0.1 %');
    // Half a frame of 24 is 20.8 s at that drift.
    expect(heard.slipsHalfFrameAt).toBeCloseTo(500.5, -1);
  });
});

describe('laws', () => {
  const clip = side(talk, 20, 20, { ...camera, snr: 15 });
  /** The same file with `count` samples taken off its head: as floats, so nothing else changes. */
  const shifted = async (whole: Side, count: number): Promise<Side> => {
    const { Ear } = await import('../../manifest/listen/features.ts');
    const length = whole.features.samples - count;
    const ear = new Ear(fft, whole.features.sampleRate);
    ear.hear(await whole.read(count, length));
    return { features: ear.close(), read: (start, many) => whole.read(start + count, many) };
  };

  it('a sound that starts k samples later is found k samples later', async () => {
    const still = matched(await compare(clip, recording)).offsetSamples;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 15 * 48000 }), async (count) => {
        const moved = matched(await compare(clip, await shifted(recording, count)));
        expect(Math.abs(moved.offsetSamples - still - count)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 6, seed: 4 },
    );
  });

  it('swapping the sides negates the offset', async () => {
    const there = matched(await compare(clip, recording));
    const back = matched(await compare(recording, clip));
    expect(Math.abs(there.offsetSamples + back.offsetSamples)).toBeLessThanOrEqual(1);
    expect(there.driftPpm + back.driftPpm).toBeCloseTo(0, 0);
  });

  it('the transform without vector instructions, which is all Chromium 88 has, gives the same answer', async () => {
    const plain = await loadFft('plain');
    const there = matched(await compare(clip, recording));
    const here = matched(await listen(clip, recording, { fft: plain, frameRate: RATES['24'] }));
    expect(here.offsetSamples).toBe(there.offsetSamples);
    expect(here.evidence.z).toBeCloseTo(there.evidence.z, 1);
    expect(here.evidence.agreeing).toBe(there.evidence.agreeing);
  });

  it('the same files give the same answer', async () => {
    expect(await compare(clip, recording)).toEqual(await compare(clip, recording));
  });
});

it('reads nothing outside the files', async () => {
  const asked: [number, number][] = [];
  const watched = (whole: Side): Side => ({
    ...whole,
    read: (start, count) => {
      asked.push([start, start + count]);
      expect(start >= 0 && count > 0 && start + count <= whole.features.samples).toBe(true);
      return whole.read(start, count);
    },
  });
  await compare(watched(side(talk, -4, 20, { ...camera, rate: 44100 })), watched(recording));
  expect(asked.length).toBeGreaterThan(10);
});

it('takes a shorter answer for a file that was cut off, and refuses rather than guesses', async () => {
  const cut: Side = { ...recording, read: async () => new Float32Array(0) };
  expect((await compare(side(talk, 31, 20, camera), cut)).heard).toBe('none');
});

it('stops when it is told to, and passes on what reading throws', async () => {
  const picture = side(talk, 31, 20, camera);
  const options = { fft, frameRate: RATES['24'] };
  let steps = 0;
  await expect(listen(picture, recording, { ...options, cancelled: () => ++steps > 3 })).rejects.toThrow(
    Cancelled,
  );
  const broken: Side = { ...recording, read: () => Promise.reject(new Error('the drive is gone')) };
  await expect(listen(picture, broken, options)).rejects.toThrow('the drive is gone');
});

it('refuses features of another version', async () => {
  const old: Side = { ...recording, features: { ...recording.features, version: 0 } };
  await expect(compare(recording, old)).rejects.toThrow('features of version 0');
});
