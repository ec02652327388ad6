/** What is kept of a file: levels that mean the same at every rate, however the file comes in. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFft } from '../../bridge/local/listen/fft.ts';
import { Ear, transformSize } from '../../manifest/listen/features.ts';
import { Shape } from '../../manifest/listen/shape.ts';
import { BANDS, FEATURES_VERSION, type Features } from '../../manifest/listen/types.ts';

const fft = await loadFft();

function hear(samples: Float32Array, rate = 48000, blocks = [samples.length]): Features {
  const ear = new Ear(fft, rate);
  let at = 0;
  for (const length of blocks) ear.hear(samples.subarray(at, (at += length)));
  ear.hear(samples.subarray(at));
  return ear.close();
}

const sine = (hz: number, seconds: number, rate: number, loud = 1) =>
  Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, at) => loud * Math.sin((2 * Math.PI * hz * at) / rate),
  );

const frame = ({ levels }: Features, nth: number) => [...levels.subarray(nth * BANDS, (nth + 1) * BANDS)];

describe('levels', () => {
  it.each([8000, 16000, 32000, 44100, 48000, 48048, 96000, 192000])(
    'of a full-scale sine are 0 dBFS in its band and nowhere near it far off, at %i Hz',
    (rate) => {
      const middle = frame(hear(sine(1000, 1, rate), rate), 50);
      // Half decibels; 800–1200 Hz is the fourth band. A sine spreads over the bins next to it, 1.8 dB in all.
      expect(middle[3]).toBeGreaterThanOrEqual(254);
      expect(middle[0]!).toBeLessThan(170);
      expect(middle[7]!).toBeLessThan(170);
    },
  );

  it('fall by two a decibel, down to nothing', () => {
    const at = (loud: number) => frame(hear(sine(1000, 1, 48000, loud)), 50)[3]!;
    expect(at(0.01) - at(0.001)).toBeGreaterThanOrEqual(39);
    expect(at(0.01) - at(0.001)).toBeLessThanOrEqual(41);
    expect(at(0)).toBe(0);
  });

  it('come a hundred times a second, the last within the file', () => {
    for (const [samples, frames] of [
      [0, 0],
      [1, 1],
      [480, 1],
      [481, 2],
      [48000, 100],
    ])
      expect(hear(new Float32Array(samples!)).levels.length / BANDS).toBe(frames);
    expect(hear(new Float32Array(44100 * 3), 44100).levels.length / BANDS).toBe(300);
    expect(hear(new Float32Array(10))).toMatchObject({
      version: FEATURES_VERSION,
      sampleRate: 48000,
      samples: 10,
    });
  });

  it('show a click in the frame where it is', () => {
    const click = new Float32Array(48000);
    click[24000] = 1;
    const features = hear(click);
    const loudest = Array.from({ length: 100 }, (_, nth) => frame(features, nth)[5]!);
    expect(loudest.indexOf(Math.max(...loudest))).toBe(50);
  });

  it('are the same however the file is cut into blocks', () => {
    const samples = Float32Array.from({ length: 9000 }, (_, at) => Math.sin(at * at * 0.0007) * 0.3);
    const whole = hear(samples);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 12 }), (blocks) => {
        expect(hear(samples, 48000, blocks)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('of a file over a minute long are all kept', () => {
    const features = hear(sine(500, 61, 8000), 8000);
    expect(features.levels.length / BANDS).toBe(6100);
    expect(frame(features, 6090)[1]).toBeGreaterThan(240);
  });

  it('of what is no number are nothing', () => {
    expect(frame(hear(new Float32Array(48000).fill(Number.NaN)), 50)).toEqual(
      Array.from({ length: BANDS }, () => 0),
    );
  });
});

it.each([0, -48000, Number.NaN, Infinity, 12])('no sound has %d samples a second', (rate) => {
  expect(() => new Ear(fft, rate)).toThrow(RangeError);
});

it('a transform is of the nearest size there is, or the next above', () => {
  expect([768, 705.6, 512, 1].map((size) => transformSize(size))).toEqual([768, 768, 512, 32]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000_000 }), (size) => {
      const found = transformSize(size, true);
      expect(found).toBeGreaterThanOrEqual(size);
      expect(found % 32).toBe(0);
      let rest = found;
      for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor;
      expect(rest).toBe(1);
    }),
  );
});

describe('what stands out', () => {
  it('is nothing in silence, in a steady tone and in no file at all', () => {
    for (const samples of [new Float32Array(96000), sine(1000, 2, 48000, 0.3), new Float32Array(0)])
      expect(new Shape(hear(samples)).seconds).toBeLessThan(0.05);
  });

  it('is a burst over a quiet room, for as long as it lasts', () => {
    const burst = new Float32Array(5 * 48000).map((_, at) => 0.001 * Math.sin(at * at * 0.013));
    for (let at = 96000; at < 96000 + 24000; at++) burst[at] = 0.3 * Math.sin(at * at * 0.017);
    const shape = new Shape(hear(burst));
    expect(shape.seconds).toBeGreaterThan(0.4);
    expect(shape.seconds).toBeLessThan(0.7);
    expect([100, 220, 400, -1, 9999].map((nth) => shape.standsOut(nth))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('has the same course asked for whole or in part', () => {
    const shape = new Shape(
      hear(Float32Array.from({ length: 96000 }, (_, at) => Math.sin(at * at * 0.0003))),
    );
    const whole = new Float32Array(shape.frames);
    shape.band(2, whole);
    const part = new Float32Array(40);
    shape.band(2, part, 77, 40);
    for (const [at, value] of part.entries()) expect(value).toBeCloseTo(whole[77 + at]!, 5);
  });
});
