/** Taking an item out of the project: only where no sequence can lose it. */
import { describe, expect, test } from 'vitest';
import type { Step } from '../../manifest/documents/plan.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { addMarker, clip, cutStage, importTo, note, stage, words } from './premiere-stage.ts';

const removal = (file: string): Step => ({
  id: `remove-${file}`,
  kind: 'remove-item',
  target: clip(file),
  before: { bin: [] },
  after: { gone: file },
  why: '',
  undoable: false,
});
const cut = {
  rate: RATES['25'],
  start: 0,
  items: [
    { file: '/Shoot/A003.mov', track: 'V1' as const, recordIn: 0, duration: 50 },
    { file: '/Shoot/S001.wav', track: 'A2' as const, recordIn: 0, duration: 50 },
  ],
};

describe('an item that a sequence uses', () => {
  test('stays, picture or sound, and the sequence is named; the others go', async () => {
    const open = await cutStage(cut);
    const files = ['/Shoot/A003.mov', '/Shoot/S001.wav', '/Shoot/A001.mov'];
    expect(await words(open, files.map(removal))).toEqual([
      'failed: A003.mov: the sequence "Cut 1" uses it; it stays',
      'failed: S001.wav: the sequence "Cut 1" uses it; it stays',
      'verified',
    ]);
    const items = (await open.editor.snapshot()).items;
    expect(items.filter(({ kind }) => kind === 'clip')).toHaveLength(5);
    expect(Object.fromEntries(items.map(({ file, usedIn }) => [file, usedIn]))).toMatchObject({
      '/Shoot/A003.mov': ['Cut 1'],
      '/Shoot/S001.wav': ['Cut 1'],
      '/Shoot/A002.mov': undefined,
    });
  });

  test('stays where only Premiere knows of the use', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const state = open.state();
    state.root.children![0]!.metadata.push(['Column.Intrinsic.VideoUsage', '2']);
    expect(await words(stage({ state }), [removal('/Shoot/A001.mov')])).toEqual([
      'failed: A001.mov: Premiere counts it as used; it stays',
    ]);
  });

  test('stays where a sequence cannot be looked into', async () => {
    const open = await cutStage(cut);
    const broken = stage({ state: open.state(), misbehaviour: { brokenSequence: true } });
    expect((await broken.editor.snapshot()).items).toHaveLength(7);
    expect(await words(broken, [removal('/Shoot/A001.mov')])).toEqual([
      'failed: A001.mov: a sequence cannot be read, so nobody knows whether it is used; it stays',
    ]);
  });
});

test('with the last marker goes what Baton remembered beside it', async () => {
  const open = stage();
  const marker = note(RATES['23.976'], 10);
  await words(open, [importTo('/Shoot/A001.mov'), addMarker('/Shoot/A001.mov', marker)]);
  expect(open.state().root.children![0]!.metadata.map(([column]) => column)).toEqual(['BatonRate']);
  const gone: Step = {
    id: 'gone',
    kind: 'remove-marker',
    target: clip('/Shoot/A001.mov'),
    before: { marker },
    after: { gone: marker.id },
    why: '',
    undoable: true,
  };
  expect(await words(open, [gone])).toEqual(['verified']);
  expect(open.state().root.children![0]!.metadata).toEqual([]);
});
