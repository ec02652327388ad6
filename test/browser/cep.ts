/**
 * A panel's page as CEP gives it: file://, `__adobe_cep__` with a stand-in Premiere behind evalScript, `cep.fs`, and Node as
 * `require` and `cep_node`, which is a process of its own that lacks what CEP's old Node lacks.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { emptyPage } from './page.ts';

const OLD_NODE = fileURLToPath(new URL('./old-node.cjs', import.meta.url));
/** `BATON_CEP_NODE` names a real Node of CEP's age (15 to 17), where a machine has one. */
const NODE = process.env['BATON_CEP_NODE'] ?? process.execPath;

export interface OldNode {
  /** What the file exports: the value, or null for a function. */
  exports: [name: string, value: unknown][];
  call(name: string, args: unknown[]): Promise<unknown>;
  stop(): void;
}

/** Rejects with what Node said where the file cannot be loaded. */
export function oldNode(file: string): Promise<OldNode> {
  const child = spawn(NODE, [OLD_NODE, file], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = new Map<number, { done(value: unknown): void; failed(error: Error): void }>();
  let [next, wrong] = [0, ''];
  child.stderr.on('data', (text: Buffer) => (wrong += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(wrong)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as {
        exports?: OldNode['exports'];
        id: number;
        value?: unknown;
        error?: string;
      };
      if (said.exports) return resolve(asked(child, said.exports, waiting, () => next++));
      const each = waiting.get(said.id);
      waiting.delete(said.id);
      if (said.error === undefined) each?.done(said.value);
      else each?.failed(new Error(said.error));
    });
  });
}

function asked(
  child: ChildProcess,
  exports: OldNode['exports'],
  waiting: Map<number, { done(value: unknown): void; failed(error: Error): void }>,
  number: () => number,
): OldNode {
  return {
    exports,
    call: (name, args) =>
      new Promise((done, failed) => {
        const id = number();
        waiting.set(id, { done, failed });
        child.stdin!.write(`${JSON.stringify({ id, name, args })}\n`);
      }),
    stop: () => void child.kill(),
  };
}

export interface CepOptions {
  /** Folder of the unpacked extension. */
  extension: string;
  node: OldNode;
  evalScript(code: string): Promise<string>;
  /** What the file dialog answers when it is asked for a manifest, and for a folder. */
  chosen: { manifest: string; folder: string };
  /** Panel background, 0–255 each. */
  skin: number;
  width?: number;
}

export interface CepPage {
  page: Page;
  complaints: string[];
  /** As when the person changes Premiere's brightness. */
  setSkin(grey: number): Promise<void>;
}

export async function openCepPage(browser: Browser, options: CepOptions): Promise<CepPage> {
  const { extension, node } = options;
  const { page, complaints } = await emptyPage(browser, { width: options.width });
  await page.exposeFunction('standinEvalScript', (code: string) => options.evalScript(code));
  await page.exposeFunction('oldNodeCall', (name: string, args: unknown[]) => node.call(name, args));
  await page.addInitScript(asCep, {
    root: pathToFileURL(extension).href,
    desk: join(extension, 'desk', 'desk.cjs'),
    exports: node.exports,
    chosen: options.chosen,
    skin: options.skin,
  });
  await page.goto(pathToFileURL(join(extension, 'panel', 'index.html')).href);
  const setSkin = (grey: number) =>
    page.evaluate((to) => (window as unknown as { setSkin(grey: number): void }).setSkin(to), grey);
  return { page, complaints, setSkin };
}

interface Given {
  root: string;
  desk: string;
  exports: OldNode['exports'];
  chosen: CepOptions['chosen'];
  skin: number;
}

/** Runs in the page before its own script. */
function asCep({ root, desk, exports, chosen, skin }: Given): void {
  type Heard = (event: { type: string }) => void;
  const here = window as unknown as Record<string, (...args: never[]) => Promise<unknown>>;
  const listeners: [string, Heard][] = [];
  let grey = skin;
  const cep = {
    getSystemPath: (what: string) => (what === 'extension' ? root : ''),
    getHostEnvironment: () =>
      JSON.stringify({
        appName: 'PPRO',
        appVersion: '24.6.1',
        appSkinInfo: { panelBackgroundColor: { color: { red: grey, green: grey, blue: grey, alpha: 255 } } },
      }),
    evalScript: (code: string, answer: (text: string) => void) =>
      void here['standinEvalScript']!(code as never).then((text) => answer(String(text))),
    addEventListener: (type: string, listener: Heard) => void listeners.push([type, listener]),
    removeEventListener: () => {},
  };
  const load = (path: string) => {
    if (path !== desk) throw new Error(`Cannot find module '${path}'`);
    const each = exports.map(([name, value]) => [
      name,
      value ?? ((...args: unknown[]) => here['oldNodeCall']!(name as never, args as never)),
    ]);
    return Object.fromEntries(each) as unknown;
  };
  const process = { platform: 'darwin', versions: { node: '15.9.0' }, env: {} };
  Object.assign(window, {
    __adobe_cep__: cep,
    cep: {
      fs: {
        showOpenDialogEx: (_many: boolean, folders: boolean) => ({
          err: 0,
          data: [folders ? chosen.folder : chosen.manifest],
        }),
      },
    },
    require: load,
    cep_node: { require: load, process, global: window },
    // UMD and Node sniffing see these in CEP.
    module: { exports: {} },
    exports: {},
    process,
    global: window,
    setSkin: (to: number) => {
      grey = to;
      for (const [type, listener] of listeners)
        if (type === 'com.adobe.csxs.events.ThemeColorChanged') listener({ type });
    },
  });
}
