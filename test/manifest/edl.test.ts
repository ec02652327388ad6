import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { edl } from '../../manifest/exports/edl.ts';
import type { Exported } from '../../manifest/exports/export.ts';
import { framesPerDay, nominal, RATES, type Rate } from '../../manifest/time/rate.ts';
import { framesToSamples } from '../../manifest/time/samples.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { goldenCuts, lossText } from './goldens.ts';
import {
  event,
  frameOf,
  list,
  midnightCut,
  pictureSource,
  soundSource,
  straightCuts,
  track,
} from './cutlist-samples.ts';
import { parseEdl } from './edl-parser.ts';

const FILM = RATES['23.976'];

function written(cut: CutList): Exported {
  const made = edl.write(cut);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

/** The lists themselves, without the table of reels beside them. */
const edls = (made: Exported) => made.files.filter((file) => file.suffix.endsWith('.edl'));

/** The first list's events, and every loss in short. */
function one(events: Omit<CutEvent, 'id'>[], rate: Rate = FILM, name = 'V1') {
  const made = written(list(rate, '01:00:00:00', [track(name, events)]));
  return {
    ...parseEdl(made.files[0]!.text, rate),
    text: made.files[0]!.text,
    losses: made.losses,
    what: made.losses.map((loss) => loss.what),
  };
}

describe('whole lists', () => {
  for (const [name, cut] of goldenCuts)
    test(`the ${name} cut reads as its goldens`, async () => {
      const { files, losses } = written(cut);
      for (const file of files) {
        if (file.suffix.endsWith('.edl')) parseEdl(file.text, cut.rate);
        // Goldens are kept with plain line ends so that no checkout changes them; the parser has seen to the CRLFs.
        await expect(file.text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
          `exports/goldens/${name}${file.suffix}`,
        );
      }
      await expect(lossText(losses)).toMatchFileSnapshot(`exports/goldens/${name}.edl-losses.txt`);
    });

  test('upper tracks have lists of their own, and a name that says which', () => {
    const made = written(midnightCut());
    expect(made.files.map((file) => file.suffix)).toEqual(['.edl', '_V2.edl', '_V3.edl', '_reels.csv']);
    expect(edls(made).map((file) => parseEdl(file.text, RATES['29.97df']).title)).toEqual([
      'Harbour Lights',
      'Harbour Lights V2',
      'Harbour Lights V3',
    ]);
  });

  test('an empty sequence gives one empty list', () => {
    const { files } = written(list(FILM, '01:00:00:00', []));
    expect(files).toEqual([{ suffix: '.edl', text: 'TITLE: Harbour Lights\r\nFCM: NON-DROP FRAME\r\n' }]);
  });

  test('sound on A1 to A4 goes with the first list; more tracks are a loss of their events', () => {
    const sound = soundSource('boom', FILM, '10:00:00:00');
    const tracks = ['A1', 'A2', 'A3', 'A4', 'A5'].map((name) =>
      track(name, [event(sound, 0, 24, 0, FILM), event(sound, 24, 24, 0, FILM)]),
    );
    const { files, losses } = written(list(FILM, '01:00:00:00', tracks));
    const { events } = parseEdl(files[0]!.text, FILM);
    expect(files).toHaveLength(1);
    expect(
      events.slice(0, 4).map(({ channel, notes }) => [channel, notes.find((note) => note.startsWith('AUD'))]),
    ).toEqual([
      ['A', undefined],
      ['A2', undefined],
      ['NONE', 'AUD  3'],
      ['NONE', 'AUD       4'],
    ]);
    expect(losses).toMatchObject([{ what: 'track', where: 'A5', count: 2 }]);
  });

  test('more than 999 events go on in further files, with record times that go on', () => {
    const source = pictureSource('long', FILM, '10:00:00:00', { duration: 100000 });
    const events = Array.from({ length: 2000 }, (_, at) => event(source, at * 2, 2, at, FILM));
    const { files } = written(
      list(FILM, '01:00:00:00', [track('V1', events), track('V2', events.slice(0, 1000))]),
    );
    expect(files.map((file) => file.suffix)).toEqual([
      '.edl',
      '_PART2.edl',
      '_PART3.edl',
      '_V2.edl',
      '_V2_PART2.edl',
    ]);
    const parts = files.slice(0, 3).map((file) => parseEdl(file.text, FILM));
    expect(parts.map((part) => part.events.length)).toEqual([999, 999, 2]);
    expect(parts[1]!.title).toBe('Harbour Lights PART 2 OF 3');
    expect(parts[2]!.events[1]!.record).toEqual([86400 + 3998, 86400 + 4000]);
  });
});

describe('refusals', () => {
  test.each(['119.88', '119.88df', '120'] as const)('%s has three digits of frames and no EDL', (name) => {
    expect(edl.write(list(RATES[name], '01:00:00:000', []))).toMatchObject({
      refused: expect.stringContaining('two digits'),
    });
  });

  test('a rate that no timecode counts is refused', () => {
    const odd = { num: 25, den: 2, drop: false };
    expect(edl.write({ ...list(FILM, '00:00:00:00', []), rate: odd })).toMatchObject({
      refused: expect.stringContaining('25/2'),
    });
  });

  test('a sequence of more than a day is refused', () => {
    const day = framesPerDay(FILM);
    const source = pictureSource('long', FILM, null, { duration: day * 2 });
    const cut = (length: number) =>
      list(FILM, '00:00:00:00', [track('V1', [event(source, 0, length, 0, FILM)])]);
    expect('refused' in edl.write(cut(day))).toBe(false);
    expect(edl.write(cut(day + 1))).toMatchObject({ refused: expect.stringContaining('24 hours') });
  });
});

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

describe('what an EDL cannot say', () => {
  test.each(['title', 'nested', 'adjustment', 'multicam', 'unknown'] as const)(
    'a %s keeps its time on reel AX',
    (kind) => {
      const { events, losses } = one([event(null, 24, 48, 0, FILM, { kind })]);
      expect(events[0]).toMatchObject({ reel: 'AX', record: [86424, 86472], source: [0, 48] });
      expect(losses).toMatchObject([{ what: kind, where: 'V1-001 at 01:00:01:00' }]);
    },
  );

  test('transitions, markers and switched-off tracks and clips are each said once', () => {
    const source = pictureSource('a', FILM, '10:00:00:00');
    const events = [event(source, 0, 24, 0, FILM, { enabled: false })];
    const transitions = [{ in: 0, out: 12, kind: 'other' as const, name: 'Dip to Black' }];
    const marker = { frame: 0, duration: 1, name: 'a', comment: '', colour: '' };
    const { losses } = written(
      list(FILM, '01:00:00:00', [track('V1', events, { transitions, enabled: false })], {
        markers: [marker, marker],
      }),
    );
    expect(losses.map(({ what, where, count }) => `${what} ${where} ${count}`)).toEqual([
      'disabled V1 1',
      'transition V1 at 01:00:00:00 1',
      'marker sequence 2',
      'disabled V1-001 at 01:00:00:00 1',
    ]);
  });
});

describe('names', () => {
  const reelsOf = (reels: (string | undefined)[]) =>
    one(
      reels.map((reel, at) =>
        event(
          pictureSource(`clip ${at}`, FILM, '10:00:00:00', { reel, clip: `c${at}` }),
          at * 24,
          24,
          0,
          FILM,
        ),
      ),
    );

  test('long reels are shortened, never into one another, with the full name in the list and a loss', () => {
    const { events, comments, losses } = reelsOf([
      'A001C001_200101_R1AB',
      'A001C001_200102_R1AB',
      'A001C001',
      'a001c001',
    ]);
    expect(events.map((each) => each.reel)).toEqual(['A001C0_2', 'A001C0_3', 'A001C001', 'A001C001']);
    expect(comments).toEqual([
      '* REEL A001C0_2 IS A001C001_200101_R1AB',
      '* REEL A001C0_3 IS A001C001_200102_R1AB',
    ]);
    expect(losses.map((loss) => loss.what)).toEqual(['reel', 'reel']);
  });

  test('AX and BL are never a real reel; a source without one is AX', () => {
    expect(reelsOf(['AX', 'BL', undefined, '  ']).events.map((each) => each.reel)).toEqual([
      'AX_2',
      'BL_2',
      'AX',
      'AX',
    ]);
  });

  test('accents fall, other scripts get a name of their own', () => {
    const { events, losses } = reelsOf(['Übung', '東京', '大阪', 'R-7']);
    expect(events.map((each) => each.reel)).toEqual(['UBUNG', 'REEL', 'REEL_2', 'R_7']);
    expect(losses).toHaveLength(4);
  });

  test('different reels have different names, all fit for CMX3600, whatever they are called', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 24 }),
      fc.stringMatching(/^A00[1-3]C00[1-3]_?[A-C]{0,4}$/),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), (reels) => {
        const known = reels.filter((reel) => reel.trim());
        const { events } = reelsOf(known);
        const pairs = new Map(
          events.map((each, at) => [known[at]!.trim().normalize('NFC').toUpperCase(), each.reel]),
        );
        expect(new Set(pairs.values()).size).toBe(pairs.size);
        expect(events.some((each) => each.reel === 'AX' || each.reel === 'BL')).toBe(false);
      }),
    );
  });

  test('hostile names stay inside their comment line', () => {
    const names = [
      'a\r\n002  EVIL     V     C        00:00:00:00 00:00:00:01 00:00:00:00 00:00:00:01',
      'nul\0',
      '🎬',
      '\ud800',
      '',
    ];
    const cut = list(
      FILM,
      '01:00:00:00',
      [
        track(
          'V1',
          names.map((name, at) =>
            event(pictureSource('x', FILM, '10:00:00:00', { name, clip: name }), at, 1, 0, FILM, { name }),
          ),
        ),
      ],
      { name: 'Cut\r\nFCM: DROP FRAME' },
    );
    const { files, losses } = written(cut);
    const read = parseEdl(files[0]!.text, FILM);
    expect(read.events).toHaveLength(names.length);
    expect(read.title).toBe('Cut FCM: DROP FRAME');
    expect(losses.filter((loss) => loss.what === 'name')).toHaveLength(4);
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
