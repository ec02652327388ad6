/**
 * A panel's page as Resolve's plugin shows it: the packaged page and its packaged preload script, with the handlers of the main
 * process on the other side of Electron's channels.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { CHANNELS } from '../../host/resolve/channels.ts';
import type { Service } from '../../host/resolve/service.ts';
import { emptyPage } from './page.ts';

export interface ResolvePageOptions {
  /** Folder of the unpacked plugin. */
  plugin: string;
  service: Service;
  width?: number;
}

export interface OpenedResolvePage {
  page: Page;
  complaints: string[];
  /** As when the main process notices that another project or timeline was opened. */
  tell(what: string): Promise<void>;
}

export async function openResolvePage(
  browser: Browser,
  { plugin, service, width = 420 }: ResolvePageOptions,
): Promise<OpenedResolvePage> {
  const { page, complaints } = await emptyPage(browser, { width });
  const handlers: Record<string, (...args: unknown[]) => Promise<unknown>> = {
    [CHANNELS.ask]: (room, method, args) => service.ask(room, method, args),
    [CHANNELS.choose]: (what) => service.choose(what),
    [CHANNELS.manifest]: () => service.manifest(),
  };
  await page.exposeFunction('electronInvoke', (channel: string, args: unknown[]) =>
    handlers[channel]!(...args),
  );
  const preload = readFileSync(join(plugin, 'preload.js'), 'utf8');
  await page.addInitScript(`${electronOf.toString()}\n((require) => {${preload}\n})(electronOf);`);
  await page.goto(pathToFileURL(join(plugin, 'index.html')).href);
  const tell = (what: string) =>
    page.evaluate(
      ([channel, news]) =>
        (window as unknown as { electronSend(channel: string, news: string): void }).electronSend(
          channel!,
          news!,
        ),
      [CHANNELS.changed, what],
    );
  return { page, complaints, tell };
}

/** Runs in the page before its own script: what a sandboxed preload script gets of Electron. */
function electronOf(name: string): unknown {
  if (name !== 'electron') throw new Error(`module not found: ${name}`);
  type Listener = (event: object, value: unknown) => void;
  const listeners: [string, Listener][] = [];
  const here = window as unknown as Record<string, (...args: unknown[]) => unknown>;
  here['electronSend'] = (channel, value) => {
    for (const [on, listener] of listeners) if (on === channel) listener({}, value);
  };
  return {
    contextBridge: {
      exposeInMainWorld: (key: string, api: object) =>
        Object.defineProperty(window, key, { value: Object.freeze(api) }),
    },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) => here['electronInvoke']!(channel, args),
      on: (channel: string, listener: Listener) => void listeners.push([channel, listener]),
      removeListener: (channel: string, listener: Listener) => {
        const at = listeners.findIndex(([on, each]) => on === channel && each === listener);
        if (at >= 0) listeners.splice(at, 1);
      },
    },
  };
}
