/** A written EDL as a whole: goldens, names, refusals, and what it cannot say. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edl } from '../../manifest/exports/edl.ts';
import { framesPerDay, RATES } from '../../manifest/time/rate.ts';
import { goldenCuts, lossText } from './goldens.ts';
import { event, list, midnightCut, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { parseEdl } from './edl-parser.ts';
import { FILM, written, edls, one } from './edl-stage.ts';

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
