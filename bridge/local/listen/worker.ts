/** A worker thread that listens: its own bundle, dist/cli/listen-worker.js, so that hours of sound hold nothing else up. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadFft } from './fft.ts';
import { LISTEN_VERSION, type Asked, type EarMember, type Told } from './ears.ts';
import { Hearing } from './hearing.ts';

const { stop } = workerData as EarMember;

const send = (message: Told) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort!.postMessage(message);

const hearing = loadFft().then((fft) => new Hearing(fft, () => Atomics.load(stop, 0) === 1));

async function answer(asked: Asked): Promise<void> {
  const { id } = asked;
  try {
    const ears = await hearing;
    const value =
      'file' in asked ? await ears.hear(asked.file.path, asked.file.pcm) : await ears.compare(asked.pair);
    send({ id, value });
  } catch (error) {
    send({ id, failed: error instanceof Error ? error.message : String(error) });
  }
}

/** One after the other: each has the processor to itself. */
let last = Promise.resolve();
parentPort!.on('message', (asked: Asked) => {
  last = last.then(() => answer(asked));
});
send({ version: LISTEN_VERSION });
