/** Times in a written FCP7 XML: ins and outs, speeds and transitions. */
import { describe, expect, it } from 'vitest';
import type { CutList, CutSource } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { childrenOf, childText, type XmlElement } from '../../manifest/xml/read.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';
import { FILM, PAL, written, all, one, times } from './xmeml-stage.ts';

describe('in and out', () => {
  const film = (fields: Partial<CutSource>) => pictureSource('a', FILM, '10:00:00:00', fields);

  it('count the sequence’s frames, whatever rate the media has', () => {
    const fifty = pictureSource('a', RATES['50'], '10:00:00:00');
    const { items, what } = one([event(fifty, 0, 25, 100, PAL, { sourceOut: 150 })], PAL);
    expect(times(items[0]!)).toEqual([0, 25, 50, 75, 500]);
    expect(what).toEqual([]);
  });

  it('media frames between two of the sequence’s are said', () => {
    const fifty = pictureSource('a', RATES['50'], '10:00:00:00');
    const { losses } = one([event(fifty, 0, 25, 101, PAL, { sourceOut: 151 })], PAL);
    expect(losses).toMatchObject([{ what: 'source-frame', where: 'V1-001 at 01:00:00:00' }]);
  });

  it('sound that begins between two frames is said where it stands', () => {
    const sound = soundSource('s', PAL, '00:00:00:00', { channels: 1 });
    const { losses, items } = one(
      [event(sound, 0, 25, 0, PAL, { sourceIn: 1000, sourceOut: 49000 })],
      PAL,
      'A1',
    );
    expect(times(items[0]!)[2]).toBe(1);
    expect(losses).toMatchObject([{ what: 'subframe', where: 'A1-001 at 01:00:00:00' }]);
  });

  it('what is asked for outside the media is cut off in whole frames, so that the rest keeps sync, and said', () => {
    const short = film({ duration: 100 });
    const { items, losses } = one([
      event(short, 0, 60, -20, FILM),
      event(short, 60, 60, 80, FILM),
      event(short, 120, 10, 100, FILM),
    ]);
    expect(items.map((item) => times(item).slice(0, 4))).toEqual([
      [20, 60, 0, 40],
      [60, 80, 80, 100],
    ]);
    expect(losses.map(({ what, where }) => `${what} ${where}`)).toEqual([
      'source-range V1-001 at 01:00:00:00',
      'source-range V1-002 at 01:00:02:12',
      'event V1-003 at 01:00:05:00',
    ]);
  });

  it('a source out that does not fit the record length is said; the record length stays', () => {
    const { items, what } = one([event(film({}), 0, 24, 0, FILM, { sourceOut: 40 })]);
    expect(times(items[0]!).slice(2, 4)).toEqual([0, 24]);
    expect(what).toEqual(['source-span']);
  });
});

describe('speed', () => {
  const source = pictureSource('fast', FILM, '10:00:00:00', { duration: 1000 });
  const at = (num: number, den: number, sourceIn: number, sourceOut: number, options?: ExportOptions) =>
    one([event(source, 0, 24, 0, FILM, { speed: { num, den }, sourceIn, sourceOut })], FILM, 'V1', options);
  const remap = (item: XmlElement) => {
    const [effect] = all(item, 'effect');
    const value = (id: string) =>
      childText(
        childrenOf(effect!, 'parameter').find((each) => childText(each, 'parameterid') === id)!,
        'value',
      );
    const keys = all(effect!, 'keyframe').map((key) => [childText(key, 'when'), childText(key, 'value')]);
    return { speed: value('speed'), reverse: value('reverse'), keys };
  };

  it('200 %: in and out count the warped clip, the graph says where in the media they are', () => {
    const { items, what } = at(2, 1, 100, 148);
    expect(times(items[0]!)).toEqual([0, 24, 50, 74, 500]);
    expect(remap(items[0]!)).toEqual({
      speed: '200',
      reverse: 'FALSE',
      keys: [
        ['50', '100'],
        ['74', '148'],
      ],
    });
    expect(what).toEqual([]);
  });

  it('backwards the warped clip begins at the end of the media', () => {
    const { items } = at(-1, 1, 100, 124);
    expect(times(items[0]!)).toEqual([0, 24, 876, 900, 1000]);
    expect(remap(items[0]!)).toMatchObject({
      speed: '100',
      reverse: 'TRUE',
      keys: [
        ['876', '124'],
        ['900', '100'],
      ],
    });
  });

  it('a freeze is a still frame with its place in the media', () => {
    const { items } = at(0, 1, 100, 101);
    expect(childText(items[0]!, 'stillframeoffset')).toBe('100');
    expect(remap(items[0]!)).toMatchObject({
      speed: '0',
      keys: [
        ['100', '100'],
        ['124', '100'],
      ],
    });
  });

  it('an odd source in at 200 % stays exact in the graph', () => {
    const { items } = at(2, 1, 101, 149);
    expect(times(items[0]!).slice(2, 4)).toEqual([51, 75]);
    expect(remap(items[0]!).keys).toEqual([
      ['51', '101'],
      ['75', '149'],
    ]);
  });

  it('a speed that no ten places hold is rounded, and said', () => {
    const { what } = at(1234567891, 1300000003, 100, 123);
    expect(what).toEqual(['retime']);
    expect(at(2, 3, 100, 116).what).toEqual([]);
  });

  it('a speed that does not fit its source is said; speed and record length stay', () => {
    const { what, items } = at(2, 1, 100, 124);
    expect(what).toEqual(['source-span']);
    expect(remap(items[0]!).keys[1]).toEqual(['74', '148']);
  });

  it('backwards in media of unknown length, the media is taken to end with it', () => {
    const unknown = { ...source, duration: null };
    const { what, items } = one([
      event(unknown, 0, 24, 0, FILM, { speed: { num: -1, den: 1 }, sourceIn: 100, sourceOut: 124 }),
    ]);
    expect(times(items[0]!).slice(2, 4)).toEqual([0, 24]);
    expect(what).toEqual(['media-length']);
  });

  it('a speed that varies is written plain, and said', () => {
    const { items, what } = one([event(source, 0, 24, 10, FILM, { speed: null })]);
    expect(all(items[0]!, 'filter')).toEqual([]);
    expect(what).toEqual(['retime']);
  });

  it('for Resolve, which reads speeds wrongly, there are none, and the loss says what to take', () => {
    const { items, losses } = at(2, 1, 100, 148, { ...DEFAULT_OPTIONS, target: 'resolve' });
    expect(all(items[0]!, 'filter')).toEqual([]);
    expect(times(items[0]!).slice(2, 4)).toEqual([100, 124]);
    expect(losses).toMatchObject([{ what: 'retime', message: expect.stringContaining('Take FCPXML') }]);
  });
});

describe('transitions', () => {
  const [a, b] = ['a', 'b'].map((name) => pictureSource(name, PAL, '10:00:00:00')) as [CutSource, CutSource];
  const cut = (transition: Partial<CutList['tracks'][number]['transitions'][number]>, type = 'V') => {
    const events = [event(a, 0, 100, 200, PAL), event(b, 100, 100, 300, PAL)];
    if (type === 'A') for (const each of events) each.channels = [1];
    const over = { in: 90, out: 110, kind: 'dissolve' as const, name: 'Cross Dissolve', ...transition };
    const made = written(list(PAL, '01:00:00:00', [track(`${type}1`, events, { transitions: [over] })]));
    return { ...made, items: all(made.root, 'clipitem'), over: all(made.root, 'transitionitem')[0]! };
  };

  it('hide the edges under them and let the sources run on', () => {
    const { items, over, losses } = cut({});
    expect(items.map((item) => times(item).slice(0, 4))).toEqual([
      [0, -1, 200, 310],
      [-1, 200, 290, 400],
    ]);
    expect(['start', 'end', 'alignment'].map((name) => childText(over, name))).toEqual([
      '90',
      '110',
      'center',
    ]);
    expect(
      childText(
        over.children.find((each) => each.name === 'effect')!,
        'effectid',
      ),
    ).toBe('Cross Dissolve');
    expect(losses).toEqual([]);
  });

  it.each([
    [100, 120, 'start'],
    [80, 100, 'end'],
    [91, 110, 'center'],
  ])('over %i–%i the cut at 100 is its %s', (from, to, alignment) => {
    const { over, losses } = cut({ in: from, out: to });
    expect(childText(over, 'alignment')).toBe(alignment);
    expect(losses).toEqual([]);
  });

  it('a cut elsewhere under it moves to the nearest of the three, and is said', () => {
    const { over, losses } = cut({ in: 97, out: 117 });
    expect(childText(over, 'alignment')).toBe('start');
    expect(losses).toMatchObject([
      {
        what: 'transition-cut',
        where: 'V1 at 01:00:03:22',
        message: expect.stringContaining('moves 3 frames'),
      },
    ]);
  });

  it('sound crosses with Final Cut’s crossfade', () => {
    const { over } = cut({ name: 'Constant Power' }, 'A');
    expect(
      childText(
        over.children.find((each) => each.name === 'effect')!,
        'effectid',
      ),
    ).toBe('KGAudioTransCrossFade3dB');
  });

  it('a wipe carries its number; kinds that it has no word for are said', () => {
    const { over, losses } = cut({ kind: 'wipe', wipe: 1, name: 'Wipe' });
    expect(
      childText(
        over.children.find((each) => each.name === 'effect')!,
        'wipecode',
      ),
    ).toBe('1');
    expect(losses).toEqual([]);
    expect(cut({ kind: 'wipe', wipe: 7, name: 'Wipe' }).losses.map((loss) => loss.what)).toEqual([
      'transition',
    ]);
    expect(cut({ kind: 'other', name: 'Morph' }).losses.map((loss) => loss.what)).toEqual(['transition']);
  });

  it('at a clip with nothing beside it, it fades from or to black', () => {
    const made = written(
      list(PAL, '01:00:00:00', [
        track('V1', [event(a, 50, 100, 200, PAL)], {
          transitions: [
            { in: 50, out: 62, kind: 'fade', name: 'Cross Dissolve' },
            { in: 138, out: 150, kind: 'fade', name: 'Cross Dissolve' },
          ],
        }),
      ]),
    );
    expect(all(made.root, 'alignment').map((each) => each.text)).toEqual(['start-black', 'end-black']);
    expect(made.root.children[0]!.name).toBe('sequence');
    const order = all(made.root, 'track')[0]!.children.map((each) => each.name);
    expect(order.slice(0, 3)).toEqual(['transitionitem', 'clipitem', 'transitionitem']);
    expect(made.losses).toEqual([]);
  });

  it('over nothing, or twice over one cut, it is left out and said', () => {
    const made = written(
      list(PAL, '01:00:00:00', [
        track('V1', [event(a, 0, 100, 200, PAL), event(b, 100, 100, 300, PAL)], {
          transitions: [
            { in: 90, out: 110, kind: 'dissolve', name: 'One' },
            { in: 95, out: 105, kind: 'dissolve', name: 'Two' },
            { in: 400, out: 420, kind: 'dissolve', name: 'Three' },
          ],
        }),
      ]),
    );
    expect(all(made.root, 'transitionitem')).toHaveLength(1);
    expect(made.losses.map(({ what, where }) => `${what} ${where}`)).toEqual([
      'transition V1 at 01:00:03:20',
      'transition V1 at 01:00:16:00',
    ]);
  });
});
