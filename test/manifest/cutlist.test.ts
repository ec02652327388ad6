/** A timeline joined with its manifest: which clip an item is, and what it says beside its source. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cutList } from '../../manifest/cutlist.ts';
import type { SequenceItem, SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { clip, frameOf, handoff, item, sequenceTrack, snapshot } from './cutlist-samples.ts';
import { FILM, WAV, picture, manifest, roots, joined } from './cutlist-stage.ts';

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
