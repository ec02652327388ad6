/** Proving files from the panel, and a disk with Node that comes and goes: what is asked, what is said, which buttons are there. */
import { describe, expect, it } from 'vitest';
import type { VerifyingDesk, VerifyState } from '../../bridge/desk.ts';
import type { Lending } from '../../bridge/uxp/bridged.ts';
import type { ServiceHere } from '../../bridge/uxp/service.ts';
import { canNow, followLending } from '../../panel/lending.ts';
import { createRunner } from '../../panel/run.ts';
import { HEAVY, world } from './fixture.ts';

const none = { proven: 0, altered: 0, missing: 0, renamed: 0, extra: 0, unverified: 0, unreadable: 0 };

function proving(states: Partial<VerifyState>[]) {
  const { store, desk, editor } = world();
  const asked: string[] = [];
  const next = (): VerifyState => ({
    running: false,
    progress: null,
    verified: null,
    issues: [],
    ...states.shift(),
  });
  const verifying: VerifyingDesk = {
    verify: (path) => (asked.push(`verify ${path}`), Promise.resolve(next())),
    verifying: () => (asked.push('verifying'), Promise.resolve(next())),
    stopVerifying: () => (
      asked.push('stop'),
      Promise.resolve({ ...next(), failed: 'Stopped. What was read is kept.' })
    ),
  };
  const runner = createRunner({
    store,
    desk,
    editor,
    heavy: HEAVY,
    now: () => new Date(2026, 2, 14, 12, 4),
    copy: () => Promise.resolve(),
    verifying,
  });
  store.change((state) => {
    state.canVerify = true;
  });
  return { store, runner, asked };
}

describe('verify', () => {
  it('asks how far it is until it is over, and says that every file is as its list says', async () => {
    const { store, runner, asked } = proving([
      { running: true, progress: { done: 1e6, total: 5e6, current: '/shoot/A001/a.mov' } },
      { verified: { counts: { ...none, proven: 12 }, bytes: 5e6, findings: [], more: 0 } },
    ]);
    await runner.run('refresh');
    await runner.run('verify');
    expect(asked).toEqual([`verify ${store.get().path}`, 'verifying']);
    expect(store.get()).toMatchObject({
      notice: '12 files proven: every file is as its list says.',
      failure: null,
    });
  });

  it('names what a list says otherwise, the first three, and how many more there are', async () => {
    const finding = (path: string, verdict: 'altered' | 'unverified') => ({
      verdict,
      path,
      reason: 'it holds something else',
    });
    const { store, runner } = proving([
      {
        verified: {
          counts: { ...none, proven: 1, altered: 5, unverified: 2 },
          bytes: 1,
          findings: [
            finding('new.mov', 'unverified'),
            ...['a.mov', 'b.mov', 'c.mov', 'd.mov'].map((path) => finding(path, 'altered')),
          ],
          more: 2,
        },
      },
    ]);
    await runner.run('refresh');
    await runner.run('verify');
    expect(store.get().notice).toBe(
      '1 file proven. 5 not as a list says. a.mov is altered: it holds something else. b.mov is altered: it holds something else. c.mov is altered: it holds something else. And 2 more: baton verify lists them. No list speaks of 2 files.',
    );
  });

  it.each([
    [
      { unverified: 28 },
      'No hash list lies with these files, so 28 files cannot be proven: make one with baton verify --write, or name a copy with --copy.',
    ],
    [{ proven: 3, unverified: 1 }, '3 files proven. No list speaks of 1 file.'],
    [{}, 'There are no files to prove.'],
  ])('%j is said so', async (counts, said) => {
    const { store, runner } = proving([
      {
        verified: {
          counts: { ...none, ...counts },
          bytes: 1,
          findings: [],
          more: (counts as { unverified?: number }).unverified ?? 0,
        },
      },
    ]);
    await runner.run('refresh');
    await runner.run('verify');
    expect(store.get().notice).toBe(said);
  });

  it('Cancel stops it, and what was read is kept', async () => {
    const { store, runner, asked } = proving([
      { running: true, progress: { done: 0, total: 9e9, current: 'a.mov' } },
      { running: true },
      { running: false },
    ]);
    await runner.run('refresh');
    const over = runner.run('verify');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await runner.run('cancel');
    await over;
    expect(asked).toContain('stop');
    expect(store.get()).toMatchObject({ notice: 'Stopped. What was read is kept.', failure: null });
  });

  it('what went wrong is said as a failure', async () => {
    const { store, runner } = proving([{ failed: 'the root media is not at /shoot' }]);
    await runner.run('refresh');
    await runner.run('verify');
    expect(store.get().failure).toMatchObject({
      what: 'Verify',
      message: 'the root media is not at /shoot',
    });
  });
});

describe('a service that comes and goes', () => {
  const can = { canOpen: true, canScan: true, canListen: true, canRename: true, canVerify: true };
  const cannot = { canOpen: true, canScan: false, canListen: false, canRename: false, canVerify: false };

  it('where nobody lends, a face can do what it can; where nobody does now, it cannot yet', () => {
    expect(canNow(undefined, can)).toEqual(can);
    expect(canNow({ now: null, watch: () => () => {} }, can)).toEqual(cannot);
    expect(canNow({ now: { port: 1 }, watch: () => () => {} }, can)).toEqual(can);
  });

  it('its buttons come and go with it, and it is said in words', () => {
    const { store } = world();
    let tell: (here: ServiceHere | null) => void = () => {};
    const lending: Lending = { now: null, watch: (heard) => ((tell = heard), () => {}) };
    store.change((state) => void Object.assign(state, canNow(lending, can)));
    followLending(store, lending, can);
    tell({ port: 27480 });
    expect(store.get()).toMatchObject({
      ...can,
      notice: '',
      said: expect.stringContaining('baton serve is here'),
    });
    tell(null);
    expect(store.get()).toMatchObject({ ...cannot, notice: expect.stringContaining('works alone') });
  });
});
