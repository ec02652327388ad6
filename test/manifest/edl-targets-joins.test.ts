/** Speed lines, transitions and sound as each target of an EDL wants them. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutTransition } from '../../manifest/documents/cutlist.ts';
import { linesOf } from '../../manifest/exports/edl/joins.ts';
import { PROFILES } from '../../manifest/exports/edl/profile.ts';
import { cutPoint } from '../../manifest/transitions.ts';
import { event, list, track } from './cutlist-samples.ts';
import { FILM, type TARGETS, written, a, b, boom } from './edl-targets-stage.ts';

describe('speed', () => {
  const span = (target: (typeof TARGETS)[number], speed: { num: number; den: number }, used: number) => {
    const cut = list(FILM, '01:00:00:00', [
      track('V1', [event(a, 0, 24, 100, FILM, { speed, sourceOut: 100 + used })]),
    ]);
    const { lines } = written(cut, { target });
    const line = lines.find((each) => each.startsWith('001'))!;
    return `${line.slice(29, 52)} ${lines
      .find((each) => each.startsWith('M2'))!
      .slice(19, 26)
      .trim()}`;
  };
  test.each([
    ['premiere', 2, 1, 48, '10:00:04:04 10:00:06:04 048.0'],
    ['resolve', 2, 1, 48, '10:00:04:04 10:00:05:04 048.0'],
    ['avid', 2, 1, 48, '10:00:04:04 10:00:06:04 048.0'],
    ['premiere', -1, 1, 24, '10:00:04:04 10:00:05:04 -024.0'],
    ['resolve', -1, 1, 24, '10:00:04:04 10:00:05:04 -024.0'],
    ['avid', -1, 1, 24, '10:00:05:03 10:00:05:04 -024.0'],
    ['premiere', 0, 1, 1, '10:00:04:04 10:00:04:05 000.0'],
    ['resolve', 0, 1, 1, '10:00:04:04 10:00:05:04 000.0'],
    ['avid', 0, 1, 1, '10:00:04:04 10:00:04:05 000.0'],
  ] as const)('%s at %i/%i', (target, num, den, used, wanted) => {
    expect(span(target, { num, den }, used)).toBe(wanted);
  });

  test('a speed too slow for one decimal never becomes a freeze', () => {
    expect(span('premiere', { num: 1, den: 1000 }, 1)).toBe('10:00:04:04 10:00:04:05 000.1');
  });

  test('a speed too fast for an M2 line is a loss, and its range is in a comment', () => {
    const cut = list(FILM, '01:00:00:00', [
      track('V1', [event(a, 0, 2, 0, FILM, { speed: { num: 50, den: 1 }, sourceOut: 100 })]),
    ]);
    const { losses, lines } = written(cut);
    expect(losses.map((loss) => loss.what)).toEqual(['reel', 'retime']);
    expect(lines).toContain('* SOURCE TC AT 23.976: 10:00:00:00 10:00:04:04');
  });
});

describe('transitions', () => {
  const events = [event(a, 0, 48, 100, FILM), event(b, 48, 48, 200, FILM)];
  const cut = (transition: CutTransition, type = 'V1', own = events) =>
    list(FILM, '01:00:00:00', [track(type, own, { transitions: [transition] })]);
  const two = ({ lines }: { lines: string[] }) =>
    lines.filter((line) => line.startsWith('002')).map((line) => line.slice(5));

  test('a dissolve takes the incoming source from where it begins, and leaves the record alone', () => {
    expect(two(written(cut({ in: 42, out: 54, kind: 'dissolve', name: 'x' })))).toEqual([
      'A001C001 V     C        10:00:05:22 10:00:05:22 01:00:01:18 01:00:01:18',
      'B001C002 V     D    012 11:00:08:02 11:00:10:08 01:00:01:18 01:00:04:00',
    ]);
  });

  test('a fade in comes from BL, a fade out goes to it', () => {
    const fadeIn = written(cut({ in: 0, out: 12, kind: 'fade', name: 'x' }));
    expect(fadeIn.lines.slice(5, 7)).toEqual([
      '001  BL       V     C        00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00',
      '001  A001C001 V     D    012 10:00:04:04 10:00:06:04 01:00:00:00 01:00:02:00',
    ]);
    const fadeOut = written(cut({ in: 84, out: 96, kind: 'fade', name: 'x' }));
    expect(fadeOut.lines.filter((line) => line.startsWith('003'))).toEqual([
      '003  B001C002 V     C        11:00:09:20 11:00:09:20 01:00:03:12 01:00:03:12',
      '003  BL       V     D    012 00:00:00:00 00:00:00:12 01:00:03:12 01:00:04:00',
    ]);
  });

  test('a wipe has its number; without one it is W001, and said', () => {
    const wipe = { in: 48, out: 60, kind: 'wipe', name: 'x' } as const;
    expect(two(written(cut({ ...wipe, wipe: 12 })))[1]).toContain(' W012 012 ');
    const { losses, ...made } = written(cut(wipe));
    expect(two(made)[1]).toContain(' W001 012 ');
    expect(losses).toContainEqual(
      expect.objectContaining({ what: 'transition', where: 'V1 at 01:00:02:00' }),
    );
  });

  test.each([
    ['premiere', 'W001'],
    ['avid', 'D'],
    ['resolve', null],
  ] as const)('%s gets a crossfade of sound as %s', (target, letter) => {
    const own = [event(boom, 0, 48, 100, FILM), event(boom, 48, 48, 300, FILM)];
    const { losses, ...made } = written(
      cut({ in: 42, out: 54, kind: 'dissolve', name: 'Constant Power' }, 'A1', own),
      { target },
    );
    expect(two(made)).toHaveLength(letter === null ? 1 : 2);
    if (letter === null)
      expect(losses).toMatchObject([
        { what: 'transition', message: expect.stringContaining('straight cut') },
      ]);
    else expect(two(made)[1]).toContain(` ${letter.padEnd(4)} 012 `);
  });

  test.each([
    ['in front of the incoming clip', { ...a, duration: 1000 }, { ...b, duration: 1000 }, 5, 'B001C002'],
    ['behind the outgoing clip', { ...a, duration: 150 }, { ...b, duration: 1000 }, 200, 'A001C001'],
  ] as const)(
    'media without handles %s makes a straight cut, and it is said',
    (_, left, right, sourceIn, name) => {
      const own = [event(left, 0, 48, 100, FILM), event(right, 48, 48, sourceIn, FILM)];
      const { losses, ...made } = written(cut({ in: 42, out: 54, kind: 'dissolve', name: 'x' }, 'V1', own));
      expect(two(made)).toHaveLength(1);
      expect(losses.filter((loss) => loss.what === 'handle')).toMatchObject([
        {
          where: 'V1 at 01:00:01:18',
          message: expect.stringMatching(new RegExp(`${name}.* needs 6 frames`)),
        },
      ]);
    },
  );

  test('a transition that runs into another event, or has no cut under it, is said', () => {
    for (const transition of [
      { in: 42, out: 100 },
      { in: 10, out: 20 },
      { in: 200, out: 220 },
    ])
      expect(
        written(cut({ ...transition, kind: 'dissolve', name: 'x' })).losses.filter(
          (loss) => loss.what === 'transition',
        ),
      ).toHaveLength(1);
  });

  test('the cut under a transition is where cutPoint finds it', () => {
    const span = fc.tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 12 })), { maxLength: 6 }),
        span,
        (parts, [from, length]) => {
          let end = 0;
          const own = parts.map(([gap, frames]) =>
            event({ ...a, duration: null }, (end += gap + frames) - frames, frames, 500, FILM),
          );
          const transition: CutTransition = { in: from, out: from + length, kind: 'dissolve', name: 'x' };
          const made = list(FILM, '01:00:00:00', [track('V1', own, { transitions: [transition] })]);
          const lines = linesOf(made, made.tracks[0]!, PROFILES.premiere, () => undefined);
          const found = lines.flatMap((line) => [line.from, line.to]).filter((join) => join !== null);
          for (const join of found) expect(join.cut).toBe(cutPoint(transition, own));
        },
      ),
    );
  });
});

describe('sound', () => {
  const pair = (fields: [Partial<CutEvent>, Partial<CutEvent>], tracks = ['A1', 'A2']) =>
    written(
      list(
        FILM,
        '01:00:00:00',
        tracks.map((name, nth) => track(name, [event(boom, 0, 24, 100, FILM, fields[nth]!)])),
      ),
    );

  test('a linked pair shares a line', () => {
    expect(
      pair([{ link: 1 }, { link: 1 }])
        .lines.filter((line) => line.startsWith('0'))
        .map((line) => line.slice(14, 19).trim()),
    ).toEqual(['AA']);
    const upper = pair([{ link: 1 }, { link: 1 }], ['A3', 'A4']);
    expect(upper.lines).toContain('AUD  3    4');
    expect(upper.losses).toEqual([]);
  });

  test.each([
    ['not linked', {}, {}],
    ['of other links', { link: 1 }, { link: 2 }],
    ['of other speeds', { link: 1 }, { link: 1, speed: { num: 2, den: 1 } }],
    ['one switched off', { link: 1 }, { link: 1, enabled: false }],
  ])('a pair %s does not', (_, left, right) => {
    expect(
      pair([left, right])
        .lines.filter((line) => line.startsWith('0'))
        .map((line) => line.slice(14, 19).trim()),
    ).toEqual(['A', 'A2']);
  });

  test("source channels stand in PATCH lines, and are said where they are not the track's own", () => {
    const { lines, losses } = pair([{ channels: [3] }, { channels: [2] }]);
    expect(lines).toContain('* PATCH SR001:  FROM SOURCE 3 TO RECORD 1');
    expect(lines).toContain('* PATCH SR001:  FROM SOURCE 2 TO RECORD 2');
    expect(losses).toMatchObject([{ what: 'channels', where: 'A1-001 at 01:00:00:00' }]);
  });

  test('links that a list cannot say are counted once', () => {
    const cut = list(FILM, '01:00:00:00', [
      track('V1', [event(a, 0, 24, 100, FILM, { link: 1 })]),
      track('A1', [event(boom, 0, 24, 100, FILM, { link: 1 })]),
    ]);
    expect(written(cut).losses.filter((loss) => loss.what === 'link')).toMatchObject([
      { where: 'sequence', count: 1 },
    ]);
  });
});
