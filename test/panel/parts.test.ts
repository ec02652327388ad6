/** Work in parts comes to what it comes to at once, stops often enough, and ends when it is told to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stopped } from '../../panel/breathe.ts';
import { once } from '../../panel/once.ts';
import { filtered, inTurns, mapped, PART, sorted, whole, type Parts } from '../../panel/parts.ts';

/** The most that is done between two stops, in calls of the work's own function. */
function longestPart(make: (count: () => void) => Parts<unknown>): number {
  let [now, most] = [0, 0];
  const parts = make(() => void now++);
  for (let part = parts.next(); ; part = parts.next()) {
    most = Math.max(most, now);
    now = 0;
    if (part.done) return most;
  }
}

const numbers = Array.from({ length: 20_000 }, (_, nth) => (nth * 7919) % 20_011);

describe('in parts', () => {
  it('sorting comes to what sort gives, what compares the same in its order', () => {
    const many = fc.array(fc.record({ by: fc.nat(20), nth: fc.nat() }), { maxLength: 3000 });
    const compare = (a: { by: number }, b: { by: number }) => a.by - b.by;
    fc.assert(
      fc.property(many, (list) => {
        expect(whole(sorted(list, compare))).toEqual([...list].sort(compare));
      }),
      { numRuns: 60 },
    );
  });

  it('filter and map come to what filter and map give', () => {
    expect(whole(filtered(numbers, (each) => each % 3 === 0))).toEqual(
      numbers.filter((each) => each % 3 === 0),
    );
    expect(whole(mapped(numbers, (each) => each + 1))).toEqual(numbers.map((each) => each + 1));
  });

  it('no part does more than a run of 500 takes, twenty thousand or not', () => {
    const sorting = longestPart((count) => sorted(numbers, (a, b) => (count(), a - b)));
    expect(sorting).toBeLessThan(PART * Math.ceil(Math.log2(PART)) * 1.5);
    expect(longestPart((count) => filtered(numbers, () => (count(), true)))).toBeLessThanOrEqual(PART);
    expect(longestPart((count) => mapped(numbers, count))).toBeLessThanOrEqual(PART);
  });

  it('in turns it comes to the same, and ends with Stopped when it is told to', async () => {
    const stop = new AbortController();
    expect(
      await inTurns(
        sorted(numbers, (a, b) => a - b),
        stop.signal,
      ),
    ).toEqual([...numbers].sort((a, b) => a - b));
    stop.abort();
    await expect(inTurns(mapped(numbers, String), stop.signal)).rejects.toBeInstanceOf(Stopped);
  });
});

it('once: a document is looked at one time, another one again', () => {
  let asked = 0;
  const count = once((list: number[]) => (asked++, list.length));
  const list = [1, 2];
  expect([count(list), count(list), count([1]), asked]).toEqual([2, 2, 1, 2]);
});
