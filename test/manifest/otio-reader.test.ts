/** OTIO that is read: files of other programs, times, media and structure. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { otioReader } from '../../manifest/readers/otio.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { corpus } from '../corpus/folder.ts';
import { clip, gap, range, read, time, timeline, track, type Json } from './otio-samples.ts';
import { codes, events } from './otio-reader-stage.ts';

const facts = readFileSync(fileURLToPath(new URL('../corpus/otio.tsv', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const here = existsSync(join(corpus, 'otio'));
if (!here)
  console.log(`skipped: OTIO files of other programs (no ${join(corpus, 'otio')}; set BATON_CORPUS)`);

describe.skipIf(!here)('files of other programs', () => {
  test('the table of facts has every file', () => {
    const files = readdirSync(join(corpus, 'otio')).map((name) => `otio/${name}`);
    expect(facts.map(([path]) => path).sort()).toEqual(files.sort());
  });

  for (const [path, sequences, ...counts] of facts)
    test(`${path} has ${counts[0]} events`, () => {
      const { value, issues } = otioReader.read(readFileSync(join(corpus, path!), 'utf8'), { name: path! });
      const tracks = value.flatMap((list) => list.tracks);
      const all = tracks.flatMap((each) => each.events);
      const found = [
        value.length,
        all.length,
        tracks.reduce((sum, each) => sum + each.transitions.length, 0),
        value.reduce((sum, list) => sum + list.markers.length, 0) +
          all.reduce((sum, event) => sum + (event.markers?.length ?? 0), 0),
        all.filter((event) => event.speed?.num !== event.speed?.den).length,
      ];
      expect(found).toEqual([sequences, ...counts.slice(0, 4)].map(Number));
      expect(issues.map((issue) => issue.code).join(' ')).toBe(counts[4] ?? '');
      expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
      for (const event of all) expect(event.sourceIn).toBeLessThan(event.sourceOut);
    });

  test('a track that begins before the sequence moves its items, as the format says', () => {
    const path = join(corpus, 'otio/OpenTimelineIO__multiple_track.otio');
    const [list] = otioReader.read(readFileSync(path, 'utf8'), { name: 'x' }).value;
    const [only] = list!.tracks[2]!.events;
    expect([only!.recordIn, only!.recordOut, only!.source!.start]).toEqual([7, 16, 100]);
  });
});

describe('times', () => {
  test('rates that are doubles become exact, whoever rounded them', () => {
    for (const [rate, exact] of [
      [23.976023976023978, '24000/1001'],
      [23.976, '24000/1001'],
      [23.98, '24000/1001'],
      [29.97002997, '30000/1001'],
      [59.94, '60000/1001'],
      [25, '25/1'],
      [12.5, '25/2'],
      [48000, '48000/1'],
    ] as const) {
      const [list] = read(timeline([track([clip('a', 0, 10, { source_range: range(0, 10, rate) })])])).value;
      expect(`${list!.rate.num}/${list!.rate.den}`).toBe(exact);
    }
  });

  test('items at another rate are added up exactly: 1,000 of them end where the sum does', () => {
    const items = Array.from({ length: 1000 }, (_, at) =>
      clip(`c${at}`, 0, 7, { source_range: range(0, 7, 24) }),
    );
    const file = timeline([track(items)], { global_start_time: time(90000, 25) });
    const { value, issues } = read(file);
    const all = value[0]!.tracks[0]!.events;
    expect(all[999]!.recordOut).toBe(Math.round((7000 * 25) / 24));
    all.slice(1).forEach((each, at) => expect(each.recordIn).toBe(all[at]!.recordOut));
    expect(issues.map((issue) => issue.code)).toEqual(['otio-subframe']);
    expect(issues[0]!.message).toContain('times in this file');
  });

  test('floats that mean whole frames are whole frames, and others the nearest, said', () => {
    expect(events(timeline([track([clip('a', 0, 9.9999999)])]))[0]!.recordOut).toBe(10);
    expect(codes(timeline([track([clip('a', 0, 9.9999999)])]))).toEqual([]);
    expect(codes(timeline([track([clip('a', 0, 10.4)])]))).toEqual(['otio-subframe']);
  });

  test('speeds come back as the ratios they stand for', () => {
    const speed = (scalar: unknown) =>
      events(
        timeline([
          track([clip('a', 10, 30, { effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: scalar }] })]),
        ]),
      )[0]!;
    expect(speed(1 / 3).speed).toEqual({ num: 1, den: 3 });
    expect(speed(2.5).speed).toEqual({ num: 5, den: 2 });
    expect(speed(2.5).sourceOut).toBe(10 + 75);
    expect(speed(-1).speed).toEqual({ num: -1, den: 1 });
    expect(speed('fast').speed).toBeNull();
    expect(speed(1e308).speed).toBeNull();
    const frozen = clip('a', 10, 30, { effects: [{ OTIO_SCHEMA: 'FreezeFrame.1' }] });
    expect(events(timeline([track([frozen])]))[0]).toMatchObject({
      speed: { num: 0, den: 1 },
      sourceIn: 10,
      sourceOut: 11,
    });
  });

  test('an effect that bends time is a speed that varies; other effects are counted', () => {
    const effects = [{ OTIO_SCHEMA: 'TimeEffect.1' }, { OTIO_SCHEMA: 'Effect.1', effect_name: 'Blur' }];
    const file = timeline([track([clip('a', 0, 10, { effects }), clip('b', 0, 10, { effects })])]);
    expect(events(file).map((each) => each.speed)).toEqual([null, null]);
    const { issues } = read(file);
    expect(issues.map((issue) => [issue.code, /2 times/.test(issue.message)])).toEqual([
      ['otio-retime', true],
      ['otio-effect', true],
    ]);
  });

  test('29.97 is non-drop unless the caller says otherwise, and that is said', () => {
    const file = timeline([track([clip('a', 0, 10, { source_range: range(0, 10, 29.97) })])]);
    expect(read(file).value[0]!.rate).toEqual(RATES['29.97']);
    expect(codes(file)).toEqual(['otio-drop-frame']);
    const told = read(file, { rate: RATES['29.97df'] });
    expect([told.value[0]!.rate, told.value[0]!.tracks[0]!.events[0]!.source!.rate]).toEqual([
      RATES['29.97df'],
      RATES['29.97df'],
    ]);
    expect(told.issues).toEqual([]);
  });
});

describe('media', () => {
  const at = (reference: Json) =>
    events(
      timeline([
        track([
          clip('shot', 100, 10, { media_reference: { OTIO_SCHEMA: 'ExternalReference.1', ...reference } }),
        ]),
      ]),
    )[0]!;

  test('file URLs and bare paths are the same path', () => {
    for (const url of [
      'file:///a/b%20c.mov',
      'file://localhost/a/b%20c.mov',
      '/a/b c.mov',
      'file:/a/b%20c.mov',
    ])
      expect(at({ target_url: url }).source!.file).toBe('/a/b c.mov');
    expect(at({ target_url: 'file:///C:/a/b.mov' }).source!.file).toBe('C:\\a\\b.mov');
    expect(at({ target_url: 'file://nas/share/b.mov' }).source!.file).toBe('\\\\nas\\share\\b.mov');
    expect(at({ target_url: 'file:///a/100%.mov' }).source!.file).toBe('/a/100%.mov');
  });

  test('a relative path or web address is a name without a place', () => {
    expect(at({ target_url: 'shots/b%20c.mov' }).source).toMatchObject({ file: null, name: 'b%20c.mov' });
    expect(at({ target_url: 'https://x.org/shots/b%20c.mov' }).source).toMatchObject({
      file: null,
      name: 'b c.mov',
    });
  });

  test("the source in counts from the media's first frame, its timecode from the available range", () => {
    const given = at({ target_url: '/a.mov', available_range: range(90, 1000) });
    expect(given).toMatchObject({ sourceIn: 10, sourceOut: 20 });
    expect(given.source).toMatchObject({ start: 90, duration: 1000 });
    const none = at({ target_url: '/a.mov', available_range: range(0, 1000) });
    expect([none.sourceIn, none.source!.start]).toEqual([100, null]);
  });

  test('an image sequence is named by its first frame', () => {
    const sequence = {
      OTIO_SCHEMA: 'ImageSequenceReference.1',
      target_url_base: 'file:///plates/',
      name_prefix: 'sh010.',
      name_suffix: '.exr',
      start_frame: 86,
      frame_zero_padding: 4,
    };
    expect(at(sequence).source).toMatchObject({ file: '/plates/sh010.0086.exr', name: 'sh010.0086.exr' });
  });

  test('Clip.2 plays its active reference; a key that is none of its own is said', () => {
    const references = (key: string) =>
      clip('a', 0, 10, {
        media_references: {
          DEFAULT_MEDIA: { OTIO_SCHEMA: 'ExternalReference.1', target_url: '/full.mov' },
          proxy: { OTIO_SCHEMA: 'ExternalReference.1', target_url: '/proxy.mov' },
        },
        active_media_reference_key: key,
      });
    expect(events(timeline([track([references('proxy')])]))[0]!.source!.file).toBe('/proxy.mov');
    const file = timeline([track([references('constructor')])]);
    expect(events(file)[0]!.source!.file).toBeNull();
    expect(codes(file)).toEqual(['otio-reference']);
  });
});

describe('structure', () => {
  test('collections give every timeline, nested sequences a list of their own', () => {
    const inner = {
      OTIO_SCHEMA: 'Stack.1',
      name: 'inner',
      children: [track([clip('x', 0, 10), clip('y', 0, 5)])],
    };
    const file = {
      OTIO_SCHEMA: 'SerializableCollection.1',
      children: [
        timeline([track([clip('a', 0, 10), inner])]),
        timeline([track([clip('b', 0, 10)])], { name: 'two' }),
      ],
    };
    const { value, issues } = read(file);
    expect(value.map((list) => [list.name, list.tracks.map((each) => each.events.length)])).toEqual([
      ['cut', [2]],
      ['inner', [2]],
      ['two', [1]],
    ]);
    const [, nest] = value[0]!.tracks[0]!.events;
    expect(nest).toMatchObject({ kind: 'nested', name: 'inner', recordIn: 10, recordOut: 25 });
    expect(issues).toEqual([]);
  });

  test('a clip or a track alone is a timeline of one', () => {
    expect(events(clip('a', 5, 10))).toMatchObject([{ name: 'a', sourceIn: 5, recordOut: 10 }]);
    expect(events(track([gap(5), clip('a', 5, 10)]))).toMatchObject([{ recordIn: 5 }]);
  });

  test('an item nobody knows keeps its place, one without length is named and left out', () => {
    const strange = { OTIO_SCHEMA: 'Hologram.1', name: 'h', source_range: range(0, 8) };
    const file = timeline([
      track([strange, clip('a', 0, 10, { source_range: { nonsense: true } }), clip('b', 0, 4)]),
    ]);
    expect(events(file)).toMatchObject([
      { kind: 'unknown', name: 'h', recordIn: 0 },
      { name: 'b', recordIn: 8, recordOut: 12 },
    ]);
    const { issues } = read(file);
    expect(issues.map((issue) => [issue.code, issue.severity])).toEqual([
      ['otio-event', 'error'],
      ['otio-schema', 'warning'],
    ]);
    expect(issues[0]!.at).toBe('cut.otio timeline track 1 item 2');
  });

  test('markers of clips count from their media, markers of gaps and tracks from the sequence', () => {
    const marker = (at: number) => ({
      OTIO_SCHEMA: 'Marker.2',
      name: `m${at}`,
      color: 'RED',
      marked_range: range(at, 1),
    });
    const shot = clip('a', 100, 10, {
      media_reference: {
        OTIO_SCHEMA: 'ExternalReference.1',
        target_url: '/a.mov',
        available_range: range(90, 50),
      },
      markers: [marker(103)],
    });
    const file = timeline([track([{ ...gap(20), markers: [marker(5)] }, shot], { markers: [marker(7)] })]);
    const [list] = read(file).value;
    expect(list!.markers.map((each) => each.frame)).toEqual([7, 5]);
    expect(list!.tracks[0]!.events[0]!.markers).toMatchObject([{ frame: 13, colour: 'red' }]);
  });

  test("Resolve keeps a marker's note beside it", () => {
    const metadata = { Resolve_OTIO: { Note: 'watch the boom' } };
    const marker = { OTIO_SCHEMA: 'Marker.2', name: 'm', color: 'BLUE', marked_range: range(1, 1), metadata };
    const file = timeline([track([clip('a', 0, 10, { markers: [marker] })])]);
    expect(events(file)[0]!.markers![0]!.comment).toBe('watch the boom');
  });
});

test('an OTIO file is known by its first schema', () => {
  expect(otioReader.looksLike('\ufeff{\n "OTIO_SCHEMA": "Timeline.1"'.replace('\ufeff', ''))).toBe(true);
  expect(otioReader.looksLike('{"kind": "handoff"}')).toBe(false);
});
