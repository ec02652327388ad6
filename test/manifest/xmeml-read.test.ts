/** How FCP7 XML of every writer is read: Final Cut Pro 7, Premiere, Resolve, and files that are broken. */
import { describe, expect, it, test } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { xmeml } from '../../manifest/readers/xmeml.ts';
import { speedOf, percentOf } from '../../manifest/readers/xmeml/percent.ts';
import { pathOf } from '../../manifest/readers/xmeml/url.ts';
import { RATES } from '../../manifest/time/rate.ts';

const P25 = '<rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>';
const TICKS = 254016000000 / 25;

interface Words {
  video?: string;
  audio?: string;
  rate?: string;
  head?: string;
  attributes?: string;
  around?: (sequence: string) => string;
  given?: (typeof RATES)['25'];
}

function document({
  video = '',
  audio = '',
  rate = P25,
  head = '',
  attributes = '',
  around = (s) => s,
}: Words): string {
  const sequence = `<sequence id="sequence-1" ${attributes}><name>Cut</name>${rate}${head}
<media><video><format><samplecharacteristics><width>1920</width><height>1080</height></samplecharacteristics></format>${video}</video><audio>${audio}</audio></media></sequence>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="5">${around(sequence)}</xmeml>`;
}

function read(words: Words) {
  const { value, issues } = xmeml.read(document(words), { name: 'cut.xml' });
  return { cut: value[0]!, value, codes: issues.map((issue) => issue.code), issues };
}

const FILE = `<file id="f1"><name>a.mov</name><pathurl>file://localhost/m/a.mov</pathurl>${P25}<duration>1000</duration><media><video/></media></file>`;
const item = (start: number, end: number, from: number, to: number, inside = FILE, id = `c${start}`) =>
  `<clipitem id="${id}"><name>a</name><start>${start}</start><end>${end}</end><in>${from}</in><out>${to}</out>${inside}</clipitem>`;
const track = (...items: string[]) => `<track>${items.join('\n')}</track>`;
const remap = (speed: string, more = '', reverse = 'FALSE') =>
  `<filter><effect><name>Time Remap</name><effectid>timeremap</effectid><parameter><parameterid>speed</parameterid><value>${speed}</value></parameter><parameter><parameterid>reverse</parameterid><value>${reverse}</value></parameter>${more}</effect></filter>`;
const graph = (...keys: [number | string, number | string][]) =>
  `<parameter><parameterid>graphdict</parameterid>${keys.map(([when, value]) => `<keyframe><when>${when}</when><value>${value}</value></keyframe>`).join('')}</parameter>`;
const ticks = (from: number, to: number) =>
  `<pproTicksIn>${from}</pproTicksIn><pproTicksOut>${to}</pproTicksOut>`;

const events = (cut: CutList): CutEvent[] => cut.tracks.flatMap((each) => each.events);
const first = (words: Words) => {
  const made = read(words);
  const [event] = events(made.cut);
  return { ...made, event: event!, span: [event!.sourceIn, event!.sourceOut] };
};

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

describe('where items meet', () => {
  const over = (start: number, end: number, more: string) =>
    `<transitionitem><start>${start}</start><end>${end}</end>${more}<effect><name>Überblendung</name><effectid>Cross Dissolve</effectid><effectcategory>Dissolve</effectcategory></effect></transitionitem>`;
  const around = (more: string) =>
    read({
      video: track(
        item(0, -1, 100, 220),
        over(100, 120, more),
        item(-1, 200, 300, 400, '<file id="f1"/>', 'b'),
      ),
    });
  const spans = (cut: CutList) =>
    events(cut).map((event) => [event.recordIn, event.recordOut, event.sourceIn, event.sourceOut]);

  it.each([
    ['center', 110],
    ['start', 100],
    ['end', 120],
    ['even', 110],
  ])('alignment %s: the cut is at %i and the sources lose their handles', (alignment, cut) => {
    const made = around(`<alignment>${alignment}</alignment>`);
    expect(spans(made.cut)).toEqual([
      [0, cut, 100, 100 + cut],
      [cut, 200, 200 + cut, 400],
    ]);
    expect(made.cut.tracks[0]!.transitions).toEqual([
      { in: 100, out: 120, kind: 'dissolve', name: 'Überblendung' },
    ]);
    expect(made.codes).toEqual([]);
  });

  it('Premiere’s cut point wins over the alignment', () => {
    const made = around(`<alignment>center</alignment><cutPointTicks>${TICKS * 5}</cutPointTicks>`);
    expect(events(made.cut)[1]!.recordIn).toBe(105);
  });

  it('edges written out at the far sides of a transition are taken back to the cut', () => {
    const made = read({
      video: track(
        item(0, 120, 100, 220),
        over(100, 120, ''),
        item(100, 200, 300, 400, '<file id="f1"/>', 'b'),
      ),
    });
    expect(spans(made.cut)).toEqual([
      [0, 110, 100, 210],
      [110, 200, 310, 400],
    ]);
  });

  it('an edge written out inside a transition is the cut', () => {
    const made = read({
      video: track(
        item(0, 104, 100, 204),
        over(100, 120, ''),
        item(104, 200, 304, 400, '<file id="f1"/>', 'b'),
      ),
    });
    expect(spans(made.cut).map((span) => span.slice(0, 2))).toEqual([
      [0, 104],
      [104, 200],
    ]);
  });

  it('retimed under a transition, the source loses its handle at its speed', () => {
    const made = read({
      video: track(
        item(0, -1, 50, 170, `${FILE}${remap('200')}`),
        over(100, 120, '<alignment>center</alignment>'),
        item(-1, 200, 300, 400, '<file id="f1"/>', 'b'),
      ),
    });
    expect(spans(made.cut)[0]).toEqual([0, 110, 100, 320]);
  });

  it('an edge of −1 without a transition is worked out from the length, and said', () => {
    const made = read({ video: track(item(10, -1, 0, 40)) });
    expect(spans(made.cut)).toEqual([[10, 50, 0, 40]]);
    expect(made.codes).toEqual(['xmeml-edge']);
  });

  it('items over one another go to a track of their own, and none is lost', () => {
    const made = read({
      video: track(item(0, 50, 0, 50), item(10, 20, 0, 10), item(15, 30, 0, 15), item(20, 40, 0, 20)),
    });
    expect(made.cut.tracks.map((each) => each.events.map((event) => event.recordIn))).toEqual([
      [0],
      [10, 20],
      [15],
    ]);
    expect(made.codes).toEqual(['xmeml-overlap']);
    expect(made.cut.tracks[1]!.events[1]!.id).toBe('V2-002');
  });

  it('20,000 items over one another are sorted out in time', () => {
    const many = Array.from(
      { length: 20_000 },
      (_, at) => `<generatoritem><start>${at}</start><end>${at + 100}</end></generatoritem>`,
    );
    const from = performance.now();
    const { cut } = read({ video: track(...many) });
    expect(performance.now() - from).toBeLessThan(5000);
    expect(events(cut)).toHaveLength(20_000);
    expect(cut.tracks).toHaveLength(100);
  });

  it('items without a place are errors with their line, and the rest is read', () => {
    const made = read({
      video: track(
        item(0, 10, 0, 10),
        '<clipitem><name>lost</name><start>x</start><end>5</end></clipitem>',
        item(30, 20, 0, 10),
      ),
    });
    expect(events(made.cut)).toHaveLength(1);
    expect(made.issues).toMatchObject([
      { code: 'xmeml-event', severity: 'error', message: expect.stringContaining('"lost" has no start') },
      {
        code: 'xmeml-event',
        severity: 'error',
        message: expect.stringContaining('ends 10 frames before it starts'),
      },
    ]);
    expect(made.issues[0]!.at).toMatch(/^cut\.xml line \d+$/);
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
