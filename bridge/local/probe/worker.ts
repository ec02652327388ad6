/** A worker thread that reads headers: its own bundle, dist/cli/probe-worker.js, so that it starts in a moment. */
import { parentPort, workerData } from 'node:worker_threads';
import { PLACE, STOP, type Answer, type Batch, type CrewMember } from './crew.ts';
import { PROBE_VERSION, probeNow } from './probe.ts';
import type { Probe } from './prober.ts';

/** What is read is handed over at least this often (ms), so that a slow drive shows progress and a stop loses little. */
const OFTEN = 50;

const { shared } = workerData as CrewMember;

const send = (message: Answer | { version: number }) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort!.postMessage(message);

parentPort!.on('message', ({ from, files, projectRate }: Batch) => {
  let first = from;
  let probes: Probe[] = [];
  let since = performance.now();
  const hand = (done: boolean) => {
    send({ from: first, probes: JSON.stringify(probes), done });
    first += probes.length;
    probes = [];
    since = performance.now();
  };
  for (const [nth, file] of files.entries()) {
    if (Atomics.load(shared, STOP) === 1) break;
    Atomics.store(shared, PLACE, from + nth);
    probes.push(probeNow(file, projectRate));
    if (performance.now() - since > OFTEN) hand(false);
  }
  hand(true);
});
send({ version: PROBE_VERSION });
