import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ixml } from '../../../manifest/readers/ixml.ts';
import { readPlain } from '../../../manifest/readers/ixml/plain.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { readXml, type XmlElement } from '../../../manifest/xml/read.ts';

const read = (text: string) => ixml.read(text, { name: 'take.wav' });
const inside = (inner: string) => read(`<?xml version="1.0" encoding="UTF-8"?>\n<BWFXML>${inner}</BWFXML>`);

test('scene, take, roll, flags, stamp, set and tracks', () => {
  const { value, issues } = inside(`
    <PROJECT>BMH</PROJECT><SCENE>A101</SCENE><TAKE>01</TAKE><TAPE>18Y12M31</TAPE><CIRCLED>TRUE</CIRCLED><NOTE> tail slate </NOTE>
    <SPEED><NOTE>of the speed</NOTE><TIMECODE_FLAG>DF</TIMECODE_FLAG><TIMECODE_RATE>30000/1001</TIMECODE_RATE>
      <FILE_SAMPLE_RATE>48000</FILE_SAMPLE_RATE><DIGITIZER_SAMPLE_RATE>48048</DIGITIZER_SAMPLE_RATE><TIMESTAMP_SAMPLE_RATE>48000</TIMESTAMP_SAMPLE_RATE>
      <TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>0000000001</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>
      <TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>2190940753</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO></SPEED>
    <FILE_SET><TOTAL_FILES>2</TOTAL_FILES><FAMILY_UID>F12</FAMILY_UID><FILE_SET_INDEX>A</FILE_SET_INDEX></FILE_SET>
    <TRACK_LIST><TRACK_COUNT>2</TRACK_COUNT><TRACK><INTERLEAVE_INDEX>1</INTERLEAVE_INDEX><NAME>Boom</NAME></TRACK><TRACK><CHANNEL_INDEX>3</CHANNEL_INDEX></TRACK></TRACK_LIST>`);
  expect(issues).toEqual([]);
  expect(value).toEqual({
    project: 'BMH',
    scene: 'A101',
    take: '01',
    tape: '18Y12M31',
    circled: true,
    note: 'tail slate',
    timecodeRate: RATES['29.97df'],
    fileSampleRate: 48000,
    digitizerSampleRate: 48048,
    timestampSampleRate: 48000,
    timestamp: 2 ** 32 + 2190940753,
    familyUid: 'F12',
    tracks: [{ interleave: 1, name: 'Boom' }, { name: '' }],
    bext: {},
  });
});

test('NOTE is the one directly under BWFXML', () => {
  expect(inside('<SPEED><NOTE>not this</NOTE></SPEED>').value.note).toBeUndefined();
  expect(inside('<NOTE></NOTE><SPEED><NOTE>not this</NOTE></SPEED>').value.note).toBeUndefined();
});

test('values stay as written: leading zeros, exponents and hex are no numbers', () => {
  const { value } = inside('<SCENE>12E3</SCENE><TAKE>01</TAKE><TAPE>0x1F</TAPE>');
  expect([value.scene, value.take, value.tape]).toEqual(['12E3', '01', '0x1F']);
});

test('every element is optional, and an empty flag says nothing', () => {
  expect(inside('')).toEqual({ value: { tracks: [], bext: {} }, issues: [] });
  expect(inside('<CIRCLED/><NO_GOOD></NO_GOOD><SCENE> </SCENE>').value).toEqual({ tracks: [], bext: {} });
});

test('TAKE_TYPE speaks for the older flags', () => {
  const { value } = inside('<TAKE_TYPE>WILD_TRACK, NO_GOOD</TAKE_TYPE>');
  expect([value.wild, value.noGood, value.falseStart]).toEqual([true, true, undefined]);
});

test("Metacorder's signed low half, and a whole count in the low half", () => {
  const bext = (low: string) =>
    inside(`<BEXT><BWF_TIME_REFERENCE_LOW>${low}</BWF_TIME_REFERENCE_LOW></BEXT>`).value.bext.timeReference;
  expect(bext('-1940552340')).toBe(2354414956);
  expect(bext('5000000000')).toBe(5_000_000_000);
  expect(bext('9'.repeat(20))).toBeUndefined();
});

describe('what follows or breaks the document', () => {
  test('padding and the tail of a longer document are cut at the closing tag', () => {
    expect(read('<BWFXML><SCENE>7</SCENE></BWFXML>\0\0\0   <TAKE>9</TAKE></BWFXML>').value).toEqual({
      scene: '7',
      tracks: [],
      bext: {},
    });
  });
  test('a byte-order mark, a bare ampersand and a control character are taken as meant', () => {
    const { value, issues } = read(
      '\uFEFF<BWFXML><NOTE>Tom & Jerry\u0001 &amp; &#233; &lt;3</NOTE></BWFXML>',
    );
    expect([value.note, issues]).toEqual(['Tom & Jerry & é <3', []]);
  });
  test.each([
    ['<BWFXML><SCENE>7</SCENE>', /no <\/BWFXML>/],
    ['<BWFXML><SCENE>7</TAKE></BWFXML>', /not read/],
    ['', /no <\/BWFXML>/],
  ])('%s is said and gives nothing', (text, message) => {
    const { value, issues } = read(text);
    expect(value).toEqual({ tracks: [], bext: {} });
    expect(issues.map((issue) => issue.code)).toEqual(['ixml-unreadable']);
    expect(issues[0]!.message).toMatch(message);
    expect(issues[0]!.message).toMatch(/^take\.wav: /);
  });
  test('a DOCTYPE is refused, so nothing in it is expanded or fetched', () => {
    const { value, issues } = read(
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><BWFXML><SCENE>&b;</SCENE></BWFXML>',
    );
    expect(value.scene).toBeUndefined();
    expect(issues[0]!.message).toMatch(/DOCTYPE/);
  });
  test('elements named after parts of JavaScript are passed over', () => {
    const { value } = inside(
      '<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor><SCENE>7</SCENE>',
    );
    expect([value.scene, ({} as Record<string, unknown>)['polluted']]).toEqual(['7', undefined]);
    expect(inside('<SPEED><constructor>1</constructor></SPEED>').issues).toEqual([]);
  });
  test('an element where text belongs says nothing', () => {
    expect(inside('<SCENE><b>7</b></SCENE><SPEED>fast</SPEED><TRACK_LIST>none</TRACK_LIST>').value).toEqual({
      tracks: [],
      bext: {},
    });
  });
});

describe('rate', () => {
  const rate = (text: string, flag = 'NDF') =>
    inside(`<SPEED><TIMECODE_RATE>${text}</TIMECODE_RATE><TIMECODE_FLAG>${flag}</TIMECODE_FLAG></SPEED>`);
  test.each([
    ['24000/1001', 'NDF', RATES['23.976']],
    ['25/1', 'NDF', RATES['25']],
    ['23.98', 'NDF', RATES['23.976']],
    ['60000/1001', 'DF', RATES['59.94df']],
  ])('%s %s', (text, flag, expected) => {
    expect(rate(text, flag)).toMatchObject({ value: { timecodeRate: expected }, issues: [] });
  });
  test('drop-frame where there is none is read as non-drop, and said', () => {
    const { value, issues } = rate('25/1', 'DF');
    expect([value.timecodeRate, issues[0]?.code]).toEqual([RATES['25'], 'ixml-rate']);
  });
  test.each(['fast', '2/1001', '0/1', '-25'])('%s is no rate: said and left out', (text) => {
    const { value, issues } = rate(text);
    expect([value.timecodeRate, issues[0]?.code]).toEqual([undefined, 'ixml-rate']);
  });
});

test('looks like iXML by its root', () => {
  expect([ixml.looksLike('<?xml?><BWFXML><SCENE/>'), ixml.looksLike('<fcpxml/>')]).toEqual([true, false]);
});

test('no text makes it throw', () => {
  const bits = fc.constantFrom(
    '<BWFXML>',
    '</BWFXML>',
    '<SCENE>',
    '</SCENE>',
    '<SPEED>',
    '&',
    '<',
    ']]>',
    '<![CDATA[',
    '<!--',
    '<?x',
    '"',
    '\0',
    'é',
    '7',
    ' ',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(bits, { maxLength: 40 }).map((parts) => `<BWFXML>${parts.join('')}</BWFXML>`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { value, issues } = read(text);
      expect(Array.isArray(value.tracks)).toBe(true);
      expect(issues.every((issue) => issue.message.length > 0)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

describe('the quick reader of plain documents', () => {
  const name = fc.constantFrom('BWFXML', 'SCENE', 'TRACK_LIST', 'a', 'A-1.b', '_x');
  const words = fc.stringMatching(/^[ \t\n\r\w.,;:'"/()äö!?\]>-]{0,12}$/);
  const tree: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.tuple(name, words).map(([tag, text]) => `<${tag}>${text}</${tag}>`),
      name.map((tag) => `<${tag}/>`),
      fc
        .tuple(name, fc.array(fc.tuple(words, tie('node')), { maxLength: 4 }), words)
        .map(([tag, inner, last]) => `<${tag}>${inner.flat().join('')}${last}</${tag}>`),
    ),
  })).node;
  const withoutLines = ({ children, ...rest }: XmlElement): unknown => ({
    ...rest,
    attributes: { ...rest.attributes },
    line: 0,
    children: children.map(withoutLines),
  });

  test('gives what the full reader gives, or leaves the document to it', () => {
    let plain = 0;
    const property = fc.property(tree, fc.boolean(), (body, declared) => {
      const document = `${declared ? '<?xml version="1.0"?>\n' : ''}${body}`;
      const quick = readPlain(document);
      if (!quick) return;
      plain++;
      const { root, issues } = readXml(document, 'x');
      expect(issues).toEqual([]);
      expect(withoutLines(quick)).toEqual(withoutLines(root!));
    });
    fc.assert(property, { numRuns: 500 });
    expect(plain).toBeGreaterThan(200);
  });
  test('what follows the root is not looked at', () => {
    expect(readPlain('<a>7</a>\0\0 <b></c>')?.text).toBe('7');
  });
  test.each([
    '<a b="1"/>',
    '<a>&amp;</a>',
    '<a><!-- x --></a>',
    '<a><![CDATA[x]]></a>',
    '<a></b>',
    '<a></a ><c/>',
    '<a><b></a></b>',
    '<a>]]></a>',
    '<a>\u0001</a>',
    'x<a></a>',
    '<?xml version="1.0"?>x<a></a>',
    '<a>',
    '<1></1>',
    '',
    '<a>'.repeat(40) + '</a>'.repeat(40),
  ])('%s is left to the full reader', (document) => {
    expect(readPlain(document)).toBeNull();
  });
});
