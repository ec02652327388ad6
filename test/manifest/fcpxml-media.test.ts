/** Media in a written FCPXML: resources, picture with its sound, and what has no media. */
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutSource } from '../../manifest/documents/cutlist.ts';
import { fileUrl } from '../../manifest/exports/fcpxml/time.ts';
import { exactFrames, fraction } from '../../manifest/time/fraction.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { all, time, timeline } from './fcpxml-reader.ts';
import { FILM, written, one } from './fcpxml-stage.ts';

describe('what FCPXML has no media for', () => {
  test.each(['title', 'nested', 'adjustment'] as const)(
    'a %s leaves a gap of its name on V1 and is a loss',
    (kind) => {
      const { spine, losses } = one([event(null, 24, 48, 0, FILM, { kind, name: 'THE END' })]);
      expect(spine.map(({ node, duration }) => [node.attributes.name, exactFrames(duration, FILM)])).toEqual([
        ['Gap', 24],
        ['THE END', 48],
      ]);
      expect(losses).toMatchObject([{ what: kind, where: 'V1-001 at 01:00:01:00', count: 1 }]);
    },
  );

  test('above V1 it leaves nothing but the loss', () => {
    const { clips, spine, what } = one([event(null, 24, 48, 0, FILM, { kind: 'title' })], FILM, 'V2');
    expect(clips).toEqual([]);
    expect(spine).toHaveLength(1);
    expect(what).toEqual(['title']);
  });

  test('a multicam clip with a file is that file, and said to be', () => {
    const { clips, what } = one([
      event(pictureSource('cam', FILM, null), 0, 24, 0, FILM, { kind: 'multicam' }),
    ]);
    expect(clips).toHaveLength(1);
    expect(what).toEqual(['flattened']);
  });

  test('a still is a video element without a length of its own', () => {
    const still = pictureSource('card', FILM, null, {
      still: true,
      duration: null,
      channels: 0,
      file: '/gfx/card.png',
    });
    const { clips, root, what } = one([event(still, 0, 240, 0, FILM)]);
    expect(clips[0]!.node.name).toBe('video');
    expect(all(root, 'asset')[0]!.attributes.duration).toBe('0s');
    expect(all(root, 'format')[1]!.attributes).toMatchObject({ name: 'FFVideoFormatRateUndefined' });
    expect(what).toEqual([]);
  });

  test('a transition, a marker past the end and its colour, and a track switched off, are each said', () => {
    const source = pictureSource('a', FILM, '10:00:00:00');
    const markers = [{ frame: 999, duration: 1, name: 'late', comment: '', colour: 'green' }];
    const transitions = [{ in: 0, out: 12, kind: 'other' as const, name: 'Dip to Black' }];
    const { losses, root } = written(
      list(
        FILM,
        '01:00:00:00',
        [track('V1', [event(source, 0, 24, 0, FILM)], { transitions, enabled: false })],
        { markers },
      ),
    );
    expect(losses.map(({ what, where }) => `${what} ${where}`)).toEqual([
      'transition-kind V1 at 01:00:00:00',
      'marker 01:00:41:15',
      'disabled V1',
      'marker-colour sequence',
    ]);
    expect(all(root, 'asset-clip')[0]!.attributes.enabled).toBe('0');
  });
});

describe('linked picture and sound', () => {
  const picture = pictureSource('a', FILM, '10:00:00:00');
  const boom = soundSource('boom', FILM, '09:59:50:00');
  const cut = (sound: CutSource, soundIn: number, fields: Partial<CutEvent> = {}) =>
    list(FILM, '01:00:00:00', [
      track('V1', [event(picture, 0, 48, 100, FILM, { link: 1 })]),
      track('A2', [event(sound, 0, 48, soundIn, FILM, { link: 1, ...fields })]),
    ]);

  test('a recorder’s sound at the same timecode makes a synchronized clip of the whole media', () => {
    const { root, losses } = written(cut(boom, 340));
    const [sync] = all(root, 'sync-clip');
    expect(losses).toEqual([]);
    expect(exactFrames(time(sync!.attributes.start), FILM)).toBe(picture.start! + 100);
    const [inner, sound] = all(sync!, 'asset-clip');
    expect(exactFrames(time(inner!.attributes.duration), FILM)).toBe(1000);
    expect(sound!.attributes).toMatchObject({
      lane: '-2',
      audioRole: 'dialogue.A2',
      offset: sound!.attributes.start,
    });
    expect(sound!.attributes.start).toBe(inner!.attributes.start);
  });

  test('a sample beside it, or another length, leaves them apart, and that is said', () => {
    const late = { ...boom, start: boom.start! + 1 };
    for (const [other, fields] of [
      [late, {}],
      [boom, { recordOut: 40 }],
      [boom, { enabled: false }],
    ] as const) {
      const { root, losses } = written(cut(other, 340, fields));
      expect(all(root, 'sync-clip')).toEqual([]);
      expect(losses.filter(({ what }) => what === 'link')).toMatchObject([{ count: 2 }]);
    }
  });

  test('its own sound is part of the picture’s clip', () => {
    const { root, losses } = written(cut(picture, 100, { channels: [2] }));
    const clips = all(root, 'asset-clip');
    expect(losses).toEqual([]);
    expect(clips).toHaveLength(1);
    expect(clips[0]!.attributes).toMatchObject({ audioRole: 'dialogue.A2', videoRole: 'video' });
    expect(clips[0]!.attributes.srcEnable).toBeUndefined();
    expect(all(root, 'audio-channel-source')[0]!.attributes).toMatchObject({ srcCh: '2' });
  });
});

describe('media', () => {
  test.each([
    ['/Volumes/Shoot Day 1/a#b%?é.mov', 'file:///Volumes/Shoot%20Day%201/a%23b%25%3F%C3%A9.mov'],
    ['C:\\Shoot\\Day 1\\a.mov', 'file:///C:/Shoot/Day%201/a.mov'],
    ['c:/Shoot/a.mov', 'file:///c:/Shoot/a.mov'],
    ['\\\\server\\share\\a b.mov', 'file://server/share/a%20b.mov'],
    ['\\\\?\\C:\\deep\\a.mov', 'file:///C:/deep/a.mov'],
    ['\\\\?\\UNC\\server\\share\\a.mov', 'file://server/share/a.mov'],
    ['/back\\slash.mov', 'file:///back%5Cslash.mov'],
    ['/🎬\ud800.mov', 'file:///%F0%9F%8E%AC%EF%BF%BD.mov'],
  ])('%s is %s', (path, url) => {
    expect(fileUrl(path)).toBe(url);
  });

  test('media without a path names its file and is said to be offline', () => {
    const { root, losses } = one([
      event(pictureSource('a', FILM, null, { file: null, name: '../a b/c.mov' }), 0, 24, 0, FILM),
    ]);
    expect(all(root, 'media-rep')[0]!.attributes.src).toBe('./.._a%20b_c.mov');
    expect(losses).toMatchObject([{ what: 'offline', where: '../a b/c.mov' }]);
  });

  test('one file used twice is one asset; picture and sound of it are taken apart', () => {
    const source = pictureSource('a', FILM, null);
    const cut = list(FILM, '01:00:00:00', [
      track('V1', [event(source, 0, 24, 0, FILM)]),
      track('A1', [event({ ...source }, 0, 24, 0, FILM)]),
    ]);
    const { root } = written(cut);
    expect(all(root, 'asset')).toHaveLength(1);
    expect(all(root, 'asset-clip').map(({ attributes }) => attributes.srcEnable)).toEqual(['video', 'audio']);
  });

  test('unknown media seen by frames on a picture track and by samples on a sound track is one asset with both', () => {
    const unknown = { clip: undefined, duration: null, file: '/x/a.mov' };
    const picture = pictureSource('a', FILM, null, { ...unknown, channels: 0 });
    const sound = soundSource('a', FILM, '00:00:00:00', { ...unknown, start: null, channels: 2 });
    const cut = list(FILM, '01:00:00:00', [
      track('A1', [event(sound, 0, 24, 24, FILM)]),
      track('V1', [event(picture, 0, 24, 24, FILM)]),
    ]);
    const { root } = written(cut);
    expect(all(root, 'asset').map(({ attributes }) => attributes)).toMatchObject([
      { hasVideo: '1', hasAudio: '1', duration: '1001/500s' },
    ]);
    expect(timeline(root).clips.map(({ start }) => start)).toEqual([
      fraction(1001, 1000),
      fraction(1001, 1000),
    ]);
  });
});
