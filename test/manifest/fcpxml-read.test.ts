/** FCPXML as others write it: containers, words and media URLs. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { pathOfUrl } from '../../manifest/readers/fcpxml/url.ts';
import { fileUrl } from '../../manifest/exports/fcpxml/time.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { FORMATS, ASSETS, read, project, one, line } from './fcpxml-read-stage.ts';

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
