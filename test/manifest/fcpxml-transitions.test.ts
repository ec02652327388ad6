/** Transitions in a written FCPXML, which lie centred on their cut and need media on both sides. */
import { describe, expect, test } from 'vitest';
import type { CutTransition } from '../../manifest/documents/cutlist.ts';
import { add, compare, exactFrames, subtract } from '../../manifest/time/fraction.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { all, time, timeline, type Node } from './fcpxml-reader.ts';
import { FILM, written, seconds } from './fcpxml-stage.ts';

describe('transitions', () => {
  const source = pictureSource('a', FILM, '10:00:00:00');
  const at = (from: number, out: number, fields: Partial<CutTransition> = {}): CutTransition => ({
    in: from,
    out,
    kind: 'dissolve',
    name: 'Cross Dissolve',
    ...fields,
  });
  /** Two clips of 48 frames that meet at 48, the first with `head` frames of media before it, both with plenty after. */
  const two = (transitions: CutTransition[], name = 'V1', head = 100) => {
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track(name, [event(source, 0, 48, head, FILM), event(source, 48, 48, head, FILM)], { transitions }),
      ]),
    );
    const spine = all(root, 'spine').at(-1)!;
    const start = name === 'V1' ? 86400 : 0;
    const ends = all(spine, 'transition').map(({ attributes }) => {
      const from = exactFrames(time(attributes.offset), FILM)! - start;
      return [from, from + exactFrames(time(attributes.duration), FILM)!];
    });
    return {
      root,
      ends,
      order: spine.children.map((node) => node.name),
      losses: losses.map(({ what }) => what),
    };
  };

  test('a dissolve lies centred on its cut, between its two clips', () => {
    const { ends, order, losses } = two([at(36, 60)]);
    expect(ends).toEqual([[36, 60]]);
    expect(order).toEqual(['asset-clip', 'transition', 'asset-clip']);
    expect(losses).toEqual([]);
  });

  /** Places of the storyline's clips: record in, length, source in. */
  const places = (root: Node) =>
    timeline(root).clips.map(({ node }) =>
      [
        subtract(time(node.attributes.offset), seconds(86400, FILM)),
        time(node.attributes.duration),
        subtract(time(node.attributes.start), seconds(source.start!, FILM)),
      ].map((value) => exactFrames(value, FILM)),
    );

  test('where one begins or ends at its cut, the cut is moved to its middle, source and all, and said to be', () => {
    const late = two([at(48, 72)]);
    expect(late).toMatchObject({ ends: [[48, 72]], losses: ['transition-place'] });
    expect(places(late.root)).toEqual([
      [0, 60, 100],
      [60, 36, 112],
    ]);
    const early = two([at(25, 48)]);
    expect(early).toMatchObject({ ends: [[25, 48]], losses: ['transition-place'] });
    expect(places(early.root)).toEqual([
      [0, 37, 100],
      [37, 59, 89],
    ]);
  });

  test('a cut moves without media before it, and only as far as neighbours and handles leave its transition room', () => {
    expect(two([at(48, 72)], 'V1', 0)).toMatchObject({ ends: [[48, 72]], losses: ['transition-place'] });
    expect(two([at(48, 96)], 'V1', 0)).toMatchObject({ ends: [[48, 96]], losses: ['transition-place'] });
    // Past the end of the second clip.
    expect(two([at(48, 98)])).toMatchObject({ ends: [[23, 73]], losses: ['transition-place'] });
    // Two on one cut: the first has moved it away from the second.
    expect(two([at(36, 48), at(48, 72)])).toMatchObject({
      ends: [[36, 48]],
      losses: ['transition-place', 'transition'],
    });
    // 10 frames behind the first clip, of 24 that the transition shows.
    expect(two([at(48, 72)], 'V1', 942)).toMatchObject({ ends: [[38, 58]], losses: ['transition-length'] });
  });

  test('one that begins with a clip and goes on past its end lies over that end', () => {
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track(
          'V1',
          [
            event(source, 0, 48, 100, FILM),
            event(source, 48, 10, 200, FILM),
            event(source, 58, 48, 300, FILM),
          ],
          { transitions: [at(48, 78)] },
        ),
      ]),
    );
    expect(places(root)).toEqual([
      [0, 48, 100],
      [48, 15, 200],
      [63, 43, 305],
    ]);
    expect(losses.map(({ what }) => what)).toEqual(['transition-place']);
  });

  test('at its cut, a freeze is held and a clip at half speed goes on at half speed', () => {
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track(
          'V1',
          [
            event(source, 0, 48, 100, FILM, { speed: { num: 0, den: 1 }, sourceOut: 101 }),
            event(source, 48, 48, 200, FILM, { speed: { num: 1, den: 2 }, sourceOut: 224 }),
          ],
          { transitions: [at(48, 72)] },
        ),
      ]),
    );
    const frames = (node: Node, name: 'offset' | 'start' | 'duration') =>
      exactFrames(time(node.attributes[name]), FILM)!;
    const [held, slow] = all(root, 'asset-clip');
    expect([frames(held!, 'duration'), frames(held!, 'start')]).toEqual([60, 0]);
    expect(all(held!, 'timept').map(({ attributes }) => exactFrames(time(attributes.time), FILM))).toEqual([
      0, 60,
    ]);
    // Its own clock runs at twice its source: 12 frames of it are 6 of the media.
    expect([frames(slow!, 'offset') - 86400, frames(slow!, 'duration')]).toEqual([60, 36]);
    expect(frames(slow!, 'start')).toBe((source.start! + 200) * 2 + 12);
    expect(losses.map(({ what }) => what)).toEqual(['transition-place']);
  });

  test('media of unknown length, played backwards, reaches as far before the cut as its dissolve', () => {
    const unknown = { ...source, name: 'b', clip: 'b', duration: null };
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track(
          'V1',
          [
            event(source, 0, 48, 100, FILM),
            event(unknown, 48, 48, 50, FILM, { speed: { num: -1, den: 1 }, sourceOut: 98 }),
          ],
          { transitions: [at(24, 48)] },
        ),
      ]),
    );
    expect(exactFrames(time(all(root, 'asset')[1]!.attributes.duration), FILM)).toBe(122);
    expect(losses.map(({ what }) => what)).toEqual(['media-length', 'transition-place']);
  });

  test('sound of the picture’s own file stays where it was when the cut of its picture moves', () => {
    const both = { ...source, channels: 2, sampleRate: 48000 };
    const pair = (link: number) => [
      event(both, link * 48, 48, 100 + link * 300, FILM, { link: link + 1 }),
      event(both, link * 48, 48, 100 + link * 300, FILM, { link: link + 1 }),
    ];
    const [[first, own], [second, other]] = [pair(0), pair(1)] as const;
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track('V1', [first!, second!], { transitions: [at(48, 72)] }),
        track('A1', [own!, other!]),
      ]),
    );
    expect(losses.map(({ what }) => what)).toEqual(['transition-place']);
    expect(
      all(root, 'asset-clip').map(({ attributes }) =>
        [
          subtract(time(attributes.audioStart), time(attributes.start)),
          time(attributes.duration),
          time(attributes.audioDuration),
        ].map((value) => exactFrames(value, FILM)),
      ),
    ).toEqual([
      [0, 60, 48],
      [-12, 36, 48],
    ]);
  });

  test('it is no longer than the media before the second clip allows', () => {
    expect(two([at(36, 60)], 'V1', 5)).toMatchObject({ ends: [[43, 53]], losses: ['transition-length'] });
    expect(two([at(36, 60)], 'V1', 0)).toMatchObject({ ends: [], losses: ['transition'] });
  });

  test('two on one clip do not lie over one another', () => {
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track(
          'V1',
          [
            event(source, 0, 48, 100, FILM),
            event(source, 48, 20, 300, FILM),
            event(source, 68, 48, 100, FILM),
          ],
          {
            transitions: [at(36, 60), at(56, 80)],
          },
        ),
      ]),
    );
    const [first, second] = all(root, 'transition').map(({ attributes }) => attributes);
    const end = add(time(first!.offset), time(first!.duration));
    expect(compare(time(second!.offset), end)).toBe(0);
    expect(losses.map(({ what }) => what)).toEqual(['transition-length']);
  });

  test('on upper tracks and on sound, clips that share one lie on a storyline of their own', () => {
    const { ends, order, root } = two([at(36, 60)], 'V2');
    expect([ends, order]).toEqual([[[36, 60]], ['asset-clip', 'transition', 'asset-clip']]);
    expect(all(root, 'spine').at(-1)!.attributes).toMatchObject({ lane: '1' });
    const sound = soundSource('boom', FILM, '10:00:00:00');
    const cut = list(FILM, '01:00:00:00', [
      track('A1', [event(sound, 0, 48, 100, FILM), event(sound, 48, 48, 100, FILM)], {
        transitions: [at(40, 56)],
      }),
    ]);
    const { root: sounds, losses } = written(cut);
    expect(all(sounds, 'transition')[0]!.children.map(({ name }) => name)).toEqual(['filter-audio']);
    expect(all(sounds, 'effect').map(({ attributes }) => attributes.uid)).toEqual(['FFAudioTransition']);
    expect(losses).toEqual([]);
  });

  test('fades at the ends of the sequence are transitions; beside a gap they are fades of opacity', () => {
    const fade = (from: number, out: number, name: string) => at(from, out, { kind: 'fade', name });
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track('V1', [event(source, 0, 48, 100, FILM), event(source, 60, 48, 100, FILM)], {
          transitions: [
            fade(0, 12, 'Cross Dissolve'),
            fade(40, 48, 'Fade Out'),
            fade(60, 70, 'Fade In'),
            fade(98, 108, 'Cross Dissolve'),
          ],
        }),
      ]),
    );
    expect(losses).toEqual([]);
    expect(all(root, 'transition')).toHaveLength(2);
    expect(
      all(root, 'fadeOut').map(({ attributes }) => exactFrames(time(attributes.duration), FILM)),
    ).toEqual([8]);
    expect(all(root, 'fadeIn').map(({ attributes }) => exactFrames(time(attributes.duration), FILM))).toEqual(
      [10],
    );
  });

  test('a wipe is written as a dissolve, and said to be one', () => {
    expect(two([at(36, 60, { kind: 'wipe', wipe: 1, name: 'Linear Wipe' })])).toMatchObject({
      ends: [[36, 60]],
      losses: ['transition-kind'],
    });
  });

  test('media of unknown length reaches as far as the dissolve at its end', () => {
    const unknown = { ...source, duration: null };
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [
        track('V1', [event(unknown, 0, 48, 100, FILM), event(unknown, 48, 20, 50, FILM)], {
          transitions: [at(36, 60)],
        }),
      ]),
    );
    expect(exactFrames(time(all(root, 'asset')[0]!.attributes.duration), FILM)).toBe(160);
    expect(losses.map(({ what }) => what)).toEqual(['media-length']);
  });
});
