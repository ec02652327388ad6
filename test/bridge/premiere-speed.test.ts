/** A speed is an exact ratio, or it varies. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallRatio, speedOf } from '../../bridge/premiere/speed.ts';

describe('speed', () => {
  const item = {
    id: '',
    name: '',
    source: null,
    disabled: false,
    adjustment: false,
    linked: [],
    reversed: false,
    start: '0',
    inPoint: '0',
  };
  const frame = 10160640000n;

  test('one frame of rounding is not a varying speed, two are', () => {
    const end = String(frame * 100n);
    const at = (frames: bigint) =>
      speedOf({ ...item, end, outPoint: String(frame * frames), speed: 1 }, frame);
    for (const frames of [99n, 100n, 101n]) expect(at(frames)).toEqual({ num: 1, den: 1 });
    expect([at(102n), at(98n)]).toEqual([null, null]);
  });

  test('at double speed a record frame of rounding is two source frames', () => {
    const at = (frames: bigint) =>
      speedOf({ ...item, end: String(frame * 100n), outPoint: String(frame * frames), speed: 2 }, frame);
    expect([at(198n), at(202n), at(203n)]).toEqual([{ num: 2, den: 1 }, { num: 2, den: 1 }, null]);
  });

  test('any ratio of small numbers is found again from its float', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10000 }), fc.integer({ min: 1, max: 120 }), (num, den) => {
        const ratio = smallRatio(num / den)!;
        expect(Math.abs(ratio.num / ratio.den - num / den)).toBeLessThanOrEqual(
          1e-6 * Math.max(1, num / den),
        );
        expect(ratio.den).toBeLessThanOrEqual(den);
      }),
    );
  });

  test('what is no number is no ratio', () => {
    expect([smallRatio(Number.NaN), smallRatio(Infinity)]).toEqual([null, null]);
  });
});
