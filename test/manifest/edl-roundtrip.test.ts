/** The law of the format: written for any target and read back, a cut is the same but for the losses that were said. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOf } from '../../manifest/cdl.ts';
import type { CutGrade, CutList, CutTransition } from '../../manifest/documents/cutlist.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { framesPerDay, nominal, RATES, type RateName } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { expectSame } from './edl-law.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

const LISTED = (Object.keys(RATES) as RateName[]).filter((name) => nominal(RATES[name]) <= 100);

const anyOptions: fc.Arbitrary<ExportOptions> = fc.record({
  target: fc.constantFrom('premiere' as const, 'resolve' as const, 'avid' as const),
  reels: fc.constantFrom(8 as const, 32 as const, 129 as const),
  fcpxml: fc.constant('1.10'),
  split: fc.boolean(),
});

describe('written and read back, a cut is the same', () => {
  const cuts = anyCutList({
    rates: LISTED,
    mixed: true,
    transitions: true,
    retimes: true,
    made: true,
    markers: true,
    audioTracks: 5,
  });

  test('minus what was said to be lost, for every target, reel width and rate', () => {
    fc.assert(
      fc.property(cuts, anyOptions, (cut, options) => {
        expectSame(cut, options);
      }),
      { numRuns: 600 },
    );
  });

  test('with nothing lost at all, where it is cuts, dissolves, and speeds that one decimal holds', () => {
    const plain = anyCutList({ rates: ['24', '25', '50'], transitions: true, audioTracks: 0 });
    fc.assert(
      fc.property(plain, anyOptions, (cut, options) => {
        const { losses } = expectSame(cut, options);
        expect(losses.filter((loss) => loss.what !== 'disabled' && loss.what !== 'name')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('whatever the transitions and speeds are', () => {
    fc.assert(
      fc.property(wildCuts, anyOptions, (cut, options) => {
        expectSame(cut, options, ['edl-span']);
      }),
      { numRuns: 1500 },
    );
  });
});

const decimal = fc.integer({ min: -40000, max: 40000 }).map((tenths) => decimalOf(String(tenths / 10000))!);
const rgb = fc.tuple(decimal, decimal, decimal);
const anyGrade: fc.Arbitrary<CutGrade> = fc.oneof(
  fc.record({ sop: fc.record({ slope: rgb, offset: rgb, power: rgb }), sat: decimal }),
  fc.record({ sop: fc.record({ slope: rgb, offset: rgb, power: rgb }) }),
  fc.record({ sat: decimal }),
);

/** One track with wipes, fades, clips that are all transition, media without handles, and speeds of every kind. */
const wildCuts: fc.Arbitrary<CutList> = fc
  .record({
    rate: fc.constantFrom(...LISTED.map((name) => RATES[name])),
    hour: fc.nat({ max: 23 }),
    video: fc.boolean(),
    clips: fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 9 })),
        length: fc.integer({ min: 1, max: 40 }),
        sourceIn: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
        speed: fc.oneof(
          fc.constant({ num: 1, den: 1 }),
          fc.constantFrom(
            { num: -1, den: 1 },
            { num: 0, den: 1 },
            { num: 1, den: 7 },
            { num: 5, den: 2 },
            { num: -3, den: 1 },
          ),
          fc.integer({ min: 1, max: 40000 }).map((hundredths) => lowest(hundredths, 10000)),
        ),
        tail: fc.nat({ max: 30 }),
        cdl: fc.option(anyGrade, { nil: undefined, freq: 3 }),
        reel: fc.constantFrom('A001', 'A001', 'B001', 'A001C002_240101_R1AB', undefined),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    joins: fc.array(
      fc.record({
        at: fc.nat({ max: 6 }),
        before: fc.nat({ max: 20 }),
        after: fc.nat({ max: 20 }),
        kind: fc.constantFrom('dissolve' as const, 'wipe' as const, 'fade' as const, 'other' as const),
        wipe: fc.nat({ max: 999 }),
        cutAt: fc.constantFrom(undefined, undefined, 'in' as const, 'out' as const),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ rate, hour, video, clips, joins }) => {
    let end = 0;
    const events = clips.map(({ gap, length, sourceIn, speed, tail, reel, cdl }, nth) => {
      end += gap + length;
      const used = Math.max(1, Math.round((length * Math.abs(speed.num)) / speed.den));
      const make = video ? pictureSource : soundSource;
      const source = make(`CLIP ${nth % 3}`, rate, '01:00:00:00', { reel });
      const plain = event(source, end - length, length, sourceIn, rate);
      if (!video) return plain;
      return {
        ...plain,
        ...(cdl ? { cdl } : {}),
        speed,
        sourceOut: sourceIn + used,
        source: { ...source, duration: sourceIn + used + tail },
      };
    });
    const cutsAt = [0, ...events.map((each) => each.recordOut), ...events.map((each) => each.recordIn)];
    const transitions = joins
      .map(({ at, before, after, kind, wipe, cutAt }): CutTransition => {
        const cut = cutsAt[at % cutsAt.length]!;
        const from = Math.max(0, cut - before);
        return {
          in: from,
          out: Math.max(from + 1, cut + after),
          kind,
          name: `Named ${kind}`,
          ...(kind === 'wipe' && wipe % 4 ? { wipe } : {}),
          ...(cutAt ? { cutAt } : {}),
        };
      })
      .sort((a, b) => a.in - b.in)
      .filter((each, nth, all) => nth === 0 || each.in !== all[nth - 1]!.in);
    const made = list(rate, '00:00:00:00', [track(video ? 'V1' : 'A1', events, { transitions })]);
    return { ...made, start: Math.floor((framesPerDay(rate) / 24) * hour) };
  });

function lowest(num: number, den: number): { num: number; den: number } {
  let [a, b] = [num, den];
  while (b) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
