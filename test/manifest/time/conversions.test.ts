import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayInFlicks, framesToFlicks, fromFlicks, toFlicks } from '../../../manifest/time/flicks.ts';
import {
  compare,
  exactFrames,
  fraction,
  framesToSeconds,
  round,
  secondsToFrames,
  toDecimal,
} from '../../../manifest/time/fraction.ts';
import { framesPerDay, RATES } from '../../../manifest/time/rate.ts';
import { framesToSamples, samplesToFrames, timeReferenceToTimecode } from '../../../manifest/time/samples.ts';
import { framesToTicks, secondsToTicks, ticksToFrames } from '../../../manifest/time/ticks.ts';

const anyRate = fc.constantFrom(...Object.values(RATES));
const anyFrame = fc.integer({ min: 0, max: 10_000_000 });

describe('fractions', () => {
  it('frames → seconds → frames is the identity and exact', () => {
    fc.assert(
      fc.property(anyRate, anyFrame, (rate, frame) => {
        const seconds = framesToSeconds(frame, rate);
        expect(secondsToFrames(seconds, rate)).toBe(frame);
        expect(exactFrames(seconds, rate)).toBe(frame);
      }),
    );
  });

  it('rounds halves up on both sides of zero', () => {
    expect([3, 1, -1, -3].map((num) => round(fraction(num, 2)))).toEqual([2, 1, 0, -1]);
  });

  it('orders by value, not by form', () => {
    expect(compare(fraction(1, 3), fraction(2, 6))).toBe(0);
    expect(compare(fraction(-1, 2), fraction(-1, 3))).toBe(-1);
  });

  it('is written as a decimal for people only', () => {
    expect(toDecimal(fraction(1001, 24000), 6)).toBe('0.041708');
    expect(toDecimal(fraction(-3, 2))).toBe('-1.5');
  });
});

describe('ticks', () => {
  it.each([
    ['23.976', '10594584000'],
    ['24', '10584000000'],
    ['25', '10160640000'],
    ['29.97df', '8475667200'],
    ['30', '8467200000'],
    ['48', '5292000000'],
    ['50', '5080320000'],
    ['59.94', '4237833600'],
    ['60', '4233600000'],
  ] as const)('a frame at %s is %s ticks', (name, ticks) => {
    expect(framesToTicks(1, RATES[name])).toBe(ticks);
  });

  it('frame → ticks → frame is exact, also past 2^53 ticks (9 h 51 min)', () => {
    fc.assert(
      fc.property(anyRate, anyFrame, (rate, frame) => {
        expect(ticksToFrames(framesToTicks(frame, rate), rate)).toEqual({ frame, exact: true });
      }),
    );
    expect(framesToTicks(framesPerDay(RATES['25']) - 1, RATES['25'])).toBe('21946972239360000');
  });

  it('a tick between two frames goes to the nearer and says so', () => {
    expect(ticksToFrames(String(10160640000n + 1n), RATES['25'])).toEqual({ frame: 1, exact: false });
  });

  it('a sample at 48 kHz is 5292000 ticks', () => {
    expect(secondsToTicks(fraction(1, 48000))).toBe('5292000');
  });
});

describe('samples', () => {
  it('frame → nearest sample → frame is the identity', () => {
    fc.assert(
      fc.property(
        anyRate,
        anyFrame,
        fc.constantFrom(44100, 48000, 96000, 192000),
        (rate, frame, sampleRate) => {
          expect(samplesToFrames(framesToSamples(frame, rate, sampleRate), sampleRate, rate)).toBe(frame);
        },
      ),
    );
  });

  it('one hour of 23.976 labels is 172,972,800 samples: elapsed time, not the clock', () => {
    expect(framesToSamples(86400, RATES['23.976'], 48000)).toBe(172_972_800);
    expect(timeReferenceToTimecode(172_972_800, 48000, RATES['23.976'])).toBe('01:00:00:00');
  });

  it('a time reference a few samples after a frame, or two before it, is that frame', () => {
    const start = framesToSamples(1_000_001, RATES['23.976'], 48000);
    const label = timeReferenceToTimecode(start, 48000, RATES['23.976']);
    expect([-2, 1, 4].map((late) => timeReferenceToTimecode(start + late, 48000, RATES['23.976']))).toEqual([
      label,
      label,
      label,
    ]);
  });
});

describe('flicks', () => {
  it('every named rate and 48, 96 and 44.1 kHz are exact', () => {
    fc.assert(
      fc.property(anyRate, anyFrame, (rate, frame) => {
        const flicks = framesToFlicks(frame, rate);
        const exact = framesToSeconds(frame, rate);
        expect(BigInt(flicks) * exact.den).toBe(exact.num * 705_600_000n);
        expect(fromFlicks(flicks, rate.num, rate.den)).toBe(frame);
      }),
    );
    for (const sampleRate of [8000, 44100, 48000, 88200, 96000, 192000])
      expect(toFlicks(sampleRate, sampleRate)).toBe(705_600_000);
  });

  it('the labels of a day last 86,486.4 s at 23.976 and 86,399.9136 s at 29.97 DF', () => {
    expect(dayInFlicks(RATES['23.976'])).toBe(61_024_803_840_000);
    expect(dayInFlicks(RATES['29.97df'])).toBe(60_963_779_036_160);
    expect(dayInFlicks(RATES['59.94'])).toBe(dayInFlicks(RATES['29.97']));
  });

  it('an odd sample rate lands on the nearest flick', () => {
    expect(fromFlicks(toFlicks(4_150_000_000, 48048), 48048)).toBe(4_150_000_000);
  });
});
