/** The command that has Resolve link sound: offered only where the editor can, ten pictures at a time, told by what it shows. */
import { describe, expect, it } from 'vitest';
import type { SoundLinked, SoundPair } from '../../bridge/contract.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import { createRunner } from '../../panel/run.ts';
import { ABOUT, HEAVY, memoryEditor, world } from './fixture.ts';

const verdict = (clipId: string, word: SyncVerdict['verdict'], soundIds: string[]): SyncVerdict => ({
  clip: `${clipId}.mov`,
  clipId,
  verdict: word,
  sound: [],
  soundIds,
  reason: '',
});

function syncing(answer: (pair: SoundPair) => Partial<SoundLinked>, can = true) {
  const { store, desk } = world();
  const asked: SoundPair[][] = [];
  const editor = {
    ...memoryEditor(),
    syncSound: (pairs: SoundPair[]) => {
      asked.push(pairs);
      return Promise.resolve(
        pairs.map((pair): SoundLinked => ({
          clip: pair.picture.clip,
          path: pair.picture.path,
          result: 'linked',
          ...answer(pair),
        })),
      );
    },
  };
  const runner = createRunner({
    store,
    desk,
    editor,
    heavy: HEAVY,
    now: () => new Date(2026, 2, 14, 12, 4),
    copy: () => Promise.resolve(),
  });
  store.change((state) => {
    state.editor = { ...ABOUT, editor: 'resolve', ...(can ? { syncsSound: true as const } : {}) };
    state.project = {
      ...editor.project,
      items: [{ id: 'item-9', file: '/shoot/A.mov' }] as never,
    };
    state.opened = {
      path: '/shoot/handoff.json',
      handoff: desk.handoff,
      issues: [],
      roots: {},
      facts: {},
      files: { c1: '/shoot/A.mov', s1: '/shoot/S.wav' },
    };
  });
  const give = (verdicts: SyncVerdict[]) =>
    store.change((state) => {
      state.verdicts = verdicts;
    });
  return { store, runner, asked, give };
}

describe('sync-sound', () => {
  it('asks for pictures that are in sync with their own sounds, and for nothing else', async () => {
    const { runner, asked, give } = syncing(() => ({}));
    give([verdict('c1', 'in-sync', ['s1']), verdict('c2', 'partial', ['s1']), verdict('c3', 'mos', [])]);
    await runner.run('sync-sound');
    expect(asked).toEqual([
      [
        {
          picture: { clip: 'c1', path: 'A/A001C001.mov', file: '/shoot/A.mov', item: 'item-9' },
          sounds: [{ clip: 's1', path: 's1', file: '/shoot/S.wav' }],
        },
      ],
    ]);
  });

  it('says what each shows afterwards, the first reasons in words', async () => {
    const answers: Record<string, Partial<SoundLinked>> = {
      c1: {},
      c2: { result: 'was' },
      c3: { result: 'no', reason: 'Resolve linked no sound to c3.mov and gives no reason.' },
    };
    const { store, runner, give } = syncing(({ picture }) => answers[picture.clip]!);
    give(['c1', 'c2', 'c3'].map((id) => verdict(id, 'in-sync', ['s1'])));
    await runner.run('sync-sound');
    expect(store.get().notice).toBe(
      'Sound was linked to 1 of 3 pictures; 1 had it already. Resolve linked no sound to c3.mov and gives no reason.',
    );
  });

  it('goes ten at a time, and says how many were not tried when it is stopped', async () => {
    const { store, runner, asked, give } = syncing(() => {
      void runner.run('cancel');
      return { result: 'no', reason: 'No.' };
    });
    give(Array.from({ length: 25 }, (_, nth) => verdict(`p${nth}`, 'in-sync', ['s1'])));
    await runner.run('sync-sound');
    expect(asked.map(({ length }) => length)).toEqual([10]);
    expect(store.get().notice).toBe(
      'Sound was linked to 0 of 25 pictures. No. No. No. And 7 more like these. 15 pictures not tried: it was stopped.',
    );
  });

  it('is not run where the editor cannot, and says so', async () => {
    const { runner, asked, give } = syncing(() => ({}), false);
    give([verdict('c1', 'in-sync', ['s1'])]);
    await runner.run('sync-sound');
    expect(asked).toEqual([]);
  });
});
