/** Speed in EDLs: M2 lines, freezes and reversals of each program. */
import { describe, expect, test } from 'vitest';
import type { Rate } from '../../manifest/time/rate.ts';
import { at24, read, spelled, edits } from './edl-read-stage.ts';

describe('speed', () => {
  const retimed = (source: [string, string], record: string, m2: string, rate: Rate = at24) =>
    read(
      `001  A001     V     C        ${source.join(' ')} 01:00:00:00 ${record}\nM2   A001       ${m2}                ${source[0]}`,
      rate,
    );

  test.each([
    ['Avid: the frames really used', '00:00:12:00', '048.0', '2/1', 48, null],
    ['Avid: to the last frame shown', '00:00:11:23', '048.0', '2/1', 47, null],
    ['Resolve: as long as the record', '00:00:11:00', '048.0', '2/1', 48, '00:00:10:00–00:00:12:00'],
    ['half speed in Resolve', '00:00:11:00', '012.0', '1/2', 12, '00:00:10:00–00:00:10:12'],
    ['unpadded', '00:00:11:00', '12.0', '1/2', 12, '00:00:10:00–00:00:10:12'],
    ['a percent that one decimal rounds', '00:00:11:00', '007.9', '33/100', 8, '00:00:10:00–00:00:10:08'],
    ['a third', '00:00:11:00', '008.0', '1/3', 8, '00:00:10:00–00:00:10:08'],
    ['backwards over its range', '00:00:11:00', '-024.0', '-1/1', 24, null],
  ])('%s', (_, sourceOut, m2, speed, used, worked) => {
    const { list, issues } = retimed(['00:00:10:00', sourceOut], '01:00:01:00', m2);
    // What the source columns do not say is worked out, and that is said.
    expect(issues.map(({ code, severity, at }) => `${code} ${severity} ${at}`)).toEqual(
      worked ? ['edl-source-out note cut.edl line 1'] : [],
    );
    if (worked) expect(issues[0]!.message).toContain(`plays ${worked}`);
    const [event] = list.tracks[0]!.events;
    expect(`${event!.speed!.num}/${event!.speed!.den}`).toBe(speed);
    expect(event!.sourceOut - event!.sourceIn).toBe(used);
    expect(event!.source!.start).toBe(240);
  });

  test('beyond the decimal of an M2 line the spans tell the speed', () => {
    const { list } = retimed(['00:00:10:00', '00:03:28:04'], '01:06:56:16', '011.4');
    expect(list.tracks[0]!.events[0]!.speed).toEqual({ num: 1189, den: 2500 });
  });

  test('Avid lists a reverse by the one frame it starts from', () => {
    const { list, codes } = retimed(['00:00:10:00', '00:00:10:01'], '01:00:01:00', '-024.0');
    expect(codes).toEqual(['edl-source-out']);
    expect(spelled(list)[0]).toContain('< 00:00:09:01-00:00:10:01');
    expect(list.tracks[0]!.events[0]!.speed).toEqual({ num: -1, den: 1 });
  });

  test('a freeze holds its source in', () => {
    for (const out of ['00:00:10:01', '00:00:11:00']) {
      const { list, issues } = retimed(['00:00:10:00', out], '01:00:01:00', '000.0');
      expect(issues).toEqual([]);
      expect(list.tracks[0]!.events[0]).toMatchObject({
        speed: { num: 0, den: 1 },
        sourceIn: 0,
        sourceOut: 1,
      });
    }
  });

  test("000.0 under every event of a list is Resolve's noise, unless it says freeze", () => {
    const noisy = edits(3)
      .split('\n')
      .flatMap((line) => [line, `M2   A001       000.0                ${line.slice(29, 40)}`]);
    const plain = read(noisy.join('\n'));
    expect(plain.codes).toEqual(['edl-m2']);
    expect(plain.list.tracks[0]!.events.map((event) => event.speed!.num)).toEqual([1, 1, 1]);
    const frozen = read(
      noisy.flatMap((line) => (line.startsWith('M2') ? [line, '* * FREEZE FRAME'] : [line])).join('\n'),
    );
    expect(frozen.list.tracks[0]!.events.map((event) => event.speed!.num)).toEqual([0, 0, 0]);
  });

  test('spans that fit neither convention are said', () => {
    const { list, codes } = retimed(['00:00:10:00', '00:00:19:00'], '01:00:01:00', '048.0');
    expect(codes).toEqual(['edl-span']);
    expect(list.tracks[0]!.events[0]).toMatchObject({
      speed: { num: 2, den: 1 },
      sourceIn: 0,
      sourceOut: 48,
    });
  });

  test('a source longer than its record without an M2 line is said', () => {
    const { list, issues } = read('001  A001 V C 00:00:10:00 00:00:12:00 01:00:00:00 01:00:01:00');
    expect(issues).toMatchObject([
      { code: 'edl-span', message: expect.stringContaining('48 frames of source for 24 of record') },
    ]);
    expect(list.tracks[0]!.events[0]).toMatchObject({ speed: { num: 1, den: 1 }, sourceOut: 24 });
  });

  test('two M2 lines under a transition go to the clips they name', () => {
    const { list, issues } = read(
      [
        '001  A001     V     C        00:00:10:00 00:00:12:00 01:00:00:00 01:00:01:00',
        'M2   A001       048.0                00:00:10:00',
        '002  A001     V     C        00:00:12:00 00:00:12:00 01:00:01:00 01:00:01:00',
        '002  B001     V     D    012 00:00:20:00 00:00:21:00 01:00:01:00 01:00:03:00',
        'M2   B001       012.0                00:00:20:00',
        'M2   A001       048.0                00:00:12:00',
      ].join('\n'),
    );
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events.map((event) => event.speed)).toEqual([
      { num: 2, den: 1 },
      { num: 1, den: 2 },
    ]);
  });

  test.each([
    ['cut short', 'A001C002'],
    ['with blanks in it', 'A001C002 _R1AB'],
    ['in other letters', 'a001c002_r1ab'],
    ['left out', ''],
  ])('a speed whose reel is %s still finds its event', (_, reel) => {
    const { list, codes } = read(
      `${edits(1).replace('A001', 'A001C002_R1AB')}\nM2   ${reel}   048.0   00:00:00:00`,
    );
    expect(codes).toEqual(['edl-source-out']);
    expect(list.tracks[0]!.events[0]!.speed).toEqual({ num: 2, den: 1 });
  });

  test('a speed for a reel that no event has is said', () => {
    const { codes } = read(`${edits(1)}\nM2   Z999       048.0                00:00:00:00`);
    expect(codes).toEqual(['edl-m2']);
  });
});
