/** OTIO files that are broken or mean harm. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, range, read, time, timeline, track, type Json } from './otio-samples.ts';
import { codes, events } from './otio-reader-stage.ts';

describe('broken and hostile files', () => {
  test('a file cut short, or of another kind, is one error that says so', () => {
    for (const text of [
      '',
      '{"OTIO_SCHEMA": "Timeline.1", "tracks": {',
      'TITLE: x',
      '\u0000\u0001',
      '"'.repeat(100_000),
    ]) {
      const { value, issues } = read(text);
      expect([value, issues.map((issue) => [issue.code, issue.severity])]).toEqual([
        [],
        [['otio-json', 'error']],
      ]);
      expect(issues[0]!.message.length).toBeLessThan(400);
    }
    expect(codes('[1, 2]')).toEqual(['otio-schema']);
    expect(codes({ OTIO_SCHEMA: 'Timeline.1' })).toEqual(['otio-timeline']);
    expect(codes(timeline([]))).toEqual(['otio-rate']);
  });

  test('no time out of all bounds becomes a place', () => {
    for (const bad of [null, 'NaN', 1e308, -1e308, 9e15, {}])
      for (const given of [range(0, bad), range(bad, 10), range(0, 10, bad), range(0, -5)]) {
        const file = timeline([track([clip('bad', 0, 10, { source_range: given }), clip('good', 0, 10)])], {
          global_start_time: time(0),
        });
        const kept = events(file);
        expect(kept.map((each) => each.name)).toEqual(['good']);
        expect(codes(file)).toEqual(['otio-event']);
      }
    const long = timeline([track(Array.from({ length: 9 }, () => clip('a', 0, 2 ** 40)))]);
    expect(events(long)).toHaveLength(2);
    expect(codes(long)).toHaveLength(7);
  });

  test('prototypes stay what they are', () => {
    const text = JSON.stringify(timeline([track([clip('a', 0, 10)])])).replace(
      '"name":"a"',
      '"name":"a","__proto__":{"polluted":1},"metadata":{"__proto__":{"baton":{}},"baton":{"kind":"clip","source":{"__proto__":{"x":1}}}}',
    );
    const { value, issues } = read(text);
    expect(value[0]!.tracks[0]!.events).toHaveLength(1);
    expect(issues.map((issue) => issue.code)).toEqual(['otio-note']);
    expect(({} as Json)['polluted']).toBeUndefined();
  });

  test('sequences nested thousands deep are answered, at no more cost than their size', () => {
    // Put together as text: writing such an object out would itself run out of stack.
    const core = JSON.stringify(clip('core', 0, 10));
    const levels = Array.from({ length: 3000 }, (_, at) => (at % 2 ? 'Stack.1' : 'Track.1'));
    const deep =
      levels.map((schema) => `{"OTIO_SCHEMA":"${schema}","children":[`).join('') + core + ']}'.repeat(3000);
    const whole = JSON.stringify(timeline([track(['DEEP'])], { global_start_time: time(0) }));
    const { value, issues } = read(whole.replace('"DEEP"', deep));
    expect(value.length).toBeLessThan(100);
    expect(issues.some((issue) => issue.code === 'otio-depth')).toBe(true);
    const brackets = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(read(brackets).value).toEqual([]);
  });

  test('ten thousand faults are counted, not listed', () => {
    const file = timeline([track(Array.from({ length: 10_000 }, () => ({ OTIO_SCHEMA: 'Clip.2' })))], {
      global_start_time: time(0),
    });
    const { issues } = read(file);
    expect(issues.length).toBeLessThan(300);
    expect(issues.some((issue) => issue.message.includes('9800 more'))).toBe(true);
  });

  test('whatever JSON is in it, reading never throws and every event has a place and a span', () => {
    const leaf = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.boolean());
    const schema = fc.constantFrom(
      'Clip.2',
      'Clip.1',
      'Gap.1',
      'Stack.1',
      'Track.1',
      'Transition.1',
      'Timeline.1',
      'X.9',
      'Effect.1',
    );
    const key = fc.constantFrom(
      ...'children tracks effects markers name metadata baton source_range media_reference media_references in_offset out_offset marked_range __proto__ kind global_start_time'.split(
        ' ',
      ),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc.tuple(fc.double(), fc.double()).map(([start, length]) => range(start, length)),
        fc.tuple(fc.nat(500), fc.nat(500)).map(([start, length]) => range(start, length)),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc
          .tuple(schema, fc.array(fc.tuple(key, tie('tree')), { maxLength: 6 }))
          .map(([name, fields]) => Object.fromEntries([['OTIO_SCHEMA', name], ...fields])),
      ),
    }));
    fc.assert(
      fc.property(tree, (children) => {
        const file = timeline([track(Array.isArray(children) ? children : [children, clip('a', 0, 5)])], {
          global_start_time: time(0),
        });
        for (const list of read(file).value)
          for (const each of list.tracks.flatMap((one) => one.events)) {
            expect(each.recordIn).toBeLessThan(each.recordOut);
            expect(each.sourceIn).toBeLessThan(each.sourceOut);
          }
      }),
      { numRuns: 500 },
    );
  });
});
