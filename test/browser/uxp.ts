/** The built UXP plugin in a bare world: what its page has in Premiere, and no more. Its WebView is whoever holds the endpoint. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { Endpoint } from '../../bridge/uxp/bridge.ts';
import { uxpManifest } from '../../build/manifests.ts';
import { standinFetch } from '../../host/standin/uxp/fetch.ts';
import { standinFs } from '../../host/standin/uxp/fs.ts';

export interface PluginOptions {
  /** The built script. */
  main: string;
  /** What `os.homedir` says. */
  home: string;
  /** Premiere's module. */
  ppro: unknown;
  /** The file that the person picks. */
  picks?: string;
}

type Listener = (event: { source: unknown; data: unknown }) => void;

/** The page's end of the WebView: what is posted arrives in the plugin as a copy, later. */
export function startPlugin({ main, home, ppro, picks }: PluginOptions): Endpoint {
  const { domains } = (
    JSON.parse(uxpManifest('0', '')) as { requiredPermissions: { network: { domains: string[] } } }
  ).requiredPermissions.network;
  const [inPlugin, inPage] = [new Set<Listener>(), new Set<(message: unknown) => void>()];
  const copy = (message: unknown) => JSON.parse(JSON.stringify(message)) as unknown;
  const later = (deliver: () => void) => void setTimeout(deliver, 0);
  const view = {
    postMessage: (message: unknown) => later(() => inPage.forEach((each) => each(copy(message)))),
  };
  const { module: fs } = standinFs();
  const placed = (path: string) => path.replace(/^plugin-data:/, home);
  const moved = Object.fromEntries(
    Object.entries(fs).map(([name, call]) => [
      name,
      (path: string, ...rest: unknown[]) => (call as (...args: unknown[]) => unknown)(placed(path), ...rest),
    ]),
  );
  const picked = () => Promise.resolve(picks === undefined ? null : { nativePath: picks });
  const modules: Record<string, unknown> = {
    premierepro: ppro,
    fs: moved,
    os: { homedir: () => home },
    uxp: {
      host: { name: 'premierepro', version: '26.5.0' },
      storage: { localFileSystem: { getFileForOpening: picked, getFolder: () => Promise.resolve(null) } },
    },
  };
  const window: Record<string, unknown> = {
    require: (name: string) => {
      if (!(name in modules)) throw new Error(`Module ${name} not found`);
      return modules[name];
    },
    document: { querySelector: () => view },
    addEventListener: (_type: string, listener: Listener) => inPlugin.add(listener),
    removeEventListener: (_type: string, listener: Listener) => inPlugin.delete(listener),
    fetch: standinFetch({ domains, ports: 'exact' }).fetch,
    setTimeout,
    clearTimeout,
    // Looks for a service more often than a person would wait for.
    setInterval: (work: () => void, ms: number) => setInterval(work, Math.min(ms, 200)).unref(),
    clearInterval,
    console,
  };
  window['window'] = window;
  runInNewContext(readFileSync(main, 'utf8'), window);
  return {
    post: (message) => later(() => inPlugin.forEach((each) => each({ source: view, data: copy(message) }))),
    hear(listener) {
      inPage.add(listener);
      return () => inPage.delete(listener);
    },
  };
}
