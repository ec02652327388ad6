/**
 * ffprobe for what Baton's own readers do not know: AVI, MPEG streams, Matroska, Ogg and the like, behind the same Probe. The one
 * place that loads fluent-ffmpeg, which starts the program and reads its words.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import type Ffmpeg from 'fluent-ffmpeg';
import type { Rate } from '../../manifest/time/rate.ts';
import { fromFfprobe } from './ffprobe-answer.ts';
import type { Probe, ProblemCode } from './probe/prober.ts';
import { findProgram, isExecutable, isRunnable } from './programs.ts';

/** A file that keeps ffprobe busy for longer is given up. */
const PATIENCE = 30_000;
/** Milliseconds within which a Ctrl-C reaches every process of a terminal. */
const ECHO = 50;

/** fluent-ffmpeg, loaded when it is first wanted: most scans never do. */
export async function fluentFfmpeg(): Promise<typeof Ffmpeg> {
  return (await import('fluent-ffmpeg')).default;
}

/**
 * An ffprobe that may be run: the one FFPROBE_PATH names, else one of the machine's, else one that npm brought along. Null where there is
 * none; a FFPROBE_PATH that names nothing that runs counts as none, rather than as any other.
 */
export async function findFfprobe(environment = process.env): Promise<string | null> {
  const named = environment['FFPROBE_PATH'];
  if (named) return isExecutable(named) ? named : null;
  return findProgram('ffprobe', environment) ?? (await installed());
}

async function installed(): Promise<string | null> {
  try {
    const { default: installer } = await import('@ffprobe-installer/ffprobe');
    return isRunnable(installer.path) ? installer.path : null;
  } catch {
    // Not installed, or not for this system: the installer throws then.
    return null;
  }
}

export interface FfprobeOptions {
  /** The program, from findFfprobe. */
  path: string;
  projectRate?: Rate;
  /** Aborting kills the child. */
  signal?: AbortSignal;
}

/** Never rejects, but where it was aborted: then with the signal's reason. */
export async function ffprobe(file: string, { path, projectRate, signal }: FfprobeOptions): Promise<Probe> {
  signal?.throwIfAborted();
  const ffmpeg = await fluentFfmpeg();
  const children = watchChildren(path, file);
  const patience = AbortSignal.timeout(PATIENCE);
  const stop = signal ? AbortSignal.any([signal, patience]) : patience;
  stop.addEventListener('abort', children.kill);
  try {
    const answer = await new Promise<unknown>((done, failed) => {
      ffmpeg(file)
        .setFfprobePath(path)
        .ffprobe(['-v', 'error'], (error: Error | null, said: unknown) =>
          error ? failed(error) : done(said),
        );
      if (stop.aborted) children.kill();
    });
    return fromFfprobe(answer, projectRate);
  } catch (error) {
    // Ctrl-C ends ffprobe too, and news of that may come before the signal's own.
    if (/signal SIG(INT|TERM|HUP)/.test(String(error))) await setTimeout(ECHO);
    signal?.throwIfAborted();
    if (patience.aborted) return cannot('needs-ffprobe', `ffprobe did not finish in ${PATIENCE / 1000} s`);
    // A program that crashes says nothing of the file.
    const broke = /killed with signal/.test(String(error));
    return cannot(broke ? 'needs-ffprobe' : 'unreadable', words(error, file));
  } finally {
    stop.removeEventListener('abort', children.kill);
    children.forget();
  }
}

const CHANNEL = 'child_process';

/** fluent-ffmpeg gives no hold of the ffprobe it starts; Node names every child that is started, and the arguments tell whose it is. */
function watchChildren(path: string, file: string): { kill(): void; forget(): void } {
  const started = new Set<ChildProcess>();
  let killed = false;
  const isOurs = ({ spawnfile, spawnargs }: ChildProcess) => spawnfile === path && spawnargs.at(-1) === file;
  const note = (message: unknown) => {
    const { process: child } = message as { process: ChildProcess };
    started.add(child);
    // Its arguments are set after this message.
    if (killed) queueMicrotask(() => isOurs(child) && child.kill('SIGKILL'));
  };
  subscribe(CHANNEL, note);
  return {
    kill: () => {
      killed = true;
      for (const child of started) if (isOurs(child)) child.kill('SIGKILL');
    },
    forget: () => unsubscribe(CHANNEL, note),
  };
}

function cannot(code: ProblemCode, message: string): Probe {
  return { tech: {}, witness: {}, problem: { code, message } };
}

/** ffprobe's last words, without the path: a manifest names no place of this machine. */
function words(error: unknown, file: string): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  const last = lines
    .at(-1)!
    .replaceAll(file, '')
    .replace(/^[\s:]+/, '');
  return `ffprobe could not read it (${last.slice(0, 200)})`;
}
