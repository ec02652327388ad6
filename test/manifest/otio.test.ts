import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { RATES, sameSpeed } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { lossText } from './goldens.ts';
import { event, filmCut, list, midnightCut, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { objects, read, withoutNotes, written, type Json } from './otio-samples.ts';

const whole = anyCutList({ transitions: true, retimes: true, made: true, markers: true, mixed: true });

describe('what an OTIO file holds', () => {
  const goldens: [string, CutList, 'premiere' | 'resolve'][] = [
    ['film', filmCut(), 'premiere'],
    ['midnight', midnightCut(), 'resolve'],
  ];
  for (const [name, cut, target] of goldens)
    test(`the ${name} cut reads as its golden for ${target}`, async () => {
      const { text, losses } = written(cut, target);
      await expect(text).toMatchFileSnapshot(`exports/goldens/${name}.otio`);
      await expect(lossText(losses)).toMatchFileSnapshot(`exports/goldens/${name}.otio-losses.txt`);
    });

  test('only the schema versions that every reader knows are written', () => {
    const known = new Set(
      'Timeline.1 Stack.1 Track.1 Clip.2 Gap.1 Transition.1 Marker.2 LinearTimeWarp.1 FreezeFrame.1 ExternalReference.1 MissingReference.1 RationalTime.1 TimeRange.1'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(whole, fc.constantFrom('premiere' as const, 'resolve' as const), (cut, target) => {
        const found = objects(JSON.parse(written(cut, target).text)).map(
          (each) => each['OTIO_SCHEMA'] as string,
        );
        expect(found.filter((schema) => !known.has(schema))).toEqual([]);
      }),
    );
  });

  test('items stand where the events do, counted by a reader that knows nothing but durations', () => {
    fc.assert(
      fc.property(whole, (cut) => {
        const file = JSON.parse(written(cut).text) as Json;
        const places = (file['tracks'].children as Json[]).map((each) => {
          let at = 0;
          return (each['children'] as Json[]).flatMap((item) => {
            if (item['OTIO_SCHEMA'] === 'Transition.1') return [];
            const from = at;
            at += item['source_range'].duration.value as number;
            return item['OTIO_SCHEMA'] === 'Gap.1' && !item['name'] ? [] : [[item['name'], from, at]];
          });
        });
        expect(places).toEqual(
          cut.tracks.map((each) => each.events.map((one) => [one.name, one.recordIn, one.recordOut])),
        );
      }),
    );
  });

  test('a transition is never first beside another, and lies over its cut', () => {
    fc.assert(
      fc.property(whole, (cut) => {
        const file = JSON.parse(written(cut).text) as Json;
        for (const each of file['tracks'].children as Json[]) {
          const schemas = (each['children'] as Json[]).map((item) => item['OTIO_SCHEMA'] as string);
          expect(schemas.join(' ')).not.toContain('Transition.1 Transition.1');
        }
        const count = objects(file).filter((each) => each['OTIO_SCHEMA'] === 'Transition.1').length;
        expect(count).toBe(cut.tracks.flatMap((each) => each.transitions).length);
      }),
    );
  });

  test("Resolve's file has bare paths, absolute source timecode, ranges on each reference and tracks called Video 1", () => {
    const file = JSON.parse(written(midnightCut(), 'resolve').text) as Json;
    const names = (file['tracks'].children as Json[]).map((each) => each['name'] as string);
    expect(names).toEqual(['Video 1', 'Video 2', 'Video 3', 'Audio 1', 'Audio 2']);
    const clips = objects(file).filter((each) => each['OTIO_SCHEMA'] === 'Clip.2');
    for (const each of clips) {
      const reference = each['media_references']['DEFAULT_MEDIA'] as Json;
      expect(reference['target_url']).toMatch(/^\/Volumes\/Shoot\//);
      const [from, first] = [each['source_range'].start_time, reference['available_range'].start_time];
      expect(from.rate).toBe(30000 / 1001);
      expect(from.value).toBeGreaterThanOrEqual(first.value as number);
    }
    expect(file['global_start_time'].value).toBe(midnightCut().start);
  });

  test('rates are the doubles nearest to the exact ones, written as doubles', () => {
    for (const rate of Object.values(RATES)) {
      const cut = list(rate, '01:00:00:00', [
        track('V1', [event(pictureSource('A', rate, null), 0, 10, 5, rate)]),
      ]);
      const { text } = written(cut);
      const rates = new Set(
        [...text.matchAll(/"RationalTime.1", "rate": ([^,]+),/g)].map((match) => match[1]),
      );
      expect([...rates].map(Number)).toEqual([rate.num / rate.den]);
      expect([...rates].join('')).toContain('.');
    }
  });

  test('track numbers nobody used are kept free', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, null);
    const cut = list(rate, '01:00:00:00', [track('V1', []), track('V4', [event(source, 0, 10, 5, rate)])]);
    const { text } = written(cut);
    const file = JSON.parse(text) as Json;
    const names = (file['tracks'].children as Json[]).map((each) => each['name'] as string);
    expect(names).toEqual(['Video 1', 'Video 2', 'Video 3', 'Video 4']);
    expect(read(text).value[0]!.tracks.map((each) => each.index)).toEqual([1, 4]);
  });
});

describe('there and back', () => {
  for (const target of ['premiere', 'resolve'] as const)
    test(`what is written for ${target} reads as the same cut, at every rate`, () => {
      fc.assert(
        fc.property(whole, (cut) => {
          const { value, issues } = read(written(cut, target).text);
          expect(value).toEqual([cut]);
          expect(issues).toEqual([]);
        }),
        { numRuns: 200 },
      );
    });

  test('what OTIO has no word for comes back too, and is said', () => {
    const rate = RATES['29.97df'];
    const a = pictureSource('A', rate, '10:00:00;00', { tags: ['circled', 'MOS'], still: undefined });
    delete a.still;
    const cut = list(
      rate,
      '01:00:00;00',
      [
        track(
          'V1',
          [
            event(a, 0, 50, 10, rate, { speed: null, link: 3 }),
            event({ ...a, duration: null }, 50, 50, 10, rate, { link: 3, channels: [2] }),
            event(null, 100, 30, 0, rate, { kind: 'nested', name: 'Reel 2' }),
            event(null, 130, 30, 0, rate, { kind: 'adjustment', name: 'Grade' }),
            event({ ...a, file: null }, 160, 30, 0, rate, {
              markers: [{ frame: 7, duration: 2, name: 'n', comment: 'c', colour: 'sand' }],
            }),
          ],
          {
            name: 'Picture',
            transitions: [
              { in: 45, out: 55, kind: 'wipe', wipe: 12, name: 'Wisch' },
              { in: 95, out: 105, kind: 'other', name: 'Film Impact' },
              { in: 180, out: 190, kind: 'fade', name: 'Cross Dissolve' },
            ],
          },
        ),
      ],
      { markers: [{ frame: 3, duration: 1, name: 'x', comment: '', colour: 'Fuchsia' }] },
    );
    const { text, losses } = written(cut);
    const back = read(text).value[0]!;
    expect(back).toEqual(cut);
    const words = losses.map((loss) => loss.what).sort();
    expect(words).toEqual(
      [
        'adjustment',
        'drop-frame',
        'marker-colour',
        'media-length',
        'nested',
        'offline',
        'retime',
        'transition',
        'transition',
      ].sort(),
    );
  });

  test('another program that keeps none of it still gets every place, source and speed', () => {
    const plain = anyCutList({ transitions: true, retimes: true, markers: true, mixed: true });
    fc.assert(
      fc.property(plain, (cut) => {
        const { value } = read(withoutNotes(written(cut).text), { rate: cut.rate });
        const facts = (each: CutEvent) => ({
          ...each,
          source: [each.source!.file, each.source!.start, each.source!.duration],
          speed: each.speed && each.speed.num / each.speed.den,
        });
        expect(value[0]!.tracks.map((each) => each.events.map(facts))).toEqual(
          cut.tracks.map((each) => each.events.map(facts)),
        );
        expect(value[0]!.tracks.map((each) => each.transitions)).toEqual(
          cut.tracks.map((each) => each.transitions),
        );
        expect(value[0]!.markers).toEqual(cut.markers);
        const rates = (made: CutList) =>
          made.tracks.flatMap((each) =>
            each.events.map((one) => [one.source!.rate.num, one.source!.rate.den]),
          );
        expect(rates(value[0]!)).toEqual(rates(cut));
        expect(sameSpeed(value[0]!.rate, cut.rate)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("a clip trimmed by somebody else keeps Baton's names and takes the file's times", () => {
    const rate = RATES['24'];
    const cut = list(rate, '01:00:00:00', [
      track('V1', [event(pictureSource('A', rate, '10:00:00:00'), 0, 48, 12, rate)]),
    ]);
    const file = JSON.parse(written(cut).text) as Json;
    const item = file['tracks'].children[0].children[0] as Json;
    item['source_range'].start_time.value += 5;
    item['source_range'].duration.value -= 8;
    const { value, issues } = read(file);
    const [changed] = value[0]!.tracks[0]!.events;
    expect(changed).toMatchObject({ recordIn: 0, recordOut: 40, sourceIn: 17, sourceOut: 57 });
    expect(changed!.source).toMatchObject({ scene: '7', take: '2', clip: 'clip-A' });
    expect(issues.map((issue) => issue.code)).toEqual(['otio-changed']);
  });

  test("sound between two frames is said for Resolve, and exact in Baton's own note", () => {
    const rate = RATES['25'];
    const sound = soundSource('S', rate, '10:00:00:00');
    const off = { ...event(sound, 0, 25, 10, rate), sourceIn: 10 * 1920 + 700, sourceOut: 35 * 1920 + 700 };
    const cut = list(rate, '01:00:00:00', [track('A1', [off])]);
    expect(written(cut, 'premiere').losses).toEqual([]);
    const { text, losses } = written(cut, 'resolve');
    expect(losses.map((loss) => loss.what)).toEqual(['subframe']);
    expect(read(text).value).toEqual([cut]);
  });
});

describe('what cannot be right is refused or said', () => {
  const rate = RATES['24'];
  const source = pictureSource('A', rate, '10:00:00:00');

  test('events that lie over one another are refused with the track to mend', () => {
    const over = track('V1', [event(source, 0, 48, 0, rate), event(source, 40, 20, 0, rate)]);
    const refused = () => written(list(rate, '01:00:00:00', [over]));
    expect(refused).toThrow('V1-002 at 01:00:01:16 on V1 lies over the event before it');
  });

  test('a transition in the middle of an event, or a second one on a cut, is a loss', () => {
    const cut = list(rate, '01:00:00:00', [
      track('V1', [event(source, 0, 48, 0, rate), event(source, 48, 48, 0, rate)], {
        transitions: [
          { in: 10, out: 20, kind: 'dissolve', name: 'lost' },
          { in: 44, out: 52, kind: 'dissolve', name: 'kept' },
          { in: 47, out: 49, kind: 'dissolve', name: 'second' },
        ],
      }),
    ]);
    const { text, losses } = written(cut);
    expect(losses.map((loss) => loss.message)).toEqual([
      'lost: it lies over no edge of an event; OTIO has no place for it',
      'second: another transition lies over the same cut; OTIO has no place for it',
    ]);
    expect(read(text).value[0]!.tracks[0]!.transitions.map((each) => each.name)).toEqual(['kept']);
  });

  test('backwards and varying speeds are said; plain, fast, slow and still ones are not', () => {
    const speeds = [1, 2, 0, -1].map((num, at) =>
      event(source, at * 48, 48, 10, rate, { speed: { num, den: 1 }, sourceOut: num === 0 ? 11 : 58 }),
    );
    const { losses } = written(list(rate, '01:00:00:00', [track('V1', speeds)]));
    expect(losses.map((loss) => [loss.what, loss.where])).toEqual([['retime', 'V1-004 at 01:00:06:00']]);
  });

  test('halves of characters are replaced in names and notes alike, and said', () => {
    const odd = event({ ...source, scene: 'a\udc00' }, 0, 48, 0, rate, { name: 'b\ud83d \\ud800 "ü"' });
    const { text, losses } = written(list(rate, '01:00:00:00', [track('V1', [odd])]));
    const back = read(text).value[0]!.tracks[0]!.events[0]!;
    expect([back.name, back.source!.scene]).toEqual(['b\ufffd \\ud800 "ü"', 'a\ufffd']);
    expect(losses.map((loss) => [loss.what, loss.count])).toEqual([['character', 2]]);
  });
});
