/** Every EDL of the corpus is read, holds what its table says (counted from the lines by another program), and survives being written. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { corpus } from '../corpus/folder.ts';
import { expectSame } from './edl-law.ts';

const here = existsSync(join(corpus, 'edl'));
if (!here) console.log(`skipped: the EDL corpus (no ${join(corpus, 'edl')}; set BATON_CORPUS)`);

const [head, ...rows] = readFileSync(fileURLToPath(new URL('../corpus/edl.tsv', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const facts = rows.map((row) => Object.fromEntries(head!.map((name, at) => [name, row[at] ?? ''])));

function read(path: string, rate = facts.find((fact) => fact['path'] === path)!['rate']) {
  const name = path.slice(path.indexOf('/') + 1);
  return edlReader.read(readFileSync(join(corpus, path), 'utf8'), {
    name,
    rate: RATES[rate as keyof typeof RATES],
  });
}

describe.skipIf(!here)('the corpus', () => {
  it('has no list that the table does not know', () => {
    expect(facts.map((fact) => fact['path'])).toEqual(
      readdirSync(join(corpus, 'edl'))
        .sort()
        .map((name) => `edl/${name}`),
    );
  });

  it.each(facts)('$path holds what the table says', (fact) => {
    const { value, issues } = read(fact['path']!);
    const tracks = value.flatMap((list) => list.tracks);
    const events = tracks.flatMap((track) => track.events);
    const found = {
      events: events.length,
      transitions: tracks.flatMap((track) => track.transitions).length,
      markers: [...value, ...events].flatMap((each) => each.markers ?? []).length,
      retimes: events.filter(({ speed }) => speed!.num !== speed!.den).length,
      grades: events.filter(({ cdl }) => cdl?.sop !== undefined).length,
      issues: [...new Set(issues.map((issue) => issue.code))].sort().join(' '),
    };
    const { path: _path, rate: _rate, ...said } = fact;
    expect(Object.fromEntries(Object.entries(found).map(([name, count]) => [name, String(count)]))).toEqual(
      said,
    );
    expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
    for (const event of events) {
      expect(event.recordIn).toBeGreaterThanOrEqual(0);
      expect(event.recordOut).toBeGreaterThan(event.recordIn);
      expect(event.sourceOut).toBeGreaterThan(event.sourceIn);
      expect(event.sourceIn).toBeGreaterThanOrEqual(0);
    }
    for (const { events: own } of tracks)
      own.forEach((event, at) => expect(event.recordIn).toBeGreaterThanOrEqual(own[at - 1]?.recordOut ?? 0));
  });

  it.each(facts)('$path is the same after it was written and read again', (fact) => {
    for (const list of read(fact['path']!).value)
      for (const target of ['premiere', 'resolve', 'avid'] as const)
        for (const reels of [8, 32, 129] as const) expectSame(list, { ...DEFAULT_OPTIONS, target, reels });
  });

  it('is known by the beginning of each file', () => {
    const unknown = facts.filter(
      (fact) => !edlReader.looksLike(readFileSync(join(corpus, fact['path']!), 'utf8')),
    );
    expect(unknown).toEqual([]);
  });

  it('asks for a rate, and still reads every event, where none is given', () => {
    for (const fact of facts) {
      const { value, issues } = edlReader.read(readFileSync(join(corpus, fact['path']!), 'utf8'), {
        name: 'x.edl',
      });
      const events = value.flatMap((list) => list.tracks.flatMap((track) => track.events));
      expect([fact['path'], String(events.length)]).toEqual([fact['path'], fact['events']]);
      expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
      expect(issues.filter((issue) => issue.code === 'edl-rate').map((issue) => issue.severity)).toEqual(
        value.map(() => 'warning'),
      );
    }
  });
});

describe.skipIf(!here)('single lists of the corpus, by eye', () => {
  const places = (path: string) => {
    const [list] = read(path).value;
    return list!.tracks.flatMap((track) =>
      track.events.map((event) => {
        const { source, sourceIn, sourceOut } = event;
        const ends = [sourceIn, sourceOut].map((frame) =>
          frameToTimecode(source!.start! + frame, source!.rate),
        );
        const record = [event.recordIn, event.recordOut].map((frame) =>
          frameToTimecode(list!.start + frame, list!.rate),
        );
        return `${track.type[0]}${track.index} ${event.name} ${record.join(' ')} ${ends.join(' ')}`;
      }),
    );
  };

  it('a dissolve into the second of three clips', () => {
    expect(places('edl/otio-cmx3600-adapter__dissolve_test.edl')).toEqual([
      'v1 clip_A 01:00:00:00 01:00:00:09 01:00:04:05 01:00:04:14',
      'v1 clip_B 01:00:00:09 01:00:00:19 01:00:08:08 01:00:08:18',
      'v1 clip_B 01:00:00:19 01:00:00:20 01:00:08:18 01:00:08:19',
    ]);
  });

  it('a cut that crosses midnight', () => {
    expect(places('edl/anima__test_v003.edl')[0]).toContain(
      ' 23:59:59:01 00:00:06:09 00:00:00:15 00:00:07:23',
    );
  });

  it('the speeds that Avid listed to the last frame shown', () => {
    const [list] = read('edl/pycmx__INS4_R1_010417.edl').value;
    const speeds = list!.tracks[0]!.events.flatMap(({ speed }) =>
      speed!.num === speed!.den ? [] : [`${speed!.num}/${speed!.den}`],
    );
    expect(speeds.join(' ')).toBe('0/1 4/5 31/40 71/80 71/60 5/2 5/2 5/2 5/2 -1/1 -1/1');
    const fast = read('edl/sg-otio__20200121_BB_R1_FF3_v2_TEST.edl').value[0]!.tracks[0]!.events.filter(
      ({ speed }) => speed!.num === 2,
    );
    expect(fast).toHaveLength(16);
    expect(
      fast.every((event) => event.sourceOut - event.sourceIn === 2 * (event.recordOut - event.recordIn) - 1),
    ).toBe(true);
  });
});
