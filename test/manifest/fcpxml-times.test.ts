/** Times, ranges and speed in a written FCPXML. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, compare, exactFrames, fraction, subtract, ZERO } from '../../manifest/time/fraction.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  event,
  frameOf,
  list,
  midnightCut,
  pictureSource,
  soundSource,
  straightCuts,
  track,
} from './cutlist-samples.ts';
import { all, time, timeline, type Node } from './fcpxml-reader.ts';
import { FILM, written, one, seconds } from './fcpxml-stage.ts';

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

test('labels across midnight start where the sequence says', () => {
  const cut = midnightCut();
  expect(time(timeline(written(cut).root).sequence.attributes.tcStart)).toEqual(
    seconds(frameOf('23:59:53;00', cut.rate), cut.rate),
  );
});
