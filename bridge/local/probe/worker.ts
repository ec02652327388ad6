/** A worker thread that reads headers: its own bundle, dist/cli/probe-worker.js, so that it starts in a moment. */
import { parentPort, workerData } from 'node:worker_threads';
import { PLACE, STOP, type Answer, type Batch, type CrewMember } from './crew.ts';
import { PROBE_VERSION, probeNow } from './probe.ts';
import type { Probe } from './prober.ts';

/** What is read is handed over at least this often (ms), so that a slow drive shows progress and a stop loses little. */
const OFTEN = 50;

const { shared } = workerData as CrewMember;

parentPort!.on('message', ({ from, files, projectRate }: Batch) => {
  let first = from;
  let probes: Probe[] = [];
  let since = performance.now();
  const hand = (done: boolean) => {
    parentPort!.postMessage({ from: first, probes: JSON.stringify(probes), done } satisfies Answer);
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
parentPort!.postMessage({ version: PROBE_VERSION });
