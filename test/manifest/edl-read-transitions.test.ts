/** Dissolves, wipes, fades and keys as EDLs of each program write them. */
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { sidesOf } from '../../manifest/transitions.ts';
import { expectSame } from './edl-law.ts';
import { read, spelled } from './edl-read-stage.ts';

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
