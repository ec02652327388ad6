/** What a visit leaves behind for the next, what is dragged onto the panel, and an editor that is reached late or tells by itself. */
import { describe, expect, it } from 'vitest';
import type { Editor, EditorChange } from '../../bridge/contract.ts';
import { createRunner } from '../../panel/run.ts';
import { createStore, initialState } from '../../panel/state.ts';
import { droppedOn } from '../../panel/drop.ts';
import { beginTour } from '../../panel/tour.ts';
import { watchEditor } from '../../panel/watch-editor.ts';
import { HEAVY, memoryDesk, memoryEditor, world } from './fixture.ts';

function storage(refuses = false): Window {
  const kept = new Map<string, string>();
  const guard = () => {
    if (refuses) throw new Error('SecurityError');
  };
  return {
    localStorage: {
      getItem: (key: string) => (guard(), kept.get(key) ?? null),
      setItem: (key: string, value: string) => (guard(), void kept.set(key, value)),
      removeItem: (key: string) => (guard(), void kept.delete(key)),
    },
  } as unknown as Window;
}

describe('the tour', () => {
  it('comes on the first visit, until it is put away, and never again', () => {
    const page = storage();
    for (const visit of [1, 2]) {
      const store = createStore(initialState());
      beginTour(store, page);
      expect([visit, store.get().touring]).toEqual([visit, true]);
    }
    const store = createStore(initialState());
    beginTour(store, page);
    store.change((state) => {
      state.touring = false;
    });
    const next = createStore(initialState());
    beginTour(next, page);
    expect(next.get().touring).toBe(false);
  });

  it('does not come where nothing can be remembered', () => {
    const store = createStore(initialState());
    beginTour(store, storage(true));
    expect(store.get().touring).toBe(false);
  });
});

describe('a drop', () => {
  const entry = (isDirectory: boolean) => [{ webkitGetAsEntry: () => ({ isDirectory }) }];

  it('is a folder, a handoff or a sheet, by what CEP says of it', () => {
    expect(droppedOn({ files: [{ name: 'Day 1.x', path: '/s/Day 1.x' }], items: entry(true) })!.what).toBe(
      'folder',
    );
    expect(droppedOn({ files: [{ name: 'Day 1', path: '/s/Day 1' }] })!.what).toBe('folder');
    expect(droppedOn({ files: [{ name: 'h.json', path: '/s/h.json' }], items: entry(false) })!.what).toBe(
      'handoff',
    );
    expect(droppedOn({ files: [{ name: 'log.csv', path: '/s/log.csv' }], items: entry(false) })!.what).toBe(
      'sheet',
    );
    expect(droppedOn({ files: [{ name: 'log.csv' }] })!.what).toBe('unplaced');
    expect(droppedOn({ files: [] })).toBeNull();
  });

  it('in a browser says what to do instead, and changes nothing', async () => {
    const { store, runner } = world();
    await runner.run('refresh');
    const before = store.get().opened;
    store.change((state) => {
      state.dropped = { what: 'unplaced', path: '' };
    });
    await runner.run('take-dropped');
    expect(store.get().notice).toContain('Copy a log sheet into /shoot');
    expect(store.get()).toMatchObject({ opened: before, dropped: null, failure: null });
  });

  it('inside an editor opens a handoff, once the desk was let in', async () => {
    const admitted: string[] = [];
    const desk = memoryDesk();
    const store = createStore(initialState(null));
    const runner = createRunner({
      store,
      desk,
      editor: memoryEditor(),
      heavy: HEAVY,
      now: () => new Date(),
      copy: () => Promise.resolve(),
      admit: (path) => admitted.push(path),
    });
    store.change((state) => {
      state.dropped = { what: 'sheet', path: '/elsewhere/log.csv' };
    });
    await runner.run('take-dropped');
    expect(store.get().notice).toContain('Open a handoff or drop a folder first');
    store.change((state) => {
      state.dropped = { what: 'handoff', path: '/shoot/handoff.json' };
    });
    await runner.run('take-dropped');
    expect(admitted).toEqual(['/shoot/handoff.json']);
    expect(store.get()).toMatchObject({ path: '/shoot/handoff.json', failure: null });
    expect(store.get().opened!.handoff).not.toBeNull();
  });
});

describe('an editor that was not reached', () => {
  it('leaves the handoff to look at, and is there after Try again', async () => {
    const store = createStore({
      ...initialState('/shoot/handoff.json'),
      unreached: 'Premiere did not load its script.',
    });
    let tries = 0;
    const runner = createRunner({
      store,
      desk: memoryDesk(),
      editor: null,
      heavy: HEAVY,
      now: () => new Date(),
      copy: () => Promise.resolve(),
      connectEditor: () =>
        ++tries === 1 ? Promise.reject(new Error('still not')) : Promise.resolve(memoryEditor()),
    });
    await runner.run('refresh');
    expect(store.get().opened!.handoff).not.toBeNull();
    expect(store.get().editorAbsent).toBe('Premiere did not load its script.');
    await runner.run('connect-editor');
    expect(store.get().failure!.message).toBe('still not');
    expect(store.get().unreached).not.toBe('');
    await runner.run('connect-editor');
    expect(store.get()).toMatchObject({ unreached: '', failure: null, editorAbsent: '' });
    expect(store.get().plan!.steps.length).toBeGreaterThan(0);
  });
});

describe('an editor that tells', () => {
  it('is heard once for many changes, and not about what we did ourselves', async () => {
    const { store, runner } = world();
    await runner.run('refresh');
    let tell: (what: EditorChange) => void = () => {};
    let clock = 0;
    const editor: Editor = { ...memoryEditor(), watch: (changed) => ((tell = changed), () => {}) };
    const bench = {
      store,
      desk: memoryDesk(),
      editor,
      heavy: HEAVY,
      now: () => new Date(),
      copy: () => Promise.resolve(),
      stop() {},
    };
    const watch = watchEditor(bench, () => clock);
    watch.begin();
    watch.settle();
    tell('items');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(store.get().changedSince).toBe('');
    clock = 5000;
    let changes = 0;
    store.subscribe(() => changes++);
    for (let each = 0; each < 20; each++) tell('items');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(changes).toBe(1);
    expect(store.get().changedSince).toContain('Items of the project');
  });
});

describe('how bins are laid out in a large handoff', () => {
  it('is planned again by lay-out, and kept', async () => {
    const { store, runner, desk } = world();
    await runner.run('refresh');
    let kept: unknown;
    desk.keepChoices = (_path, choices) => Promise.resolve(void (kept = choices));
    store.change((state) => {
      state.bins = { ...state.bins, scenes: 'camera' };
    });
    await runner.run('lay-out');
    expect(kept).toMatchObject({ bins: { scenes: 'camera' } });
    const bins = store
      .get()
      .plan!.steps.flatMap((step) => (step.kind === 'import' ? [step.after.bin[0]] : []));
    expect([...new Set(bins)]).toEqual(['Cameras']);
  });

  it('what is chosen while the choice before is being kept is planned and kept too', async () => {
    const { store, runner, desk } = world();
    await runner.run('refresh');
    const choose = (scenes: 'camera' | 'scene') =>
      store.change((state) => {
        state.bins = { ...state.bins, scenes };
      });
    const kept: string[] = [];
    desk.keepChoices = (_path, { bins }) => {
      if (kept.push(bins!.scenes) === 1) choose('scene');
      return Promise.resolve();
    };
    choose('camera');
    await runner.run('lay-out');
    expect(kept).toEqual(['camera', 'scene']);
    const bins = store
      .get()
      .plan!.steps.flatMap((step) => (step.kind === 'import' ? [step.after.bin[0]] : []));
    expect(bins).not.toContain('Cameras');
  });
});
