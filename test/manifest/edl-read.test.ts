/** Every dialect of EDL there is, in small: each list shows one habit of the programs that write them. */
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { RATES, rateName, type Rate } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { sidesOf } from '../../manifest/transitions.ts';
import { expectSame } from './edl-law.ts';

const at24 = RATES['24'];

/** `null` = nobody gives a rate. */
function read(text: string, rate: Rate | null = at24) {
  const { value, issues } = edlReader.read(text, rate ? { name: 'cut.edl', rate } : { name: 'cut.edl' });
  return { lists: value, list: value[0]!, issues, codes: issues.map((issue) => issue.code) };
}

/** `V1 01:00:00:00-01:00:01:00 < 10:00:00:00-10:00:01:00 A001`: what an event plays where. */
function spelled(list: CutList): string[] {
  return list.tracks.flatMap((track) =>
    track.events.map((event) => {
      const name = `${track.type[0]!.toUpperCase()}${track.index}`;
      const record = [event.recordIn, event.recordOut].map((frame) =>
        frameToTimecode(list.start + frame, list.rate),
      );
      return `${name} ${record.join('-')} < ${sourceOf(event)} ${event.source?.reel ?? '-'}`;
    }),
  );
}

function sourceOf({ source, sourceIn, sourceOut }: CutEvent): string {
  if (!source) return 'nothing';
  return [sourceIn, sourceOut].map((frame) => frameToTimecode(source.start! + frame, source.rate)).join('-');
}

/** Edits on V from 01:00:00:00 on, of `frames` each. */
function edits(count: number, frames = 24): string {
  const label = (frame: number) => frameToTimecode(frame, at24);
  return Array.from({ length: count }, (_, nth) => {
    const from = 86400 + nth * frames;
    return `${String(nth + 1).padStart(3, '0')}  A001     V     C        ${label(240 * nth)} ${label(240 * nth + frames)} ${label(from)} ${label(from + frames)}`;
  }).join('\n');
}

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

describe('transitions', () => {
  const a = '001  A001     V     C        00:00:10:00 00:00:11:00 01:00:00:00 01:00:01:00';
  const pair = (
    second: string,
    first = '002  A001     V     C        00:00:11:00 00:00:11:00 01:00:01:00 01:00:01:00',
  ) => `${a}\n${first}\n${second}`;

  test('a dissolve has its cut where it begins', () => {
    const { list, issues } = read(
      `${pair('002  B001     V     D    012 00:00:20:00 00:00:22:00 01:00:01:00 01:00:03:00')}\n* FROM CLIP NAME: a.mov\n* TO CLIP NAME: b.mov\n* EFFECT NAME: CROSS DISSOLVE`,
    );
    expect(issues).toEqual([]);
    expect(spelled(list)).toEqual([
      'V1 01:00:00:00-01:00:01:00 < 00:00:10:00-00:00:11:00 A001',
      'V1 01:00:01:00-01:00:03:00 < 00:00:20:00-00:00:22:00 B001',
    ]);
    expect(list.tracks[0]!.transitions).toEqual([
      { in: 24, out: 36, kind: 'dissolve', name: 'CROSS DISSOLVE' },
    ]);
    expect(list.tracks[0]!.events[1]!.name).toBe('b.mov');
  });

  test('where the first line has a number of its own it is still the first line', () => {
    const { list, issues } = read(
      pair('003  B001     V     D    012 00:00:20:00 00:00:22:00 01:00:01:00 01:00:03:00'),
    );
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events).toHaveLength(2);
    expect(list.tracks[0]!.transitions).toHaveLength(1);
  });

  test('a wipe keeps its number', () => {
    const { list } = read(
      pair('002  B001     V     W012 010 00:00:20:00 00:00:22:00 01:00:01:00 01:00:03:00'),
    );
    expect(list.tracks[0]!.transitions).toMatchObject([{ kind: 'wipe', wipe: 12, in: 24, out: 34 }]);
  });

  test('a fade in comes from BL', () => {
    const { list, issues } = read(
      '001        BL V     C        00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00\n001  A001     V     D    012 00:00:10:00 00:00:11:00 01:00:00:00 01:00:01:00\n* TO CLIP NAME: a.mov',
    );
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events).toMatchObject([{ name: 'a.mov', recordIn: 0, recordOut: 24 }]);
    expect(list.tracks[0]!.transitions).toMatchObject([{ kind: 'fade', in: 0, out: 12 }]);
  });

  test('a fade out goes on with the clip to its end; the black behind it is a gap', () => {
    const { list, issues } = read(
      `${pair('002  BL       V     D    012 00:00:00:00 00:00:02:00 01:00:01:00 01:00:03:00')}\n003  B001     V     C        00:00:00:00 00:00:01:00 01:00:03:00 01:00:04:00`,
    );
    expect(issues).toEqual([]);
    expect(spelled(list)).toEqual([
      'V1 01:00:00:00-01:00:01:12 < 00:00:10:00-00:00:11:12 A001',
      'V1 01:00:03:00-01:00:04:00 < 00:00:00:00-00:00:01:00 B001',
    ]);
    expect(list.tracks[0]!.transitions).toMatchObject([{ kind: 'fade', in: 24, out: 36 }]);
  });

  test('Final Cut Pro 7 gives the outgoing clip its whole length on the first line, and its speed under the second', () => {
    const { list, issues } = read(
      [
        'TITLE: x',
        '001  FOO      V     C        01:00:00:00 01:00:20:00 01:00:00:00 01:00:20:00  ',
        '001        BL V     D    025 00:00:00:00 00:00:01:00 01:00:20:00 01:00:21:00  ',
        '* EFFECT NAME: CROSS DISSOLVE',
        '* FROM CLIP NAME:  BARS.MOV',
        'M2   FOO            035.0                01:00:00:00',
      ].join('\n'),
      RATES['25'],
    );
    expect(issues).toMatchObject([{ code: 'edl-source-out', severity: 'note' }]);
    expect(list.tracks[0]!.events).toMatchObject([
      {
        recordIn: 0,
        recordOut: 525,
        speed: { num: 7, den: 5 },
        name: 'BARS.MOV',
        sourceIn: 0,
        sourceOut: 735,
      },
    ]);
    expect(list.tracks[0]!.transitions).toMatchObject([{ kind: 'fade', in: 500, out: 525 }]);
  });

  const clips = (list: CutList) =>
    list.tracks[0]!.events.map(({ name, recordIn, recordOut }) => `${name} ${recordIn}-${recordOut}`);
  /** A list of `lines`, read, written for every program and read again: always the same events and sides. */
  function there(...lines: string[]) {
    const first = read(lines.join('\n'));
    for (const target of ['premiere', 'avid'] as const)
      expectSame(first.list, { ...DEFAULT_OPTIONS, target });
    return first;
  }
  const named = (name: string) => `* FROM CLIP NAME: ${name}`;
  const black = (word = 'D    012') =>
    `002  BL       V     ${word} 00:00:00:00 00:00:00:12 01:00:01:00 01:00:01:12`;

  test('a clip that is only there under its transition is a clip, though another ends where it begins', () => {
    const { list, issues } = there(
      a,
      named('one'),
      '002  A001     V     C        00:00:40:00 00:00:40:00 01:00:01:00 01:00:01:00',
      '002  B001     V     D    012 00:00:20:00 00:00:21:00 01:00:01:00 01:00:02:00',
      named('two'),
      '* TO CLIP NAME: three',
    );
    expect(issues).toEqual([]);
    expect(clips(list)).toEqual(['one 0-24', 'two 24-30', 'three 30-48']);
    expect(spelled(list)[1]).toContain('< 00:00:40:00-00:00:40:06');
    expect(sidesOf(list.tracks[0]!.events, list.tracks[0]!.transitions[0]!)).toMatchObject({
      cut: 30,
      before: { name: 'two' },
      after: { name: 'three' },
    });
  });

  test.each([
    ['the same clip goes on', '00:00:11:00', 'A001', 'one', 2],
    ['a frame off, it still does', '00:00:11:01', 'A001', 'one', 2],
    ['the incoming reel is written for it', '00:00:11:00', 'B001', undefined, 2],
    ['it jumps to another part of the clip', '00:00:31:00', 'A001', 'one', 3],
    ['it has another name', '00:00:11:00', 'A001', 'other', 3],
    ['it has another reel and timecode', '00:00:31:00', 'C001', undefined, 3],
  ])('the first line of a transition: %s', (_, at, reel, name, events) => {
    const { list } = there(
      a,
      ...(name ? [named('one')] : []),
      `002  ${reel}     V     C        ${at} ${at} 01:00:01:00 01:00:01:00`,
      '002  B001     V     D    012 00:00:20:00 00:00:21:00 01:00:01:00 01:00:02:00',
      ...(name ? [named(name), '* TO CLIP NAME: in'] : []),
    );
    expect(list.tracks[0]!.events).toHaveLength(events);
  });

  test('no room for it beside a single frame is said', () => {
    const { codes } = read(
      [
        a,
        named('one'),
        '002  C001     V     C        00:00:40:00 00:00:40:00 01:00:01:00 01:00:01:00',
        '002  B001     V     D    001 00:00:20:00 00:00:20:01 01:00:01:00 01:00:01:01',
        named('two'),
        '* TO CLIP NAME: three',
      ].join('\n'),
    );
    expect(codes).toEqual(['edl-transition']);
  });

  test('a fade over the whole of a clip goes out where its list says so, and in where that does', () => {
    const first = '002  C001     V     C        00:00:40:00 00:00:40:00 01:00:01:00 01:00:01:00';
    const out = there(
      '001  Z001     V     C        00:00:10:00 00:00:10:06 01:00:00:00 01:00:00:06',
      first,
      black(),
      named('whole'),
      '* TO CLIP NAME: BL',
    );
    expect(clips(out.list)).toEqual(['Z001 0-6', 'whole 24-36']);
    expect(out.list.tracks[0]!.transitions).toEqual([
      { in: 24, out: 36, kind: 'fade', name: 'Cross Dissolve', cutAt: 'out' },
    ]);
    const into = there(
      '001  Z001     V     C        00:00:10:00 00:00:10:06 01:00:00:00 01:00:00:06',
      '002  BL       V     C        00:00:00:00 00:00:00:00 01:00:01:00 01:00:01:00',
      '002  C001     V     D    012 00:00:40:00 00:00:40:12 01:00:01:00 01:00:01:12',
      '* TO CLIP NAME: whole',
    );
    expect(into.list.tracks[0]!.transitions).toEqual([
      { in: 24, out: 36, kind: 'fade', name: 'Cross Dissolve' },
    ]);
    // Beside another clip the black side says it alone.
    const beside = there(a, named('one'), first, black(), named('whole'), '* TO CLIP NAME: BL');
    expect(clips(beside.list)).toEqual(['one 0-24', 'whole 24-36']);
    expect(beside.list.tracks[0]!.transitions).toEqual([
      { in: 24, out: 36, kind: 'fade', name: 'Cross Dissolve' },
    ]);
    expect(sidesOf(beside.list.tracks[0]!.events, beside.list.tracks[0]!.transitions[0]!)).toMatchObject({
      cut: 36,
      before: { name: 'whole' },
      after: null,
    });
  });

  test('Premiere writes sound fades as wipes, and sometimes before the clip they belong to', () => {
    const { list, issues } = read(
      [
        '001  AX       A     C        00:00:01:00 00:00:01:00 01:00:01:00 01:00:01:00',
        'FCM: NON-DROP FRAME',
        '001  BL       A     W001 012 00:00:00:00 00:00:00:12 01:00:01:00 01:00:01:12',
        'EFFECTS NAME IS Constant Power',
        '* FROM CLIP NAME: a.wav',
        '* TO CLIP NAME: BL',
        '002  AX       A     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00',
        '* FROM CLIP NAME: a.wav',
      ].join('\n'),
    );
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events).toMatchObject([{ recordIn: 0, recordOut: 36, name: 'a.wav' }]);
    expect(list.tracks[0]!.transitions).toEqual([{ in: 24, out: 36, kind: 'fade', name: 'Constant Power' }]);
  });

  test('a list that begins with a transition has the clip it comes from', () => {
    const { list, issues } = read(
      '001  A001     V     C        00:00:10:00 00:00:10:00 01:00:00:00 01:00:00:00\n001  B001     V     D    012 00:00:20:00 00:00:21:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: a\n* TO CLIP NAME: b',
    );
    expect(issues).toEqual([]);
    expect(list.tracks[0]!.events).toMatchObject([
      { name: 'a', recordIn: 0, recordOut: 6 },
      { name: 'b', recordIn: 6, recordOut: 24 },
    ]);
    expect(spelled(list)[1]).toContain('< 00:00:20:06-00:00:21:00');
  });

  test.each(['K  ', 'K O', 'KO '])('a key (%s) is its background and a clip above it', (word) => {
    const { list, codes } = read(
      [
        '002        AX V     K B      00:01:06:06 00:01:08:03 01:00:04:10 01:00:06:07  ',
        `002        AX V     ${word}  000 00:00:03:08 00:00:03:08 01:00:04:10 01:00:04:10  `,
        '* FROM CLIP NAME:  ground.MOV',
        '* KEY CLIP NAME:  figure.MOV',
      ].join('\n'),
    );
    expect(codes).toEqual(['edl-key', 'edl-overlap']);
    expect(list.tracks.map((track) => track.events.map((event) => [event.name, event.recordOut]))).toEqual([
      [['ground.MOV', 45]],
      [['figure.MOV', 45]],
    ]);
  });

  test.each([
    ['longer than its clip', 'D    099', 'edl-transition'],
    ['of no length', 'D    000', 'edl-transition'],
    ['of a kind nobody knows', 'Q    010', 'edl-transition'],
  ])('a transition %s is said, and the clip stays', (_, word, code) => {
    const { list, codes } = read(
      pair(`002  B001     V     ${word} 00:00:20:00 00:00:22:00 01:00:01:00 01:00:03:00`),
    );
    expect(codes).toContain(code);
    expect(spelled(list)[1]).toBe('V1 01:00:01:00-01:00:03:00 < 00:00:20:00-00:00:22:00 B001');
  });
});

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
