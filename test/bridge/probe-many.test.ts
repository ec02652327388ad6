/** A whole drive of headers: in workers and without, with progress, stopped half-way. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workerBeside } from '../../bridge/local/probe/crew.ts';
import { probeMany, type ProbeProgress } from '../../bridge/local/probe/many.ts';
import { PROBE_VERSION, probeNow } from '../../bridge/local/probe/probe.ts';
import { FOLDER, inFolder, makeMovie, riff, wavFormat, zeros } from './probe-files.ts';

/** As it ships. */
const WORKER = fileURLToPath(new URL('../../dist/cli/probe-worker.js', import.meta.url));
const COUNT = 6000;
let files: string[] = [];

beforeAll(() => {
  // Every file another length, so that a probe in the wrong place shows.
  const folder = inFolder('many');
  mkdirSync(folder, { recursive: true });
  files = Array.from({ length: COUNT }, (_, nth) => join(folder, `${nth}.wav`));
  for (const [nth, file] of files.entries())
    writeFileSync(file, riff(['fmt ', wavFormat({ bits: 8 })], ['data', zeros(nth % 999)]));
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const lengths = (probes: Awaited<ReturnType<typeof probeMany>>) =>
  probes.map((probe) => probe && probe.tech.durationSamples);
const expected = () => files.map((_, nth) => nth % 999);

describe('all of them, each in its place', () => {
  test('in this thread', async () => {
    expect(lengths(await probeMany(files, { worker: null }))).toEqual(expected());
  });
  test('in workers', async () => {
    expect(existsSync(WORKER), 'npm run build makes the worker').toBe(true);
    let started = 0;
    const count = () => started++;
    process.on('worker', count);
    expect(lengths(await probeMany(files, { worker: WORKER, workersFrom: 0 }))).toEqual(expected());
    process.off('worker', count);
    expect(started).toBe(2);
  });
  test('where the worker’s bundle lies is found beside the command', () => {
    expect(workerBeside(new URL('../../dist/cli/main.js', import.meta.url).href)).toBe(WORKER);
    expect(workerBeside()).toBeNull();
  });
  test.each([
    ['is not there', null],
    ['throws', 'throw new Error("no");'],
    ['ends at once', 'process.exit(3);'],
    ['is of another version', "require('node:worker_threads').parentPort.postMessage({ version: -1 });"],
    [
      'breaks half-way',
      `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => { throw new Error('no'); }); parentPort.postMessage({ version: ${PROBE_VERSION} });`,
    ],
  ])('a worker that %s is done without', async (name, code) => {
    const worker = inFolder(`${name.replaceAll(' ', '-')}.cjs`);
    if (code) writeFileSync(worker, code);
    expect(lengths(await probeMany(files, { worker, workersFrom: 0 }))).toEqual(expected());
  });
  test('a drive that is read in a moment starts none', async () => {
    let started = 0;
    const count = () => started++;
    process.on('worker', count);
    await probeMany(files.slice(0, 500), { worker: WORKER });
    process.off('worker', count);
    expect(started).toBe(0);
  });
  test('no files at all', async () => {
    expect(await probeMany([])).toEqual([]);
  });
});

test('a worker reads what this thread reads', async () => {
  const movies = Array.from({ length: 200 }, (_, nth) =>
    makeMovie(`m${nth % 3}.mov`, {
      timecode: { frame: nth % 3, numFrames: 24, timescale: 24000, ticks: 1001 },
    }),
  );
  const wavs = files.slice(0, 4000);
  const all = [...wavs, ...movies, inFolder('gone.mov')];
  expect(await probeMany(all, { worker: WORKER, workersFrom: 0 })).toEqual(all.map((file) => probeNow(file)));
});

test('progress counts up to all, names a file of the list, and says how fast and how long', async () => {
  const told: ProbeProgress[] = [];
  await probeMany(files, { worker: WORKER, workersFrom: 0, onProgress: (progress) => told.push(progress) });
  const last = told.at(-1)!;
  expect([last.done, last.total, last.secondsLeft]).toEqual([COUNT, COUNT, 0]);
  expect(last.perSecond).toBeGreaterThan(0);
  const counts = told.map(({ done }) => done);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(told.filter(({ current }) => !files.includes(current))).toEqual([]);
});

describe('stopped', () => {
  /** Enough work for the stop to come in the middle, by repeating the list. */
  const long = () => Array.from({ length: 40 }, () => files).flat();

  test.each([
    ['in this thread', null],
    ['in workers', WORKER],
  ])('%s, it leaves the rest and keeps what was read', async (_where, worker) => {
    const controller = new AbortController();
    const all = long();
    let before = 0;
    const probes = await probeMany(all, {
      worker,
      workersFrom: 0,
      signal: controller.signal,
      onProgress({ done }) {
        if (done <= 100 || before > 0) return;
        before = done;
        controller.abort();
      },
    });
    const read = probes.filter((probe) => probe !== null).length;
    expect(read).toBeGreaterThan(100);
    // Nothing more in this thread; of two workers what both had been given, two batches each.
    expect(read - before).toBeLessThanOrEqual(worker ? 4 * 512 : 0);
    expect(read).toBeLessThan(all.length);
    for (const [nth, probe] of probes.entries())
      if (probe) expect(probe.tech.durationSamples).toBe((nth % COUNT) % 999);
  });
  test('a worker that hangs on a dead volume is not waited for', async () => {
    const [worker, hangs] = [inFolder('hangs.cjs'), inFolder('it-hangs')];
    writeFileSync(
      worker,
      `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => { require('node:fs').writeFileSync(${JSON.stringify(hangs)}, ''); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }); parentPort.postMessage({ version: ${PROBE_VERSION} });`,
    );
    const controller = new AbortController();
    const reading = probeMany(files, { worker, workersFrom: 0, signal: controller.signal });
    while (!existsSync(hangs)) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    const probes = await reading;
    expect(probes.some((probe) => probe !== null)).toBe(true);
  });
  test('before it begins, nothing is read', async () => {
    const probes = await probeMany(files, { signal: AbortSignal.abort() });
    expect(probes.every((probe) => probe === null)).toBe(true);
  });
});
