/** Resolve's plugin as it is installed: unzipped into a folder with no packages anywhere above it, it scans, listens and hashes. */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { createXXHash64 } from 'hash-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopbackEditor } from '../bridge/hosts/loopback.ts';
import { resolveAsk, type ResolvePage } from '../bridge/hosts/resolve-plugin.ts';
import { startCrew } from '../bridge/local/probe/crew.ts';
import type { Probe } from '../bridge/local/probe/prober.ts';
import { loopbackDesk, loopbackListening, loopbackScanning, loopbackVerifying } from '../bridge/loopback.ts';
import type { Handoff } from '../manifest/documents/handoff.ts';
import { RATES } from '../manifest/time/rate.ts';
import { makeShoot } from './bridge/listen-shoot.ts';
import { clip as targetOf, importTo } from './bridge/premiere-stage.ts';
import { pack, unpack, writeFiles } from './packaged.ts';

const MAIN = fileURLToPath(new URL('./plugin-main.cjs', import.meta.url));
const MODULE = fileURLToPath(new URL('./resolve/workflow-module.ts', import.meta.url));
const HASH_THREAD = fileURLToPath(new URL('../bridge/local/hash/worker.cjs', import.meta.url));

const base = realpathSync(mkdtempSync(join(tmpdir(), 'baton-plugin-')));
const plugin = join(base, 'plugin');
const shoot = join(base, 'shoot');
const manifest = join(shoot, 'handoff.json');
let files: Record<string, Uint8Array>;

interface Running {
  page: ResolvePage;
  process: ChildProcess;
  /** What no handler caught. */
  wrong: string[];
  /** Files of the threads that started. */
  threads: string[];
}

interface Told {
  id?: number;
  value: never;
  error?: string;
  shown?: string;
  wrong?: string;
  thread?: string;
}

/** The plugin's main process, with its page's own way to it. */
function run(): Promise<Running> {
  const child = fork(MAIN, [join(plugin, 'main.js'), base, manifest], {
    cwd: plugin,
    env: { PATH: process.env['PATH'] },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, { done(value: never): void; failed(error: Error): void }>();
  const [wrong, threads]: [string[], string[]] = [[], []];
  let next = 0;
  const call = <Value>(channel: string, ...args: unknown[]) =>
    new Promise<Value>((done, failed) => {
      waiting.set(next, { done, failed });
      child.send({ id: next++, channel: `baton:${channel}`, args });
    });
  const page: ResolvePage = {
    ask: (...args) => call('ask', ...args),
    choose: (what) => call('choose', what),
    manifest: () => call('manifest'),
    changed: () => () => undefined,
  };
  let said = '';
  child.stderr!.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the plugin ended with ${code}: ${said}`)));
    child.on('message', (told: Told) => {
      if (told.shown) return resolve({ page, process: child, wrong, threads });
      if (told.wrong) return void wrong.push(told.wrong);
      if (told.thread) return void threads.push(told.thread);
      const each = waiting.get(told.id!)!;
      if (told.error === undefined) each.done(told.value);
      else each.failed(new Error(told.error));
    });
  });
}

/** The stand-in of Resolve's own module, as one file that asks for nothing. */
async function buildModule(file: string): Promise<void> {
  const out = join(base, 'module');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: MODULE,
      outDir: out,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'module.cjs' } },
    },
  });
  copyFileSync(join(out, 'module.cjs'), file);
}

beforeAll(() => {
  pack(base);
  files = unpack(base, 'plugin')!;
  writeFiles(files, plugin);
}, 60_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const code = () =>
  Object.entries(files).filter(([name]) => name.endsWith('.js') && !['panel.js', 'work.js'].includes(name));

it('asks for nothing but Node, Electron and what lies in it', () => {
  /** Programs: where npm did not bring them they are looked for on PATH. */
  const elsewhere = ['electron', '@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe'];
  for (const [name, bytes] of code()) {
    const text = Buffer.from(bytes).toString('utf8');
    const asked = [...text.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map((match) => match[1]!);
    const missing = asked.filter(
      (each) => !isBuiltin(each) && !elsewhere.includes(each) && !(each.replace(/^\.\//, '') in files),
    );
    expect([name, missing]).toEqual([name, []]);
  }
});

it('no folder above it has packages', () => {
  for (let at = plugin; at !== dirname(at); at = dirname(at))
    expect(() => readFileSync(join(at, 'node_modules', 'hash-wasm', 'package.json'))).toThrow('ENOENT');
});

describe('its main process', () => {
  let running: Running;
  beforeAll(async () => {
    mkdirSync(shoot);
    makeShoot(shoot);
    copyFileSync(join(shoot, 'CAM/C0007.MOV'), join(shoot, 'CAM/C0007 copy.MOV'));
    running = await run();
  }, 60_000);
  afterAll(() => running?.process.kill());

  const later = () => new Promise((resolve) => setTimeout(resolve, 50));

  it('scans a folder that a person chose: headers, copies by their ends, and a list of hashes', async () => {
    const bytes = readFileSync(join(shoot, 'CAM/C0007.MOV'));
    const xxh64 = (await createXXHash64()).init().update(bytes).digest('hex');
    writeFileSync(
      join(shoot, 'card.mhl'),
      `<?xml version="1.0" encoding="UTF-8"?>\n<hashlist version="1.1"><hash><file>CAM/C0007.MOV</file><size>${bytes.length}</size><xxhash64be>${xxh64}</xxhash64be></hash></hashlist>\n`,
    );
    const ask = resolveAsk(running.page);
    expect(await running.page.choose('manifest')).toBe(manifest);
    const scanning = loopbackScanning(ask);
    let state = await scanning.scan(manifest, {});
    while (state.running) {
      await later();
      state = (await scanning.scanning(manifest))!;
    }
    expect(state.failed).toBeUndefined();
    const { clips } = JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
    const lengths = clips.map(({ kind, tech }) =>
      kind === 'picture' ? tech.durationFrames : tech.durationSamples,
    );
    expect(lengths.filter((length) => !(length! > 0))).toEqual([]);
    const ends = (path: string) => clips.find((clip) => clip.path === path)?.content?.ends;
    expect(ends('CAM/C0007.MOV')).toMatch(/^[0-9a-f]{32}$/);
    expect(ends('CAM/C0007 copy.MOV')).toBe(ends('CAM/C0007.MOV'));
    expect((await loopbackDesk(ask).open(manifest)).handoff?.clips).toHaveLength(clips.length);
  }, 120_000);

  it('listens, in the threads that lie beside it', async () => {
    const listening = loopbackListening(resolveAsk(running.page));
    await listening.listen(manifest, { clips: ['CAM/C0010.MOV', 'CAM/C0008.MOV'] });
    while ((await listening.listening(manifest))!.running) await later();
    const { listened, failed } = (await listening.listening(manifest))!;
    expect(failed).toBeUndefined();
    expect(listened!.map(({ clip, heard }) => [clip, heard])).toContainEqual(['CAM/C0008.MOV', 'silence']);
    expect(new Set(running.threads)).toEqual(new Set([join(plugin, 'listen-worker.js')]));
    const { clips } = JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
    const [picture, sound] = ['CAM/C0007.MOV', 'SOUND/MixPre-044.WAV'].map(
      (path) => clips.find((clip) => clip.path === path)!.id,
    ) as [string, string];
    const range = { offsetSamples: 0, from: 0, to: 500, buckets: 400 };
    const waves = await listening.waveforms(manifest, { picture, sound, ...range });
    for (const side of [waves.picture, waves.sound])
      expect('low' in side && Math.max(...side.high)).toBeGreaterThan(300);
  }, 120_000);

  it('proves the file that the list speaks of, and says which it does not', async () => {
    const verifying = loopbackVerifying(resolveAsk(running.page));
    await verifying.verify(manifest);
    while ((await verifying.verifying(manifest))!.running) await later();
    const { verified, failed } = (await verifying.verifying(manifest))!;
    expect(failed).toBeUndefined();
    expect(verified!.counts).toMatchObject({ proven: 1, altered: 0, missing: 0, unreadable: 0 });
    expect(verified!.findings.map(({ path }) => path)).toContain('CAM/C0007 copy.MOV');
  }, 120_000);

  it("says what is missing where Resolve's own module was not copied beside it", async () => {
    await expect(resolveAsk(running.page)('editor', 'about', [])).rejects.toThrow(
      `${join(plugin, 'WorkflowIntegration.node')} is not there`,
    );
  });

  it('reaches Resolve through the module beside it, imports, and links sound', async () => {
    await buildModule(join(plugin, 'WorkflowIntegration.node'));
    const editor = loopbackEditor(resolveAsk(running.page));
    expect(await editor.about()).toMatchObject({
      editorVersion: '21.0 Studio',
      adapter: 'workflow-integration',
      syncsSound: true,
    });
    expect(await editor.prepare!({ rate: RATES['25'] })).toEqual({ refused: null });
    const [picture, sound] = ['CAM/C0007.MOV', 'SOUND/12-3.wav'].map((path) => join(shoot, path));
    const results = await editor.apply([
      importTo(picture!),
      importTo(sound!),
      importTo(join(shoot, 'gone.mov')),
    ]);
    expect(results.map(({ result }) => result)).toEqual(['verified', 'verified', 'failed']);
    expect((await editor.snapshot()).items.map(({ file }) => file)).toEqual([picture, sound]);
    expect(
      await editor.syncSound!([{ picture: targetOf(picture!), sounds: [targetOf(sound!)] }]),
    ).toMatchObject([{ result: 'linked', sound }]);
    expect(await editor.sequence()).toBeNull();
  }, 60_000);

  it('leaves nothing unsaid: no rejection went unheard', () => expect(running.wrong).toEqual([]));
});

it('reads headers in the thread that lies beside it', async () => {
  const media = ['CAM/C0007.MOV', 'SOUND/12-3.wav'].map((path) => join(shoot, path));
  const read = new Map<number, Probe>();
  await startCrew(join(plugin, 'probe-worker.js'), media, 0, {}, (place, probe) => read.set(place, probe))
    .finished;
  expect([...read].sort().map(([place, { problem }]) => [place, problem])).toEqual([
    [0, undefined],
    [1, undefined],
  ]);
});

it('hashes whole files in a thread with the engine that lies beside it', async () => {
  const file = join(base, 'whole.bin');
  const bytes = Buffer.alloc(3_000_000, 'Harbour Lights');
  writeFileSync(file, bytes);
  const thread = new Worker(readFileSync(HASH_THREAD, 'utf8'), {
    eval: true,
    workerData: { hashWasm: join(plugin, 'hash-wasm.js'), block: 1 << 20 },
  });
  const answer = new Promise<{ digests?: string[]; problem?: unknown }>((resolve) => {
    thread.on('message', (said: { digests?: string[]; problem?: unknown }) => {
      if (said.digests || said.problem) resolve(said);
    });
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.postMessage({ id: 1, file, engines: [{ wasm: 'createXXHash64' }, { crypto: 'md5' }] });
  const { digests, problem } = await answer;
  await thread.terminate();
  expect(problem).toBeUndefined();
  expect(digests).toEqual([
    (await createXXHash64()).init().update(bytes).digest('hex'),
    createHash('md5').update(bytes).digest('hex'),
  ]);
});
