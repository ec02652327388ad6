import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutList } from '../../manifest/cutlist.ts';
import type { SequenceItem, SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip, frameOf, handoff, item, sequenceTrack, snapshot } from './cutlist-samples.ts';

const FILM = RATES['23.976'];
const WAV = { num: 48000, den: 1, drop: false };

const picture = clip(
  'CAMERA_A/A001/take.mov',
  {
    rate: FILM,
    startTc: '10:00:00:00',
    durationFrames: 240,
    channels: 2,
    sampleRate: 48000,
    picture: { width: 1920, height: 1080 },
  },
  { identity: { scene: '07', take: '2', camera: 'A', reel: 'A001' } },
);
const sound = clip(
  'SOUND/take.wav',
  {
    rate: FILM,
    startTc: '09:59:59:00',
    startSamples: 1729728002,
    durationSamples: 480003,
    sampleRate: 48000,
    channels: 4,
  },
  { kind: 'sound', identity: { scene: '07', take: '2', soundRoll: 'SR001' } },
);
const manifest = handoff([picture, sound]);
const roots = { main: '/Volumes/Shoot' };

function joined(source: SequenceItem, track = 'V1', places: Record<string, string> = roots) {
  const made = cutList(snapshot(FILM, [sequenceTrack(track, [source])]), manifest, places);
  return { event: made.value.tracks[0]!.events[0]!, losses: made.losses };
}

describe('joining the manifest', () => {
  test('an absolute path finds its clip, and the clip brings reel, scene, take, camera, timecode and length', () => {
    const { event, losses } = joined(item('/Volumes/Shoot/CAMERA_A/A001/take.mov', [0, 48], [12, 60], FILM));
    expect(losses).toEqual([]);
    expect(event).toMatchObject({ id: 'V1-001', sourceIn: 12, sourceOut: 60, recordIn: 0, recordOut: 48 });
    expect(event.source).toEqual({
      clip: picture.id,
      file: '/Volumes/Shoot/CAMERA_A/A001/take.mov',
      name: 'take.mov',
      reel: 'A001',
      scene: '07',
      take: '2',
      camera: 'A',
      rate: FILM,
      start: frameOf('10:00:00:00', FILM),
      duration: 240,
      hasPicture: true,
      channels: 2,
      sampleRate: 48000,
      size: { width: 1920, height: 1080 },
    });
  });

  test.each([
    [
      'the manifest id, wherever the editor found the file',
      { ...item('/elsewhere/proxy.mov', [0, 48], [0, 48], FILM) },
      roots,
    ],
    ['a path relative to a root', item('CAMERA_A/A001/take.mov', [0, 48], [0, 48], FILM), roots],
    [
      'a Windows path in other case',
      item('d:\\shoot\\camera_a\\A001\\TAKE.mov', [0, 48], [0, 48], FILM),
      { main: 'D:\\Shoot\\' },
    ],
  ])('%s finds the clip', (_, source, places) => {
    if (source.source!.file === '/elsewhere/proxy.mov') source.source!.clip = picture.id;
    const { event, losses } = joined(source, 'V1', places);
    expect(losses).toEqual([]);
    expect(event.source!.clip).toBe(picture.id);
  });

  test('a decomposed name from a Mac finds the composed one of the manifest', () => {
    const accent = clip('CAMERA_A/Höhe.mov', { rate: FILM, durationFrames: 100 });
    const source = item('/Volumes/Shoot/CAMERA_A/Höhe.mov'.normalize('NFD'), [0, 10], [0, 10], FILM);
    const made = cutList(snapshot(FILM, [sequenceTrack('V1', [source])]), handoff([accent]), roots);
    expect(made.losses).toEqual([]);
  });

  test('a root whose place is unknown still joins by relative path, with no file', () => {
    const { event } = joined(item('CAMERA_A/A001/take.mov', [0, 48], [0, 48], FILM), 'V1', {});
    expect(event.source).toMatchObject({ clip: picture.id, file: null });
  });

  test('a relative path that two roots hold is not guessed at', () => {
    const twice = handoff([
      clip('a.mov', { rate: FILM }),
      { ...clip('a.mov', { rate: FILM }), id: 'other', root: 'second' },
    ]);
    const made = cutList(
      snapshot(FILM, [sequenceTrack('V1', [item('a.mov', [0, 9], [0, 9], FILM)])]),
      twice,
      roots,
    );
    expect(made.losses).toMatchObject([
      { what: 'unknown-source', message: expect.stringContaining('2 roots') },
    ]);
  });

  test('a source the manifest does not know is a loss, and the event stays as the editor describes it', () => {
    const { event, losses } = joined(item('/music/song.wav', [24, 48], [48048, 96096], WAV), 'A1');
    expect(losses).toMatchObject([{ what: 'unknown-source', where: 'A1-001 at 01:00:01:00', count: 1 }]);
    expect(event.source).toMatchObject({
      file: '/music/song.wav',
      rate: WAV,
      hasPicture: false,
      channels: 2,
      sampleRate: 48000,
    });
    expect(event).toMatchObject({ sourceIn: 48048, sourceOut: 96096 });
  });

  test('titles and nested sequences are kept as what they are, without a loss', () => {
    const title: SequenceItem = {
      ...item(null, [0, 24], [0, 24], FILM),
      kind: 'title',
      name: 'THE END',
      source: null,
    };
    const nest: SequenceItem = { ...item(null, [24, 48], [0, 24], FILM), kind: 'nested', name: 'Reel 2' };
    const made = cutList(snapshot(FILM, [sequenceTrack('V1', [title, nest])]), manifest, roots);
    expect(made.losses).toEqual([]);
    expect(made.value.tracks[0]!.events.map((each) => each.kind)).toEqual(['title', 'nested']);
    expect(made.value.tracks[0]!.events[0]).toMatchObject({ source: null, sourceIn: 0, sourceOut: 24 });
  });
});

describe('what an item says beside its source', () => {
  test('channels and markers on the media come along, counted as the source is', () => {
    const marker = { frame: 24, duration: 12, name: 'clap', comment: '', colour: 'red' };
    const asked = item('/Volumes/Shoot/SOUND/take.wav', [0, 48], [0, 48], FILM);
    const { event } = joined({ ...asked, channels: [2, 3], markers: [marker] }, 'A1');
    expect(event.channels).toEqual([2, 3]);
    // A second and a half second at 23.976, in samples.
    expect(event.markers).toEqual([{ ...marker, frame: 48048, duration: 24024 }]);
  });

  test('what the take is comes along as words, and of a plain take there are none', () => {
    const take = clip(
      'B/b.mov',
      { rate: FILM, durationFrames: 100, picture: { width: 1920, height: 1080 } },
      { pick: 'circled', soundKind: 'mos', broll: true },
    );
    const asked = item('/Volumes/Shoot/B/b.mov', [0, 48], [0, 48], FILM);
    const made = cutList(snapshot(FILM, [sequenceTrack('V1', [asked])]), handoff([take]), roots);
    expect(made.value.tracks[0]!.events[0]!.source!.tags).toEqual(['circled', 'MOS', 'B-roll']);
    const { event } = joined(item('/Volumes/Shoot/CAMERA_A/A001/take.mov', [0, 48], [12, 60], FILM));
    expect(event.source).not.toHaveProperty('tags');
  });

  test('a path relative to no known root stays, to be known by', () => {
    const { event } = joined(item('CAMERA_Z/Z001/take.mov', [0, 48], [0, 48], FILM));
    expect(event.source).toMatchObject({ file: null, path: 'CAMERA_Z/Z001/take.mov' });
  });
});

describe('time of sources', () => {
  test('sound is counted in the samples the recorder stamped, whatever the editor counts it in', () => {
    const { event, losses } = joined(item('SOUND/take.wav', [0, 48], [24, 72], FILM), 'A1');
    expect(losses).toEqual([]);
    expect(event).toMatchObject({ sourceIn: 24 * 2002, sourceOut: 72 * 2002 });
    expect(event.source).toMatchObject({
      rate: WAV,
      start: 1729728002,
      duration: 480003,
      reel: 'SR001',
      hasPicture: false,
    });
  });

  test('picture that the editor counts in samples comes back to whole frames', () => {
    const { event, losses } = joined(
      item('CAMERA_A/A001/take.mov', [0, 48], [24 * 2002, 72 * 2002], WAV),
      'A1',
    );
    expect(losses).toEqual([]);
    expect(event).toMatchObject({ sourceIn: 24, sourceOut: 72 });
  });

  test('a source in between two frames of the media is rounded and said', () => {
    const { event, losses } = joined(
      item('CAMERA_A/A001/take.mov', [0, 48], [24 * 2002 + 700, 72 * 2002 + 700], WAV),
      'A1',
    );
    expect(losses).toMatchObject([{ what: 'source-frame', where: 'A1-001 at 01:00:00:00' }]);
    expect(event).toMatchObject({ sourceIn: 24, sourceOut: 72 });
  });

  test("media the editor was told to play at another rate keeps the editor's times, frame for frame", () => {
    const slow = item('CAMERA_A/A001/take.mov', [0, 25], [10, 35], RATES['25']);
    slow.source!.duration = 240;
    slow.source!.start = 5;
    const { event, losses } = joined(slow);
    expect(losses).toMatchObject([{ what: 'interpreted-rate' }]);
    expect(event.source).toMatchObject({ rate: RATES['25'], start: 5, duration: 240 });
    expect(event).toMatchObject({ sourceIn: 10, sourceOut: 35 });
  });

  test('media without timecode has no start, though the editor shows it from 0', () => {
    const bare = item('CAMERA_A/A001/bare.mov', [0, 10], [0, 10], FILM);
    bare.source!.start = 0;
    const known = handoff([clip('CAMERA_A/A001/bare.mov', { rate: FILM, durationFrames: 100 })]);
    const made = cutList(snapshot(FILM, [sequenceTrack('V1', [bare])]), known, roots);
    expect(made.value.tracks[0]!.events[0]!.source!.start).toBeNull();
  });

  test('speed is an exact ratio in lowest terms; backwards keeps in before out', () => {
    const back = {
      ...item('CAMERA_A/A001/take.mov', [0, 48], [148, 100], FILM),
      speed: { num: 100, den: -100 },
    };
    const { event, losses } = joined(back);
    expect(losses).toEqual([]);
    expect(event).toMatchObject({ speed: { num: -1, den: 1 }, sourceIn: 100, sourceOut: 148 });
  });

  test('a source span that the speed does not explain is said', () => {
    const { losses } = joined(item('CAMERA_A/A001/take.mov', [0, 48], [0, 96], FILM));
    expect(losses).toMatchObject([{ what: 'source-span', message: expect.stringContaining('100 %') }]);
  });

  test('a still is known as one', () => {
    const card = clip('GFX/card.png', { picture: { width: 1920, height: 1080 } }, { kind: 'graphic' });
    const made = cutList(
      snapshot(FILM, [sequenceTrack('V1', [item('GFX/card.png', [0, 99], [0, 99], FILM)])]),
      handoff([card]),
      roots,
    );
    expect(made.value.tracks[0]!.events[0]!.source).toMatchObject({
      still: true,
      hasPicture: true,
      channels: 0,
    });
  });
});

describe('tracks', () => {
  const at = (start: number, end: number) =>
    item('CAMERA_A/A001/take.mov', [start, end], [0, end - start], FILM);

  test('events come in record order, tracks from the bottom up, picture before sound', () => {
    const tracks = [
      sequenceTrack('A1', []),
      sequenceTrack('V2', []),
      sequenceTrack('V1', [at(30, 40), at(0, 10), at(10, 30)]),
    ];
    const { value } = cutList(snapshot(FILM, tracks), manifest, roots);
    expect(value.tracks.map((each) => each.type + each.index)).toEqual(['video1', 'video2', 'audio1']);
    expect(value.tracks[0]!.events.map((each) => [each.id, each.recordIn])).toEqual([
      ['V1-001', 0],
      ['V1-002', 10],
      ['V1-003', 30],
    ]);
  });

  test('an item without length, or backwards, is a lost event with its place', () => {
    const { value, losses } = cutList(
      snapshot(FILM, [sequenceTrack('V1', [at(0, 10), at(24, 24), at(50, 40)])]),
      manifest,
      roots,
    );
    expect(value.tracks[0]!.events).toHaveLength(1);
    expect(losses.map(({ what, where }) => [what, where])).toEqual([
      ['event', 'V1 at 01:00:01:00'],
      ['event', 'V1 at 01:00:02:02'],
    ]);
  });

  test('an item that lies over the one before it moves to a track of its own on top', () => {
    const tracks = [sequenceTrack('V1', [at(0, 10), at(5, 15), at(15, 20)]), sequenceTrack('V2', [at(0, 3)])];
    const { value, losses } = cutList(snapshot(FILM, tracks), manifest, roots);
    expect(value.tracks.map((each) => each.events.map((event) => event.id))).toEqual([
      ['V1-001', 'V1-002'],
      ['V2-001'],
      ['V3-001'],
    ]);
    expect(losses).toMatchObject([
      { what: 'overlap', where: 'V1 at 01:00:00:05', message: expect.stringContaining('V3') },
    ]);
  });

  test('items in = events out + lost events, and no event of a track lies over another', () => {
    const place = fc.tuple(fc.integer({ min: -20, max: 300 }), fc.integer({ min: -5, max: 60 }));
    const tracks = fc.array(
      fc.tuple(fc.constantFrom('V1', 'V2', 'V2', 'A1', 'A7'), fc.array(place, { maxLength: 12 })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(tracks, (drawn) => {
        const given = drawn.map(([name, places]) =>
          sequenceTrack(
            name,
            places.map(([start, length]) => at(start, start + length)),
          ),
        );
        const { value, losses } = cutList(snapshot(FILM, given), manifest, roots);
        const items = given.reduce((sum, each) => sum + each.items.length, 0);
        const events = value.tracks.flatMap((each) => each.events);
        const lost = losses
          .filter((loss) => loss.what === 'event')
          .reduce((sum, loss) => sum + loss.count, 0);
        expect(events.length + lost).toBe(items);
        expect(new Set(events.map((each) => each.id)).size).toBe(events.length);
        for (const track of value.tracks)
          track.events.forEach((each, n) =>
            expect(each.recordIn).toBeGreaterThanOrEqual(track.events[n - 1]?.recordOut ?? 0),
          );
      }),
    );
  });
});

test('the example sequence joins the example shoot without a loss', () => {
  const example = JSON.parse(
    readFileSync(new URL('../../examples/sequence.json', import.meta.url), 'utf8'),
  ) as SequenceSnapshot;
  const film = (path: string, startTc: string, durationFrames: number, reel: string) =>
    clip(
      path,
      {
        rate: FILM,
        startTc,
        durationFrames,
        channels: 1,
        sampleRate: 48000,
        picture: { width: 1920, height: 1080 },
      },
      { identity: { reel } },
    );
  const shoot = handoff([
    film('CAMERA_A/A001/SCENE_07_TAKE_02_A.mov', '10:02:00:00', 84, 'A001'),
    film('CAMERA_B/B001/SCENE_07_TAKE_02_B.mov', '10:02:00:06', 72, 'B001'),
    film('CAMERA_A/A001/SCENE_31_TAKE_04_A.mov', '14:06:00:00', 60, 'A001'),
    clip(
      'SOUND/SR001/SCENE_07_TAKE_02_AUDIO_MAIN.wav',
      { sampleRate: 48000, startSamples: 866856 * 2002 + 2, durationSamples: 132 * 2002, channels: 4 },
      { kind: 'sound', identity: { soundRoll: 'SR001' } },
    ),
  ]);
  const { value, losses } = cutList(example, shoot, { main: '/shoot' });
  expect(losses).toEqual([]);
  expect(value.tracks.map((each) => each.events.length)).toEqual([3, 1, 1]);
  for (const event of value.tracks.flatMap((each) => each.events)) {
    expect(event.source!.clip).toBeDefined();
    expect(event.sourceOut).toBeLessThanOrEqual(event.source!.duration!);
  }
});
