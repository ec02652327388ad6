/** Sequences inside sequences: written where their content is at hand, read back as an event and a cut of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CutEvent, CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { xmeml as writer } from '../../manifest/exports/xmeml.ts';
import { xmeml as reader } from '../../manifest/readers/xmeml.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { corpus } from '../corpus/folder.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';
import { validXmeml } from './xmeml-dtd.ts';

const rate = RATES['25'];

function written(cut: CutList, nests: CutList[]) {
  const made = writer.write(cut, { ...DEFAULT_OPTIONS, nests });
  if ('refused' in made) throw new Error(made.refused);
  const { text } = made.files[0]!;
  validXmeml(text);
  const { value, issues } = reader.read(text, { name: 'cut.xml' });
  return { text, value, issues, losses: made.losses };
}

/** An event of `length` frames that plays a whole sequence from `from` on. */
function nest(content: CutList, at: number, from: number, length: number): CutEvent {
  const ends = content.tracks.flatMap(({ events }) => events.map(({ recordOut }) => recordOut));
  return {
    id: 'V1-002',
    kind: 'nested',
    name: content.name,
    recordIn: at,
    recordOut: at + length,
    sourceIn: from,
    sourceOut: from + length,
    source: {
      file: null,
      name: content.name,
      rate: content.rate,
      start: content.start,
      duration: Math.max(0, ...ends),
      hasPicture: true,
      channels: 0,
    },
    speed: { num: 1, den: 1 },
    enabled: true,
  };
}

const shot = (name: string, at = 0): CutEvent => ({
  id: 'V1-001',
  ...event(pictureSource(name, rate, '10:00:00:00'), at, 100, 50, rate),
});
const scene = (name: string, ...events: CutEvent[]) =>
  list(rate, '01:00:00:00', [track('V1', events)], { name });
const outerOf = (...events: CutEvent[]) =>
  list(rate, '00:58:00:00', [track('V1', events)], { name: 'Outer' });
const bare = (cut: CutList) => cut.tracks.map(({ events }) => events.map((each) => ({ ...each, id: '' })));

describe('a nested event whose content is at hand', () => {
  it('is an item that holds the sequence, and comes back as event and cut', () => {
    const inner = scene('Scene 7', shot('A001'), shot('A002', 100));
    const outer = outerOf(shot('B001'), nest(inner, 100, 25, 150));
    const { value, issues, losses } = written(outer, [inner]);
    expect(issues).toEqual([]);
    expect(losses).toEqual([]);
    expect(value.map(({ name, start, rate: counted }) => [name, start, counted])).toEqual([
      ['Outer', outer.start, rate],
      ['Scene 7', inner.start, rate],
    ]);
    expect(bare(value[0]!)).toEqual([
      [expect.objectContaining({ kind: 'clip' }), { ...nest(inner, 100, 25, 150), id: '' }],
    ]);
    expect(bare(value[1]!)[0]).toMatchObject([{ name: 'A001.mov' }, { name: 'A002.mov', recordIn: 100 }]);
  });

  it('stands in the file once, however often it is used, and every item has an id of its own', () => {
    const inner = scene('Scene 7', shot('A001'));
    const outer = outerOf(nest(inner, 0, 0, 100), nest(inner, 100, 0, 100), nest(inner, 200, 0, 100));
    const { text, value } = written(outer, [inner]);
    expect(text.match(/<sequence id="sequence-2">/g)).toHaveLength(1);
    expect(text.match(/<sequence id="sequence-2"\/>/g)).toHaveLength(2);
    const ids = [...text.matchAll(/<clipitem id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(value).toHaveLength(2);
  });

  it('may hold others', () => {
    const deep = scene('Deep', shot('A001'));
    const middle = scene('Middle', nest(deep, 0, 0, 50), shot('A002', 100));
    const outer = outerOf(nest(middle, 0, 0, 200), nest(deep, 200, 10, 90));
    const { value, losses } = written(outer, [middle, deep]);
    expect(losses).toEqual([]);
    expect(value.map(({ name }) => name)).toEqual(['Outer', 'Middle', 'Deep']);
    expect(value[0]!.tracks[0]!.events.map(({ kind, sourceIn }) => [kind, sourceIn])).toEqual([
      ['nested', 0],
      ['nested', 10],
    ]);
  });

  it('of two of one name is the one that is as long', () => {
    const [short, long] = [scene('S', shot('A001')), scene('S', shot('A002'), shot('A003', 100))];
    const { value } = written(outerOf(nest(long, 0, 0, 200)), [short, long]);
    expect(value[1]!.tracks[0]!.events.map(({ name }) => name)).toEqual(['A002.mov', 'A003.mov']);
  });

  it('says whose losses the losses inside it are', () => {
    const inner = scene('Scene 7', { ...shot('A001'), speed: null });
    const { losses } = written(outerOf(nest(inner, 0, 0, 100)), [inner]);
    expect(losses).toMatchObject([{ what: 'retime', where: 'Scene 7: V1-001 at 01:00:00:00' }]);
  });
});

describe('a nested event without its content', () => {
  it.each([
    ['none at hand', []],
    ['another name', [scene('Scene 8', shot('A001'))]],
    ['two alike', [scene('Scene 7', shot('A001')), scene('Scene 7', shot('A002'))]],
  ])('%s: its place stays empty, and is said', (_, nests) => {
    const inner = scene('Scene 7', shot('A001'));
    const { value, losses } = written(outerOf(shot('B001'), nest(inner, 100, 0, 50)), nests);
    expect(losses).toMatchObject([{ what: 'nested', where: 'V1-002 at 00:58:04:00', count: 1 }]);
    expect(value).toHaveLength(1);
    expect(value[0]!.tracks[0]!.events).toHaveLength(1);
  });

  it('a sequence does not come to hold itself', () => {
    const [a, b] = [scene('A', shot('A001')), scene('B', shot('B001'))];
    a.tracks[0]!.events.push(nest(b, 100, 0, 100));
    b.tracks[0]!.events.push(nest(a, 100, 0, 100));
    const { value, losses } = written(a, [a, b]);
    expect(value.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(losses).toMatchObject([{ what: 'nested', where: 'B: V1-002 at 01:00:04:00' }]);
  });
});

it('whatever a nest holds comes back as it does on its own', () => {
  const cuts = anyCutList({ rates: ['24', '25', '50'], transitions: true, retimes: true, markers: true });
  fc.assert(
    fc.property(cuts, fc.constantFrom('24' as const, '25' as const), (inner, outerRate) => {
      const [alone] = reader.read(written(inner, []).text, { name: 'x' }).value;
      const outer = { ...outerOf(), rate: RATES[outerRate] };
      outer.tracks[0]!.events = [nest(inner, 0, 0, 24)];
      fc.pre(outer.tracks[0]!.events[0]!.source!.duration! > 60);
      const { value } = written(outer, [inner]);
      const ids = (cut: CutList) => JSON.parse(JSON.stringify(cut)) as CutList;
      expect(ids(value[1]!)).toEqual(ids(alone!));
    }),
    { numRuns: 60 },
  );
});

const example = join(corpus, 'xmeml', 'otio-fcp-adapter__premiere_example.xml');
it.skipIf(!existsSync(example))("Premiere's nest comes back from what is written of it", () => {
  const { value } = reader.read(readFileSync(example, 'utf8'), { name: 'example.xml' });
  const [outer, ...nests] = value;
  const again = written(outer!, nests);
  expect(again.value.map(({ name }) => name)).toEqual(value.map(({ name }) => name));
  const count = (cuts: CutList[], kind: string) =>
    cuts.flatMap((cut) => cut.tracks.flatMap(({ events }) => events.filter((each) => each.kind === kind)))
      .length;
  expect(count(again.value, 'nested')).toBe(count(value, 'nested'));
  expect(count(again.value, 'nested')).toBeGreaterThan(0);
});
