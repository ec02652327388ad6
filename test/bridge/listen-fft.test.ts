/** The transform against the definition, in both builds. */
import { describe, expect, it } from 'vitest';
import { loadFft } from '../../bridge/local/listen/fft.ts';

describe.each(['best', 'plain'] as const)('the %s transform', (kind) => {
  it.each([32, 96, 1024, 2400])('of %i is the one defined', async (size) => {
    const fft = (await loadFft(kind)).open(size, 2);
    const signal = Float64Array.from({ length: size }, (_, at) => Math.sin(at * at * 0.37) + (at % 7) / 9);
    fft.buffer(0).set(signal);
    fft.forward(0, 1, 'ordered');
    const got = fft.buffer(1);
    const part = (bin: number, wave: (angle: number) => number) =>
      signal.reduce((sum, value, at) => sum + value * wave((-2 * Math.PI * bin * at) / size), 0);
    expect(got[0]).toBeCloseTo(part(0, Math.cos), 2);
    expect(got[1]).toBeCloseTo(part(size / 2, Math.cos), 2);
    for (const bin of [1, 5, size / 2 - 1]) {
      expect(got[2 * bin]).toBeCloseTo(part(bin, Math.cos), 2);
      expect(got[2 * bin + 1]).toBeCloseTo(part(bin, Math.sin), 2);
    }
    fft.inverse(1, 0, 'ordered');
    expect(fft.buffer(0)[3]! / size).toBeCloseTo(signal[3]!, 4);
    fft.close();
  });

  it('multiplies in its own order: a circular convolution', async () => {
    const fft = (await loadFft(kind)).open(64, 4);
    fft.buffer(0).fill(0)[5] = 2;
    fft.buffer(1).fill(0)[60] = 3;
    fft.forward(0, 2, 'native');
    fft.forward(1, 3, 'native');
    fft.buffer(0).fill(0);
    fft.multiplyAdd(2, 3, 0, 1 / 64);
    fft.inverse(0, 1, 'native');
    const got = [...fft.buffer(1)].map((value) => Math.round(value * 1000) / 1000 + 0);
    expect(got.indexOf(6)).toBe(1);
    expect(got.filter((value) => value === 0)).toHaveLength(63);
  });

  it('keeps what lies in its buffers while memory grows', async () => {
    const library = await loadFft(kind);
    const first = library.open(32, 1);
    first.buffer(0)[3] = 7;
    const big = library.open(1 << 22, 3);
    expect(first.buffer(0)[3]).toBe(7);
    big.close();
    first.close();
  });
});

it('refuses a size it cannot do', async () => {
  const library = await loadFft();
  expect(() => library.open(1000, 1)).toThrow('no transform of size 1000');
  expect(() => library.open(32 * 7, 1)).toThrow('no transform of size 224');
});

it('uses vector instructions here, and not where it is told not to', async () => {
  expect((await loadFft()).simd).toBe(true);
  expect((await loadFft('plain')).simd).toBe(false);
});
