/** Clocks inside clocks, and retimes, in FCPXML as others write it. */
import { describe, expect, test } from 'vitest';
import { readSeconds } from '../../manifest/readers/fcpxml/seconds.ts';
import { compare, fraction } from '../../manifest/time/fraction.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { project, one } from './fcpxml-read-stage.ts';

describe('clocks', () => {
  test('offsets count from the sequence’s start, sources from the media’s', () => {
    const { list, events, issues } = one(
      project('<asset-clip ref="v" offset="3602s" start="3610s" duration="2s"/>'),
    );
    expect(list).toMatchObject({
      name: 'p',
      start: 90000,
      rate: RATES['25'],
      size: { width: 1920, height: 1080 },
    });
    expect(events).toEqual(['V1 50-100 250-300']);
    expect(issues).toEqual([]);
  });

  test('without offsets a storyline runs on, without a start a clip begins where its media does', () => {
    const { events } = one(
      project('<asset-clip ref="v" duration="2s"/><gap duration="1s"/><asset-clip ref="v" duration="1s"/>'),
    );
    expect(events).toEqual(['V1 0-50 0-50', 'V1 75-100 0-25']);
  });

  test('what is connected counts on its clip’s clock, what lies in its storyline from there', () => {
    const { events } = one(
      project(`<asset-clip ref="v" offset="3600s" start="3610s" duration="10s">
        <asset-clip ref="v" lane="2" offset="3612s" start="3600s" duration="1s"/>
        <spine lane="1" offset="3611s"><asset-clip ref="v" offset="0s" duration="1s"/><gap offset="1s" duration="1s"/><asset-clip ref="v" offset="2s" duration="1s"/></spine>
        <asset-clip ref="s" lane="-1" offset="3613s" start="172972800/48000s" duration="1s"/></asset-clip>`),
    );
    expect(events).toEqual([
      'V1 0-250 250-500',
      'V2 25-50 0-25',
      'V2 75-100 0-25',
      'V3 50-75 0-25',
      'A1 75-100 0-48000',
    ]);
  });

  test('unreduced and huge fractions are the times they are', () => {
    const huge = 10n ** 18n;
    const { events, issues } = one(
      project(
        `<asset-clip ref="v" offset="${3600n * huge}/${huge}s" start="${3610n * 2500n}/2500s" duration="5000/2500s"/>`,
      ),
    );
    expect(events).toEqual(['V1 0-50 250-300']);
    expect(issues).toEqual([]);
  });

  test('what is off the grid is read at the nearest frame, and said once with its count and line', () => {
    const clip = '<asset-clip ref="v" duration="101/100s"/>';
    const { events, issues } = one(project(`${clip}${clip}`));
    expect(events).toEqual(['V1 0-25 0-25', 'V1 25-51 0-26']);
    expect(issues.map(({ code, message, severity }) => [code, severity, message])).toEqual([
      [
        'fcpxml-off-grid',
        'warning',
        'x.fcpxml line 13: it begins or ends between frames of the sequence; the nearest frame is read (3 times; this is the first).',
      ],
    ]);
  });

  test.each([
    ['5s', 5, 1],
    ['1001/24000s', 1001, 24000],
    ['-3/2s', -3, 2],
    ['2.5s', 5, 2],
    ['7', 7, 1],
  ])('%s is a time', (text, num, den) => {
    expect(compare(readSeconds(text)!, fraction(num, den))).toBe(0);
  });

  test.each([
    '',
    's',
    '1/0s',
    'NaN',
    'Infinity',
    '1e9s',
    '1/2/3s',
    '99999999999999999999s',
    '0x10s',
    `${'9'.repeat(60)}s`,
  ])('"%s" is no time', (text) => {
    expect(readSeconds(text)).toBeNull();
  });
});

describe('speeds', () => {
  const map = (...points: [string, string][]) =>
    `<timeMap>${points.map(([time, value]) => `<timept time="${time}" value="${value}" interp="smooth2"/>`).join('')}</timeMap>`;

  test('twice as fast, backwards, and a freeze', () => {
    const { events, issues } = one(
      project(`<asset-clip ref="v" start="1805s" duration="2s">${map(['1800s', '3600s'], ['1850s', '3700s'])}</asset-clip>
      <asset-clip ref="v" start="90s" duration="2s">${map(['0s', '3700s'], ['100s', '3600s'])}</asset-clip>
      <asset-clip ref="v" start="0s" duration="2s">${map(['0s', '3604s'], ['2s', '3604s'])}</asset-clip>`),
    );
    expect(events).toEqual(['V1 0-50 250-350 2/1', 'V1 50-100 200-250 -1/1', 'V1 100-150 100-101 0/1']);
    expect(issues).toEqual([]);
  });

  test('a speed that varies is said to, and keeps where it begins and ends', () => {
    const { events, codes } = one(
      project(
        `<asset-clip ref="v" start="0s" duration="4s">${map(['0s', '3600s'], ['2s', '3602s'], ['4s', '3606s'])}</asset-clip>`,
      ),
    );
    expect(events).toEqual(['V1 0-100 0-150 varies']);
    expect(codes).toEqual(['fcpxml-retime']);
  });

  test('connected clips of a retimed clip hang on its new clock', () => {
    const { events } = one(
      project(
        `<asset-clip ref="v" start="1805s" duration="4s">${map(['1800s', '3600s'], ['1850s', '3700s'])}<asset-clip ref="v" lane="1" offset="1806s" duration="1s"/></asset-clip>`,
      ),
    );
    expect(events[1]).toBe('V2 25-50 0-25');
  });

  test('conformed media plays frame for frame at 24 and 25, and 1.001 faster in any other whole rate', () => {
    const clip = '<asset-clip ref="film" duration="2s"><conform-rate srcFrameRate="23.98"/></asset-clip>';
    expect(one(project(clip)).events).toEqual(['V1 0-50 0-50 1001/960']);
    const thirty = project(clip, '<format id="r30" frameDuration="1/30s"/>', 'format="r30"');
    expect(one(thirty).events).toEqual(['V1 0-60 0-48 1001/1000']);
    const plain = clip.replace('<conform-rate', '<conform-rate scaleEnabled="0"');
    expect(one(project(plain)).events).toEqual(['V1 0-50 0-48']);
  });
});
