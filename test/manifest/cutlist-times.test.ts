/** Time of sources and tracks in a cut list. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutList } from '../../manifest/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip, handoff, item, sequenceTrack, snapshot } from './cutlist-samples.ts';
import { FILM, WAV, manifest, roots, joined } from './cutlist-stage.ts';

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
