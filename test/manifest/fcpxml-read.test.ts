/** FCPXML as others write it: clocks inside clocks, containers, retimes, resources, and files that are broken or mean harm. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { fcpxmlReader } from '../../manifest/readers/fcpxml.ts';
import { readSeconds } from '../../manifest/readers/fcpxml/seconds.ts';
import { pathOfUrl } from '../../manifest/readers/fcpxml/url.ts';
import { fileUrl } from '../../manifest/exports/fcpxml/time.ts';
import { compare, fraction } from '../../manifest/time/fraction.ts';
import { RATES } from '../../manifest/time/rate.ts';

const FORMATS = `
<format id="r1" name="FFVideoFormat1080p25" frameDuration="100/2500s" width="1920" height="1080"/>
<format id="r2" frameDuration="1001/24000s" width="1920" height="1080"/>
<format id="r3" name="FFVideoFormatRateUndefined"/>`;
const ASSETS = `
<asset id="v" name="A001" start="3600s" duration="100s" hasVideo="1" format="r1"><media-rep kind="original-media" src="file:///m/A001.mov"/></asset>
<asset id="av" name="B001" start="0s" duration="100s" hasVideo="1" format="r1" hasAudio="1" audioSources="2" audioChannels="2" audioRate="48k"><media-rep src="file:///m/B001.mov"/></asset>
<asset id="s" name="S001" start="172972800/48000s" duration="4800000/48000s" hasAudio="1" audioChannels="2" audioRate="48000"><media-rep src="file:///m/S001.wav"/></asset>
<asset id="film" name="F001" start="0s" duration="1001/10s" hasVideo="1" format="r2"><media-rep src="file:///m/F001.mov"/></asset>
<effect id="title" name="Basic Title" uid=".../Basic Title.moti"/>
<effect id="x" name="Cross Dissolve" uid="FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"/>
<effect id="xa" name="Audio Crossfade" uid="FFAudioTransition"/>`;

function read(text: string, rate?: (typeof RATES)[keyof typeof RATES]) {
  return fcpxmlReader.read(text, rate ? { name: 'x.fcpxml', rate } : { name: 'x.fcpxml' });
}

function project(
  spine: string,
  more = '',
  attributes = 'format="r1" tcStart="3600s" tcFormat="NDF"',
): string {
  return `<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.10"><resources>${FORMATS}${ASSETS}${more}</resources>
<library><event name="e"><project name="p"><sequence ${attributes}><spine>
${spine}
</spine></sequence></project></event></library></fcpxml>`;
}

/** The one list of a document, its issues' codes, and its events as `V1 in-out source in-out speed`. */
function one(text: string) {
  const { value, issues } = read(text);
  expect(value).toHaveLength(1);
  const list = value[0]!;
  const events = list.tracks.flatMap((track) => track.events.map((event) => line(track.name, event)));
  return {
    list,
    events,
    issues,
    codes: issues.map(({ code }) => code),
    all: list.tracks.flatMap((t) => t.events),
  };
}

function line(
  track: string,
  { recordIn, recordOut, sourceIn, sourceOut, speed, enabled, kind }: CutEvent,
): string {
  const rate = speed ? (speed.num === speed.den ? '' : ` ${speed.num}/${speed.den}`) : ' varies';
  const what = kind === 'clip' ? '' : ` ${kind}`;
  return `${track} ${recordIn}-${recordOut} ${sourceIn}-${sourceOut}${rate}${enabled ? '' : ' off'}${what}`;
}

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

describe('containers', () => {
  test('a clip is opened to what it shows, under its own name', () => {
    const { events, all, list } = one(
      project(`<clip name="Shown" start="10s" duration="2s"><video ref="av" offset="0s" duration="100s"><audio ref="av" lane="-1" offset="0s" duration="100s" srcCh="1, 2"/></video>
      <marker start="11s" duration="1/25s" value="inside"/></clip>`),
    );
    expect(events).toEqual(['V1 0-50 250-300', 'A1 0-50 250-300']);
    expect(all.map(({ name, link }) => [name, link])).toEqual([
      ['Shown', 1],
      ['Shown', 1],
    ]);
    expect(all[1]!.channels).toEqual([1, 2]);
    expect(all[0]!.markers).toMatchObject([{ frame: 275, name: 'inside' }]);
    expect(list.markers).toEqual([]);
  });

  test('a synchronized clip gives picture and sound in sync, linked; the roles it mutes are switched off', () => {
    const { events, all } = one(
      project(`<sync-clip start="10s" duration="2s"><asset-clip ref="av" offset="0s" duration="100s" audioRole="dialogue">
      <asset-clip ref="s" lane="-1" offset="5s" start="172972800/48000s" duration="90s" audioRole="dialogue.boom"/></asset-clip>
      <sync-source sourceID="storyline"><audio-role-source role="dialogue.dialogue-1" active="0"/></sync-source></sync-clip>`),
    );
    expect(events).toEqual(['V1 0-50 250-300', 'A1 0-50 250-300 off', 'A2 0-50 240000-336000']);
    expect(new Set(all.map(({ link }) => link))).toEqual(new Set([1]));
  });

  test('a split edit puts sound where it says', () => {
    const split =
      '<asset-clip ref="av" offset="3602s" start="10s" duration="2s" audioStart="9s" audioDuration="4s"/>';
    expect(one(project(split)).events).toEqual(['V1 50-100 250-300', 'A1 25-125 225-325']);
  });

  test('what lies before the sequence is left out, and said', () => {
    const { events, issues } = one(
      project(
        '<asset-clip ref="v" offset="3599s" start="3610s" duration="2s"/><asset-clip ref="v" offset="10s" duration="1s"/>',
      ),
    );
    expect(events).toEqual(['V1 0-25 275-300']);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
      ['fcpxml-early', 'warning'],
      ['fcpxml-event', 'error'],
    ]);
  });

  const compound = (inner: string, format = 'r1') =>
    `<media id="m" name="Comp"><sequence format="${format}" tcStart="0s" duration="10s"><spine>${inner}</spine></sequence></media>`;

  test('a compound clip is opened where all of it lies on frames', () => {
    const inner =
      '<asset-clip ref="v" duration="2s"/><asset-clip ref="v" start="3650s" duration="3s"><title ref="title" lane="1" offset="3651s" duration="1s"/></asset-clip>';
    const { events, issues } = one(project('<ref-clip ref="m" start="1s" duration="3s"/>', compound(inner)));
    expect(events).toEqual(['V1 0-25 25-50', 'V1 25-75 1250-1300', 'V2 50-75 0-25 title']);
    expect(issues).toEqual([]);
  });

  test('one whose parts do not is one nested event, in its own frames', () => {
    const inner = '<asset-clip ref="v" duration="101/100s"/><asset-clip ref="v" duration="3s"/>';
    const { events, codes, all } = one(
      project('<ref-clip ref="m" name="C" start="1s" duration="3s"/>', compound(inner)),
    );
    expect(events).toEqual(['V1 0-75 25-100 nested', 'A1 0-75 25-100 nested']);
    expect(all[0]!.source).toMatchObject({ name: 'Comp', file: null, duration: 250 });
    expect(codes).toContain('fcpxml-nested');
  });

  test('a multicam clip shows one angle and sounds of another', () => {
    const media = `<media id="m" name="MC"><multicam format="r1" tcStart="0s"><mc-angle name="A" angleID="a"><gap duration="2s"/><asset-clip ref="av" offset="2s" duration="50s"/></mc-angle>
      <mc-angle name="S" angleID="b"><asset-clip ref="s" offset="0s" duration="60s"/></mc-angle></multicam></media>`;
    const clip = `<mc-clip ref="m" start="4s" duration="2s"><mc-source angleID="a" srcEnable="video"/><mc-source angleID="b" srcEnable="audio"/></mc-clip>`;
    const { events, all } = one(project(clip, media));
    expect(events).toEqual(['V1 0-50 50-100', 'A1 0-50 192000-288000']);
    expect(all.map(({ link }) => link)).toEqual([1, 1]);
  });

  test('an audition is what it shows', () => {
    const { events, codes } = one(
      project(
        '<audition offset="3601s"><asset-clip ref="v" duration="1s"/><asset-clip ref="av" duration="9s"/></audition>',
      ),
    );
    expect(events).toEqual(['V1 25-50 0-25']);
    expect(codes).toEqual(['fcpxml-audition']);
  });

  test('a transition finds its clips, on storylines too; beside a gap it is a fade', () => {
    const filters = '<filter-video ref="x"/><filter-audio ref="xa"/>';
    const { list } = one(
      project(`<asset-clip ref="av" start="20s" duration="2s"/><transition name="Mix" offset="90038/25s" duration="1s">${filters}</transition>
      <asset-clip ref="av" start="40s" duration="2s"/><transition name="Mix" offset="90088/25s" duration="1s">${filters}</transition><gap duration="1s"/>`),
    );
    expect(list.tracks.map(({ name, transitions }) => [name, transitions])).toEqual(
      ['V1', 'A1'].map((name) => [
        name,
        [
          { in: 38, out: 63, kind: 'dissolve', name: 'Mix' },
          { in: 88, out: 113, kind: 'fade', name: 'Mix' },
        ],
      ]),
    );
  });
});

describe('words', () => {
  test('scene, take, reel, camera and keywords, the clip’s before the file’s', () => {
    const asset = `<asset id="w" name="W" start="0s" duration="9s" hasVideo="1" format="r1"><media-rep src="file:///w.mov"/><metadata><md key="com.apple.proapps.mio.cameraName" value="B"/><md key="com.apple.proapps.studio.reel" value="file"/></metadata></asset>`;
    const { all } = one(
      project(
        `<asset-clip ref="w" duration="1s"><keyword value="circled, MOS"/><rating value="favorite"/><metadata><md key="com.apple.proapps.studio.reel" value="R1"/><md key="com.apple.proapps.studio.scene" value="7A"/><md key="com.apple.proapps.studio.shot" value="3"/></metadata></asset-clip>`,
        asset,
      ),
    );
    expect(all[0]!.source).toMatchObject({
      reel: 'R1',
      scene: '7A',
      take: '3',
      camera: 'B',
      tags: ['circled', 'MOS', 'favorite'],
    });
  });

  test('drop-frame is the sequence’s for its labels and the clip’s for its media', () => {
    const format = '<format id="rd" frameDuration="1001/30000s"/>';
    const asset =
      '<asset id="d" name="D" start="53999946/15000s" duration="100100/1000s" hasVideo="1" format="rd"><media-rep src="file:///d.mov"/></asset>';
    const { list, all } = one(
      project(
        '<asset-clip ref="d" offset="53999946/15000s" duration="1001/1000s" tcFormat="DF"/>',
        format + asset,
        'format="rd" tcStart="53999946/15000s" tcFormat="DF"',
      ),
    );
    expect([list.rate, list.start]).toEqual([RATES['29.97df'], 107892]);
    expect(all[0]!.source).toMatchObject({ rate: RATES['29.97df'], start: 107892 });
  });

  test('attributes may come in any order, and an asset may name its file itself, as before 1.9', () => {
    const text = `<fcpxml version="1.8"><resources><asset src="file:///m/a.mov" format="r1" hasVideo="1" duration="10/1s" start="0/1s" name="a.mov" id="r2"/><format height="1080" frameDuration="1/25s" width="1920" id="r1"/></resources>
      <project name="Timeline 1 (Resolve)"><sequence tcStart="3600/1s" format="r1" tcFormat="NDF" duration="1s"><spine><asset-clip enabled="1" offset="3600/1s" ref="r2" duration="346/25s" name="a.mov" start="0/1s"/></spine></sequence></project></fcpxml>`;
    const { events, all } = one(text);
    expect(events).toEqual(['V1 0-346 0-346']);
    expect(all[0]!.source!.file).toBe('/m/a.mov');
  });

  test('several projects, clips in none, and media alone are each a list', () => {
    const sequence = (n: number) =>
      `<project name="P${n}"><sequence format="r1"><spine><asset-clip ref="v" duration="${n}s"/></spine></sequence></project>`;
    const text = `<fcpxml version="1.10"><resources>${FORMATS}${ASSETS}</resources><library><event name="E">${sequence(1)}${sequence(2)}<asset-clip ref="v" start="3602s" duration="2s"/><clip name="still" duration="1s"><video ref="v" offset="0s" duration="1s"/></clip></event></library></fcpxml>`;
    const { value, issues } = read(text);
    expect(
      value.map((list: CutList) => [list.name, list.tracks[0]!.events.map((event) => line('', event))]),
    ).toEqual([
      ['P1', [' 0-25 0-25']],
      ['P2', [' 0-50 0-50']],
      ['E', [' 0-50 50-100', ' 50-75 0-25']],
    ]);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['fcpxml-loose-clips', 'note']]);
    const alone = `<fcpxml version="1.10"><resources>${FORMATS}${ASSETS}<media id="m" name="Comp"><sequence format="r1"><spine><asset-clip ref="v" duration="1s"/></spine></sequence></media></resources></fcpxml>`;
    expect(read(alone).value.map(({ name }) => name)).toEqual(['Comp']);
  });
});

describe('media URLs', () => {
  test.each([
    ['file:///Volumes/Shoot%20Day%201/a%23b%25%3F%C3%A9.mov', '/Volumes/Shoot Day 1/a#b%?é.mov'],
    ['file:///C:/Shoot/Day%201/a.mov', 'C:\\Shoot\\Day 1\\a.mov'],
    ['file:///C%3A/a.mov', 'C:\\a.mov'],
    ['file://localhost/C:/a.mov', 'C:\\a.mov'],
    ['file://localhost/Volumes/a.mov', '/Volumes/a.mov'],
    ['file://server/share/a%20b.mov', '\\\\server\\share\\a b.mov'],
    ['file:////server/share/a.mov', '\\\\server\\share\\a.mov'],
    ['file:/a.mov', '/a.mov'],
    ['file:///100%/a%zz%C3.mov', '/100%/a%zz%C3.mov'],
    ['./a.mov', null],
    ['https://example.org/a.mov', null],
    ['file:///a%00.mov', null],
    ['', null],
  ])('%s is %s', (url, path) => {
    expect(pathOfUrl(url)).toBe(path);
  });

  test('every absolute path comes back from the URL it is written as', () => {
    const part = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .map((text) => text.replace(/[/\\\0:|]/g, '_'));
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, (names) => {
        expect(pathOfUrl(fileUrl(`/${names.join('/')}`))).toBe(`/${names.join('/')}`);
        expect(pathOfUrl(fileUrl(`D:\\${names.join('\\')}`))).toBe(`D:\\${names.join('\\')}`);
        expect(pathOfUrl(fileUrl(`\\\\server\\${names.join('\\')}`))).toBe(`\\\\server\\${names.join('\\')}`);
      }),
      { numRuns: 300 },
    );
  });
});

describe('files that are broken or mean harm', () => {
  test('nothing, something else, half of it: an error that says where, and never a throw', () => {
    for (const text of ['', 'hello', '<xmeml version="5"/>', '\0\0', '{"OTIO_SCHEMA": 1}']) {
      const { value, issues } = read(text);
      expect(value).toEqual([]);
      expect(issues.some(({ severity, message }) => severity === 'error' && message.includes('line'))).toBe(
        true,
      );
    }
    const whole = project('<asset-clip ref="v" duration="2s"/>');
    const { value, issues } = read(whole.slice(0, whole.indexOf('</spine>')));
    expect(value[0]!.tracks[0]!.events).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'xml-broken', severity: 'error' });
  });

  test('an event without a usable length is an error at its line; the rest is read', () => {
    const { events, issues } = one(
      project(
        '<title ref="title" name="T" duration="1/0s"/>\n<asset-clip ref="v" offset="3601s" duration="1s"/>\n<video ref="title" duration="-1s"/>',
      ),
    );
    expect(events).toEqual(['V1 25-50 0-25']);
    expect(issues.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'fcpxml-event',
        at: 'x.fcpxml line 13',
        message: expect.stringContaining('<title> T has no usable duration of "1/0s"'),
      },
    ]);
  });

  test('a missing resource keeps its place, and a missing rate is asked for', () => {
    const { events, codes } = one(
      project('<asset-clip ref="gone" name="G" duration="2s"/><asset-clip ref="v" duration="1s"/>'),
    );
    expect(events).toEqual(['V1 0-50 0-50 unknown', 'V1 50-75 0-25']);
    expect(codes).toEqual(['fcpxml-missing-resource']);
    const none = project('<gap duration="1s"/>', '', 'format="r99"');
    expect(read(none)).toMatchObject({ value: [], issues: [{ code: 'fcpxml-rate', severity: 'error' }, {}] });
    expect(read(none, RATES['24']).value[0]!.rate).toEqual(RATES['24']);
  });

  test('unknown elements are named once each, with their line and count', () => {
    const { issues } = one(
      project(
        '<asset-clip ref="v" duration="1s"><hologram/><hologram/><adjust-volume amount="1dB"/></asset-clip>\n<wormhole/>',
      ),
    );
    expect(issues.map(({ code, message }) => [code, message])).toEqual([
      [
        'fcpxml-unknown-element',
        'x.fcpxml line 13: <hologram> in <asset-clip> is not known and not read (2 times; this is the first).',
      ],
      ['fcpxml-not-kept', 'x.fcpxml line 13: <adjust-volume>: a cut list has no place for it.'],
      ['fcpxml-unknown-element', 'x.fcpxml line 14: <wormhole> in <spine> is not known and not read.'],
    ]);
  });

  test('compound clips that hold themselves, or one another without end, are closed', () => {
    const media = (id: string, inner: string) =>
      `<media id="${id}" name="${id}"><sequence format="r1"><spine><asset-clip ref="v" duration="1s"/><ref-clip ref="${inner}" duration="1s"/></spine></sequence></media>`;
    const cycle = one(project('<ref-clip ref="a" duration="9s"/>', media('a', 'b') + media('b', 'a')));
    expect(cycle.codes).toContain('fcpxml-nested');
    const chain = Array.from({ length: 5000 }, (_, n) => media(`c${n}`, `c${n + 1}`)).join('');
    const deep = one(project('<ref-clip ref="c0" duration="9s"/>', chain));
    expect(deep.events.length).toBeLessThan(60);
    expect(deep.issues.find(({ code }) => code === 'fcpxml-nested')!.message).toContain('deep');
  });

  test('a bomb of compound clips goes off quietly', () => {
    const inner = (n: number) => `<ref-clip ref="b${n}" duration="1s"/>`.repeat(10);
    const media = Array.from(
      { length: 12 },
      (_, n) =>
        `<media id="b${n}"><sequence format="r1"><spine>${n === 11 ? '<asset-clip ref="v" duration="1s"/>' : inner(n + 1)}</spine></sequence></media>`,
    ).join('');
    // Windows cut most of it away; without them every level must still end.
    const open = media.replace(/duration="1s"/g, 'duration="9999999s"');
    for (const each of [media, open]) {
      const { issues, all } = one(project('<ref-clip ref="b0" duration="99999s"/>', each));
      expect(all.length).toBeLessThan(500_000);
      expect(issues.length).toBeLessThan(20);
    }
  });

  test('attributes called __proto__, lanes and rates beyond reason, text a mile long', () => {
    const { events, codes } = one(
      project(
        `<asset-clip __proto__="x" constructor="y" ref="v" lane="1e9" duration="1s" name="${'n'.repeat(1_000_000)}"/>
      <asset-clip ref="__proto__" duration="1s"/><asset-clip ref="v" offset="999999999999999999999999s" duration="1s"/>`,
        '<format id="bad" frameDuration="0/1s"/><format id="bad" frameDuration="1/999999999999s"/>',
      ),
    );
    expect(events).toEqual(['V1 0-25 0-25', 'V1 25-50 0-25 unknown', 'V1 50-75 0-25']);
    expect(codes).toEqual(expect.arrayContaining(['fcpxml-lane', 'fcpxml-time', 'fcpxml-missing-resource']));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('ten thousand clips on one another are read, each on a track that is free', () => {
    const clips = '<asset-clip ref="v" lane="1" offset="0s" duration="9s"/>'.repeat(10_000);
    const { list } = one(project(`<gap duration="10s">${clips}</gap>`));
    expect(list.tracks).toHaveLength(10_000);
  });

  test('a hundred thousand words, and as many markers over as many clips, take no longer than they are long', () => {
    const words = Array.from({ length: 100_000 }, (_, n) => `w${n}`).join(',');
    const spine = '<asset-clip ref="v" duration="1s"/>'.repeat(10_000);
    const marks = Array.from({ length: 10_000 }, (_, n) => `<marker start="${n}s" value="m"/>`).join('');
    const before = performance.now();
    const { all } = one(
      project(
        `<asset-clip ref="v" duration="1s"><keyword value="${words}"/></asset-clip><ref-clip ref="m" duration="10000s">${marks}</ref-clip>`,
        `<media id="m"><sequence format="r1"><spine>${spine}</spine></sequence></media>`,
      ),
    );
    expect(all[0]!.source!.tags).toHaveLength(100_000);
    expect(all.filter(({ markers }) => markers?.length === 1)).toHaveLength(10_000);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test('any damage to a good file ends in a value and issues', () => {
    const good =
      project(`<asset-clip ref="av" start="10s" duration="2s"><marker start="11s" value="m"/></asset-clip><transition offset="3601s" duration="2s"/>
      <sync-clip start="10s" duration="2s"><asset-clip ref="v" offset="0s" duration="9s"/></sync-clip>`);
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(40),
        fc.constantFrom('', '<', '"', '0', '9999999999', '-', '/', '&', 'NaN', '\0', '<spine>', ']]>'),
        (at, cut, put) => {
          const { value, issues } = read(good.slice(0, at) + put + good.slice(at + cut));
          expect(Array.isArray(value) && Array.isArray(issues)).toBe(true);
          for (const { events } of value.flatMap((list) => list.tracks))
            for (const each of events) {
              expect(Number.isSafeInteger(each.recordIn) && each.recordOut > each.recordIn).toBe(true);
              expect(Number.isSafeInteger(each.sourceIn) && each.sourceOut > each.sourceIn).toBe(true);
            }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
