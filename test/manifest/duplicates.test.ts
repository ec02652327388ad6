import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../manifest/check.ts';
import { duplicate } from '../../manifest/checks/duplicate.ts';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { copiesIn, markDuplicates } from '../../manifest/duplicates.ts';
import { plan } from '../../manifest/plan.ts';
import { mergeScan } from '../../manifest/scan.ts';
import { sync } from '../../manifest/sync.ts';
import { entry, handoff, picture, sound } from '../fixtures/handoff.ts';

const same = (ends: string, hash?: string): Partial<Clip> => ({
  size: 5000,
  content: { ends, ...(hash ? { hash } : {}) },
});
const clipAt = (path: string, more: Partial<Clip> = same('aa'), words = {}) =>
  picture({ path, tc: '10:00:00:00', clip: more, ...words });

function marked(clips: Clip[], more: Partial<Handoff> = {}, listed: string[] = []): Handoff {
  const bare = handoff(clips, more);
  const facts = { entries: bare.log.entries, files: clips, roots: ['media'] };
  const named = new Set(listed.map((path) => `media\n${path}`));
  return { ...bare, clips: markDuplicates(clips, { ...facts, listed: named }) };
}
const standing = (document: Handoff) =>
  document.clips.flatMap((clip) => (clip.duplicateOf ? [] : [clip.path]));

describe('the copy that stands for all', () => {
  it('is the one with the shortest path', () => {
    expect(
      standing(marked([clipAt('B/long/A003.mov'), clipAt('B/A003.mov'), clipAt('C/xx/A003.mov')])),
    ).toEqual(['B/A003.mov']);
  });

  it('is not the one whose name or folder says that it is a copy', () => {
    expect(standing(marked([clipAt('A copy.mov'), clipAt('CAM/A/A.mov'), clipAt('BACKUP/A.mov')]))).toEqual([
      'CAM/A/A.mov',
    ]);
  });

  it('is the one a circled folder holds, before that the one a list names, before that the one the log names', () => {
    const clips = () => [
      clipAt('a.mov'),
      clipAt('x/CIRCLED/a (1).mov'),
      clipAt('x/yy/a.mov'),
      clipAt('x/zzz/A copy.mov'),
    ];
    expect(standing(marked(clips()))).toEqual(['x/CIRCLED/a (1).mov']);
    expect(standing(marked(clips(), {}, ['x/yy/a.mov']))).toEqual(['x/yy/a.mov']);
    const all = clips();
    const log = { sheets: [], entries: [entry({ row: 2, file: 'A copy.mov', clips: [all[3]!.id] })] };
    expect(standing(marked(all, { log }, ['x/yy/a.mov']))).toEqual(['x/zzz/A copy.mov']);
  });

  it('is never one that must not be used while there is another', () => {
    const clips = [clipAt('a.mov', { ...same('aa'), pick: 'rejected' }), clipAt('far/away/a.mov')];
    expect(standing(marked(clips))).toEqual(['far/away/a.mov']);
  });

  it('is the same whatever order the files come in', () => {
    const clips = ['a.mov', 'b/a.mov', 'b/CIRCLED/a.mov', 'cc/a copy.mov', 'd/a (2).mov'].map((path) =>
      clipAt(path),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(clips, { minLength: 5 }), (order) => {
        expect(standing(marked(order))).toEqual(['b/CIRCLED/a.mov']);
      }),
    );
  });
});

describe('what counts as a copy', () => {
  it('is one content and one size and one kind; the proof is said', () => {
    const document = marked([
      clipAt('a.mov'),
      clipAt('b/a.mov'),
      clipAt('c/a.mov', { ...same('aa'), size: 5001 }),
      clipAt('d/a.mov', same('bb')),
      clipAt('e/a.mov', { size: 5000 }),
    ]);
    expect(copiesIn(document).map(({ clips, proof }) => [clips.map(({ path }) => path), proof])).toEqual([
      [['a.mov', 'b/a.mov'], 'size+ends'],
    ]);
    const proven = marked([clipAt('a.mov', same('aa', 'h1')), clipAt('b/a.mov', same('aa', 'h1'))]);
    expect(copiesIn(proven)[0]!.proof).toBe('hash');
  });

  it('has the name of what it copies: the same content under another name is brought in, and said', () => {
    const document = marked([
      clipAt('SCENE_07_TAKE_01_A.mov', same('aa'), { scene: '7', take: '1' }),
      clipAt('SCENE_07_TAKE_01_B.mov', same('aa'), { scene: '7', take: '1' }),
      clipAt('x/SCENE_07_TAKE_01_B.mov', same('aa'), { scene: '7', take: '1' }),
    ]);
    expect(copiesIn(document).map(({ clips }) => clips.length)).toEqual([2]);
    const issues = duplicate.run(document, {});
    expect(issues.map(({ code, severity, clips }) => [code, severity, clips.length])).toEqual([
      ['duplicate', 'note', 2],
      ['duplicate-renamed', 'note', 2],
    ]);
    const imports = plan(document, null, { roots: { media: '/m' } }).steps.filter(
      ({ kind }) => kind === 'import',
    );
    expect(imports).toHaveLength(2);
  });

  it('files with like ends and other hashes are none', () => {
    const clips = [clipAt('a.mov', same('aa', 'h1')), clipAt('b.mov', same('aa', 'h2')), clipAt('c.mov')];
    expect(copiesIn(marked(clips))).toEqual([]);
  });

  it('silent tracks of one recording are none, and each has its own copy elsewhere', () => {
    const track = (path: string) => sound({ path, tc: '10:00:00:00', clip: same('00') });
    const one = ['S/T01_1.wav', 'S/T01_2.wav'].map(track);
    expect(copiesIn(marked(one))).toEqual([]);
    const twice = marked([...one, ...['BACKUP/T01_1.wav', 'BACKUP/T01_2.wav'].map(track)]);
    expect(copiesIn(twice).map(({ clips }) => clips.map(({ path }) => path))).toEqual([
      ['S/T01_1.wav', 'BACKUP/T01_1.wav'],
      ['S/T01_2.wav', 'BACKUP/T01_2.wav'],
    ]);
  });

  it('a file that is gone stands for nothing', () => {
    const clips = [clipAt('a.mov'), clipAt('b/a.mov')];
    const facts = { entries: [], files: [clips[1]!], roots: ['media'] };
    expect(markDuplicates(markDuplicates(clips, { ...facts, files: clips }), facts)).toEqual(clips);
  });
});

describe('the check', () => {
  const codes = (document: Handoff) => check(document, {}).map(({ code, clips }) => [code, ...clips]);

  it('says each group once', () => {
    const document = marked([
      clipAt('a.mov'),
      clipAt('x/a.mov'),
      clipAt('y/a.mov'),
      clipAt('b.mov', same('bb')),
    ]);
    const issues = duplicate.run(document, {});
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({
      code: 'duplicate',
      severity: 'note',
      clips: ['a.mov', 'x/a.mov', 'y/a.mov'],
    });
    expect(issues[0]!.message).toContain('3 times');
  });

  it('warns where one file is two takes, or wanted and rejected', () => {
    const takes = marked([
      clipAt('a.mov', same('aa'), { scene: '1', take: '1' }),
      clipAt('b.mov', same('aa'), { scene: '1', take: '2' }),
    ]);
    expect(duplicate.run(takes, {})[0]).toMatchObject({ code: 'duplicate-conflict', severity: 'warning' });
    const picks = marked([
      clipAt('a.mov', { ...same('aa'), pick: 'circled' }),
      clipAt('NG/a.mov', { ...same('aa'), pick: 'rejected' }),
    ]);
    expect(duplicate.run(picks, {})[0]!.message).toContain('NG/a.mov is not to be used and a.mov is circled');
  });

  it('what is wrong with a file is said once, with its copies', () => {
    const bare = { tech: { rate: undefined } };
    const clips = ['SCENE_01_TAKE_01.mov', 'x/SCENE_01_TAKE_01.mov', 'x/y/SCENE_01_TAKE_01_copy.mov'].map(
      (path) => picture({ path, scene: '1', take: '1', clip: same('aa'), tech: bare as Clip['tech'] }),
    );
    const told = codes(marked(clips));
    expect(told).toEqual([
      ['no-timecode', ...clips.map(({ path }) => path)],
      ['unsynced-no-sound', ...clips.map(({ path }) => path)],
      ['duplicate', ...clips.map(({ path }) => path)],
    ]);
  });
});

describe('the plan', () => {
  const roots = { media: '/drive' };
  const imports = (made: ReturnType<typeof plan>) =>
    made.steps.flatMap((step) => (step.kind === 'import' ? [step.target.path] : []));

  it('brings one copy in, and counts the others as kept out', () => {
    const document = marked([clipAt('a.mov'), clipAt('x/a.mov'), clipAt('y/a.mov')]);
    const made = plan(document, null, { roots });
    expect(imports(made)).toEqual(['a.mov']);
    expect(made.keptOut!.map(({ path, of }) => [path, of])).toEqual([
      ['x/a.mov', document.clips[0]!.id],
      ['y/a.mov', document.clips[0]!.id],
    ]);
    expect(made.keptOut![0]!.why).toContain('duplicate of a.mov (probably the same');
    expect(made.counts['keptOut']).toBe(2);
  });

  it('keeps the copy that the project holds already', () => {
    const document = marked([clipAt('a.mov'), clipAt('x/a.mov')]);
    const item = {
      id: '7',
      name: 'a.mov',
      file: '/drive/x/a.mov',
      bin: ['Unsorted'],
      kind: 'clip' as const,
      offline: false,
      label: null,
      metadata: {},
      markers: [],
    };
    const project = {
      kind: 'project' as const,
      version: 1 as const,
      editor: 'premiere' as const,
      editorVersion: '26',
      project: { id: 'p', name: 'P' },
      bins: [{ id: 'b', path: ['Unsorted'] }],
      items: [item],
    };
    const made = plan(document, project, { roots });
    expect(imports(made)).toEqual([]);
    expect(made.keptOut!.map(({ path }) => path)).toEqual(['a.mov']);
  });

  it('takes the notes of a copy along', () => {
    const clips = [clipAt('a.mov'), clipAt('x/a.mov')];
    const note = { id: 'n1', kind: 'note' as const, text: 'boom' };
    const log = { sheets: [], entries: [entry({ row: 2, take: '1', clips: [clips[1]!.id], notes: [note] })] };
    const bare = handoff(clips, { log });
    const document = {
      ...bare,
      clips: [clips[0]!, { ...clips[1]!, duplicateOf: { clip: clips[0]!.id, proof: 'hash' as const } }],
    };
    const marker = plan(document, null, { roots }).steps.find((step) => step.kind === 'add-marker');
    expect(marker).toMatchObject({ target: { path: 'a.mov' }, after: { marker: { comment: 'boom' } } });
  });

  it('brings both in where they are known as two takes', () => {
    const document = marked([
      clipAt('a.mov', same('aa'), { scene: '1', take: '1' }),
      clipAt('b.mov', same('aa'), { scene: '1', take: '2' }),
    ]);
    expect(imports(plan(document, null, { roots })).sort()).toEqual(['a.mov', 'b.mov']);
  });

  it('counts every clip once, whatever is copied', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('aa', 'bb', 'cc'), { maxLength: 20 }), (contents) => {
        const clips = contents.map((ends, at) => clipAt(`${at}/a.mov`, same(ends)));
        const made = plan(marked(clips), null, { roots });
        expect(imports(made).length + (made.keptOut?.length ?? 0) + made.blocked.length).toBe(clips.length);
        expect(imports(made)).toHaveLength(new Set(contents).size);
      }),
    );
  });
});

it('a sound that is there twice is one candidate, not two, and no copy is an orphan', () => {
  const take = picture({ path: 'a.mov', scene: '1', take: '1', tc: '10:00:00:00' });
  const sounds = ['S/a.wav', 'BACKUP/S/a.wav'].map((path) =>
    sound({ path, scene: '1', take: '1', tc: '10:00:00:00', clip: same('dd') }),
  );
  expect(sync(handoff([take, ...sounds]))[0]!.verdict).toBe('ambiguous');
  const verdicts = sync(marked([take, ...sounds]));
  expect(verdicts).toHaveLength(1);
  expect(verdicts[0]).toMatchObject({ verdict: 'in-sync', sound: ['S/a.wav', 'BACKUP/S/a.wav'] });
});

it('copies keep ids of their own through a scan, and a person’s own fields', () => {
  let given = 0;
  const choices = { newId: () => `clip-${++given}`, at: '2026-03-14T00:00:00.000Z' };
  const files = ['a.mov', 'x/a.mov'].map((path) => ({
    root: 'media',
    path,
    size: 9,
    kind: 'picture' as const,
    tech: {},
    media: {},
    content: { ends: 'aa' },
  }));
  const findings = { title: 'T', roots: ['media'], files, transcripts: [], taken: [], sheets: [] };
  const first = mergeScan(null, findings, choices);
  expect(first.clips.map(({ id, duplicateOf }) => [id, duplicateOf?.clip])).toEqual([
    ['clip-1', undefined],
    ['clip-2', 'clip-1'],
  ]);
  Object.assign(first.clips[1]!.duplicateOf!, { seenBy: 'Ada' });
  expect(mergeScan(first, findings, choices).clips).toEqual(first.clips);
});
