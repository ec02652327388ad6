/** Rates, timecode and speed in FCP7 XML of every writer. */
import { describe, expect, it, test } from 'vitest';
import { xmeml } from '../../manifest/readers/xmeml.ts';
import { speedOf, percentOf } from '../../manifest/readers/xmeml/percent.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { P25, TICKS, document, read, FILE, item, track, remap, first } from './xmeml-read-stage.ts';

const graph = (...keys: [number | string, number | string][]) =>
  `<parameter><parameterid>graphdict</parameterid>${keys.map(([when, value]) => `<keyframe><when>${when}</when><value>${value}</value></keyframe>`).join('')}</parameter>`;
const ticks = (from: number, to: number) =>
  `<pproTicksIn>${from}</pproTicksIn><pproTicksOut>${to}</pproTicksOut>`;

describe('rates and timecode', () => {
  it.each([
    ['24', 'TRUE', { num: 24000, den: 1001 }],
    ['30', 'True', { num: 30000, den: 1001 }],
    ['60', 'FALSE', { num: 60, den: 1 }],
    ['23.976', 'FALSE', { num: 24000, den: 1001 }],
  ])('timebase %s, ntsc %s', (timebase, ntsc, rate) => {
    const { cut } = read({ rate: `<rate><timebase>${timebase}</timebase><ntsc>${ntsc}</ntsc></rate>` });
    expect(cut.rate).toMatchObject(rate);
  });

  it.each(['0', '-25', 'NaN', '1e9', '99999999', ''])(
    'a timebase of "%s" is none: what is given is taken',
    (timebase) => {
      const text = document({ rate: `<rate><timebase>${timebase}</timebase></rate>` });
      expect(xmeml.read(text, { name: 'x', rate: RATES['25'] }).value[0]!.rate).toEqual(RATES['25']);
      const without = xmeml.read(text, { name: 'x' });
      expect(without.value).toEqual([]);
      expect(without.issues).toMatchObject([{ code: 'xmeml-rate', severity: 'error' }]);
    },
  );

  it('the frame is trusted, not its label; wrong labels are counted once', () => {
    const timecode = `<timecode>${P25}<string>10:00:00:00</string><frame>90000</frame><displayformat>NDF</displayformat></timecode>`;
    const { cut, codes } = read({ head: timecode });
    expect(cut.start).toBe(90000);
    expect(codes).toEqual(['xmeml-timecode']);
  });

  it('a label alone is read at the rate', () => {
    expect(read({ head: '<timecode><string>01:00:00:00</string></timecode>' }).cut.start).toBe(90000);
  });

  const df = '<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>';
  const at = (format: string) =>
    `<timecode>${df}<string>01;00;00;00</string><frame>107892</frame><displayformat>${format}</displayformat></timecode>`;

  it('a display format of DF is drop-frame', () => {
    expect(read({ rate: df, head: at('DF') }).cut).toMatchObject({ rate: RATES['29.97df'], start: 107892 });
    expect(read({ rate: P25, head: at('DF') }).cut.rate.drop).toBe(false);
  });

  it('of Premiere its own attribute is believed, and its display format only with a warning', () => {
    const shown = (code: number) =>
      read({ rate: df, head: at('DF'), attributes: `MZ.Sequence.VideoTimeDisplayFormat="${code}"` });
    expect(shown(103).cut.rate).toEqual(RATES['29.97']);
    expect(shown(102).cut.rate).toEqual(RATES['29.97df']);
    const { codes, cut } = read({ rate: df, head: at('DF'), attributes: 'explodedTracks="true"' });
    expect(cut.rate.drop).toBe(true);
    expect(codes).toContain('xmeml-drop');
  });

  it('each item is counted at its own rate, and its media at the file’s', () => {
    const file = `<rate><timebase>50</timebase></rate><file id="f2"><name>b</name><rate><timebase>100</timebase></rate><duration>1000</duration><media><video/></media></file>`;
    const { event, span } = first({ video: track(item(0, 25, 100, 150, file)) });
    expect(span).toEqual([200, 300]);
    expect(event.source!.rate).toMatchObject({ num: 100, den: 1 });
  });
});

describe('speed', () => {
  it('in and out count the warped clip', () => {
    expect(first({ video: track(item(0, 24, 50, 74, `${FILE}${remap('200')}`)) })).toMatchObject({
      span: [100, 148],
      event: { speed: { num: 2, den: 1 } },
    });
  });

  it('backwards from the end of the media', () => {
    const { span, event } = first({
      video: track(item(0, 24, 876, 900, `${FILE}${remap('100', '', 'TRUE')}`)),
    });
    expect(span).toEqual([100, 124]);
    expect(event.speed).toEqual({ num: -1, den: 1 });
    expect(first({ video: track(item(0, 24, 876, 900, `${FILE}${remap('-100')}`)) }).event.speed).toEqual({
      num: -1,
      den: 1,
    });
  });

  it('the graph is exact where in and out are rounded', () => {
    const drawn = graph([0, 0], [51, 101], [75, 149], [500, 1000]);
    expect(first({ video: track(item(0, 24, 51, 75, `${FILE}${remap('200', drawn)}`)) }).span).toEqual([
      101, 149,
    ]);
  });

  it('Final Cut’s graphs of clips that play backwards reach a frame too far', () => {
    const drawn = graph([0, 1001], [24, 976]);
    expect(first({ video: track(item(0, 24, 0, 24, `${FILE}${remap('100', drawn, 'TRUE')}`)) }).span).toEqual(
      [976, 1000],
    );
  });

  it('Premiere’s ticks are where the media really is', () => {
    const inside = `${ticks(TICKS * 292, TICKS * 362)}${FILE}${remap('292')}`;
    const { span, event } = first({ video: track(item(0, 24, 100, 124, inside)) });
    expect(span).toEqual([292, 362]);
    expect(event.speed).toEqual({ num: 73, den: 25 });
  });

  it('ticks of a clip that plays backwards may stand either way round', () => {
    for (const [from, to] of [
      [100, 124],
      [124, 100],
    ] as const)
      expect(
        first({
          video: track(
            item(0, 24, 0, 24, `${ticks(TICKS * from, TICKS * to)}${FILE}${remap('100', '', 'TRUE')}`),
          ),
        }).span,
      ).toEqual([100, 124]);
  });

  it('ticks win over frames at plain speed too', () => {
    expect(
      first({ video: track(item(0, 24, 10, 34, `${ticks(TICKS * 40, TICKS * 64)}${FILE}`)) }).span,
    ).toEqual([40, 64]);
  });

  it('Resolve’s empty Time Remap on every clip is nothing', () => {
    const empty = remap('0', graph([0, 0], [90000, 0], [90024, 0], [1440001, 1]));
    const { event, span, codes } = first({ video: track(item(0, 24, 10, 34, `${FILE}${empty}`)) });
    expect(event.speed).toEqual({ num: 1, den: 1 });
    expect(span).toEqual([10, 34]);
    expect(codes).toEqual([]);
  });

  it('a freeze is a still frame with an offset, or a flat graph', () => {
    const still = `<stillframe>TRUE</stillframe><stillframeoffset>77</stillframeoffset>${FILE}${remap('0')}`;
    expect(first({ video: track(item(0, 24, 0, 24, still)) })).toMatchObject({
      span: [77, 78],
      event: { speed: { num: 0, den: 1 } },
    });
    const flat = remap('0', graph([0, 55], [24, 55]));
    expect(first({ video: track(item(0, 24, 0, 24, `${FILE}${flat}`)) }).span).toEqual([55, 56]);
  });

  it('a graph that bends, or a speed that is said to vary, varies', () => {
    const bent = remap('100', graph([0, 0], [10, 10], [20, 100], [30, 110]));
    expect(first({ video: track(item(0, 30, 0, 30, `${FILE}${bent}`)) }).event.speed).toBeNull();
    const varies = remap(
      '150',
      '<parameter><parameterid>variablespeed</parameterid><value>1</value></parameter>',
    );
    expect(first({ video: track(item(0, 30, 0, 30, `${FILE}${varies}`)) }).event.speed).toBeNull();
  });

  it('a speed that is no number is said, and 100 % taken', () => {
    const { event, codes } = first({ video: track(item(0, 24, 0, 24, `${FILE}${remap('fast')}`)) });
    expect(event.speed).toEqual({ num: 1, den: 1 });
    expect(codes).toEqual(['xmeml-speed']);
  });

  it('lengths that differ by more than a frame with no speed to say why are said', () => {
    expect(first({ video: track(item(0, 24, 10, 33)) })).toMatchObject({ span: [10, 34], codes: [] });
    expect(first({ video: track(item(0, 24, 10, 60)) })).toMatchObject({
      span: [10, 34],
      codes: ['xmeml-span'],
    });
  });

  it.each([
    ['100', 1, 1],
    ['66.67', 2, 3],
    ['33.3333', 1, 3],
    ['47.56', 1189, 2500],
    ['66.6666666667', 2, 3],
    ['-50', -1, 2],
    ['1e2', 1, 1],
    ['0.25', 1, 400],
  ])('%s %% is %i/%i', (text, num, den) => {
    expect(speedOf(text)).toEqual({ num, den });
  });

  test('every ratio of small numbers comes back from ten places', () => {
    for (let den = 1; den <= 120; den++)
      for (let num = 1; num <= 120; num++) {
        const again = speedOf(percentOf({ num, den }))!;
        expect(again.num * den, `${num}/${den}`).toBe(again.den * num);
      }
  });
});
