import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  droppedPerMinute,
  framesPerDay,
  labelSpeed,
  nominal,
  parseRate,
  rateName,
  RATES,
  snapRate,
  type Rate,
} from '../../../manifest/time/rate.ts';
import { frameToTimecode, hasDropMark, timecodeToFrame, wrapDay } from '../../../manifest/time/timecode.ts';

const anyRate = fc.constantFrom(...Object.values(RATES));
const frameOf = (text: string, rate: Rate) => {
  const read = timecodeToFrame(text, rate);
  if (!read.ok) throw new Error(read.message);
  return read.frame;
};
const refusal = (text: string, rate: Rate) => {
  const read = timecodeToFrame(text, rate);
  return read.ok ? `read as frame ${read.frame}` : read.message;
};

describe('rates', () => {
  it.each([
    ['23.976', 24, 0, 2_073_600],
    ['24', 24, 0, 2_073_600],
    ['25', 25, 0, 2_160_000],
    ['29.97', 30, 0, 2_592_000],
    ['29.97df', 30, 2, 2_589_408],
    ['30', 30, 0, 2_592_000],
    ['47.952', 48, 0, 4_147_200],
    ['48', 48, 0, 4_147_200],
    ['50', 50, 0, 4_320_000],
    ['59.94', 60, 0, 5_184_000],
    ['59.94df', 60, 4, 5_178_816],
    ['60', 60, 0, 5_184_000],
    ['119.88', 120, 0, 10_368_000],
    ['119.88df', 120, 8, 10_357_632],
    ['120', 120, 0, 10_368_000],
  ] as const)(
    '%s counts %i frames a label second, drops %i a minute, %i frames a day',
    (name, fps, dropped, day) => {
      const rate = RATES[name];
      expect([nominal(rate), droppedPerMinute(rate), framesPerDay(rate)]).toEqual([fps, dropped, day]);
      expect(rateName(rate)).toBe(name);
      expect(parseRate(name)).toEqual(rate);
    },
  );

  it.each([
    ['23.98', '23.976'],
    ['23.97 ND', '23.976'],
    ['24000/1001', '23.976'],
    ['25p', '25'],
    ['25 fps', '25'],
    ['29,97 DF', '29.97df'],
    ['30000/1001', '29.97'],
    ['47.95', '47.952'],
    ['59.94 NDF', '59.94'],
    ['60.00', '60'],
  ])('%s is how sheets write %s', (text, name) => {
    expect(rateName(parseRate(text)!)).toBe(name);
  });

  it.each(['', '0', '-24', 'abc', '24df', '23.976df', '25 DF', '1e3', '24/0', '2/1001', '31.7'])(
    '"%s" is not a rate',
    (text) => {
      expect(parseRate(text)).toBeNull();
    },
  );

  it('snaps what an editor reports as a float, and refuses what is no rate', () => {
    expect(rateName(snapRate(23.976023976)!)).toBe('23.976');
    expect(rateName(snapRate(29.97003)!)).toBe('29.97');
    expect(rateName(snapRate(25)!)).toBe('25');
    expect(snapRate(27.3)).toBeNull();
  });

  it('59.94 NDF and 29.97 NDF labels run alike, DF and true rates do not', () => {
    expect(labelSpeed(RATES['59.94'])).toBe(labelSpeed(RATES['29.97']));
    expect(new Set([RATES['29.97'], RATES['29.97df'], RATES['30']].map(labelSpeed)).size).toBe(3);
  });
});

describe('timecode', () => {
  it('frame → timecode → frame is the identity at every rate, all day long', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(), (rate, seed) => {
        const frame = seed % framesPerDay(rate);
        expect(frameOf(frameToTimecode(frame, rate), rate)).toBe(frame);
      }),
      { numRuns: 3000 },
    );
  });

  it('the label after each minute of a whole day is the identity too', () => {
    for (const rate of Object.values(RATES))
      for (let minute = 0; minute < 1440; minute++) {
        const near = Math.floor((framesPerDay(rate) / 1440) * minute);
        for (const frame of [near - 2, near, near + 2].map((each) => wrapDay(each, rate)))
          expect(frameOf(frameToTimecode(frame, rate), rate)).toBe(frame);
      }
  });

  it('labels rise with frames and never repeat within a day', () => {
    fc.assert(
      fc.property(anyRate, fc.nat(), (rate, seed) => {
        const frame = seed % (framesPerDay(rate) - 1);
        const [label, next] = [frameToTimecode(frame, rate), frameToTimecode(frame + 1, rate)];
        expect(next > label).toBe(true);
      }),
    );
  });

  it('29.97 DF skips two addresses a minute but in each tenth', () => {
    const rate = RATES['29.97df'];
    expect(frameToTimecode(1799, rate)).toBe('00:00:59;29');
    expect(frameToTimecode(1800, rate)).toBe('00:01:00;02');
    expect(frameToTimecode(17982, rate)).toBe('00:10:00;00');
    expect(frameToTimecode(107892, rate)).toBe('01:00:00;00');
  });

  it('59.94 DF skips four addresses a minute', () => {
    const rate = RATES['59.94df'];
    expect(frameToTimecode(3600, rate)).toBe('00:01:00;04');
    expect(refusal('00:01:00;03', rate)).toBe(
      '00:01:00;03 is an address 59.94 DF skips; the next is 00:01:00;04',
    );
  });

  it('119.88 and 120 write frames with three digits', () => {
    expect(frameToTimecode(119, RATES['120'])).toBe('00:00:00:119');
    expect(frameToTimecode(5, RATES['119.88'])).toBe('00:00:00:005');
    expect(frameOf('00:00:01:05', RATES['120'])).toBe(125);
    expect(frameToTimecode(60, RATES['100'])).toBe('00:00:00:60');
  });

  it('wraps at 24 hours, forwards and backwards', () => {
    for (const rate of Object.values(RATES)) {
      expect(frameToTimecode(framesPerDay(rate), rate)).toBe(frameToTimecode(0, rate));
      expect(frameOf(frameToTimecode(-1, rate), rate)).toBe(framesPerDay(rate) - 1);
    }
    expect(frameOf('24:00:00:00', RATES['25'])).toBe(0);
  });

  it('a label that is none is refused with the rule and the next right one', () => {
    expect(refusal('00:01:00;00', RATES['29.97df'])).toBe(
      '00:01:00;00 is an address 29.97 DF skips; the next is 00:01:00;02',
    );
    expect(refusal('10:04:61:00', RATES['25'])).toContain('seconds run from 00 to 59');
    expect(refusal('10:04:12:25', RATES['25'])).toBe(
      '10:04:12:25 is not a timecode at 25: frames run from 00 to 24',
    );
    expect(refusal('25:00:00:00', RATES['25'])).toContain('hours run from 00 to 23');
    expect(refusal('ten past four', RATES['25'])).toContain('is not a timecode (HH:MM:SS:FF)');
  });

  it('drop-frame written with colons, as Avid does, reads by the rate', () => {
    expect(frameOf('01:00:00:00', RATES['29.97df'])).toBe(107892);
    expect(hasDropMark('01:00:00;00')).toBe(true);
    expect(hasDropMark('01:00:00:00')).toBe(false);
  });
});
