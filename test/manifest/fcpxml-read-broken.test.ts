/** FCPXML files that are broken or mean harm. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RATES } from '../../manifest/time/rate.ts';
import { read, project, one } from './fcpxml-read-stage.ts';

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

  // Whatever looked through all of them for each would not end within the time a test has.
  test('300,000 words, and 100,000 markers over as many clips, are read', () => {
    const words = Array.from({ length: 300_000 }, (_, n) => `w${n}`).join(',');
    const spine = '<asset-clip ref="v" duration="1s"/>'.repeat(100_000);
    const marks = Array.from({ length: 100_000 }, (_, n) => `<marker start="${n}s" value="m"/>`).join('');
    const { all } = one(
      project(
        `<asset-clip ref="v" duration="1s"><keyword value="${words}"/></asset-clip><ref-clip ref="m" duration="100000s">${marks}</ref-clip>`,
        `<media id="m"><sequence format="r1"><spine>${spine}</spine></sequence></media>`,
      ),
    );
    expect(all[0]!.source!.tags).toHaveLength(300_000);
    expect(all.filter(({ markers }) => markers?.length === 1)).toHaveLength(100_000);
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
