import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../manifest/check.ts';
import type { DriveFacts, Facts, ListedFile } from '../../manifest/checks/check.ts';
import { receivedCheck } from '../../manifest/checks/received.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { countReceived, received, RECEIVED } from '../../manifest/received.ts';
import { entry, handoff, picture } from '../fixtures/handoff.ts';

const LIST = 'A001/ascmhl/0001_A001.mhl';
const drive = (more: Partial<DriveFacts>): DriveFacts => ({
  lists: [LIST],
  listed: [],
  unlisted: [],
  apart: [],
  unknown: [],
  issues: [],
  ...more,
});
const listed = (path: string, size: number | null, found: number | null): ListedFile => ({
  root: 'media',
  path,
  list: LIST,
  size,
  found,
});
const clip = (path: string, more = {}) =>
  picture({ path, scene: '1', take: '1', tc: '10:00:00:00', clip: { size: 10, ...more } });
const disk = (document: Handoff, sizes: Record<string, number | null>): Facts => ({
  disk: Object.fromEntries(
    document.clips.map(({ id, path, size }) => [id, { size: path in sizes ? sizes[path]! : size }]),
  ),
});
const words = (document: Handoff, facts: Facts) => {
  const answer = received(document, facts);
  return Object.fromEntries(RECEIVED.map((word) => [word, answer[word].map(({ path }) => path)]));
};
const told = (document: Handoff, facts: Facts) =>
  receivedCheck.run(document, facts).map(({ code, severity, clips }) => [code, severity, ...clips]);

describe('what the manifest expects', () => {
  const document = handoff([clip('a.mov'), clip('b.mov'), clip('c.mov')]);

  it('is there, gone, or another file', () => {
    const facts = disk(document, { 'b.mov': null, 'c.mov': 11 });
    expect(words(document, facts)).toMatchObject({
      present: ['a.mov'],
      missing: ['b.mov'],
      substituted: ['c.mov'],
    });
    expect(received(document, facts).missing[0]!.expected).toEqual([{ by: 'manifest', from: 'revision 1' }]);
  });

  it('is told by the checks of old, and not twice', () => {
    const facts = disk(document, { 'b.mov': null, 'c.mov': 11 });
    expect(
      check(document, facts)
        .map(({ code }) => code)
        .filter((code) => !code.startsWith('unsynced')),
    ).toEqual(['media-missing', 'media-changed']);
  });

  it('names the list and the row that expect it too', () => {
    const log = {
      sheets: [],
      entries: [entry({ row: 2, take: '1', scene: '1', clips: [document.clips[1]!.id] })],
    };
    const logged = { ...document, log };
    const facts = {
      ...disk(logged, { 'b.mov': null }),
      drive: drive({ listed: [listed('b.mov', 10, null)] }),
    };
    const issue = check(logged, facts).find(({ code }) => code === 'media-missing')!;
    expect(issue.message).toContain(`day1.csv row 2, ${LIST} name it too.`);
    expect(told(logged, facts)).toEqual([]);
  });

  it('of a scan is what the manifest held before it', () => {
    const before = { revision: 4, clips: new Set([document.clips[0]!.id]) };
    const { present } = received(document, { before });
    expect(present.map(({ expected }) => expected.length)).toEqual([1, 0, 0]);
    expect(present[0]!.expected[0]!.from).toBe('revision 4');
  });

  it('was another recording at the scan before', () => {
    const was = 'was another recording at revision 1: 5 bytes, and now 10 bytes';
    const history = [
      { kind: 'scan', at: 'x', replaced: [{ clip: document.clips[0]!.id, path: 'a.mov', was }] },
    ];
    const later = { ...document, history };
    expect(words(later, {}).substituted).toEqual(['a.mov']);
    expect(told(later, {})).toEqual([['media-replaced', 'warning', 'a.mov']]);
    expect(told({ ...later, history: [...history, { kind: 'scan', at: 'y' }] }, {})).toEqual([]);
  });
});

describe('what the log expects', () => {
  it('a take that did not come is missing once, whoever wrote of it', () => {
    const entries = [
      entry({ row: 2, scene: '7', take: '3', camera: 'A' }),
      entry({ row: 5, scene: '07', take: '3', camera: 'a', sheet: 'camera.csv' }),
      entry({ row: 6, file: 'T12.wav', about: 'sound' }),
      entry({ row: 7, file: 'T12.wav', about: 'comment' }),
    ];
    const document = handoff([], { log: { sheets: [], entries } });
    expect(received(document, {}).missing).toMatchObject([
      {
        path: 'take 7/3 A',
        code: 'log-row-no-clip',
        expected: [
          { by: 'log', from: 'day1.csv row 2' },
          { by: 'log', from: 'camera.csv row 5' },
        ],
      },
      { path: 'T12.wav' },
    ]);
    expect(told(document, {})).toEqual([]);
  });

  it('a clip that it does not name is extra, and one that is not as logged is another', () => {
    const clips = [clip('a.mov'), clip('b.mov'), clip('c.mov')];
    const entries = [
      entry({ row: 2, scene: '1', take: '1', clips: [clips[0]!.id] }),
      entry({
        row: 3,
        scene: '1',
        take: '1',
        clips: [clips[1]!.id],
        startTc: '12:00:00:00',
        about: 'picture',
      }),
    ];
    const document = handoff(clips, { log: { sheets: [], entries } });
    expect(words(document, {})).toEqual({
      present: ['a.mov'],
      missing: [],
      extra: ['c.mov'],
      duplicate: [],
      substituted: ['b.mov'],
    });
    expect(received(document, {}).substituted[0]!.code).toBe('log-start');
  });
});

describe('what a hash list expects', () => {
  const document = handoff([clip('A001/a.mov'), clip('A001/b.mov')]);

  it('and did not come is one issue for the list, with all of them counted', () => {
    const gone = ['c.mov', 'c.xml', 'd.mov'].map((name) => listed(`A001/${name}`, 10, null));
    const facts = { drive: drive({ listed: [listed('A001/a.mov', 10, 10), ...gone] }) };
    const [issue, ...others] = receivedCheck.run(document, facts);
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: 'received-missing', severity: 'error', at: LIST });
    expect(issue!.message).toContain(`3 files that ${LIST} names are not on the drive: A001/c.mov`);
    expect(countReceived(received(document, facts))).toMatchObject({
      present: 2,
      missing: 3,
      expectedBy: { mhl: { present: 1, missing: 3 }, manifest: { present: 2, missing: 0 } },
    });
  });

  it('and came with another size is an error, said once', () => {
    const facts = { drive: drive({ listed: [listed('A001/a.mov', 12, 10), listed('A001/x.xml', 3, 4)] }) };
    expect(told(document, facts)).toEqual([['received-substituted', 'error', 'A001/a.mov', 'A001/x.xml']]);
    const changed = {
      ...disk(document, { 'A001/a.mov': 11 }),
      drive: drive({ listed: [listed('A001/a.mov', 12, 11)] }),
    };
    expect(
      check(document, changed)
        .map(({ code }) => code)
        .filter((code) => /media|received/.test(code)),
    ).toEqual(['media-changed']);
  });

  it('and lies in another folder now is there', () => {
    const moved = drive({
      listed: [listed('old/a.mov', 10, null)],
      apart: [{ root: 'media', path: 'A001/a.mov', size: 10 }],
    });
    expect(words(document, { drive: moved })).toMatchObject({
      present: ['A001/a.mov', 'A001/b.mov'],
      missing: [],
    });
    expect(received(document, { drive: moved }).present[0]!.expected[0]).toEqual({ by: 'mhl', from: LIST });
    const two = { ...moved, apart: [...moved.apart, { root: 'media', path: 'B/a.mov', size: 10 }] };
    expect(words(document, { drive: two }).missing).toEqual(['old/a.mov']);
  });

  it('does not name is extra: a clip, a sidecar, or what came since the scan', () => {
    const unlisted = ['A001/b.mov', 'A001/b.xml', 'A001/new.mov'].map((path) => ({
      root: 'media',
      path,
      size: 1,
    }));
    const facts = { drive: drive({ unlisted, unknown: [unlisted[2]!] }) };
    expect(words(document, facts).extra).toEqual(['A001/b.mov', 'A001/new.mov', 'A001/b.xml']);
    expect(told(document, facts)).toEqual([
      ['received-extra', 'note', 'A001/b.mov', 'A001/b.xml'],
      ['received-new', 'warning', 'A001/new.mov'],
    ]);
  });

  it('is not believed where the list itself is broken, and that is passed on', () => {
    const broken = { code: 'mhl-altered', severity: 'error' as const, at: LIST, clips: [], message: 'x' };
    expect(told(document, { drive: drive({ issues: [broken] }) })).toEqual([['mhl-altered', 'error']]);
  });
});

it('every clip is counted exactly once, and so is every listed file that is none', () => {
  const size = fc.constantFrom(10, 11, null);
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(
      fc.uniqueArray(name),
      fc.dictionary(name, size),
      fc.dictionary(name, size),
      (clips, onDisk, sizes) => {
        const document = handoff(clips.map((path) => clip(path)));
        const lists = Object.entries(sizes).map(([path, found]) => listed(path, 10, found));
        const facts = { ...disk(document, onDisk), drive: drive({ listed: lists }) };
        const answer = received(document, facts);
        const all = RECEIVED.flatMap((word) => answer[word].map(({ path }) => path)).sort();
        expect(all).toEqual([...new Set([...clips, ...Object.keys(sizes)])].sort());
      },
    ),
  );
});
