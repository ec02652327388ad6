/** Timecode in EDLs: drop-frame, midnight, and source and record times that do not agree. */
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { RATES, rateName } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { expectSame } from './edl-law.ts';
import { at24, read, spelled, edits } from './edl-read-stage.ts';

describe('drop-frame', () => {
  const line = (times: string) => `001  A001     V     C        ${times}`;
  const drop = line('01:00:59;29 01:01:00;02 01:00:59;29 01:01:00;02');

  test.each([
    ['29.97', '29.97df'],
    ['30', '29.97df'],
    ['59.94', '59.94df'],
    ['60', '59.94df'],
    ['120', '119.88df'],
  ] as const)('semicolons win over a plain %s, and it is said', (given, counted) => {
    const { list, issues } = read(drop.replaceAll(';02', given > '5' ? ';04' : ';02'), RATES[given]);
    expect(issues[0]).toMatchObject({
      code: 'edl-drop',
      severity: 'note',
      message: expect.stringContaining(counted.replace('df', ' DF')),
    });
    expect(rateName(list.rate)).toBe(counted);
  });

  test('where the rate given drops, or the list does not, nothing is said', () => {
    expect(read(drop, RATES['29.97df']).issues).toEqual([]);
    expect(read(drop.replaceAll(';', ':'), RATES['30']).list.rate).toEqual(RATES['30']);
  });

  test('Avid writes drop-frame with colons under FCM: DROP FRAME', () => {
    const { list, codes } = read(`FCM: DROP FRAME\n${drop.replaceAll(';', ':')}`, RATES['30']);
    expect(codes).toEqual(['edl-drop']);
    expect(rateName(list.rate)).toBe('29.97df');
    expect(list.tracks[0]!.events[0]).toMatchObject({
      recordIn: 0,
      recordOut: 1,
      source: { rate: RATES['29.97df'] },
    });
  });

  test('under a record with semicolons a source with colons does not drop', () => {
    const { list } = read(
      `FCM: DROP FRAME\n${line('01:00:59:29 01:01:00:00 01:00:59;29 01:01:00;02')}`,
      RATES['29.97'],
    );
    expect(rateName(list.tracks[0]!.events[0]!.source!.rate)).toBe('29.97');
    expect(spelled(list)[0]).toContain('< 01:00:59:29-01:01:00:00');
  });

  test('a list that says NON-DROP is not drop-frame, whatever rate is given', () => {
    const { list, codes } = read(`FCM: NON-DROP FRAME\n${drop.replaceAll(';', ':')}`, RATES['29.97df']);
    expect(rateName(list.rate)).toBe('29.97');
    expect(codes).toEqual(['edl-drop']);
  });

  test('an FCM line in mid-list holds for the sources that follow', () => {
    const text = [
      'FCM: NON-DROP FRAME',
      line('01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00'),
      'FCM: DROP FRAME',
      line('02:00:00:00 02:00:01:00 01:00:01:00 01:00:02:00'),
      'FCM: NON-DROP FRAME',
      line('03:00:00:00 03:00:01:00 01:00:02:00 01:00:03:00'),
    ].join('\n');
    const { list, issues } = read(text, RATES['29.97']);
    expect(rateName(list.rate)).toBe('29.97');
    expect(list.tracks[0]!.events.map((event) => rateName(event.source!.rate))).toEqual([
      '29.97',
      '29.97df',
      '29.97',
    ]);
    expect(issues).toMatchObject([{ code: 'edl-fcm', at: 'cut.edl line 4' }]);
  });

  test('an address that drop-frame skips becomes the next one, with a warning', () => {
    const { list, issues } = read(line('00:00:00;00 00:00:01;00 01:01:00;00 01:01:01;00'), RATES['29.97df']);
    expect(frameToTimecode(list.start, list.rate)).toBe('01:01:00;02');
    expect(issues[0]).toMatchObject({
      code: 'edl-timecode',
      severity: 'warning',
      message: expect.stringContaining('01:01:00;02'),
    });
  });

  test('drop-frame at a rate that has none is counted without, and said', () => {
    const { list, codes } = read(drop, RATES['50']);
    expect(list.rate).toEqual(RATES['50']);
    expect(codes).toContain('edl-drop');
  });

  test('no edits at all: the FCM line alone says it', () => {
    expect(rateName(read('TITLE: x\nFCM: DROP FRAME\n', RATES['29.97']).list.rate)).toBe('29.97df');
  });
});

describe('a source on both sides of midnight', () => {
  const played = (...ranges: [string, string][]) =>
    read(
      ranges
        .map(([from, to], nth) => {
          const at = 86400 + nth * 24;
          const record = [at, at + 24].map((frame) => frameToTimecode(frame, at24)).join(' ');
          return `00${nth + 1}  A001     V     C        ${from} ${to} ${record}\n* FROM CLIP NAME: night`;
        })
        .join('\n'),
    );
  const ranges = (list: CutList) =>
    list.tracks[0]!.events.map(({ sourceIn, sourceOut, source }) => [source!.start, sourceIn, sourceOut]);
  const day = 86400 * 24;

  test('begins in the evening, and goes on behind it', () => {
    const { list, issues } = played(
      ['00:00:10:00', '00:00:11:00'],
      ['23:59:50:00', '23:59:51:00'],
      ['23:59:59:12', '00:00:00:12'],
    );
    const start = day - 240;
    expect(ranges(list)).toEqual([
      [start, 480, 504],
      [start, 0, 24],
      [start, 228, 252],
    ]);
    expect(issues).toMatchObject([{ code: 'edl-midnight', severity: 'note', at: 'cut.edl line 1' }]);
    expectSame(list, DEFAULT_OPTIONS);
  });

  test('hours apart, it is two clocks, and begins with the earlier label', () => {
    const { list, issues } = played(['00:00:00:00', '00:00:01:00'], ['17:52:28:00', '17:52:29:00']);
    expect(issues).toEqual([]);
    expect(ranges(list)[0]).toEqual([0, 0, 24]);
    expectSame(list, DEFAULT_OPTIONS);
  });

  test('what a transition shows of it before its cut is its too', () => {
    const { list } = read(
      [
        '001  A001     V     C        00:00:10:00 00:00:11:00 01:00:00:00 01:00:01:00',
        '002  A001     V     C        00:00:11:00 00:00:11:00 01:00:01:00 01:00:01:00',
        '002  B001     V     D    012 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00',
        '* CUT AT 01:00:01:06',
      ].join('\n'),
    );
    expect(list.tracks[0]!.events[1]).toMatchObject({ recordIn: 30, sourceIn: 6, source: { start: 0 } });
  });
});

describe('source timecode', () => {
  test('media begins at the earliest timecode that is played of it', () => {
    const { list } = read(
      '001  A001 V C 00:00:20:00 00:00:21:00 01:00:00:00 01:00:01:00\n002  A001 V C 00:00:10:00 00:00:11:00 01:00:01:00 01:00:02:00',
    );
    expect(
      list.tracks[0]!.events.map((event) => [event.source!.start, event.sourceIn, event.source!.duration]),
    ).toEqual([
      [240, 240, null],
      [240, 0, null],
    ]);
  });

  test('clips of one reel with names of their own have starts of their own', () => {
    const { list } = read(
      '001  AX V C 00:00:20:00 00:00:21:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: a\n002  AX V C 00:00:10:00 00:00:11:00 01:00:01:00 01:00:02:00\n* FROM CLIP NAME: b',
    );
    expect(list.tracks[0]!.events.map((event) => [event.source!.start, event.sourceIn])).toEqual([
      [480, 0],
      [240, 0],
    ]);
  });

  test('ShotGrid counts source frames, absolute or relative, and marks them', () => {
    const { list, issues } = read(
      '001  AX       V     C        1009        1064        00:00:00:00 00:00:02:07\n* LOC: 1020 YELLOW  SHOT_0015',
    );
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events[0]).toMatchObject({
      sourceIn: 0,
      sourceOut: 55,
      source: { start: 1009 },
      markers: [{ frame: 11, name: 'SHOT_0015', colour: 'yellow' }],
    });
    expect(list.markers).toEqual([]);
  });

  test('sources run past midnight', () => {
    const { list, issues } = read('001  A001 V C 23:59:59:12 00:00:00:12 01:00:00:00 01:00:01:00');
    expect(issues).toEqual([]);
    expect(spelled(list)[0]).toContain('< 23:59:59:12-00:00:00:12');
  });
});

describe('record timecode', () => {
  test('goes on past midnight, and hour 24 is hour 0', () => {
    const { list, issues } = read(
      '001  A001 V C 00:00:00:00 00:00:02:00 23:59:59:00 00:00:01:00\n002  A001 V C 00:00:00:00 00:00:01:00 24:00:01:00 24:00:02:00',
    );
    expect(issues).toEqual([]);
    expect(frameToTimecode(list.start, list.rate)).toBe('23:59:59:00');
    expect(list.tracks[0]!.events.map((event) => [event.recordIn, event.recordOut])).toEqual([
      [0, 48],
      [48, 72],
    ]);
  });

  test('events that lie over one another go to tracks added on top', () => {
    const { list, issues } = read(
      '001  A001 V C 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n002  B001 V C 00:00:00:00 00:00:02:00 01:00:01:00 01:00:03:00\n003  C001 V2 C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00',
    );
    expect(spelled(list).map((line) => `${line.slice(0, 14)} ${line.slice(-4)}`)).toEqual([
      'V1 01:00:00:00 A001',
      'V2 01:00:00:00 C001',
      'V3 01:00:01:00 B001',
    ]);
    expect(issues).toMatchObject([
      { code: 'edl-overlap', at: 'cut.edl line 2', message: expect.stringContaining('V3') },
    ]);
  });

  test('a list in source order keeps one track', () => {
    const lines = edits(4).split('\n').toReversed().join('\n');
    const { list, issues } = read(lines);
    expect(issues).toEqual([]);
    expect(list.tracks.map((track) => track.events.map((event) => event.recordIn))).toEqual([
      [0, 24, 48, 72],
    ]);
  });

  test('an event that ends before it begins is not read, and said; black is passed over', () => {
    const { list, issues } = read(
      `${edits(1)}\n002  BL V C 00:00:00:00 00:00:01:19 01:00:14:06 01:00:00:00\n003  A001 V C 00:00:00:00 00:00:01:19 01:00:14:06 01:00:00:00`,
    );
    expect(list.tracks[0]!.events).toHaveLength(1);
    expect(issues.map(({ code, severity, at }) => `${code} ${severity} ${at}`)).toEqual([
      'edl-record warning cut.edl line 2',
      'edl-record error cut.edl line 3',
    ]);
  });

  test('an event without length is no event, and said', () => {
    const { list, codes } = read(
      `${edits(1)}\n002  B001 V C 00:00:00:00 00:00:00:00 01:00:01:00 01:00:01:00`,
    );
    expect(list.tracks[0]!.events).toHaveLength(1);
    expect(codes).toEqual(['edl-zero-length']);
  });
});
