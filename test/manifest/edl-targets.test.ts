/** What each target gets in its EDL: columns, drop-frame marks, markers, reels and numbers. */
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList, CutTransition } from '../../manifest/documents/cutlist.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { lossText } from './goldens.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';
import { FILM, TARGETS, written, a, b, boom } from './edl-targets-stage.ts';

/** A dissolve, a wipe, a fade out, a speed, a reverse, a freeze, a crossfade, a stereo pair and two markers. */
function everything(rate: Rate = FILM): CutList {
  const at = (
    source: typeof a,
    from: number,
    length: number,
    sourceIn: number,
    fields: Partial<CutEvent> = {},
  ) => event({ ...source, rate, start: source.start }, from, length, sourceIn, rate, fields);
  const pair = { link: 7 };
  return list(
    rate,
    '01:00:00:00',
    [
      track(
        'V1',
        [
          at(a, 0, 48, 100),
          at(b, 48, 48, 200),
          at(a, 96, 24, 300),
          at(b, 120, 24, 400, { speed: { num: 2, den: 1 }, sourceOut: 448 }),
          at(a, 144, 24, 500, { speed: { num: -1, den: 1 } }),
          at(b, 168, 24, 600, { speed: { num: 0, den: 1 }, sourceOut: 601 }),
        ],
        {
          transitions: [
            { in: 42, out: 54, kind: 'dissolve', name: 'Cross Dissolve' },
            { in: 96, out: 104, kind: 'wipe', wipe: 7, name: 'Clock Wipe' },
          ],
        },
      ),
      track('A1', [event(boom, 0, 48, 100, rate, pair), event(boom, 48, 48, 300, rate)], {
        transitions: [{ in: 42, out: 54, kind: 'dissolve', name: 'Constant Power' }],
      }),
      track('A3', [event(boom, 100, 24, 100, rate, pair)]),
      track('A4', [event(boom, 100, 24, 100, rate, pair)]),
    ],
    {
      name: 'All of it',
      markers: [
        { frame: 10, duration: 1, name: 'Look here', comment: '', colour: 'red' },
        { frame: 100, duration: 1, name: 'And here', comment: 'twice', colour: 'mauve' },
      ],
    },
  );
}

describe('a cut with everything in it', () => {
  for (const target of TARGETS)
    test(`reads as the golden of ${target}`, async () => {
      const { files, losses } = written(everything(), { target, reels: target === 'avid' ? 32 : 8 });
      for (const file of files)
        await expect(file.text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
          `exports/goldens/all-${target}${file.suffix}`,
        );
      await expect(lossText(losses)).toMatchFileSnapshot(`exports/goldens/all-${target}.edl-losses.txt`);
    });

  test.each(TARGETS)('every line for %s is plain ASCII and ends in CRLF', (target) => {
    const { text } = written(everything(), { target });
    expect(text).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('Premiere never gets a line that makes it forget names', () => {
    const { text } = written(everything(), { target: 'premiere' });
    expect(text).not.toMatch(/FROM CLIP:|FROM FILE:|SOURCE FILE:/);
  });
});

describe('drop-frame', () => {
  const rate = RATES['29.97df'];
  const cut = list(rate, '01:00:00;00', [
    track('V1', [event(pictureSource('d', rate, '02:00:00;00'), 0, 30, 0, rate)]),
  ]);

  test.each([
    ['premiere', /01:00:01;00$/m],
    ['resolve', /01:00:01;00$/m],
    ['avid', /01:00:01:00$/m],
  ] as const)('%s', (target, record) => {
    const { text, lines } = written(cut, { target });
    expect(lines[1]).toBe('FCM: DROP FRAME');
    expect(text.replaceAll('\r', '')).toMatch(record);
    expect(text.includes(';')).toBe(target !== 'avid');
  });
});

describe('columns', () => {
  const plain = list(FILM, '01:00:00:00', [track('V1', [event(a, 0, 24, 0, FILM)])]);
  const head = (options: Partial<ExportOptions>) =>
    written(plain, options).lines.find((line) => /^0+1 /.test(line))!;

  test('eight characters of reel for CMX3600', () => {
    for (const target of TARGETS)
      expect(head({ target })).toBe(
        '001  A001C001 V     C        10:00:00:00 10:00:01:00 01:00:00:00 01:00:01:00',
      );
  });

  test('a wider reel moves the other columns where the program has no layout of its own', () => {
    for (const target of ['premiere', 'resolve'] as const)
      expect(head({ target, reels: 32 })).toBe(
        '001  A001C001_240101_R1AB V     C        10:00:00:00 10:00:01:00 01:00:00:00 01:00:01:00',
      );
  });

  test.each([
    [32, 41, 56],
    [129, 138, 153],
  ] as const)('Avid File_%i has six digits and its own columns', (reels, channel, source) => {
    const line = head({ target: 'avid', reels });
    expect(line.slice(0, 28)).toBe('000001  A001C001_240101_R1AB');
    expect(line.indexOf('V ', 30)).toBe(channel);
    expect(line.indexOf('C ', channel)).toBe(channel + 6);
    expect(line.indexOf('10:00:00:00')).toBe(source);
  });

  test('Avid puts the speed of a wide list where its own lists have it', () => {
    const fast = list(FILM, '01:00:00:00', [
      track('V1', [event(a, 0, 24, 0, FILM, { speed: { num: 5, den: 2 }, sourceOut: 60 })]),
    ]);
    const { lines } = written(fast, { target: 'avid', reels: 32 });
    expect(lines).toContain('M2      A001C001_240101_R1AB                      060.0 10:00:00:00');
  });
});

describe('markers', () => {
  const cut = (markers: CutList['markers'], events = [event(a, 10, 24, 100, FILM)]) =>
    list(FILM, '01:00:00:00', [track('V1', events)], { markers });
  const marker = { frame: 20, duration: 1, name: 'Look', comment: '', colour: 'cyan' };

  test('Avid gets LOC lines, under the event they stand in', () => {
    const { lines, losses } = written(cut([marker, { ...marker, frame: 2, colour: '' }]), {
      target: 'avid',
      reels: 32,
    });
    expect(lines.slice(-3)).toEqual(['* LOC: 01:00:00:02 Look', '* LOC: 01:00:00:20 CYAN    Look', '']);
    expect(losses).toEqual([]);
  });

  test.each(['premiere', 'resolve'] as const)('%s gets none, and it is said', (target) => {
    const { text, losses } = written(cut([marker]), { target });
    expect(text).not.toContain('LOC');
    expect(losses).toContainEqual(expect.objectContaining({ what: 'marker', count: 1 }));
  });

  test('a note beside the name, a length and a foreign colour are said', () => {
    const { lines, losses } = written(
      cut([{ ...marker, comment: 'two\nlines', duration: 48, colour: 'mauve' }], []),
      { target: 'avid' },
    );
    expect(lines).toContain('* LOC: 01:00:00:20 WHITE   Look - two lines');
    expect(losses.map((loss) => loss.what)).toEqual(['marker', 'marker-colour']);
  });

  test('text that begins with a colour is not taken for one', () => {
    const { text, losses } = written(cut([{ ...marker, name: 'Red dress', colour: '' }]), { target: 'avid' });
    expect(edlReader.read(text, { name: 'x', rate: FILM }).value[0]!.markers).toMatchObject([
      { name: 'Red dress', colour: 'white' },
    ]);
    expect(losses).toContainEqual(expect.objectContaining({ what: 'marker-colour' }));
  });

  test('markers of clips are said', () => {
    const made = written(cut([], [event(a, 0, 24, 100, FILM, { markers: [marker, marker] })]), { reels: 32 });
    expect(made.losses).toMatchObject([{ what: 'marker', where: 'V1-001 at 01:00:00:00', count: 2 }]);
  });
});

describe('reels', () => {
  const reels = (names: string[], options: Partial<ExportOptions> = {}) =>
    written(
      list(FILM, '01:00:00:00', [
        track(
          'V1',
          names.map((reel, nth) => event({ ...a, reel }, nth * 24, 24, 0, FILM)),
        ),
      ]),
      options,
    );

  test('a name that was changed stands in a table beside the list, safe from spreadsheets', () => {
    const { files } = reels(['A001', '=HYPERLINK("x")', '東京 1']);
    expect(files.map((file) => file.suffix)).toEqual(['.edl', '_reels.csv']);
    expect(files[1]!.text).toBe(
      '\ufeffReel in the list,Reel\r\nHYPERLIN,"\'=HYPERLINK(""x"")"\r\n1,東京 1\r\n',
    );
  });

  test('there is no table where no name was changed', () => {
    expect(reels(['A001', 'a002']).files.map((file) => file.suffix)).toEqual(['.edl']);
    expect(
      reels(['A001C002_240101_R1AB', 'small.letters-too'], { reels: 32 }).files.map((file) => file.suffix),
    ).toEqual(['.edl']);
  });

  test('wide columns keep small letters, and shorten what is wider still', () => {
    const wide = 'x'.repeat(40);
    const { text, losses } = reels(['green_tape', wide, `${wide}y`], { reels: 32 });
    expect(text).toContain('001  green_tape V     C ');
    expect(losses.filter((loss) => loss.what === 'reel')).toHaveLength(2);
    expect(reels([wide], { reels: 129 }).losses).toEqual([]);
  });

  // Whatever tried every number for each would not end within the time a test has.
  test('80,000 like reels are told apart', () => {
    const { files } = reels(
      Array.from({ length: 80_000 }, (_, nth) => `CAMERA A ROLL ${nth}`),
      { split: false },
    );
    const names = [...files[0]!.text.matchAll(/^\d+ {2}(\S+) /gm)].map((match) => match[1]);
    expect(new Set(names).size).toBe(80_000);
  });
});

describe('numbers', () => {
  const long = (count: number, transitions: CutTransition[] = []) =>
    list(FILM, '01:00:00:00', [
      track(
        'V1',
        Array.from({ length: count }, (_, nth) =>
          event({ ...a, reel: 'A001', duration: null }, nth * 2, 2, 100, FILM),
        ),
        { transitions },
      ),
    ]);

  test('a list that is not split counts on with four digits, and comes back whole', () => {
    const { files, text } = written(long(1200), { split: false });
    expect(files).toHaveLength(1);
    expect(text).toContain('\r\n1200  A001     V     C        ');
    const { value, issues } = edlReader.read(text, { name: 'x', rate: FILM });
    expect(value[0]!.tracks[0]!.events).toHaveLength(1200);
    expect(issues).toEqual([]);
  });

  test('a part does not begin with a transition', () => {
    const cutAt = (nth: number): CutTransition => ({
      in: nth * 2,
      out: nth * 2 + 1,
      kind: 'dissolve',
      name: 'x',
    });
    const { files } = written(long(1200, [cutAt(999), cutAt(998), cutAt(997)]));
    expect(files.map((file) => /^\d{3} .*$/m.exec(file.text)![0].slice(20, 22))).toEqual(['C ', 'C ']);
    const counts = files.map(
      (file) => edlReader.read(file.text, { name: 'x', rate: FILM }).value[0]!.tracks[0]!.events.length,
    );
    expect(counts).toEqual([996, 204]);
  });

  // How long 10,000 take is printed by bench/interchange.ts.
  test('640,000 events on 8 tracks are written, none left out', () => {
    const tracks = ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) =>
      track(
        name,
        Array.from({ length: 80_000 }, (_, nth) => event(a, nth * 24, 24, nth % 500, FILM)),
      ),
    );
    const cut = list(FILM, '01:00:00:00', tracks);
    const { files } = written(cut, { split: false });
    const edits = files.flatMap(({ text }) => text.match(/^\d+ {2}.*$/gm) ?? []).length;
    expect(edits).toBe(640_000);
  });
});
