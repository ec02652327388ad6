/** Scanning from the panel: how far it is, stopping it, and what it came to. */
import { describe, expect, it } from 'vitest';
import type { ScanAsked, ScanningDesk, ScanState } from '../../bridge/desk.ts';
import { createRunner } from '../../panel/run.ts';
import { createStore, initialState } from '../../panel/state.ts';
import { HEAVY, memoryDesk } from './fixture.ts';

const STEP: ScanState = {
  running: true,
  progress: { done: 3, total: 9, current: 'A/x.mov', secondsLeft: 2 },
  scanned: null,
  issues: [],
};
const OVER: ScanState = {
  ...STEP,
  running: false,
  scanned: { revision: 4, clips: 2, added: 2, unread: 0 },
};

function panel(states: ScanState[], stopped: ScanState = OVER) {
  const asked: ScanAsked[] = [];
  let nth = 0;
  const scanning: ScanningDesk = {
    scan: (_path, what) => {
      asked.push(what);
      return Promise.resolve(states[0]!);
    },
    scanning: () => Promise.resolve(states[Math.min(++nth, states.length - 1)]!),
    stopScan: () => Promise.resolve(stopped),
  };
  const store = createStore({ ...initialState('/shoot/handoff.json'), canScan: true });
  const seen: string[] = [];
  store.subscribe(() => {
    const progress = store.get().work?.progress;
    if (progress) seen.push(`${progress.done} of ${progress.total}`);
  });
  const desk = memoryDesk();
  const runner = createRunner({
    store,
    desk,
    editor: null,
    heavy: HEAVY,
    scanning,
    now: () => new Date(2026, 2, 14),
    copy: () => Promise.resolve(),
  });
  return { store, runner, asked, seen };
}

describe('scan', () => {
  it('shows how far it is, then the handoff', async () => {
    const { store, runner, seen } = panel([STEP, OVER]);
    await runner.run('scan');
    expect(seen).toContain('3 of 9');
    expect(store.get().opened!.handoff!.production.title).toBe('Harbour');
    expect(store.get()).toMatchObject({
      work: null,
      failure: null,
      notice: '',
      said: 'Scanned: 2 new clips',
    });
  });

  it('hands on what a person said of the columns, once', async () => {
    const { store, runner, asked } = panel([OVER]);
    store.change((state) => {
      state.columns = [{ heading: 'Szene', meaning: 'scene' }];
    });
    await runner.run('scan');
    await runner.run('scan');
    expect(asked).toEqual([{ columns: [{ heading: 'Szene', meaning: 'scene' }] }, {}]);
  });

  it('cancel stops it, and says what was not read', async () => {
    const part = { ...OVER, scanned: { ...OVER.scanned!, unread: 6 } };
    const { store, runner } = panel([STEP], part);
    const scanning = runner.run('scan');
    await runner.run('cancel');
    await scanning;
    expect(store.get().notice).toContain('6 files were not read');
  });

  it('one that broke off is said with its reason', async () => {
    const { store, runner } = panel([{ ...OVER, scanned: null, failed: 'The drive went away.' }]);
    await runner.run('scan');
    expect(store.get().failure!.message).toBe('The drive went away.');
  });
});
