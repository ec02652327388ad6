import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floor, fraction, lowest, multiply, nearest, round } from '../../../manifest/time/fraction.ts';

/** Numbers on both sides of what plain arithmetic holds. */
const whole = fc.oneof(
  fc.integer({ min: -100, max: 100 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
  fc.maxSafeInteger(),
);
const above = fc.oneof(
  fc.constantFrom(1, 2, 1001, 24000, 48048, 96000 * 1001),
  fc.integer({ min: 1, max: 2 ** 31 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);
/** Products that end just before, at and just after half of the divisor. */
const nearHalf = fc
  .tuple(
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    fc.integer({ min: 1, max: 2 ** 12 }),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([times, bottom, off]) => [times * bottom + Math.floor(bottom / 2) + off, 1, bottom] as const);

describe('counts brought to another rate', () => {
  const cases = fc.oneof(fc.tuple(whole, whole, above), nearHalf);

  it('the nearest is the one that fractions give, whatever the size', () => {
    fc.assert(
      fc.property(cases, ([count, top, bottom]) => {
        expect(nearest(count, top, bottom)).toBe(round(multiply(fraction(count), fraction(top, bottom))) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('the lowest is the one that fractions give, whatever the size', () => {
    fc.assert(
      fc.property(cases, ([count, top, bottom]) => {
        expect(lowest(count, top, bottom) + 0).toBe(
          floor(multiply(fraction(count), fraction(top, bottom))) + 0,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('a half goes up, below zero too', () => {
    expect([nearest(1, 1, 2), nearest(-1, 1, 2), nearest(3, 1, 2), nearest(-3, 1, 2)]).toEqual([1, 0, 2, -1]);
  });

  it('a product just below the limit and a divisor that brings it back are not mistaken for plain', () => {
    expect(nearest(-4503599627370497, 1, 3)).toBe(-1501199875790166);
  });
});

describe('fractions', () => {
  const long = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n });
  it('are in lowest terms, whatever the size', () => {
    fc.assert(
      fc.property(long, long, fc.bigInt({ min: 1n, max: 2n ** 60n }), (num, den, common) => {
        fc.pre(den !== 0n);
        const made = fraction(num * common, den * common);
        expect(made.num * den).toBe(num * made.den);
        expect(made.den > 0n).toBe(true);
        let [a, b] = [made.num < 0n ? -made.num : made.num, made.den];
        while (b) [a, b] = [b, a % b];
        expect(a).toBe(1n);
      }),
    );
  });
});
