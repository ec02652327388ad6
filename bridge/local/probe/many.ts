/**
 * Probes a whole drive: headers in this thread, in workers once it turns out to take a while, and through ffprobe what only ffprobe
 * reads. Can be stopped at any moment, and then gives what was read.
 */
import type { Rate } from '../../../manifest/time/rate.ts';
import { ffprobe, findFfprobe } from '../ffprobe.ts';
import { startCrew, workerBeside } from './crew.ts';
import { probeNow } from './probe.ts';
import type { Probe } from './prober.ts';

export interface ProbeProgress {
  done: number;
  total: number;
  /** The file being read. */
  current: string;
  /** Files a second so far. */
  perSecond: number;
  /** Null until it can be told. */
  secondsLeft: number | null;
}

export interface ProbeManyOptions {
  projectRate?: Rate;
  signal?: AbortSignal;
  /** Some ten times a second, and once at the end. */
  onProgress?(progress: ProbeProgress): void;
  /** The worker's bundle; null = none, all is read in this thread. Found where absent. */
  worker?: string | null;
  /** Milliseconds of reading left for which workers are called; 0 calls them at once. */
  workersFrom?: number;
  /** The ffprobe to ask; null = none. Looked for where absent, once there is a file for it. */
  ffprobe?: string | null;
}

/** Milliseconds read before it is judged how long the rest takes: most scans are over by then. */
const HEAD_START = 60;
/** A worker is slow for its first tenth of a second, so that a warm drive of 20,000 files is read sooner without. */
const WORKERS_FROM = 400;
/** Milliseconds of reading before others get their turn. */
const SLICE = 20;
/** Children at a time. */
const CHILDREN = 3;
const EVERY = 100;

/** One probe a file, in their order; null for a file that was not read because the signal stopped it. Never rejects. */
export async function probeMany(files: string[], options: ProbeManyOptions = {}): Promise<(Probe | null)[]> {
  const { signal, projectRate, worker = workerBeside(), workersFrom = WORKERS_FROM } = options;
  const probes: (Probe | null)[] = Array.from({ length: files.length }, () => null);
  const teller = new Teller(files, options.onProgress);
  const take = (place: number, probe: Probe) => {
    if (probes[place]) return;
    probes[place] = probe;
    if (probe.problem?.code !== 'needs-ffprobe') teller.count();
  };
  const readTo = async (until: number) => {
    for (let place = 0; place < files.length;) {
      if (signal?.aborted) return place;
      const slice = performance.now() + SLICE;
      for (; place < files.length && performance.now() < slice; place++)
        if (!probes[place]) take(place, probeNow(files[place]!, projectRate));
      teller.tell(place);
      if (performance.now() > until) return place;
      await breath();
    }
    return files.length;
  };
  const began = performance.now();
  const reached = await readTo(began + (workersFrom > 0 ? HEAD_START : 0));
  const left = ((performance.now() - began) / Math.max(1, reached)) * (files.length - reached);
  if (worker && reached < files.length && left >= workersFrom && !signal?.aborted) {
    const crew = startCrew(worker, files, reached, options, take);
    const timer = setInterval(() => teller.tell(crew.current()), EVERY);
    await crew.finished;
    clearInterval(timer);
  }
  // What workers left behind, where they could not start or broke.
  await readTo(Infinity);
  await askFfprobe(files, probes, options, teller);
  teller.tell(files.length - 1, true);
  return probes;
}

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Replaces each `needs-ffprobe` by ffprobe's answer, a few at a time; without ffprobe it stays. */
async function askFfprobe(
  files: string[],
  probes: (Probe | null)[],
  options: ProbeManyOptions,
  teller: Teller,
): Promise<void> {
  const { signal, projectRate } = options;
  const waiting = probes.flatMap((probe, place) => (probe?.problem?.code === 'needs-ffprobe' ? [place] : []));
  if (waiting.length === 0) return;
  const path = options.ffprobe === undefined ? await findFfprobe() : options.ffprobe;
  const lane = async () => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
      teller.tell(place);
      probes[place] = path
        ? await orNull(
            ffprobe(files[place]!, {
              path,
              ...(projectRate ? { projectRate } : {}),
              ...(signal ? { signal } : {}),
            }),
            signal,
          )
        : probes[place]!;
      if (probes[place]) teller.count();
    }
  };
  await Promise.all(Array.from({ length: CHILDREN }, lane));
}

/** Null where the signal stopped it. */
async function orNull(probe: Promise<Probe>, signal: AbortSignal | undefined): Promise<Probe | null> {
  try {
    return await probe;
  } catch (error) {
    if (signal?.aborted) return null;
    throw error;
  }
}

/** Says how far it is, not more often than a person can read. */
class Teller {
  readonly #files: string[];
  readonly #onProgress: ProbeManyOptions['onProgress'];
  readonly #began = performance.now();
  #done = 0;
  #told = 0;

  constructor(files: string[], onProgress: ProbeManyOptions['onProgress']) {
    this.#files = files;
    this.#onProgress = onProgress;
  }

  count(): void {
    this.#done++;
  }

  tell(place: number, always = false): void {
    const now = performance.now();
    const total = this.#files.length;
    if (!this.#onProgress || total === 0 || (!always && now - this.#told < EVERY)) return;
    this.#told = now;
    const perSecond = (this.#done / Math.max(1, now - this.#began)) * 1000;
    const secondsLeft = perSecond > 0 ? (total - this.#done) / perSecond : null;
    const current = this.#files[Math.min(Math.max(0, place), total - 1)]!;
    this.#onProgress({ done: this.#done, total, current, perSecond, secondsLeft });
  }
}
