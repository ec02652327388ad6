/** A written FCPXML as a whole: what it holds, its versions, and names that mean harm. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { fcpxml } from '../../manifest/exports/fcpxml.ts';
import { VERSIONS } from '../../manifest/exports/fcpxml/version.ts';
import { XmlWriter } from '../../manifest/exports/xml.ts';
import { fraction } from '../../manifest/time/fraction.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { goldenCuts, lossText } from './goldens.ts';
import { event, filmCut, list, pictureSource, track } from './cutlist-samples.ts';
import { dtdOf, validate } from './fcpxml-dtd.ts';
import { all, parseXml, time, timeline } from './fcpxml-reader.ts';
import { FILM, written } from './fcpxml-stage.ts';

describe('whole files', () => {
  for (const [name, cut] of goldenCuts)
    test(`the ${name} cut reads as its golden`, async () => {
      const { text, losses } = written(cut);
      await expect(text).toMatchFileSnapshot(`exports/goldens/${name}.fcpxml`);
      await expect(lossText(losses)).toMatchFileSnapshot(`exports/goldens/${name}.fcpxml-losses.txt`);
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
