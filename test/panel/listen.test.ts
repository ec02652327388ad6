/** Sync by ear and showing a clip, from the panel: what is asked, what is kept, and that nothing is changed by either. */
import { describe, expect, it } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import type { Show } from '../../bridge/contract.ts';
import type { ListeningDesk, ListeningState } from '../../bridge/desk.ts';
import type { Listened } from '../../manifest/documents/sync.ts';
import { createRunner } from '../../panel/run.ts';
import { HEAVY, memoryDesk, memoryEditor, world } from './fixture.ts';

const heard = (clipId: string, reason: string): Listened => ({
  clip: clipId,
  clipId,
  heard: 'match',
  evidence: {},
  reason,
});

/** Answers with these states, one for each question. */
function ears(states: Partial<ListeningState>[]): ListeningDesk & { asked: unknown[] } {
  const asked: unknown[] = [];
  const next = (): ListeningState => ({
    running: false,
    progress: null,
    listened: null,
    issues: [],
    ...states.shift(),
  });
  return {
    asked,
    listen: (_path, what) => {
      asked.push(what);
      return Promise.resolve(next());
    },
    listening: () => Promise.resolve(next()),
    stopListening: () => Promise.resolve({ ...next(), listened: [heard('c1', 'by the stop')] }),
    waveforms: () => Promise.reject(new HostError('busy', 'waveforms', 'nobody asks here')),
    stopWaveforms: () => Promise.resolve(),
  };
}

function listening(states: Partial<ListeningState>[]) {
  const { store, desk, editor } = world();
  const own = ears(states);
  const now = () => new Date(2026, 2, 14, 12, 4);
  const runner = createRunner({
    store,
    desk,
    editor,
    heavy: HEAVY,
    now,
    copy: () => Promise.resolve(),
    listening: own,
  });
  store.change((state) => {
    state.canListen = true;
  });
  return { store, desk, runner, own };
}

describe('listen', () => {
  it('asks for the chosen pictures, shows how far it is, and keeps the newest answer for each', async () => {
    const progress = { done: 1, total: 4, current: 'A001', perSecond: 1, secondsLeft: 3 };
    const { store, desk, runner, own } = listening([
      { running: true, progress },
      { listened: [heard('c2', 'second time')] },
    ]);
    await runner.run('refresh');
    const seen: (number | undefined)[] = [];
    store.subscribe(() => seen.push(store.get().work?.progress?.done));
    store.change((state) => {
      state.toListen = ['A/A001C002.mov'];
      state.heard = [heard('c1', 'kept'), heard('c2', 'first time')];
    });
    const before = desk.handoff;
    await runner.run('listen');
    expect(own.asked).toEqual([{ clips: ['A/A001C002.mov'] }]);
    expect(seen).toContain(1);
    expect(store.get().heard.map(({ reason }) => reason)).toEqual(['kept', 'second time']);
    expect(desk.handoff).toBe(before);
  });

  it('a stop keeps what was heard by then', async () => {
    const { store, runner } = listening([{ running: true }, { running: true }, { running: true }]);
    await runner.run('refresh');
    const done = runner.run('listen');
    await runner.run('cancel');
    await done;
    expect(store.get().heard.map(({ reason }) => reason)).toEqual(['by the stop']);
  });

  it('says why it broke off', async () => {
    const { store, runner } = listening([{ failed: 'ffmpeg is gone' }]);
    await runner.run('refresh');
    await runner.run('listen');
    expect(store.get().failure).toMatchObject({ what: 'Listen', message: 'ffmpeg is gone' });
  });
});

describe('show', () => {
  const asked: Show = {
    what: 'source-monitor',
    target: { clip: 'c1', path: 'A/A001C001.mov', file: '/shoot/A/A001C001.mov' },
  };

  it('hands the clip to the editor, and says why where it could not be shown', async () => {
    const editor = memoryEditor();
    const seen: Show[] = [];
    editor.show = (what) => {
      seen.push(what);
      return Promise.resolve({ shown: seen.length === 1, reason: 'It is offline.' });
    };
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    for (const notice of ['', 'It could not be shown: It is offline.']) {
      store.change((state) => {
        state.toShow = asked;
      });
      await runner.run('show');
      expect(store.get().notice).toBe(notice);
    }
    expect(seen).toEqual([asked, asked]);
  });

  it('an editor that cannot is said, and a wire that fails is a failure', async () => {
    const editor = memoryEditor();
    const { store, runner } = world({ editor, desk: memoryDesk() });
    await runner.run('refresh');
    const ask = () =>
      store.change((state) => {
        state.toShow = asked;
      });
    ask();
    await runner.run('show');
    expect(store.get().notice).toContain('no way to show it');
    editor.show = () => Promise.reject(new HostError('busy', 'show', 'A dialog is open'));
    ask();
    await runner.run('show');
    expect(store.get().failure?.message).toBe('A dialog is open');
  });
});
