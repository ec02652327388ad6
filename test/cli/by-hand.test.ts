/** What a person says by hand with the built `baton`: marks, waivers, a signature; a later scan keeps all of it. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const dir = join(tempFolder(), 'shoot');
const manifest = join(dir, 'handoff.json');

interface Checked {
  issues: Issue[];
  counts: { error: number; warning: number; note: number };
  waived?: (Issue & { waived: { reason: string } })[];
}
const checked = async () => (await batonJson<Checked>('check', manifest)).document;
const verdicts = async () =>
  (await batonJson<{ verdicts: { clip: string; verdict: string }[] }>('sync', manifest)).document.verdicts;
const verdictOf = async (name: string) => (await verdicts()).find(({ clip }) => clip.endsWith(name))!.verdict;

beforeAll(async () => {
  await baton('demo', '--dir', dir);
});

describe('mark', () => {
  it('marks a picture as MOS, and the next scan keeps it', async () => {
    expect(await verdictOf('SCENE_31_TAKE_02_A.mov')).toBe('no-sound');
    const { code } = await baton('mark', manifest, 'SCENE_31_TAKE_02_A.mov', '--sound-kind', 'mos');
    expect(code).toBe(0);
    expect(await verdictOf('SCENE_31_TAKE_02_A.mov')).toBe('mos');
    expect((await baton('scan', dir)).code).toBe(0);
    expect(await verdictOf('SCENE_31_TAKE_02_A.mov')).toBe('mos');
  });

  it('says which clips a short name could mean, and which marks there are', async () => {
    expect((await baton('mark', manifest, 'nowhere.mov', '--pick', 'good')).stderr).toContain(
      'no clip "nowhere.mov"',
    );
    const wrong = await baton('mark', manifest, 'SCENE_31_TAKE_02_A.mov', '--pick', 'lovely');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('circled')]);
  });
});

describe('waive', () => {
  it('wants a reason, takes the issue out of the count, keeps it in sight, and can be taken back', async () => {
    const before = await checked();
    const code = 'name-unclear';
    expect(before.issues.some((issue) => issue.code === code)).toBe(true);
    expect((await baton('waive', manifest, code)).code).toBe(2);
    expect((await baton('waive', manifest, code, '--reason', 'the editor knows it')).code).toBe(0);
    const after = await checked();
    expect(after.issues.some((issue) => issue.code === code)).toBe(false);
    expect(after.counts.warning).toBe(before.counts.warning - 1);
    expect(after.waived!.map((issue) => issue.waived.reason)).toEqual(['the editor knows it']);
    await baton('scan', dir);
    expect((await checked()).waived).toHaveLength(1);
    expect((await baton('waive', manifest, code, '--undo')).code).toBe(0);
    expect((await checked()).issues.some((issue) => issue.code === code)).toBe(true);
  });
});

describe('sign', () => {
  it('signs the delivery; a scan that finds nothing new leaves it whole, a mark breaks it', async () => {
    expect((await baton('sign', manifest)).code).toBe(2);
    const { document } = await batonJson<{ signOff: { by: string; hash: string } }>(
      'sign',
      manifest,
      '--by',
      'Ada Lind',
    );
    const hash = async () => (await batonJson<{ hash: string }>('scan', dir)).document.hash;
    expect(await hash()).toBe(document.signOff.hash);
    expect((await baton('check', manifest)).stdout).toContain('signed by Ada Lind, and as it was signed');
    await baton('waive', manifest, 'name-unclear', '--reason', 'known');
    expect((await baton('check', manifest)).stdout).toContain('changed since Ada Lind signed it');
    await baton('waive', manifest, 'name-unclear', '--undo');
    expect(await hash()).toBe(document.signOff.hash);
    await baton('mark', manifest, 'SCENE_31_TAKE_04_A.mov', '--pick', 'circled');
    expect(await hash()).not.toBe(document.signOff.hash);
  });
});

describe('how an unsynced clip is shown', () => {
  const shown = async (...flag: string[]) => {
    const { document } = await batonJson<Plan>('plan', manifest, ...flag);
    const of = document.steps.filter(
      (step) => 'clip' in step.target && step.target.path.endsWith('SCENE_31_TAKE_01_A.mov'),
    );
    return of.filter(({ why }) => why.includes('nsynced')).map(({ kind }) => kind);
  };

  it('is the person’s choice: a label, a field, a marker, any of them or none', async () => {
    expect(await shown()).toEqual(['set-label']);
    expect(await shown('--flag', 'marker')).toEqual(['add-marker']);
    expect(await shown('--flag', 'none')).toEqual([]);
    const wrong = await baton('plan', manifest, '--flag', 'flag');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('label, field, marker and none')]);
  });
});
