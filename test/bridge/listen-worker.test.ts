/** The listening worker as it ships to a face: one classic script for Chromium 88, tried in Node's threads and in a real browser. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker as Thread } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenKernel, type ListenKernel } from '../../bridge/listen/kernel.ts';
import type { FromWorker, ToWorker } from '../../bridge/listen/protocol.ts';
import { Cancelled, type Heard, type Side } from '../../manifest/listen/types.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { startChromium } from '../browser/chromium.ts';
import { compare, side, talk } from '../manifest/listen-scene.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'baton-listen-'));
let script = '';

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'chrome88',
      rolldownOptions: {
        input: join(top, 'bridge/listen/worker.ts'),
        output: { format: 'iife', entryFileNames: 'kernel.js' },
      },
    },
  });
  script = readFileSync(join(folder, 'kernel.js'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A Web Worker's scope, spoken over Node's port. */
const SCOPE = `const { parentPort } = require('node:worker_threads');
globalThis.self = {
  postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  addEventListener: (kind, take) => parentPort.on(kind, (data) => take({ data })),
};
`;

async function inThread(run: (kernel: ListenKernel) => Promise<void>): Promise<void> {
  const worker = new Thread(SCOPE + script, { eval: true });
  try {
    await run(
      listenKernel({
        postMessage: (message: ToWorker, transfer) => worker.postMessage(message, transfer),
        addEventListener: (kind, take) =>
          worker.on(kind, (data: FromWorker) => {
            take({ data });
          }),
      }),
    );
  } finally {
    await worker.terminate();
  }
}

async function* blocks({ features, read }: Side, size = 30_000): AsyncGenerator<Float32Array> {
  for (let at = 0; at < features.samples; at += size) yield read(at, Math.min(size, features.samples - at));
}

const picture = side(talk, 30, 15, { seed: 3, snr: 12 });
const sound = side(talk, 10, 50);
const asked = { frameRate: RATES['24'] };

it('is one classic script with nothing to fetch', () => {
  expect(script).not.toMatch(/\bimport\b\s*[("'{*\w]|import\.meta|require\(/);
  expect(script).not.toContain('fetch(');
});

describe('in a thread of Node', () => {
  it('hears and compares as the library does', async () => {
    await inThread(async (kernel) => {
      const features = await kernel.hear(blocks(picture), 48000);
      expect(features).toEqual(picture.features);
      const done: number[] = [];
      const heard = await kernel.listen({ ...picture, features }, sound, {
        ...asked,
        progress: (part) => done.push(part),
      });
      expect(heard).toEqual(await compare(picture, sound));
      expect(heard.heard).toBe('match');
      expect(done[done.length - 1]).toBe(1);
      expect(done).toEqual(done.slice().sort((a, b) => a - b));
    });
  });

  it('stops, and does the next job', async () => {
    await inThread(async (kernel) => {
      const stop = new AbortController();
      const stopping: Side = {
        ...sound,
        read: (start, count) => {
          stop.abort();
          return sound.read(start, count);
        },
      };
      await expect(kernel.listen(picture, stopping, { ...asked, signal: stop.signal })).rejects.toThrow(
        Cancelled,
      );
      await expect(kernel.listen(picture, sound, { ...asked, signal: stop.signal })).rejects.toThrow(
        Cancelled,
      );
      expect((await kernel.listen(picture, sound, asked)).heard).toBe('match');
    });
  });

  it('passes on what reading says', async () => {
    await inThread(async (kernel) => {
      const gone: Side = { ...sound, read: () => Promise.reject(new Error('the drive is gone')) };
      await expect(kernel.listen(picture, gone, asked)).rejects.toThrow('the drive is gone');
      const old: Side = { ...sound, features: { ...sound.features, version: 0 } };
      await expect(kernel.listen(picture, old, asked)).rejects.toThrow('features of version 0');
    });
  });
});

it('gives the same answer in a Web Worker of a real browser', async () => {
  const browser = await startChromium();
  if (!browser) return;
  try {
    const page = await browser.newPage();
    const sides = await Promise.all(
      [picture, sound].map(async (each) => ({
        features: { ...each.features, levels: [...each.features.levels] },
        words: Buffer.from(
          Int16Array.from(await each.read(0, each.features.samples), (value) => value * 32768).buffer,
        ).toString('base64'),
      })),
    );
    // Plain messages, so that no more of ours than the script itself runs in the page.
    const heard = (await page.evaluate(
      async ({ source, of, frameRate }) => {
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        const floats = of.map(({ words }) => {
          const bytes = Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
          return Float32Array.from(new Int16Array(bytes.buffer), (word) => word / 32768);
        });
        const features = of.map((each) => ({
          ...each.features,
          levels: Uint8Array.from(each.features.levels),
        }));
        return new Promise((done, fail) => {
          worker.addEventListener('error', (event) => fail(new Error(event.message)));
          worker.addEventListener('message', ({ data }) => {
            if ('want' in data) {
              const { want, side: which, start, count } = data;
              const samples = floats[which === 'picture' ? 0 : 1]!.slice(start, start + count);
              // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
              worker.postMessage({ id: data.id, give: want, samples });
            } else if ('done' in data) done(data.done);
            else if ('failed' in data) fail(new Error(data.failed));
          });
          const job = { do: 'listen', picture: features[0], sound: features[1], frameRate };
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
          worker.postMessage({ id: 1, job });
        });
      },
      { source: script, of: sides, frameRate: asked.frameRate },
    )) as Heard;
    expect(heard).toEqual(await compare(picture, sound));
  } finally {
    await browser.close();
  }
});
