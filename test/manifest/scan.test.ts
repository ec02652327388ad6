import { describe, expect, it } from 'vitest';
import { handoffHash } from '../../manifest/canonical.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { csvLog } from '../../manifest/readers/csv-log.ts';
import { mergeScan, type FoundFile, type ScanFindings } from '../../manifest/scan.ts';
import { RATES } from '../../manifest/time/rate.ts';

let given = 0;
const choices = { newId: () => `clip-${++given}`, at: '2026-03-14T00:00:00.000Z' };

function file(path: string, more: Partial<FoundFile> = {}): FoundFile {
  const kind = path.endsWith('.wav') ? 'sound' : 'picture';
  return {
    root: 'media',
    path,
    size: path.length * 1000,
    kind,
    tech: { rate: RATES['24'], startTc: '10:00:00:00' },
    media: {},
    ...more,
  };
}
const findings = (files: FoundFile[], csv?: string): ScanFindings => ({
  title: 'Test',
  roots: ['media'],
  files,
  transcripts: [],
  taken: [],
  sheets: csv ? [csvLog.read(csv, { name: 'day1.csv' }).value] : [],
});
const scan = (previous: Handoff | null, files: FoundFile[], csv?: string) =>
  mergeScan(previous, findings(files, csv), choices);
const clip = (manifest: Handoff, path: string) => manifest.clips.find((each) => each.path === path)!;

describe('a first scan', () => {
  it('names, media and log settle what each clip is', () => {
    const csv = 'Scene,Take,Camera,Sound,Circled,Notes\n7,3,A,,x,boom\n7,4,A,MOS,,\n';
    const manifest = scan(
      null,
      [file('A/SCENE_07_TAKE_03_A.mov'), file('A/SCENE_07_TAKE_04_A.mov'), file('S/7-3.wav')],
      csv,
    );
    expect(clip(manifest, 'A/SCENE_07_TAKE_03_A.mov')).toMatchObject({
      identity: { scene: '7', take: '3', camera: 'A' },
      pick: 'circled',
    });
    expect(clip(manifest, 'A/SCENE_07_TAKE_04_A.mov').soundKind).toBe('mos');
    expect(manifest.log.entries.map((entry) => entry.clips.length)).toEqual([1, 1]);
  });

  it('a row finds its clip by file name before scene and take, with or without the suffix', () => {
    const csv = 'File,Scene,Take\nC0001.mp4,9,1\nc0002,9,2\n';
    const manifest = scan(null, [file('C0001.MP4'), file('C0002.MP4')], csv);
    expect(manifest.clips.map((each) => each.identity.take)).toEqual(['1', '2']);
  });

  it('a row without a camera speaks of every camera, one with a camera of its own only', () => {
    const files = [file('A/SCENE_01_TAKE_01_A.mov'), file('B/SCENE_01_TAKE_01_B.mov')];
    const both = scan(null, files, 'Scene,Take,Notes\n1,1,x\n');
    expect(both.log.entries[0]!.clips).toHaveLength(2);
    const one = scan(null, files, 'Scene,Take,Camera,Notes\n1,1,B-Cam,x\n');
    expect(one.log.entries[0]!.clips).toEqual([clip(one, 'B/SCENE_01_TAKE_01_B.mov').id]);
  });
});

describe('the next scan', () => {
  const first = scan(
    null,
    [file('A/SCENE_01_TAKE_01.mov'), file('A/SCENE_01_TAKE_02.mov')],
    'Scene,Take,Notes\n1,1,a\n1,2,b\n',
  );

  it('of the same drive changes nothing', () => {
    const again = scan(
      first,
      [file('A/SCENE_01_TAKE_01.mov'), file('A/SCENE_01_TAKE_02.mov')],
      'Scene,Take,Notes\n1,1,a\n1,2,b\n',
    );
    expect(handoffHash(again)).toBe(handoffHash(first));
  });

  it('keeps ids, adds what is new, and keeps what is gone', () => {
    const next = scan(first, [file('A/SCENE_01_TAKE_01.mov'), file('A/SCENE_01_TAKE_03.mov', { size: 5 })]);
    expect(clip(next, 'A/SCENE_01_TAKE_01.mov').id).toBe(clip(first, 'A/SCENE_01_TAKE_01.mov').id);
    expect(next.clips.map((each) => each.path).sort()).toEqual([
      'A/SCENE_01_TAKE_01.mov',
      'A/SCENE_01_TAKE_02.mov',
      'A/SCENE_01_TAKE_03.mov',
    ]);
  });

  it('follows a file that was moved or renamed', () => {
    const old = clip(first, 'A/SCENE_01_TAKE_02.mov');
    const next = scan(first, [
      file('A/SCENE_01_TAKE_01.mov'),
      file('B/other.mov', { size: old.size, tech: { ...old.tech, startTc: '10:00:00:00' } }),
    ]);
    expect(next.clips).toHaveLength(2);
    expect(clip(next, 'B/other.mov').id).toBe(old.id);
  });

  it('does not guess which of two alike was moved', () => {
    const twins = scan(null, [file('A/x.mov', { size: 9 }), file('B/y.mov', { size: 9 })]);
    const next = scan(twins, [file('C/u.mov', { size: 9 }), file('C/v.mov', { size: 9 })]);
    expect(next.clips).toHaveLength(4);
    const byName = scan(twins, [file('C/x.mov', { size: 9 }), file('C/y.mov', { size: 9 })]);
    expect(byName.clips.map((each) => each.id).sort()).toEqual(twins.clips.map((each) => each.id).sort());
  });

  it('keeps what a person changed by hand, and takes what the log changed', () => {
    const edited = structuredClone(first);
    clip(edited, 'A/SCENE_01_TAKE_01.mov').identity.scene = '1B';
    clip(edited, 'A/SCENE_01_TAKE_01.mov').pick = 'alternate';
    Object.assign(clip(edited, 'A/SCENE_01_TAKE_02.mov'), { reviewedBy: 'Ada' });
    const next = scan(
      edited,
      first.clips.map((each) => file(each.path)),
      'Scene,Take,Circled,Notes\n1,1,x,a\n1,2,x,b\n',
    );
    expect(clip(next, 'A/SCENE_01_TAKE_01.mov')).toMatchObject({
      identity: { scene: '1B' },
      pick: 'alternate',
    });
    expect(clip(next, 'A/SCENE_01_TAKE_02.mov')).toMatchObject({ pick: 'circled', reviewedBy: 'Ada' });
  });

  it('keeps fields it does not know, at every level', () => {
    const csv = 'Scene,Take,Notes\n1,1,a\n1,2,b\n';
    const marked = JSON.parse(JSON.stringify(first)) as Handoff;
    const mark = (thing: unknown) => Object.assign(thing as object, { mood: 'blue' });
    const [one] = marked.clips;
    for (const thing of [
      one,
      one!.tech,
      one!.tech.rate,
      one!.identity,
      one!.witnesses,
      one!.witnesses!.name,
      one!.witnesses!.log,
    ])
      mark(thing);
    for (const thing of [
      marked.log,
      marked.log.sheets[0],
      marked.log.entries[0],
      marked.log.entries[0]!.notes[0],
    ])
      mark(thing);
    const again = scan(
      marked,
      marked.clips.map((each) => file(each.path)),
      csv,
    );
    expect(handoffHash(again)).toBe(handoffHash(marked));
  });

  it('keeps note ids when a sheet is sorted or gets rows above', () => {
    const sorted = scan(
      first,
      [file('A/SCENE_01_TAKE_01.mov'), file('A/SCENE_01_TAKE_02.mov')],
      'Scene,Take,Notes\n2,1,new\n1,2,b\n1,1,a\n',
    );
    const notes = (manifest: Handoff) =>
      manifest.log.entries.flatMap((entry) => entry.notes.map((note) => [note.text, note.id]));
    expect(Object.fromEntries(notes(sorted))).toMatchObject(Object.fromEntries(notes(first)));
  });

  it('keeps the rows of a sheet that was not read this time', () => {
    const next = mergeScan(
      first,
      {
        ...findings(first.clips.map((each) => file(each.path))),
        sheets: [csvLog.read('Scene,Take\n1,1\n', { name: 'day2.csv' }).value],
      },
      choices,
    );
    expect(next.log.entries.map((entry) => entry.sheet)).toEqual(['day1.csv', 'day1.csv', 'day2.csv']);
    expect(new Set(next.log.entries.map((entry) => entry.id)).size).toBe(3);
  });
});

it('a sheet that was a document once and is the log now is no clip any more', () => {
  const sheet = file('log.csv', { kind: 'document', tech: {} });
  const before = mergeScan(null, findings([sheet, file('A/a.mov')]), choices);
  expect(before.clips).toHaveLength(2);
  const after = mergeScan(
    before,
    { ...findings([file('A/a.mov')], 'Scene,Take\n1,1\n'), taken: [{ root: 'media', path: 'log.csv' }] },
    choices,
  );
  expect(after.clips.map((each) => each.path)).toEqual(['A/a.mov']);
});

it('20,000 rows that say the same are told apart quickly', () => {
  const csv = `Scene,Take,Notes\n${'1,1,x\n'.repeat(20_000)}`;
  const manifest = scan(null, [file('SCENE_01_TAKE_01.mov')], csv);
  expect(new Set(manifest.log.entries.map((entry) => entry.id)).size).toBe(20_000);
});
