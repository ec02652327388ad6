/** Times and speed in a written EDL. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { framesPerDay, nominal, RATES } from '../../manifest/time/rate.ts';
import { framesToSamples } from '../../manifest/time/samples.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { event, frameOf, pictureSource, soundSource, straightCuts } from './cutlist-samples.ts';
import { parseEdl } from './edl-parser.ts';
import { FILM, written, edls, one } from './edl-stage.ts';

describe('times', () => {
  const listed = Object.values(RATES).filter((rate) => nominal(rate) <= 100);

  test('every event of a straight cut is listed, at its own record and source frames, at every rate', () => {
    fc.assert(
      fc.property(straightCuts(listed), (cut) => {
        const { rate } = cut;
        const made = written(cut);
        const { losses } = made;
        const day = framesPerDay(rate);
        const given = cut.tracks.flatMap((each) => each.events);
        const read = edls(made).flatMap((file) => parseEdl(file.text, rate).events);
        expect(read.length).toBe(given.length);
        expect(losses.every((loss) => loss.what === 'disabled' || loss.what === 'reel')).toBe(true);
        const spot = (numbers: number[]) => numbers.join(' ');
        const wanted = given.map((each) => {
          const { source, recordIn, recordOut } = each;
          const offset = source!.hasPicture
            ? each.sourceIn
            : Math.round((each.sourceIn * rate.num) / rate.den / 48000);
          const start = source!.hasPicture
            ? source!.start!
            : Math.round((source!.start! * rate.num) / rate.den / 48000);
          const first = start + offset;
          const places = [first, first + recordOut - recordIn, cut.start + recordIn, cut.start + recordOut];
          return spot(places.map((frame) => frame % day));
        });
        expect(read.map(({ source, record }) => spot([...source, ...record])).toSorted()).toEqual(
          wanted.toSorted(),
        );
        expect(read.every(({ record }) => record[0] !== record[1])).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('media without timecode counts from nothing, and says so', () => {
    const { events, losses } = one([event(pictureSource('bare', FILM, null), 0, 24, 10, FILM)]);
    expect(events[0]!.source).toEqual([10, 34]);
    expect(losses).toMatchObject([{ what: 'no-source-timecode', where: 'V1-001 at 01:00:00:00' }]);
  });

  test('a recorder that stamps a few samples after the frame is still on that frame', () => {
    const sound = soundSource('boom', FILM, '10:00:00:00');
    sound.start! += 3;
    const { events, what } = one([event(sound, 0, 24, 48, FILM)], FILM, 'A1');
    expect(events[0]!.source[0]).toBe(frameOf('10:00:02:00', FILM));
    expect(what).toEqual([]);
  });

  test('sound that begins between frames is rounded and said', () => {
    const sound = soundSource('boom', FILM, '10:00:00:00');
    const { what } = one(
      [event(sound, 0, 24, 0, FILM, { sourceIn: 700, sourceOut: 700 + 48048 })],
      FILM,
      'A1',
    );
    expect(what).toEqual(['subframe']);
  });

  test.each([
    ['25 in 23.976 keeps its clock', '25', '23.976', '10:00:00:20', '10:00:00:19'],
    ['59.94 in 29.97 counts half the frames', '59.94', '29.97', '10:00:00:31', '10:00:00:15'],
    ['59.94 DF in 29.97 DF keeps dropping', '59.94df', '29.97df', '10:01:00;05', '10:01:00;02'],
    ['29.97 NDF in 29.97 DF keeps its own labels', '29.97', '29.97df', '10:01:00:00', '10:01:00:00'],
    ['24 in 23.976 keeps its label', '24', '23.976', '10:00:00:23', '10:00:00:23'],
  ] as const)('mixed rates: %s', (_, own, rate, label, wanted) => {
    const source = pictureSource('mixed', RATES[own], label);
    const { events, what, text } = one([event(source, 0, 24, 0, RATES[rate])], RATES[rate]);
    expect(what).toEqual(['mixed-rate']);
    expect(text).toContain(` C        ${wanted} `);
    expect(events[0]!.source[1] - events[0]!.source[0]).toBe(24);
    expect(events[0]!.notes[1]).toMatch(new RegExp(`^\\* SOURCE TC AT .*: ${label} `));
  });
});

describe('speed', () => {
  const source = pictureSource('fast', FILM, '10:00:00:00');
  const at = (num: number, den: number, sourceOut: number) =>
    one([event(source, 0, 24, 0, FILM, { speed: { num, den }, sourceOut })]);

  test('200 % has an M2 line and the source it really uses', () => {
    const { events, what, text } = at(2, 1, 48);
    expect(what).toEqual([]);
    expect(events[0]!.source[1] - events[0]!.source[0]).toBe(48);
    expect(text).toContain('M2   A001           048.0                10:00:00:00\r\n');
  });

  test.each([
    ['50 %', 1, 2, '012.0', []],
    ['a seventh, which one decimal cannot hold', 1, 7, '003.4', ['retime']],
    ['backwards', -1, 1, '-024.0', ['retime']],
    ['a freeze', 0, 1, '000.0', ['retime']],
  ] as const)('%s', (_, num, den, speed, losses) => {
    const { events, what } = at(num, den, 24);
    expect(events[0]!.motion!.speed).toBe(speed);
    expect(what).toEqual(losses);
  });

  test('a speed that varies is listed plain, and said', () => {
    const { events, what } = one([event(source, 0, 24, 0, FILM, { speed: null })]);
    expect(events[0]!.motion).toBeNull();
    expect(what).toEqual(['retime']);
  });
});

test('the label of a sound is its place on the clock, at every rate', () => {
  for (const rate of [RATES['23.976'], RATES['25'], RATES['29.97df'], RATES['59.94']]) {
    const sound = soundSource('boom', rate, '13:14:15:16');
    const { text } = one([event(sound, 0, 10, 0, rate)], rate, 'A1');
    expect(text).toContain(` C        ${frameToTimecode(frameOf('13:14:15:16', rate), rate)} `);
    expect(sound.start).toBe(framesToSamples(frameOf('13:14:15:16', rate), rate, 48000));
  }
});
