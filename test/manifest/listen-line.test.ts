/** The line through fine windows: exact where they agree, unmoved by those that do not, and no better than chance by chance. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLine, type Fine } from '../../manifest/listen/line.ts';
import { Chance } from '../../bench/listen/chance.ts';

const REACH = 2000;
const APART = 96_000;

/** Windows of noise with a peak of `height` on a line; `wrong` of them have theirs elsewhere. */
function windows(seed: number, count: number, { at = 0, slope = 0, height = 15, wrong = 0 } = {}): Fine[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, (_, nth) => {
    const lags = Float32Array.from({ length: 2 * REACH + 1 }, () => chance.bell());
    const time = nth * APART;
    const place = nth < wrong ? chance.between(100, 3900) : at + slope * time + REACH;
    // A peak as wide as a band of 8 kHz makes it, between samples.
    for (let near = Math.floor(place) - 8; near <= place + 8; near++) {
      const x = (near - place) / 3;
      if (near >= 0 && near < lags.length)
        lags[near]! += height * (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
    }
    return { time, base: -REACH, lags };
  });
}

const delay = (line: { at: number; slope: number; origin: number }, time: number) =>
  line.at + line.slope * (time - line.origin);

describe('windows that agree', () => {
  it('give the line they lie on, to the sample', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: -900, max: 900, noNaN: true }),
        fc.double({ min: -100e-6, max: 100e-6, noNaN: true }),
        (seed, at, slope) => {
          const line = findLine(windows(seed, 10, { at, slope, height: 25 }), 0, 150e-6)!;
          expect(Math.abs(delay(line, 0) - at)).toBeLessThan(1);
          expect(Math.abs(line.slope - slope)).toBeLessThan(2.5e-6);
          expect(line.agreeing).toHaveLength(10);
          expect(line.score).toBeGreaterThan(2.5);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('outvote those that do not', () => {
    const line = findLine(windows(5, 12, { at: 333.4, wrong: 5 }), 0, 150e-6)!;
    expect(Math.abs(delay(line, 6 * APART) - 333.4)).toBeLessThan(0.5);
    expect(line.agreeing).toHaveLength(7);
  });

  it('agree upside down too, as of a microphone wired the other way round', () => {
    const turned = windows(6, 8, { at: -120 }).map((each) => ({
      ...each,
      lags: each.lags.map((value) => -value),
    }));
    const line = findLine(turned, 0, 150e-6)!;
    expect(Math.abs(line.at + 120)).toBeLessThan(0.5);
    expect(line.agreeing).toHaveLength(8);
  });

  it('are found around the drift that is expected', () => {
    const steep = windows(7, 6, { at: -400, slope: 1000e-6 });
    expect(findLine(steep, 1000e-6, 60e-6)!.agreeing).toHaveLength(6);
    expect(findLine(steep, 0, 60e-6)!.agreeing.length).toBeLessThan(3);
  });
});

describe('windows that do not', () => {
  it('make no line better than chance does', () => {
    const scores = Array.from(
      { length: 40 },
      (_, seed) => findLine(windows(seed + 50, 10, { wrong: 10 }), 0, 150e-6)!.score,
    );
    expect(Math.max(...scores)).toBeLessThan(2);
    expect(scores.sort((a, b) => a - b)[20]).toBeLessThan(1.2);
  });

  it('are no reason to fail: none, or empty ones', () => {
    expect(findLine([], 0, 150e-6)).toBeNull();
    expect(findLine([{ time: 0, base: 0, lags: new Float32Array(100) }], 0, 150e-6)).toBeNull();
  });
});
