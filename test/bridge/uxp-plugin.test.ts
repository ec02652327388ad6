/** The plugin inside Premiere: how it knows where it is, what it offers the panel, and that its built page runs. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { premiereUxp, uxpHere } from '../../bridge/hosts/premiere-uxp.ts';
import { asking } from '../../bridge/uxp/bridge.ts';
import { bridgedDesk, bridgedEditor } from '../../bridge/uxp/bridged.ts';
import { fillGaps, utf8 } from '../../bridge/uxp/gaps.ts';
import { standinFs } from '../../host/standin/uxp/fs.ts';
import { uxpStage } from '../host/uxp-stage.ts';
import { importTo } from './premiere-stage.ts';

const world = globalThis as unknown as { require?: unknown };
afterEach(() => delete world.require);

/** What UXP's `require` gives. */
function uxpRequire(folder: string) {
  const { premiere } = uxpStage();
  const { module: fs } = standinFs();
  const placed = (path: string) => path.replace('plugin-data:', folder);
  const moved = Object.fromEntries(
    Object.entries(fs).map(([name, call]) => [
      name,
      (path: string, ...rest: unknown[]) => (call as (...args: unknown[]) => unknown)(placed(path), ...rest),
    ]),
  );
  // Media exist as facts only.
  const lstat = moved['lstat']!;
  moved['lstat'] = (path: string) =>
    path.startsWith('/Shoot/') ? Promise.resolve({ size: 1 }) : lstat(path);
  const modules: Record<string, unknown> = {
    premierepro: premiere.module,
    fs: moved,
    uxp: {
      host: { name: 'premierepro', version: '26.5.0' },
      storage: {
        localFileSystem: {
          getFileForOpening: () => Promise.resolve({ nativePath: join(folder, 'handoff.json') }),
          getFolder: () => Promise.resolve(null),
        },
      },
    },
  };
  return (name: string) => {
    if (!(name in modules)) throw new Error(`Module ${name} not found`);
    return modules[name];
  };
}

describe('premiere-uxp', () => {
  test('is here where require gives Premiere and a file system, and nowhere else', () => {
    expect([premiereUxp.id, premiereUxp.isHere()]).toEqual(['premiere-uxp', false]);
    world.require = (name: string) => {
      throw new Error(`Cannot find module '${name}'`);
    };
    expect(premiereUxp.isHere()).toBe(false);
    world.require = (name: string) => (name === 'fs' ? standinFs().module : null);
    expect(premiereUxp.isHere()).toBe(false);
    world.require = uxpRequire(tmpdir());
    expect(premiereUxp.isHere()).toBe(true);
    expect(uxpHere()!.version).toBe('26.5.0');
  });

  test('connects to the editor in its own process, or says that it is not there', async () => {
    await expect(premiereUxp.connect()).rejects.toMatchObject({ code: 'not-open' });
    world.require = uxpRequire(tmpdir());
    const editor = await premiereUxp.connect();
    expect(await editor.about()).toMatchObject({
      adapter: 'uxp',
      editor: 'premiere',
      editorVersion: '26.5.0',
    });
  });
});

describe('what UXP may lack', () => {
  test.each(['', 'plain', 'Ünder', '\u20ac \ud83c\udfac', 'alone \ud83c and \udfac'])(
    '"%s" is the same UTF-8',
    (text) => {
      expect(utf8(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)));
    },
  );

  test('is put there only where it is missing', () => {
    const bare: { TextEncoder?: unknown } = {};
    fillGaps(bare);
    const Encoder = bare.TextEncoder as typeof TextEncoder;
    expect([...new Encoder().encode('ü')]).toEqual([0xc3, 0xbc]);
    fillGaps(bare);
    expect(bare.TextEncoder).toBe(Encoder);
  });
});

const DIST = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const MAIN = join(DIST, 'uxp', 'main.js');
const example = fileURLToPath(new URL('../../examples', import.meta.url));

describe('the built plugin', () => {
  const built = existsSync(MAIN);
  if (!built) console.log(`skipped: ${MAIN} is not built (npx vite build -m uxp)`);

  test.runIf(built)('has the panel beside it and asks for nothing from Node', () => {
    const code = readFileSync(MAIN, 'utf8');
    expect(code).not.toMatch(/["'`]node:|import\.meta|process\.(env|platform)/);
    expect(readFileSync(join(DIST, 'uxp', 'index.html'), 'utf8')).toContain('plugin:/panel/index.html');
    expect(existsSync(join(DIST, 'uxp', 'panel', 'index.html'))).toBe(true);
  });

  test.runIf(built)(
    'runs in a bare world, answers the panel over the WebView, and remembers the manifest',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'baton-plugin-'));
      const path = join(folder, 'handoff.json');
      cpSync(join(example, 'handoff.json'), path);
      type Listener = (event: { source: unknown; data: unknown }) => void;
      const [inPlugin, inPage] = [new Set<Listener>(), new Set<(message: unknown) => void>()];
      const later = (deliver: () => void) => setTimeout(deliver, 0);
      const copy = (message: unknown) => JSON.parse(JSON.stringify(message)) as unknown;
      const view = {
        postMessage: (message: unknown) => later(() => inPage.forEach((each) => each(copy(message)))),
      };
      const window: Record<string, unknown> = {
        require: uxpRequire(folder),
        document: { querySelector: () => view },
        addEventListener: (_type: string, listener: Listener) => inPlugin.add(listener),
        removeEventListener: (_type: string, listener: Listener) => inPlugin.delete(listener),
        setTimeout,
        clearTimeout,
        setInterval,
        clearInterval,
        console,
      };
      window['window'] = window;
      runInNewContext(readFileSync(MAIN, 'utf8'), window);
      const bridge = asking({
        post: (message) =>
          later(() => inPlugin.forEach((each) => each({ source: view, data: copy(message) }))),
        hear: (listener) => {
          inPage.add(listener);
          return () => inPage.delete(listener);
        },
      });
      const editor = await bridgedEditor(bridge);
      expect((await editor.apply([importTo('/Shoot/A001.mov')]))[0]).toMatchObject({ result: 'verified' });
      const first = await bridgedDesk(bridge);
      expect(first.manifest).toBeNull();
      expect(await first.choose()).toBe(path);
      expect(await first.choose('folder')).toBeNull();
      const opened = await first.desk.open(path);
      expect([opened.handoff?.kind, opened.issues.map(({ code }) => code)]).toEqual([
        'handoff',
        ['works-alone'],
      ]);
      const { revision } = await first.desk.record(path, { kind: 'note', at: 'now' });
      expect(revision).toBe(opened.handoff!.revision + 1);
      expect((await bridgedDesk(bridge)).manifest).toBe(path);
      bridge.close();
      rmSync(folder, { recursive: true });
    },
  );
});
