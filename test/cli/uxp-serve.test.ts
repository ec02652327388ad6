/**
 * The built UXP plugin in a bare world beside a real `baton serve`: a folder of real media is scanned, proven and listened to through
 * the service, and the plugin goes on alone when it is killed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListeningState, ScanState, VerifyState } from '../../bridge/desk.ts';
import { asking, type Asking } from '../../bridge/uxp/bridge.ts';
import { bridgedDesk, type BridgedDesk } from '../../bridge/uxp/bridged.ts';
import { overheard, RATE, talk, writeMovie, writeWav } from '../bridge/listen-files.ts';
import { startPlugin } from '../browser/uxp.ts';
import { uxpStage } from '../host/uxp-stage.ts';
import { baton, startBaton, tempFolder } from './baton.ts';

const DIST = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const MAIN = join(DIST, 'uxp', 'main.js');

const home = tempFolder();
const served = tempFolder();
const folder = join(tempFolder(), 'DAY 1');
const manifest = join(folder, 'handoff.json');
const serveFolder = join(home, '.baton', 'serve');
process.env['HOME'] = home;
process.env['USERPROFILE'] = home;

let bridge: Asking;
let panel: BridgedDesk & Required<Pick<BridgedDesk, 'lending' | 'scanning' | 'verifying' | 'listening'>>;
const ends: (() => unknown)[] = [];

function startServe() {
  const child = startBaton('serve', served);
  ends.push(() => child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return { child, said: () => said };
}

async function until<Value>(
  ask: () => Promise<Value> | Value,
  good: (value: Value) => boolean,
): Promise<Value> {
  const from = Date.now();
  for (;;) {
    const value = await ask();
    if (good(value) || Date.now() - from > 60_000) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ready = existsSync(MAIN);
if (!ready) console.log(`skipped: ${MAIN} is not built (npx vite build -m uxp)`);

beforeAll(async () => {
  if (!ready) return;
  for (const each of ['CAM', 'SOUND']) mkdirSync(join(folder, each), { recursive: true });
  const day = talk(12, 30);
  writeWav(join(folder, 'SOUND', 'MixPre-044.WAV'), [day], { timeReference: 36_000 * RATE });
  writeMovie(join(folder, 'CAM', 'C0007.MOV'), [overheard(day, 4 * RATE, 12)], { codec: 'pcm_s24le' });
  bridge = asking(startPlugin({ main: MAIN, home, ppro: uxpStage().premiere.module }));
  panel = (await bridgedDesk(bridge)) as typeof panel;
}, 120_000);
afterAll(() => {
  for (const end of ends) end();
  bridge?.close();
});

test.runIf(ready)('alone, the plugin says that it is, and what scans', async () => {
  expect(panel.lending.now).toBeNull();
  expect((await panel.desk.open(manifest)).issues.map(({ code }) => code)).toEqual(['manifest-missing']);
  await expect(panel.scanning.scan(manifest, {})).rejects.toMatchObject({ code: 'not-open' });
});

test.runIf(ready)('a service that starts is found, by a file that only this user can read', async () => {
  const told = new Promise((resolve) => panel.lending.watch(resolve));
  const { said } = startServe();
  const here = (await told) as { port: number };
  expect(said()).toContain(`http://127.0.0.1:${here.port}/#token=`);
  const [name] = readdirSync(serveFolder);
  if (process.platform !== 'win32') expect(statSync(join(serveFolder, name!)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(serveFolder, name!), 'utf8')).not.toContain(/#token=(\S+)/.exec(said())![1]);
});

test.runIf(ready)(
  'a folder of real media that was never served is scanned, proven by its lists, and listened to',
  async () => {
    await panel.scanning.scan(manifest, {});
    const scanned = (await until(
      () => panel.scanning.scanning(manifest),
      (now) => !now!.running,
    )) as ScanState;
    expect(scanned).toMatchObject({ scanned: { clips: 2, added: 2, unread: 0 } });
    const opened = await panel.desk.open(manifest);
    expect(opened.handoff!.clips.map(({ path }) => path).sort()).toEqual([
      'CAM/C0007.MOV',
      'SOUND/MixPre-044.WAV',
    ]);
    expect(opened.issues.map(({ code }) => code)).toContain('works-with-service');

    expect((await baton('verify', manifest, '--write')).code).toBe(1);
    await panel.verifying.verify(manifest);
    const proven = (await until(
      () => panel.verifying.verifying(manifest),
      (now) => !now!.running,
    )) as VerifyState;
    expect(proven.verified).toMatchObject({
      counts: { proven: 2, altered: 0, missing: 0 },
      findings: [],
      more: 0,
    });

    await panel.listening.listen(manifest, {});
    const heard = (await until(
      () => panel.listening.listening(manifest),
      (now) => !now!.running,
    )) as ListeningState;
    expect(heard.failed).toBeUndefined();
    expect(heard.listened).toMatchObject([{ heard: 'match' }]);
    // Ours: what the editor holds is Premiere's, and what is written is written by UXP.
    const { revision } = (await panel.desk.open(manifest)).handoff!;
    expect(await panel.desk.record(manifest, { kind: 'note', at: 'now' })).toEqual({
      revision: revision + 1,
    });
  },
  120_000,
);

test.runIf(ready)(
  'killed without a word, it is missed at once, its file leads nowhere, and the next one clears it',
  async () => {
    const [left] = readdirSync(serveFolder);
    const gone = new Promise((resolve) => panel.lending.watch(resolve));
    ends.splice(0)[0]!();
    expect(await gone).toBeNull();
    await expect(panel.scanning.scan(manifest, {})).rejects.toMatchObject({ code: 'not-open' });
    const opened = await panel.desk.open(manifest);
    expect(opened.issues.map(({ code }) => code)).toContain('works-alone');
    expect(opened.handoff!.clips).toHaveLength(2);
    expect(readdirSync(serveFolder)).toEqual([left]);

    const back = new Promise((resolve) => panel.lending.watch(resolve));
    const { child } = startServe();
    expect(await back).not.toBeNull();
    expect(readdirSync(serveFolder)).not.toContain(left);
    expect(await panel.scanning.scan(manifest, {})).toMatchObject({ issues: [] });
    await until(
      () => panel.scanning.scanning(manifest),
      (now) => !now!.running,
    );

    const over = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await over).toBe(0);
    expect(readdirSync(serveFolder)).toEqual([]);
  },
);
