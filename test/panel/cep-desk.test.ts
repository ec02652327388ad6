/** Finding the disk inside Premiere: Node by either name, the desk of the same version, the file dialog in each of its manners, and the last handoff. */
import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { buildHandoff } from '../../panel/commands/build-handoff.ts';
import { openHandoff } from '../../panel/commands/open-handoff.ts';
import { cepDesk, type CepPage } from '../../panel/desk/cep.ts';
import { createStore, initialState } from '../../panel/state.ts';
import { HEAVY, memoryDesk, world } from './fixture.ts';

interface Asked {
  loaded: string[];
  admitted: string[];
  methods: string[];
}

/** A page in CEP, whose desk answers every method with the same value. */
function cepPage(change: Partial<CepPage> = {}, answer: unknown = { handoff: {} }): CepPage & Asked {
  const asked: Asked = { loaded: [], admitted: [], methods: [] };
  const kept = new Map<string, string>();
  const load = (path: string) => {
    asked.loaded.push(path);
    return {
      version,
      admit: (each: string) => void asked.admitted.push(each),
      ask: async (method: string) => {
        asked.methods.push(method);
        return JSON.stringify({ ok: true, value: answer });
      },
    };
  };
  return {
    ...asked,
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    } as unknown as Storage,
    __adobe_cep__: { getSystemPath: () => 'file:///C:/Users/Ada%20L/CEP/extensions/baton.handoff.cep' },
    cep_node: { require: load },
    ...change,
  };
}

const answering = (data: string[], err = 0): NonNullable<CepPage['cep']> => ({
  fs: { showOpenDialogEx: () => ({ err, data }) },
});

describe('inside Premiere', () => {
  it('loads the desk by its absolute path in the extension, as the system writes it', () => {
    const page = cepPage();
    expect(cepDesk(page)).not.toBeNull();
    expect(page.loaded).toEqual(['C:/Users/Ada L/CEP/extensions/baton.handoff.cep/desk/desk.cjs']);
  });

  it('a page outside CEP has no desk here', () => {
    const { __adobe_cep__: _gone, ...outside } = cepPage();
    expect(cepDesk(outside)).toBeNull();
  });

  it('takes Node from require where there is no cep_node, and says what to do where there is neither', () => {
    const { cep_node, ...page } = cepPage();
    expect(cepDesk({ ...page, require: cep_node!.require })).not.toBeNull();
    expect(() => cepDesk(page)).toThrow(/without Node. Install the panel again/);
  });

  it('lets the desk into what a person chose, and remembers what was opened', async () => {
    const page = cepPage({ cep: answering(['/day1/handoff.json']) });
    const here = cepDesk(page)!;
    expect(page.admitted).toEqual([]);
    await here.choose('manifest');
    expect(page.admitted).toEqual(['/day1/handoff.json']);
    await here.desk.open('/day1/handoff.json');
    expect(page.methods).toEqual(['desk/open']);
    expect(cepDesk(page)!.manifest).toBe('/day1/handoff.json');
    expect(page.admitted).toHaveLength(2);
  });

  it('a manifest that could not be read is not remembered', async () => {
    const page = cepPage({}, { handoff: null });
    await cepDesk(page)!.desk.open('/day1/handoff.json');
    expect(cepDesk(page)!.manifest).toBeNull();
  });

  it('storage that refuses keeps nothing from working', async () => {
    const refuse = () => {
      throw new Error('denied');
    };
    const page = cepPage({ localStorage: { getItem: refuse, setItem: refuse } as unknown as Storage });
    const desk = cepDesk(page)!;
    expect(desk.manifest).toBeNull();
    await expect(desk.desk.open('/day1/handoff.json')).resolves.toBeDefined();
  });

  it.each([
    ['a path', answering(['/day 1/handoff.json']), '/day 1/handoff.json'],
    ['a URL', answering(['file:///Volumes/DAY%201/handoff.json']), '/Volumes/DAY 1/handoff.json'],
    ['nothing chosen', answering([]), null],
    ['an empty answer', answering(['']), null],
    ['an error', answering(['/x'], 3), null],
  ])('the file dialog answers with %s', async (_what, cep, chosen) => {
    expect(await cepDesk(cepPage({ cep }))!.choose('manifest')).toBe(chosen);
  });

  it('asks for a folder where a folder is wanted, and lets the desk into it', async () => {
    const asked: unknown[][] = [];
    const fs = {
      showOpenDialogEx: (...args: unknown[]) => {
        asked.push(args);
        return { err: 0, data: ['/Volumes/DAY 1'] };
      },
    };
    const page = cepPage({ cep: { fs } }, { running: false, progress: null, scanned: null, issues: [] });
    const desk = cepDesk(page)!;
    expect(await desk.choose('folder')).toBe('/Volumes/DAY 1');
    expect(asked).toEqual([[false, true, 'A folder of media', '', []]]);
    expect(page.admitted).toEqual(['/Volumes/DAY 1/handoff.json']);
    await desk.scanning.scan('/Volumes/DAY 1/handoff.json', {});
    expect(page.methods).toEqual(['desk/scan']);
  });
});

describe('the command open-handoff', () => {
  it('is there only where a handoff can be chosen', () => {
    expect(openHandoff.id).toBe('open-handoff');
    expect(openHandoff.when(initialState())).toContain('baton serve');
    expect(openHandoff.when({ ...initialState(), canOpen: true })).toBeNull();
  });

  it('forgets the other handoff whole, and reads the new one', async () => {
    const { desk, editor, store } = world({ desk: memoryDesk() });
    store.change((state) => {
      state.canOpen = true;
      state.notice = 'of the other';
      state.toggled = { x: true };
    });
    const bench = {
      store,
      desk,
      editor,
      now: () => new Date(0),
      heavy: HEAVY,
      stop: () => {},
      copy: async () => {},
      choose: async () => '/shoot/handoff.json',
    };
    await openHandoff.run(bench, new AbortController().signal);
    expect(store.get()).toMatchObject({
      path: '/shoot/handoff.json',
      canOpen: true,
      notice: '',
      toggled: {},
    });
    expect(store.get().opened).not.toBeNull();
  });

  it('a cancelled dialog changes nothing', async () => {
    const { desk, editor } = world();
    const store = createStore({ ...initialState('/a/handoff.json'), canOpen: true });
    const before = store.get();
    const bench = {
      store,
      desk,
      editor,
      now: () => new Date(0),
      heavy: HEAVY,
      stop: () => {},
      copy: async () => {},
      choose: async () => null,
    };
    await openHandoff.run(bench, new AbortController().signal);
    expect(store.get()).toBe(before);
  });
});

describe('the command build-handoff', () => {
  it('is there only where folders can be chosen and scanned', () => {
    expect(buildHandoff.id).toBe('build-handoff');
    const state = initialState();
    expect(buildHandoff.when({ ...state, canOpen: true })).toContain('baton scan');
    expect(buildHandoff.when({ ...state, canOpen: true, canScan: true })).toBeNull();
  });

  it('scans into the handoff.json of the folder that was chosen', async () => {
    const { desk, editor, store } = world({ desk: memoryDesk(), path: null });
    const scanned: string[] = [];
    const over = {
      running: false,
      progress: null,
      scanned: { revision: 1, clips: 2, added: 2, unread: 0 },
      issues: [],
    };
    const bench = {
      store,
      desk,
      editor,
      now: () => new Date(0),
      heavy: HEAVY,
      stop: () => {},
      copy: async () => {},
      choose: async () => '/shoot/',
      scanning: {
        scan: async (path: string) => {
          scanned.push(path);
          return over;
        },
        scanning: async () => over,
        stopScan: async () => over,
      },
    };
    await buildHandoff.run(bench, new AbortController().signal);
    expect(scanned).toEqual(['/shoot/handoff.json']);
    expect(store.get().said).toBe('Scanned: 2 new clips');
  });
});
