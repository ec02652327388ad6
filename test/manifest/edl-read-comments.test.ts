/** What the comments of an EDL say: names, markers, and what a cut list has no place for. */
import { describe, expect, test } from 'vitest';
import { read, edits } from './edl-read-stage.ts';

describe('names', () => {
  const first = (text: string) => read(text).list.tracks[0]!.events[0]!;
  test.each([
    ['* FROM CLIP NAME: a.mov', 'a.mov'],
    ['*FROM CLIP NAME:  a.mov ', 'a.mov'],
    ['FROM CLIP NAME: a.mov', 'a.mov'],
    ['* from clip name: a.mov', 'a.mov'],
  ])('%s', (line, name) => expect(first(`${edits(1)}\n${line}`).name).toBe(name));

  test('paths are the file', () => {
    expect(first(`${edits(1)}\n* FROM CLIP: S:\\shots\\a.exr`).source).toMatchObject({
      file: 'S:\\shots\\a.exr',
      name: 'a.exr',
    });
    expect(first(`${edits(1)}\n* FROM CLIP NAME: a\n* FROM FILE: /shots/a.exr`).source).toMatchObject({
      file: '/shots/a.exr',
      name: 'a',
    });
    expect(first(`${edits(1)}\n* FROM CLIP NAME: a\n* SOURCE FILE: /shots/b.mov`)).toMatchObject({
      name: 'a',
      source: { file: '/shots/b.mov', name: 'b.mov' },
    });
  });

  test('the whole name of a reel that was cut short', () => {
    expect(first(`${edits(1)}\n* SOURCE FILE: A001C002_160101_R1AB`).source!.reel).toBe(
      'A001C002_160101_R1AB',
    );
    expect(first(`${edits(1)}\n* REEL: A001C002_160101_R1AB`).source!.reel).toBe('A001C002_160101_R1AB');
    expect(
      first(`${edits(1)}\nFINAL CUT PRO REEL: A001C002_160101_R1AB REPLACED BY: A001`).source!.reel,
    ).toBe('A001C002_160101_R1AB');
    expect(
      first(`${edits(1)}\n>>> SOURCE A001     A001C002 060e2b340101\n*SOURCE FILE: A001C002_160101_R1AB.MOV`)
        .source!.reel,
    ).toBe('A001C002_160101_R1AB.MOV');
  });

  test('another SOURCE FILE is what lies behind the clip', () => {
    expect(first(`${edits(1)}\n* FROM CLIP NAME: 9R-2\n* SOURCE FILE: Z004C001`)).toMatchObject({
      name: '9R-2',
      source: { name: 'Z004C001', reel: 'A001' },
    });
  });

  test('AX is no reel; BL is black', () => {
    expect(first(edits(1).replace('A001', 'AX  ')).source!.reel).toBeUndefined();
    expect(read(edits(2).replaceAll('A001', 'BL  ')).list.tracks).toEqual([]);
  });
});

describe('markers', () => {
  test("Avid's stand on LOC lines", () => {
    const { list, issues } = read(
      `${edits(1)}\n* LOC: 01:00:00:10 RED     fix this\n* LOC: 01:00:00:12 magenta and this\n*LOC: 01:00:00:14 GREEN\n* LOC: 01:00:00:16 no colour`,
    );
    expect(issues).toEqual([]);
    expect(list.markers.map(({ frame, colour, name }) => `${frame} ${colour} ${name}`)).toEqual([
      '10 red fix this',
      '12 magenta and this',
      '14 green ',
      '16  no colour',
    ]);
  });

  test("Avid's table at the end of a list", () => {
    const { list } = read(`${edits(1)}\neditor\t01:00:00:10\tV1\tCyan\tlook here`);
    expect(list.markers).toMatchObject([{ frame: 10, colour: 'cyan', name: 'look here' }]);
  });

  test("Resolve's are events of one frame with their note before them", () => {
    const one = (nth: number, at: string, out: string) =>
      `00${nth}  001      V     C        ${at} ${out} ${at} ${out}  `;
    const { list, issues } = read(
      [
        'TITLE: m',
        one(1, '01:00:00:05', '01:00:00:06'),
        ' |C:ResolveColorBlue |M:Marker 1 |D:1',
        '',
        one(2, '01:00:02:00', '01:00:02:01'),
        '2 notes',
        'of @Ana |C:ResolveColorYellow |M:Marker 2 |D:48',
      ].join('\n'),
    );
    expect(issues).toMatchObject([
      {
        code: 'edl-markers',
        severity: 'note',
        at: 'cut.edl line 2',
        message: expect.stringContaining('lines 2, 5'),
      },
    ]);
    expect(list.tracks).toEqual([]);
    expect(list.start).toBe(86405);
    expect(list.markers).toEqual([
      { frame: 0, duration: 1, name: 'Marker 1', comment: '', colour: 'blue' },
      { frame: 43, duration: 48, name: 'Marker 2', comment: '2 notes\nof @Ana', colour: 'yellow' },
    ]);
  });
});

describe('what a cut list has no place for', () => {
  test('comments are counted', () => {
    const { issues } = read(
      [
        edits(1),
        '* COMMENT: x',
        '* AUDIO LEVEL AT 00:00:00:00 IS -6.00 DB  (REEL AX A1)',
        'DLEDL: EDIT:0',
      ].join('\n'),
    );
    expect(issues.map(({ code, severity, at }) => `${code} ${severity} ${at}`)).toEqual([
      'edl-comment note cut.edl line 2',
    ]);
    expect(issues[0]!.message).toMatch(/^3 comments/);
  });

  test('a fault that every line has is said fifty times and counted', () => {
    const many = Array.from(
      { length: 200 },
      (_, nth) => `${String(nth).padStart(3, '0')}  A001 V C 00:00:10:00 00:00:12:00 01:00:00:00 01:00:01:00`,
    );
    const { issues } = read(many.join('\n'));
    expect(issues.filter((issue) => issue.code === 'edl-span')).toHaveLength(51);
    expect(issues.find((issue) => issue.message.includes('and 150 more'))).toBeDefined();
  });
});
