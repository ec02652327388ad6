/** What a read FCP7 XML holds, of Final Cut Pro 7, Premiere and Resolve, and files that are broken. */
import { describe, expect, it } from 'vitest';
import { xmeml } from '../../manifest/readers/xmeml.ts';
import { pathOf } from '../../manifest/readers/xmeml/url.ts';
import { P25, document, read, FILE, item, track, events, first } from './xmeml-read-stage.ts';

describe('what a file holds', () => {
  it('several sequences come in the order of the file, nested ones after them', () => {
    const nest = `<sequence id="inner"><name>Inner</name>${P25}<media><video>${track(item(0, 10, 0, 10))}</video></media></sequence>`;
    const { value } = read({
      video: track(item(0, 10, 0, 10, nest)),
      around: (sequence) =>
        `<project><children><bin><name>Cuts</name><children>${sequence}<sequence id="two"><name>Two</name>${P25}<media/></sequence></children></bin></children></project>`,
    });
    expect(value.map((cut) => cut.name)).toEqual(['Cut', 'Two', 'Inner']);
    expect(events(value[0]!)[0]).toMatchObject({ kind: 'nested', source: { name: 'Inner', file: null } });
    expect(events(value[2]!)[0]).toMatchObject({ kind: 'clip', source: { file: '/m/a.mov' } });
  });

  it('a sequence that is named again is not read again', () => {
    const { value } = read({ around: (sequence) => `${sequence}<sequence id="sequence-1"/>${sequence}` });
    expect(value).toHaveLength(1);
  });

  it('a sequence that nests itself ends', () => {
    const { value, cut } = read({ video: track(item(0, 10, 0, 10, '<sequence id="sequence-1"/>')) });
    expect(value).toHaveLength(1);
    expect(events(cut)[0]).toMatchObject({ kind: 'nested', source: { name: 'Cut' } });
  });

  it('bins without a sequence are no cut, and that is said', () => {
    const { value, codes, issues } = read({
      around: () => '<bin><name>B</name><children><clip id="m1"/></children></bin>',
    });
    expect(value).toEqual([]);
    expect(codes).toEqual(['xmeml-empty']);
    expect(issues[0]!.message).toContain('1 clips in bins');
  });

  it('another root is an error', () => {
    const { value, issues } = xmeml.read('<fcpxml version="1.10"/>', { name: 'x.xml' });
    expect(value).toEqual([]);
    expect(issues).toMatchObject([{ code: 'xmeml-root', severity: 'error', at: 'x.xml line 1' }]);
  });

  it('is told from other XML by its root', () => {
    expect(xmeml.looksLike(document({}))).toBe(true);
    expect(xmeml.looksLike('<?xml version="1.0"?><fcpxml version="1.10">')).toBe(false);
  });
});

describe('media', () => {
  it('a file named before it is described is found, as is one described twice', () => {
    const { cut, codes } = read({
      video: track(item(0, 10, 0, 10, '<file id="f1"/>'), item(10, 20, 0, 10), item(20, 30, 0, 10)),
    });
    expect(events(cut).map((event) => event.source!.file)).toEqual(['/m/a.mov', '/m/a.mov', '/m/a.mov']);
    expect(codes).toEqual([]);
  });

  it('a file that is nowhere described is offline, and said once', () => {
    const { cut, codes } = read({
      video: track(item(0, 10, 0, 10, '<file id="no"/>'), item(10, 20, 5, 15, '<file id="no"/>')),
    });
    expect(events(cut).map(({ source, sourceIn }) => [source!.file, sourceIn])).toEqual([
      [null, 0],
      [null, 5],
    ]);
    expect(codes).toEqual(['xmeml-file']);
  });

  it('an item without a file has its master clip’s', () => {
    const { cut } = read({
      video: track(item(0, 10, 0, 10, '<masterclipid>m</masterclipid>')),
      around: (sequence) =>
        `${sequence}<bin><children><clip id="m"><media><video><track><clipitem>${FILE}</clipitem></track></video></media></clip></children></bin>`,
    });
    expect(events(cut)[0]!.source!.file).toBe('/m/a.mov');
  });

  it.each([
    ['file://localhost/Volumes/A%20B/c%23.mov', '/Volumes/A B/c#.mov'],
    ['file:///Volumes/%F0%9F%8E%AC.mov', '/Volumes/🎬.mov'],
    ['file://localhost/D%3a/media/a.mov', 'D:\\media\\a.mov'],
    ['file:///C:/media/a.mov', 'C:\\media\\a.mov'],
    ['file:///C|/media/a.mov', 'C:\\media\\a.mov'],
    ['file://C:/media/a.mov', 'C:\\media\\a.mov'],
    ['file://server/share/a.mov', '\\\\server\\share\\a.mov'],
    ['file://localhost//server/share/a.mov', '\\\\server\\share\\a.mov'],
    ['file:/Volumes/a.mov', '/Volumes/a.mov'],
    ['/Volumes/a b.mov', '/Volumes/a b.mov'],
    ['C:\\media\\a.mov', 'C:\\media\\a.mov'],
    ['file://localhost/100%/a%20b.mov', '/100%/a b.mov'],
    ['https://example.com/a.mov', null],
    ['a.mov', null],
  ])('%s is %s', (url, path) => {
    expect(pathOf(url)).toBe(path);
  });

  it('a URL of something else makes the media offline, and is said', () => {
    const file = '<file id="f"><pathurl>https://example.com/a.mov</pathurl></file>';
    const { event, codes } = first({ video: track(item(0, 10, 0, 10, file)) });
    expect(event.source!.file).toBeNull();
    expect(codes).toEqual(['xmeml-path']);
  });

  it('sound alone is counted in samples, on the frame’s own place', () => {
    const file = `<file id="s"><name>s.wav</name><pathurl>file://localhost/s.wav</pathurl>${P25}<duration>100</duration><timecode>${P25}<frame>90000</frame></timecode><media><audio><samplecharacteristics><samplerate>48000</samplerate></samplecharacteristics><channelcount>4</channelcount></audio></media></file><sourcetrack><mediatype>audio</mediatype><trackindex>3</trackindex></sourcetrack>`;
    const { event } = first({ audio: track(item(0, 25, 10, 35, file)) });
    expect(event).toMatchObject({
      sourceIn: 19200,
      sourceOut: 67200,
      channels: [3],
      source: { rate: { num: 48000 }, start: 172800000, duration: 192000, channels: 4, hasPicture: false },
    });
  });

  it('media that nobody describes has picture and sound as it is used', () => {
    const file = '<file id="x"><name>x.mov</name><pathurl>file:///x.mov</pathurl></file>';
    const { cut } = read({
      video: track(item(0, 10, 0, 10, file)),
      audio: track(item(0, 10, 0, 10, '<file id="x"/>')),
    });
    expect(events(cut).map(({ source }) => [source!.hasPicture, source!.channels])).toEqual([
      [true, 2],
      [true, 2],
    ]);
  });

  it('a picture without time of its own is a still, whatever its in', () => {
    const file =
      '<file id="p"><name>card.png</name><pathurl>file:///card.png</pathurl><media><video/></media></file>';
    const { event } = first({ video: track(item(0, 50, 90000, 90050, file)) });
    expect(event).toMatchObject({ sourceIn: 0, sourceOut: 50, source: { still: true } });
  });

  it('reel, scene, take and what is good are read; other people’s comments are left alone', () => {
    const file = `<file id="r"><name>r.mov</name><timecode>${P25}<frame>0</frame><reel><name>A001</name></reel></timecode></file><logginginfo><scene>7</scene><shottake>3</shottake><good>TRUE</good></logginginfo><comments><mastercomment1>nice</mastercomment1></comments>`;
    const { event } = first({ video: track(item(0, 10, 0, 10, file)) });
    expect(event.source).toMatchObject({ reel: 'A001', scene: '7', take: '3', tags: ['good'], start: 0 });
  });

  it('generators and made media are titles; adjustment layers are told by their names', () => {
    const made = (name: string, start: number) =>
      `<clipitem><name>${name}</name><start>${start}</start><end>${start + 10}</end><in>90000</in><out>90010</out><file id="g${start}"><name>${name}</name><mediaSource>GraphicAndType</mediaSource></file></clipitem>`;
    const generator =
      '<generatoritem><name>Text</name><start>20</start><end>30</end><in>0</in><out>10</out><effect><name>Text</name></effect></generatoritem>';
    const { cut, codes } = read({
      video: track(made('THE END', 0), made('Adjustment Layer', 10), generator),
    });
    expect(events(cut).map(({ kind, name, source, sourceOut }) => [kind, name, source, sourceOut])).toEqual([
      ['title', 'THE END', null, 10],
      ['adjustment', 'Adjustment Layer', null, 10],
      ['title', 'Text', null, 10],
    ]);
    expect(codes).toEqual([]);
  });

  it('of a multiclip the active angle is kept, and the others are said', () => {
    const angle = (name: string, active: string) =>
      `<angle><clip id="${name}"><file id="f-${name}"><name>${name}.mov</name><pathurl>file:///${name}.mov</pathurl></file></clip><activevideoangle>${active}</activevideoangle></angle>`;
    const { event, codes } = first({
      video: track(item(0, 10, 0, 10, `<multiclip>${angle('a', 'FALSE')}${angle('b', 'TRUE')}</multiclip>`)),
    });
    expect(event).toMatchObject({ kind: 'multicam', source: { file: '/b.mov' } });
    expect(codes).toEqual(['xmeml-multiclip']);
  });

  it('a subclip counts from its own start', () => {
    const { span } = first({
      video: track(item(0, 10, 5, 15, `${FILE}<subclipinfo><startoffset>100</startoffset></subclipinfo>`)),
    });
    expect(span).toEqual([105, 115]);
  });
});

describe('the rest', () => {
  it('links group by id, or by track and place; ones to nowhere are said', () => {
    const link = (inside: string) => `<link>${inside}</link>`;
    const made = read({
      video: track(
        item(0, 10, 0, 10, `${FILE}${link('<linkclipref>a1</linkclipref>')}`, 'v1'),
        item(10, 20, 0, 10, `<file id="f1"/>${link('<linkclipref>gone</linkclipref>')}`, 'v2'),
      ),
      audio: track(
        item(0, 10, 0, 10, '<file id="f1"/>', 'a1'),
        item(
          10,
          20,
          0,
          10,
          `<file id="f1"/>${link('<mediatype>video</mediatype><trackindex>1</trackindex><clipindex>2</clipindex>')}`,
          'a2',
        ),
      ),
    });
    expect(events(made.cut).map((event) => event.link)).toEqual([1, 2, 1, 2]);
    expect(made.codes).toEqual(['xmeml-link']);
  });

  it('markers with −1 have no length; on a clip they count its media', () => {
    const marker = '<marker><name>M</name><comment>c</comment><in>73</in><out>-1</out></marker>';
    const made = read({
      video: track(item(0, 10, 0, 10, `${FILE}${marker}`)),
      around: (s) => s.replace('<media>', `${marker}<media>`),
    });
    const read_ = { frame: 73, duration: 0, name: 'M', comment: 'c', colour: '' };
    expect(made.cut.markers).toEqual([read_]);
    expect(events(made.cut)[0]!.markers).toEqual([read_]);
  });

  it('marker colours are read where a program writes them', () => {
    const marker = (colour: string) => `<marker><name>M</name><in>1</in><out>-1</out>${colour}</marker>`;
    const made = read({
      around: (s) =>
        s.replace(
          '<media>',
          `${marker('<pproColor>4281740498</pproColor>')}${marker('<color><red>255</red><green>16</green><blue>0</blue></color>')}<media>`,
        ),
    });
    expect(made.cut.markers.map((each) => each.colour)).toEqual(['red', '#ff1000']);
  });

  it('switched-off items and tracks, track names', () => {
    const off = item(0, 10, 0, 10, `<enabled>False</enabled>${FILE}`);
    const { cut } = read({ video: `<track MZ.TrackName="Plates">${off}<enabled>FALSE</enabled></track>` });
    expect(cut.tracks[0]).toMatchObject({ name: 'Plates', enabled: false, events: [{ enabled: false }] });
  });

  it('effects are counted in one warning; switched-off ones are nothing', () => {
    const effect = (name: string, on = 'TRUE') =>
      `<filter><enabled>${on}</enabled><effect><name>${name}</name></effect></filter>`;
    const { issues } = read({
      video: track(
        item(0, 10, 0, 10, FILE + effect('Blur') + effect('Glow', 'FALSE')),
        item(10, 20, 0, 10, `<file id="f1"/>${effect('Blur')}`),
      ),
    });
    expect(issues.map((issue) => issue.message)).toEqual([
      'cut.xml: effects are no part of a cut list and stay behind: Blur (2).',
    ]);
  });

  it('fifty issues of a kind are told, the others counted', () => {
    const { issues } = read({ video: track(...Array.from({ length: 60 }, () => '<clipitem/>')) });
    expect(issues).toHaveLength(51);
    expect(issues[50]!.message).toContain('10 more');
  });

  it.each([
    [
      '__proto__ as an id',
      track(item(0, 10, 0, 10, '<file id="__proto__"><name>p</name></file>', '__proto__')),
    ],
    ['a track inside a track', track(track(item(0, 10, 0, 10)))],
    ['gigantic numbers', track(item(9e15, 9.1e15, 0, 10))],
    ['a negative zero', track(item(-0, 10, -0, 10))],
    ['200 nested clips', track(`${'<clipitem>'.repeat(200)}${'</clipitem>'.repeat(200)}`)],
    [
      'a line of a megabyte',
      track(item(0, 10, 0, 10, `<file id="f"><name>${'x'.repeat(1 << 20)}</name></file>`)),
    ],
  ])('%s does no harm', (_, video) => {
    const { value } = xmeml.read(document({ video }), { name: 'x' });
    expect(value).toHaveLength(1);
    expect(Object.prototype).not.toHaveProperty('name');
  });
});
