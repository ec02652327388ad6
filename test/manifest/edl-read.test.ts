/** Lines, characters, columns and the rate of every dialect of EDL: each list shows one habit of the programs that write them. */
import { describe, expect, test } from 'vitest';
import { edlReader } from '../../manifest/readers/edl.ts';
import { rateName } from '../../manifest/time/rate.ts';
import { read, spelled, edits } from './edl-read-stage.ts';

describe('lines and characters', () => {
  const plain = `TITLE: Harbour\nFCM: NON-DROP FRAME\n\n${edits(3)}\n* FROM CLIP NAME: a.mov\n`;
  test.each([
    ['LF', plain],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['bare CR', plain.replaceAll('\n', '\r')],
    ['mixed line ends', plain.replace('\n', '\r').replace('\n\n', '\r\n\n')],
    ['a byte-order mark', `\uFEFF${plain}`],
    ['trailing blanks', plain.replaceAll('\n', '  \n')],
    ['tabs for blanks', plain.replaceAll(/ {2,}/g, '\t')],
    ['NULs and an end-of-file mark', `${plain}\0\0\x1a`],
  ])('%s', (_, text) => {
    const { list, issues } = read(text);
    expect(issues).toEqual([]);
    expect(list.name).toBe('Harbour');
    expect(list.start).toBe(86400);
    expect(list.tracks[0]!.events.map((event) => [event.recordIn, event.recordOut])).toEqual([
      [0, 24],
      [24, 48],
      [48, 72],
    ]);
    expect(list.tracks[0]!.events[2]).toMatchObject({
      id: 'V1-003',
      name: 'a.mov',
      source: { name: 'a.mov', reel: 'A001' },
    });
  });

  test('characters that were lost in decoding stay as they are', () => {
    const { list, issues } = read(`${edits(1)}\n* FROM CLIP NAME: \uFFFD\uFFFD1.mov`);
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events[0]!.name).toBe('\uFFFD\uFFFD1.mov');
  });

  test("a list without a title has the file's name", () => {
    expect(read(edits(1)).list.name).toBe('cut');
  });

  test('a second title begins a second list', () => {
    const { lists, issues } = read(`TITLE: One\n${edits(2)}\nTITLE: Two\n${edits(1)}`);
    expect(issues).toEqual([]);
    expect(lists.map((list) => [list.name, list.tracks[0]!.events.length])).toEqual([
      ['One', 2],
      ['Two', 1],
    ]);
  });

  test('junk glued to an FCM line is said, and an edit glued to it is read', () => {
    const { list, issues } = read(
      `FCM: NON-DROP FRAME/Users/x/cut.edl\n${edits(1)}\nFCM: NON-DROP FRAME002  B001 V C 00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00`,
    );
    expect(spelled(list)).toHaveLength(2);
    expect(issues).toMatchObject([
      { code: 'edl-line', at: 'cut.edl line 1', message: expect.stringContaining('/Users/x/cut.edl') },
    ]);
  });

  test('lines that are neither edit nor comment are said with their line', () => {
    const { list, issues } = read(
      `${edits(1)}\nSPLIT: AUDIO DELAY= 00:00:00:10\nwhat is this\n${edits(1).replace('001', '002')}`,
    );
    expect(list.tracks.map((track) => track.events.length)).toEqual([1, 1]);
    expect(issues.filter((issue) => issue.code === 'edl-line')).toMatchObject([
      { at: 'cut.edl line 2', severity: 'warning', message: expect.stringContaining('SPLIT: AUDIO DELAY') },
    ]);
  });

  test('a line that was meant as an edit and is not one is an error of its own', () => {
    const { list, issues } = read(
      `002  A001 V C 00:00:00:00 00:00:01:00\n${edits(1)}\n002  A001 V C 00:00:00:00 00:00:01:00 01:00:01:00\n003  A001 V C 00:00:00:00 00:00:01:00 01:00:01:00 1:x\nA001 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00`,
    );
    expect(list.tracks[0]!.events).toHaveLength(1);
    expect(issues.map(({ code, severity, at }) => `${code} ${severity} ${at}`)).toEqual(
      [1, 3, 4, 5].map((line) => `edl-edit error cut.edl line ${line}`),
    );
  });

  test('nothing that is an edit is an error, not an empty cut', () => {
    const { lists, issues } = read('Name\tStart\nshot 1\t00:00:00:00');
    expect(lists).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'edl-line' },
      { code: 'edl-line' },
      { code: 'edl-empty', severity: 'error' },
    ]);
  });
});

describe('columns', () => {
  test.each([
    ['six digits and a wide reel', '000001  A018C001_160816_R1BY             V     C        '],
    ['four digits', '1000  A018C001_160816_R1BY V     C        '],
    ['a reel with blanks in it', '001  A018C001_160816_R1BY V     C  '],
    ['one blank between all', '1 A018C001_160816_R1BY V C '],
  ])('%s', (_, head) => {
    const { list, issues } = read(`${head}00:00:10:00 00:00:11:00 01:00:00:00 01:00:01:00  `);
    expect(issues).toEqual([]);
    expect(spelled(list)).toEqual([
      'V1 01:00:00:00-01:00:01:00 < 00:00:10:00-00:00:11:00 A018C001_160816_R1BY',
    ]);
  });

  test('a whole file name as the reel, with blanks in it', () => {
    const { list } = read(
      '001  my clip 01.mov V     C        00:00:10:00 00:00:11:00 01:00:00:00 01:00:01:00',
    );
    expect(list.tracks[0]!.events[0]!.source!.reel).toBe('my clip 01.mov');
  });

  test.each([
    ['V', 'V1'],
    ['A', 'A1'],
    ['A2', 'A2'],
    ['AA', 'A1 A2'],
    ['B', 'V1 A1'],
    ['AA/V', 'V1 A1 A2'],
    ['A2/V', 'V1 A2'],
    ['A7', 'A7'],
    ['A10', 'A10'],
    ['A1234V', 'V1 A1 A2 A3 A4'],
    ['VA1A2', 'V1 A1 A2'],
    ['V2', 'V2'],
    ['aa/v', 'V1 A1 A2'],
  ])('channel %s goes to %s', (channel, tracks) => {
    const { list, issues } = read(edits(1).replace(' V ', ` ${channel} `));
    expect(issues).toEqual([]);
    expect(list.tracks.map((track) => `${track.type[0]!.toUpperCase()}${track.index}`).join(' ')).toBe(
      tracks,
    );
    const links = list.tracks.map((track) => track.events[0]!.link);
    expect(new Set(links)).toEqual(new Set([tracks.includes(' ') ? 1 : undefined]));
  });

  test.each([
    ['NONE', 'AUD  3    4', [3, 4]],
    ['NONE', 'AUD       4', [4]],
    ['AA', 'AUD  3', [1, 2, 3]],
  ])('%s with %s', (channel, line, tracks) => {
    const { list, issues } = read(`${edits(1).replace(' V ', ` ${channel} `)}\n${line}`);
    expect(issues).toEqual([]);
    expect(list.tracks.map((track) => track.index)).toEqual(tracks);
  });

  test('sound without a channel is kept on a track of its own, unless another event repeats it on one', () => {
    const none = edits(2).replaceAll(' V ', ' NONE ');
    const { list, issues } = read(`${none}\n${edits(1).replace(' V ', ' A ')}`);
    expect(spelled(list).map((line) => line.slice(0, 14))).toEqual(['A1 01:00:00:00', 'A5 01:00:01:00']);
    expect(issues.map((issue) => issue.code)).toEqual(['edl-channel', 'edl-channel']);
  });

  test('a channel nobody knows is read as picture, and said', () => {
    const { list, issues } = read(edits(1).replace(' V ', ' QQ '));
    expect(list.tracks.map((track) => track.type)).toEqual(['video']);
    expect(issues).toMatchObject([{ code: 'edl-channel', message: expect.stringContaining('"QQ"') }]);
  });

  test('Avid says which source channel goes to which track', () => {
    const { list } = read(`${edits(1).replace(' V ', ' A3 ')}\n* PATCH A001:  FROM SOURCE 1 TO RECORD 3`);
    expect(list.tracks[0]!.events[0]!.channels).toEqual([1]);
  });
});

describe('the rate is not in the file', () => {
  test.each([
    ['23', '24'],
    ['24', '25'],
    ['29', '30'],
    ['47', '48'],
    ['49', '50'],
    ['59', '60'],
  ])('frame numbers to %s are counted as %s, and a rate is asked for', (frame, name) => {
    const { list, issues } = read(
      `001  A001 V C 00:00:00:00 00:00:00:${frame} 01:00:00:00 01:00:00:${frame}`,
      null,
    );
    expect(rateName(list.rate)).toBe(name);
    expect(issues).toMatchObject([
      { code: 'edl-rate', severity: 'warning', fix: expect.stringContaining('rate') },
    ]);
  });

  test('with drop-frame marks it can only be a multiple of 29.97', () => {
    const { list, codes } = read('001  A001 V C 00:00:00;00 00:00:01;00 01:00:00;00 01:00:01;00', null);
    expect(rateName(list.rate)).toBe('29.97df');
    expect(codes).toEqual(['edl-rate']);
  });

  test('a rate that the labels contradict is an error that names the line', () => {
    const { issues } = read('001  A001 V C 00:00:00:00 00:00:01:00 01:00:00:29 01:00:01:29');
    expect(issues[0]).toMatchObject({
      code: 'edl-rate',
      severity: 'error',
      at: 'cut.edl line 1',
      fix: expect.stringContaining('30'),
    });
  });

  test('a stray label of another count in a long list is said where it stands, and is no other rate', () => {
    const { issues, list } = read(
      `${edits(60)}\n061  A001 V C 00:00:00:00 00:00:01:00 01:01:00:24 01:01:02:00`,
    );
    expect(issues.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'edl-timecode warning',
      'edl-span warning',
    ]);
    expect(list.tracks[0]!.events).toHaveLength(61);
  });

  test('a source tape of another count is read to the nearest frame, and said', () => {
    const { list, codes } = read('001  A001 V C 00:00:00:27 00:00:01:23 01:00:00:00 01:00:01:00');
    expect(codes).toEqual(['edl-timecode']);
    expect(spelled(list)[0]).toContain('< 00:00:00:23-00:00:01:23');
  });
});

test('a list is known by its beginning', () => {
  expect(edlReader.looksLike('\uFEFFTITLE: x\r\n')).toBe(true);
  expect(edlReader.looksLike(`\n\n${edits(1)}`)).toBe(true);
  expect(
    edlReader.looksLike('001  AX       V     C        9           64          00:00:00:00 00:00:02:07'),
  ).toBe(true);
  for (const other of [
    '',
    'Heading\nFIELD_DELIM\tTABS',
    '<?xml version="1.0"?>',
    '{"kind":"handoff"}',
    'Scene,Take\n1,2',
    '01:00:00:00 01:00:00:00',
  ])
    expect(edlReader.looksLike(other)).toBe(false);
});
