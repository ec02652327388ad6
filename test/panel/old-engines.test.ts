/** The built-ins Chromium 88 lacks behave as the standard's own, which this engine has. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, findLast, findLastIndex, hasOwn } from '../../panel/old-engines.ts';

it("at() gives what the engine's own gives, for arrays and strings, at any index", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer()),
      fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double()),
      (all, index) => {
        expect(at(all, index)).toBe(all.at(index));
      },
    ),
  );
  expect([at('abc', -1), at('abc', 3)]).toEqual(['c', undefined]);
});

it("findLast and findLastIndex give what the engine's own give", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ max: 5, min: 0 })), fc.integer({ max: 5, min: 0 }), (all, wanted) => {
      const test = (each: number) => each === wanted;
      expect(findLast(all, test)).toBe(all.findLast(test));
      expect(findLastIndex(all, test)).toBe(all.findLastIndex(test));
    }),
  );
});

it('hasOwn sees own keys only', () => {
  expect([hasOwn({ a: 1 }, 'a'), hasOwn({ a: 1 }, 'toString'), hasOwn(Object.create(null), 'a')]).toEqual([
    true,
    false,
    false,
  ]);
});
