import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList, CutSource, CutTransition } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS, type ExportOptions, type Exported } from '../../manifest/exports/export.ts';
import { fcpxml } from '../../manifest/exports/fcpxml.ts';
import { fileUrl } from '../../manifest/exports/fcpxml/time.ts';
import { VERSIONS } from '../../manifest/exports/fcpxml/version.ts';
import { XmlWriter } from '../../manifest/exports/xml.ts';
import {
  add,
  compare,
  exactFrames,
  fraction,
  framesToSeconds,
  subtract,
  ZERO,
} from '../../manifest/time/fraction.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import {
  event,
  filmCut,
  frameOf,
  list,
  midnightCut,
  pictureSource,
  soundSource,
  straightCuts,
  track,
} from './cutlist-samples.ts';
import { dtdOf, validate } from './fcpxml-dtd.ts';
import { all, parseXml, time, timeline, type Node } from './fcpxml-reader.ts';

const FILM = RATES['23.976'];

/** The file and its losses; the file is well-formed, and valid where the DTD is at hand. */
function written(
  cut: CutList,
  options: Partial<ExportOptions> = {},
): Exported & { root: Node; text: string } {
  const chosen = { ...DEFAULT_OPTIONS, ...options };
  const made = fcpxml.write(cut, chosen);
  if ('refused' in made) throw new Error(made.refused);
  const { text } = made.files[0]!;
  validate(text, chosen.fcpxml);
  return { ...made, text, root: parseXml(text) };
}

function one(events: Omit<CutEvent, 'id'>[], rate: Rate = FILM, name = 'V1') {
  const made = written(list(rate, '01:00:00:00', [track(name, events)]));
  return { ...made, ...timeline(made.root), what: made.losses.map((loss) => loss.what) };
}

const seconds = (frames: number, rate: Rate) => framesToSeconds(frames, rate);

describe('whole files', () => {
  const goldens: [string, CutList][] = [
    ['film', filmCut()],
    ['midnight', midnightCut()],
  ];
  for (const [name, cut] of goldens)
    test(`the ${name} cut reads as its golden`, async () => {
      const { text, losses } = written(cut);
      await expect(text).toMatchFileSnapshot(`exports/goldens/${name}.fcpxml`);
      const said = losses
        .map(({ what, where, count, message }) => `${what} | ${where} | ${count} | ${message}\n`)
        .join('');
      await expect(said).toMatchFileSnapshot(`exports/goldens/${name}.fcpxml-losses.txt`);
    });

  test.skipIf(!dtdOf('1.10'))("Apple's DTD refuses what it should: the check is not blind", () => {
    const { text } = written(filmCut());
    expect(() =>
      validate(text.replace('<spine>', '<spine><marker start="0s" value="x"/>'), '1.10'),
    ).toThrow();
    expect(() => validate(text, '1.9')).toThrow();
  });

  test('an empty sequence is still a valid project', () => {
    const { root, losses } = written(list(FILM, '01:00:00:00', []));
    expect(timeline(root).sequence.attributes).toMatchObject({
      duration: '0s',
      tcStart: '18018/5s',
      tcFormat: 'NDF',
    });
    expect(losses).toEqual([]);
  });

  test('one hour of drop-frame starts at 3599.9964 s, as Final Cut writes it', () => {
    const { root } = written(list(RATES['29.97df'], '01:00:00;00', []));
    expect(time(timeline(root).sequence.attributes.tcStart)).toEqual(fraction(107892n * 1001n, 30000n));
  });

  test('scene, take, reel and camera stand under the keys Final Cut reads', () => {
    const { root } = written(filmCut());
    const fields = all(root, 'asset-clip')[0]!
      .children.at(-1)!
      .children.map(({ attributes }) => [attributes.key, attributes.value]);
    expect(fields).toEqual([
      ['com.apple.proapps.studio.reel', 'A001'],
      ['com.apple.proapps.studio.scene', '7'],
      ['com.apple.proapps.studio.shot', '2'],
    ]);
    expect(all(all(root, 'asset')[1]!, 'md').map(({ attributes }) => attributes)).toMatchObject([
      { key: 'com.apple.proapps.mio.cameraName', value: 'B' },
    ]);
  });
});

describe('times', () => {
  test('every event of a straight cut is there, on the grid, at its place, inside its media, at every rate', () => {
    fc.assert(
      fc.property(straightCuts(), (cut) => {
        const { rate } = cut;
        const { root, losses } = written(cut);
        const { clips, sequence, spine } = timeline(root);
        // Timecode 0 and none are one to FCPXML.
        expect(losses.filter(({ what }) => what !== 'start')).toEqual([]);
        const assets = new Map(all(root, 'asset').map((node) => [node.attributes.id!, node.attributes]));
        const end = Math.max(0, ...cut.tracks.flatMap((each) => each.events.map((given) => given.recordOut)));
        expect(exactFrames(time(sequence.attributes.duration), rate)).toBe(end);
        expect(exactFrames(time(sequence.attributes.tcStart), rate)).toBe(cut.start);
        expect(spine.every(({ duration }) => exactFrames(duration, rate)! > 0)).toBe(true);
        const read = clips.map(({ at, duration, start, lane, node }) => {
          const asset = assets.get(node.attributes.ref!)!;
          const first = time(asset.start);
          const last = add(first, time(asset.duration));
          expect(compare(start, first)).toBeGreaterThanOrEqual(0);
          expect(compare(add(start, duration), last)).toBeLessThanOrEqual(0);
          const inside = subtract(start, first);
          return `${lane} ${exactFrames(at, rate)} ${exactFrames(duration, rate)} ${asset.name} ${inside.num}/${inside.den} ${node.attributes.enabled ?? '1'}`;
        });
        const wanted = cut.tracks.flatMap((each) =>
          each.events.map(({ source, recordIn, recordOut, sourceIn, enabled }) => {
            const inside = seconds(sourceIn, source!.rate);
            const lane = each.type === 'video' ? each.index - 1 : -each.index;
            return `${lane} ${cut.start + recordIn} ${recordOut - recordIn} ${source!.name} ${inside.num}/${inside.den} ${enabled ? 1 : 0}`;
          }),
        );
        expect(read.toSorted()).toEqual(wanted.toSorted());
      }),
      { numRuns: 150 },
    );
  });

  test('an asset starts at its timecode in real seconds, sound at its own sample', () => {
    const sound = soundSource('boom', FILM, '10:00:00:00');
    sound.start! += 3;
    const tracks = [
      track('V1', [event(pictureSource('a', FILM, '10:00:00:00'), 0, 24, 0, FILM)]),
      track('A1', [event(sound, 0, 24, 24, FILM)]),
    ];
    const { root } = written(list(FILM, '01:00:00:00', tracks));
    const [picture, wave] = all(root, 'asset').map((node) => time(node.attributes.start));
    expect(picture).toEqual(fraction(36036));
    expect(wave).toEqual(fraction(36036n * 48000n + 3n, 48000n));
    expect(timeline(root).clips[1]!.start).toEqual(fraction(36036n * 48000n + 3n + 48048n, 48000n));
  });

  test('media at another rate is conformed without being sped up', () => {
    const pal = pictureSource('pal', RATES['25'], '10:00:00:00');
    const { clips, what } = one([event(pal, 0, 24, 50, FILM, { sourceOut: 75 })]);
    expect(what).toEqual([]);
    expect(clips[0]!.node.children[0]).toMatchObject({
      name: 'conform-rate',
      attributes: { scaleEnabled: '0', srcFrameRate: '25' },
    });
    expect(clips[0]!.start).toEqual(fraction(36002));
  });

  test.each([
    ['119.88', undefined],
    ['47.952', '47.95'],
    ['23.976', '23.98'],
    ['59.94df', '59.94'],
    ['30', '30'],
  ] as const)('%s conforms from %s', (name, wanted) => {
    const { clips } = one([event(pictureSource('a', RATES[name], null), 0, 24, 0, RATES['25'])], RATES['25']);
    expect(clips[0]!.node.children[0]!.attributes.srcFrameRate).toBe(wanted);
  });
});

describe('ranges', () => {
  const short = pictureSource('short', FILM, '10:00:00:00', { duration: 100 });

  test('what is asked for past the end of the media is cut off, with a gap and a loss', () => {
    const { clips, spine, losses } = one([event(short, 0, 60, 80, FILM), event(short, 60, 10, 0, FILM)]);
    expect(clips.map(({ duration }) => exactFrames(duration, FILM))).toEqual([20, 10]);
    expect(spine.map(({ node }) => node.name)).toEqual(['asset-clip', 'gap', 'asset-clip']);
    expect(losses).toMatchObject([
      {
        what: 'source-range',
        where: 'V1-001 at 01:00:00:00',
        message: expect.stringContaining('20 of 60 frames'),
      },
    ]);
  });

  test('what is asked for before its start is left out in front, so that the rest stays in sync', () => {
    const { clips, what } = one([event(short, 0, 60, -20, FILM)]);
    expect(exactFrames(clips[0]!.at, FILM)! - 86400).toBe(20);
    expect(clips[0]!.start).toEqual(seconds(short.start!, FILM));
    expect(what).toEqual(['source-range']);
  });

  test('an event that lies wholly outside its media is a lost event', () => {
    const { clips, spine, what } = one([event(short, 0, 60, 100, FILM)]);
    expect(clips).toEqual([]);
    expect(spine).toHaveLength(1);
    expect(what).toEqual(['event']);
  });

  test('media of unknown length ends where the cut last uses it', () => {
    const unknown = pictureSource('unknown', FILM, null, { duration: null });
    const { root, what } = one([event(unknown, 0, 60, 80, FILM), event(unknown, 60, 10, 0, FILM)]);
    expect(exactFrames(time(all(root, 'asset')[0]!.attributes.duration), FILM)).toBe(140);
    expect(what).toEqual(['media-length']);
  });
});

describe('speed', () => {
  const source = pictureSource('fast', FILM, '10:00:00:00', { duration: 1000 });
  const at = (num: number, den: number, sourceIn: number, sourceOut: number) =>
    one([event(source, 0, 24, 0, FILM, { speed: { num, den }, sourceIn, sourceOut })]);
  const map = (node: Node) =>
    node.children[0]!.children.map(({ attributes }) => [time(attributes.time), time(attributes.value)]);
  const first = seconds(source.start!, FILM);
  const last = seconds(source.start! + 1000, FILM);

  test('200 % is a map over the whole media at twice its clock', () => {
    const { clips, what } = at(2, 1, 100, 148);
    const half = (frames: number) => fraction(BigInt(source.start! + frames) * 1001n, 48000n);
    expect(what).toEqual([]);
    expect(map(clips[0]!.node)).toEqual([
      [half(0), first],
      [half(1000), last],
    ]);
    expect(clips[0]!.start).toEqual(half(100));
  });

  test('backwards begins at the source out', () => {
    const { clips, what } = at(-1, 1, 100, 124);
    expect(what).toEqual([]);
    expect(map(clips[0]!.node)).toEqual([
      [ZERO, last],
      [seconds(1000, FILM), first],
    ]);
    expect(clips[0]!.start).toEqual(seconds(1000 - 124, FILM));
  });

  test('a freeze is a flat map', () => {
    const { clips } = at(0, 1, 100, 101);
    const frame = seconds(source.start! + 100, FILM);
    expect(map(clips[0]!.node)).toEqual([
      [ZERO, frame],
      [seconds(24, FILM), frame],
    ]);
  });

  test('a speed that no 32-bit fraction can hold is rounded by less than a microsecond', () => {
    const { clips } = at(1234567891, 1300000003, 100, 123);
    const exact = fraction(
      seconds(source.start! + 100, FILM).num * 1300000003n,
      seconds(1, FILM).den * 1234567891n,
    );
    expect(exact.den).toBeGreaterThan(2n ** 31n);
    const away = subtract(
      clips[0]!.start,
      fraction(BigInt(source.start! + 100) * 1001n * 1300000003n, 24000n * 1234567891n),
    );
    expect(Math.abs(Number(away.num) / Number(away.den))).toBeLessThan(1e-6);
  });

  test('clips and markers on a retimed clip stand at their record time', () => {
    const tracks = [
      track('V1', [event(source, 0, 24, 0, FILM, { speed: { num: 2, den: 1 }, sourceOut: 48 })]),
      track('V2', [event(source, 10, 5, 0, FILM)]),
    ];
    const { root } = written(
      list(FILM, '01:00:00:00', tracks, {
        markers: [{ frame: 12, duration: 1, name: 'm', comment: '', colour: '' }],
      }),
    );
    const { clips } = timeline(root);
    expect(exactFrames(clips[1]!.at, FILM)).toBe(86400 + 10);
    const marker = all(root, 'marker')[0]!;
    expect(exactFrames(subtract(time(marker.attributes.start), clips[0]!.start), FILM)).toBe(12);
  });

  test('a speed that varies is written plain, and said', () => {
    const { clips, what } = one([event(source, 0, 24, 0, FILM, { speed: null })]);
    expect(clips[0]!.node.children.some((child) => child.name === 'timeMap')).toBe(false);
    expect(what).toEqual(['retime']);
  });
});

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

describe('versions', () => {
  test('each that is written is valid under its own DTD, and any other is refused with the list', () => {
    for (const version of VERSIONS)
      expect(written(filmCut(), { fcpxml: version }).root.attributes.version).toBe(version);
    for (const version of ['1.8', '1.15', '', '1.1', '1.10 '])
      expect(fcpxml.write(filmCut(), { ...DEFAULT_OPTIONS, fcpxml: version })).toEqual({
        refused: `FCPXML ${version} is not written; choose one of 1.9, 1.10, 1.11, 1.12, 1.13, 1.14`,
      });
  });

  test.each([
    ['1.12', undefined],
    ['1.13', '120'],
  ])('in %s, 120 frames a second conform from %s', (version, wanted) => {
    const fast = pictureSource('a', RATES['120'], null);
    const cut = list(RATES['24'], '01:00:00:00', [track('V1', [event(fast, 0, 24, 0, RATES['24'])])]);
    const { root } = written(cut, { fcpxml: version });
    expect(all(root, 'conform-rate')[0]!.attributes.srcFrameRate).toBe(wanted);
  });
});

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

describe('hostile names', () => {
  const names = [
    '"quotes" & <tags>',
    ']]>',
    'nul\0bell\u0007',
    '🎬 \ud83c',
    'line\nbreak\ttab',
    '\ufffe',
    '--><!ENTITY x SYSTEM "file:///etc/passwd">',
  ];

  test('come back as they were, but for what XML cannot hold, which is said', () => {
    const events = names.map((name, at) =>
      event(
        pictureSource('x', FILM, null, {
          name,
          clip: name,
          reel: name,
          scene: name,
          camera: name,
          file: `/m/${name}`,
        }),
        at,
        1,
        0,
        FILM,
        { name },
      ),
    );
    const markers = names.map((name, frame) => ({ frame, duration: 1, name, comment: name, colour: '' }));
    const { root, losses } = written(
      list(FILM, '01:00:00:00', [track('V1', events)], { name: names.join(), markers }),
    );
    const safe = names.map((name) =>
      name.replaceAll(/[\0\ufffe]|\ud83c$/g, '\ufffd').replace('\u0007', '\ufffd'),
    );
    expect(all(root, 'asset-clip').map(({ attributes }) => attributes.name)).toEqual(safe);
    expect(all(root, 'marker').map(({ attributes }) => attributes.note)).toEqual(safe);
    expect(
      losses
        .filter((loss) => loss.what === 'character' && loss.where === 'asset-clip name')
        .map((loss) => loss.count),
    ).toEqual([2, 1, 1]);
  });

  test('any text whatever makes a well-formed file', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'\0\n\r\t<>&"\'\ud800\udc00\uffff'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(text, (value) => {
        const xml = new XmlWriter('a');
        xml.open('a', { value, none: undefined, number: 1 });
        xml.leaf('b');
        xml.close();
        const kept = [...value]
          .map((letter) =>
            /^[\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(letter) ? letter : '\ufffd',
          )
          .join('');
        const root = parseXml(xml.text());
        expect(root.attributes).toEqual({ value: kept, number: '1' });
        expect(root.children).toHaveLength(1);
        expect(xml.losses.length).toBe(kept === value ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  test('a document of many lines has them all, in order', () => {
    const xml = new XmlWriter('a');
    xml.open('a');
    for (let n = 0; n < 1021; n++) xml.leaf('b', { n });
    xml.close();
    expect(parseXml(xml.text()).children.map(({ attributes }) => Number(attributes.n))).toEqual(
      Array.from({ length: 1021 }, (_, n) => n),
    );
    expect(xml.text()).not.toContain('\n\n');
  });
});

test('labels across midnight start where the sequence says', () => {
  const cut = midnightCut();
  expect(time(timeline(written(cut).root).sequence.attributes.tcStart)).toEqual(
    seconds(frameOf('23:59:53;00', cut.rate), cut.rate),
  );
});
