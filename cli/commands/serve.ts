/** baton serve: the panel in a browser, on this machine only, with the stand-in Premiere as its editor. */
import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Editor, EditorChange } from '../../bridge/contract.ts';
import { localDesk, openHandoff } from '../../bridge/local/desk.ts';
import { localListening } from '../../bridge/local/listen/listening-desk.ts';
import { localRenaming } from '../../bridge/local/renaming-desk.ts';
import { localScanning } from '../../bridge/local/scanning-desk.ts';
import { leaveServiceFile, type LeftServiceFile } from '../../bridge/local/service-file.ts';
import { startService, type Service } from '../../bridge/local/service.ts';
import { localVerifying } from '../../bridge/local/verifying-desk.ts';
import { SERVE_PORTS } from '../../bridge/service-file.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import { prepareDemo } from '../demo/prepare.ts';
import { roughCut } from '../demo/rough-cut.ts';
import { openProject, saveStandin, standinFrom, standinStatePath, type Standin } from '../project.ts';
import { openOrExplain, readRootOptions, ROOT_OPTION, type Opened } from '../roots.ts';

export const serveCommand: Command = {
  id: 'serve',
  summary: 'open the panel in a browser, on this machine only, with the stand-in Premiere',
  usage: '[MANIFEST|FOLDER] [--port N] [--demo [--dir DIR]] [--root NAME=PATH]... [--json]',
  needs: [],
  most: 1,
  options: {
    port: { type: 'string', value: 'N', help: 'a port of 127.0.0.1; a free one at random where absent' },
    demo: { type: 'boolean', help: 'make the example handoff (once) and serve it' },
    dir: {
      type: 'string',
      value: 'DIR',
      help: 'where the example lies; baton-demo in this folder where absent',
    },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const port = readPort(options['port'] as string | undefined);
    const manifest = await manifestToServe(positionals[0], options, output);
    const opened = await openedOrNone(manifest, options['root'], output);
    const project = await servedProject(opened, options['demo'] === true);
    const service = await start({
      panel: panelFolder(),
      manifests: [opened.path],
      desk: localDesk(readRootOptions(options['root'])),
      listening: localListening(readRootOptions(options['root'])),
      scanning: localScanning({
        roots: readRootOptions(options['root']),
        afterScan: project.readAgain,
      }),
      renaming: localRenaming({
        roots: readRootOptions(options['root']),
        afterRename: project.readAgain,
      }),
      verifying: localVerifying(readRootOptions(options['root'])),
      editor: project.editor,
      afterApply: project.save,
      ...(port === undefined ? {} : { port }),
    });
    // Listened for before the address is told: who reads it may end us in the same moment.
    const ended = interrupted();
    const left = await leftFile(service, output);
    output.say(`${opened.handoff.production.title}: open ${service.url} (Ctrl-C ends)`);
    output.document({ url: service.url, manifest: opened.path });
    await ended;
    await left?.remove();
    await service.close();
    return 0;
  },
};

/** So that Premiere's UXP panel finds the service; null where it cannot be left, which is said. */
async function leftFile(service: Service, output: Output): Promise<LeftServiceFile | null> {
  const { origin, pluginToken: token, pluginProof: proof } = service;
  try {
    return await leaveServiceFile({ origin, token, proof });
  } catch (error) {
    output.warn(`Premiere's UXP panel will not find this service: ${(error as Error).message}`);
    return null;
  }
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new CannotDo(`--port wants a number from 0 to 65535; it was given "${text}"`);
}

async function manifestToServe(
  given: string | undefined,
  options: Record<string, unknown>,
  output: Output,
): Promise<string> {
  if (options['demo'] === true) {
    if (given !== undefined) throw new CannotDo('baton serve takes a MANIFEST or --demo, not both');
    return prepareDemo(resolve((options['dir'] as string | undefined) ?? 'baton-demo'), output);
  }
  if (options['dir'] !== undefined) throw new CannotDo('--dir says where the example of --demo lies');
  const named = resolve(given ?? 'handoff.json');
  const manifest = isFolder(named) ? join(named, 'handoff.json') : named;
  if (given !== undefined && manifest === named && !existsSync(named))
    throw new CannotDo(`${given} is not there; name a folder, and the panel builds its handoff`);
  if (given === undefined && !existsSync(manifest))
    throw new CannotDo('there is no handoff.json in this folder: name a MANIFEST, or try --demo');
  return manifest;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A folder without a manifest is served empty: the panel builds one from it. */
async function openedOrNone(manifest: string, roots: unknown, output: Output): Promise<Opened> {
  if (existsSync(manifest) || !isFolder(dirname(manifest))) return openOrExplain(manifest, roots, output);
  const handoff = emptyHandoff(basename(dirname(manifest)));
  return { path: manifest, handoff, issues: [], roots: {}, facts: {}, files: {} };
}

/** The stand-in project, saved beside the manifest; in the example its editor cuts an assembly as soon as the clips are in. */
async function servedProject(
  opened: Opened,
  cuts: boolean,
): Promise<{ editor: Editor; save(): Promise<void>; readAgain(): Promise<void> }> {
  const file = standinStatePath(opened.path);
  await mkdir(dirname(file), { recursive: true });
  const { standin } = await openProject(file, opened, { mayBeMissing: true });
  if (!standin)
    throw new CannotDo(`${file} is a project snapshot, which nothing can be written to: move it away`);
  let now: Standin = standin;
  const listeners = new Set<(what: EditorChange) => void>();
  const tell = (what: EditorChange) => {
    for (const heard of listeners) heard(what);
  };
  let stop = now.editor.watch?.(tell);
  const turnTo = (next: Standin) => {
    stop?.();
    now = next;
    stop = now.editor.watch?.(tell);
  };
  const editor: Editor = {
    about: () => now.editor.about(),
    snapshot: () => now.editor.snapshot(),
    apply: (steps) => now.editor.apply(steps),
    readBack: (steps) => now.editor.readBack(steps),
    sequences: () => now.editor.sequences(),
    sequence: (id) => now.editor.sequence(id),
    exportInterchange: (sequence, path) => now.editor.exportInterchange(sequence, path),
    show: (asked) => now.editor.show!(asked),
    watch: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
  const save = async () => {
    const cut = cuts ? roughCut(now.state(), opened) : null;
    if (cut) turnTo(standinFrom(cut, opened));
    await saveStandin(file, now);
    if (cut) tell('sequence');
  };
  // Media that a scan found since are media to the editor too.
  const readAgain = async () => {
    const { handoff, ...rest } = await openHandoff(opened.path);
    if (!handoff) return;
    turnTo(standinFrom(now.state(), { ...rest, handoff }));
    tell('items');
  };
  return { editor, save, readAgain };
}

/** Without a port, one that a UXP panel may call, at random; any free one where all are taken. */
async function start(options: Parameters<typeof startService>[0]): Promise<Service> {
  const ports = options.port === undefined ? [...shuffled(SERVE_PORTS), 0] : [options.port];
  for (const port of ports)
    try {
      return await startService({ ...options, port });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (options.port === undefined && (code === 'EADDRINUSE' || code === 'EACCES')) continue;
      if (code === 'EADDRINUSE')
        throw new CannotDo(`port ${port} is taken: choose another with --port, or none`);
      if (code === 'EACCES')
        throw new CannotDo(`this system does not give port ${port} to you: choose one above 1023`);
      throw error;
    }
  throw new CannotDo('this system has no free port');
}

function shuffled(ports: readonly number[]): number[] {
  return ports
    .map((port) => ({ port, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ port }) => port);
}

/** The built panel: beside the built command, or under dist/ in a checkout. */
function panelFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, '../panel'), join(here, '../../dist/panel')];
  const found = places.find(
    (place) => existsSync(join(place, 'index.html')) && existsSync(join(place, 'panel.js')),
  );
  if (!found) throw new CannotDo('the panel is not built yet: npm run build');
  return found;
}

/** Resolves at Ctrl-C, a polite kill or a closed terminal; a second one ends the process at once. */
function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
}
