/**
 * ffmpeg for sound that does not lie open in its file: AAC, MXF, MP3, FLAC and the like, decoded once into a temporary MOV of plain
 * PCM that keeps every track and its place in time. A few processes at a time, all killed when listening stops.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cancelled } from '../../../manifest/listen/types.ts';
import { fluentFfmpeg } from '../ffprobe.ts';
import { findProgram, isExecutable, isRunnable } from '../programs.ts';

/**
 * An ffmpeg that may be run: the one BATON_FFMPEG (or FFMPEG_PATH) names, else one of the machine's, else one that npm brought along. Null
 * where there is none; a name that leads to nothing that runs counts as none, rather than as any other.
 */
export async function findFfmpeg(environment = process.env): Promise<string | null> {
  const named = environment['BATON_FFMPEG'] || environment['FFMPEG_PATH'];
  if (named) return isExecutable(named) ? named : null;
  return findProgram('ffmpeg', environment) ?? (await installed());
}

async function installed(): Promise<string | null> {
  try {
    const { default: installer } = await import('@ffmpeg-installer/ffmpeg');
    return isRunnable(installer.path) ? installer.path : null;
  } catch {
    // Not installed, or not for this system: the installer throws then.
    return null;
  }
}

/** What to do where there is no ffmpeg. `what`: "sound in mp4a". */
export function needsFfmpeg(what: string): string {
  return `it is ${what}, which Baton listens to through ffmpeg, and there is none; install ffmpeg, or set BATON_FFMPEG to yours`;
}

/** Processes at a time. */
const AT_ONCE = 2;

/** Said of one file; the others go on. */
export class CannotDecode extends Error {}

/** Makes temporary files, and takes all of them away at the end. */
export class Decoder {
  readonly #path: string;
  readonly #signal: AbortSignal | undefined;
  #folder: Promise<string> | undefined;
  #made = 0;
  #running = 0;
  readonly #queue: (() => void)[] = [];

  /** `path`: from findFfmpeg. */
  constructor(path: string, signal: AbortSignal | undefined) {
    this.#path = path;
    this.#signal = signal;
  }

  /** Path of a MOV with the file's sound as 16-bit PCM. Throws CannotDecode, and Cancelled once the signal is aborted. */
  async decode(file: string): Promise<string> {
    await this.#turn();
    try {
      if (this.#signal?.aborted) throw new Cancelled();
      this.#folder ??= mkdtemp(join(tmpdir(), 'baton-listen-'));
      const made = join(await this.#folder, `${++this.#made}.mov`);
      await this.#run(file, made).catch(async (error: unknown) => {
        await this.forget(made);
        throw error;
      });
      return made;
    } finally {
      this.#running--;
      this.#queue.shift()?.();
    }
  }

  /** Takes a temporary file away before the end: an hour of sound is hundreds of megabytes. */
  async forget(made: string): Promise<void> {
    await rm(made, { force: true });
  }

  async close(): Promise<void> {
    const folder = await this.#folder?.catch(() => undefined);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#running++;
  }

  async #run(file: string, made: string): Promise<void> {
    const ffmpeg = await fluentFfmpeg();
    const command = ffmpeg()
      .setFfmpegPath(this.#path)
      .input(file)
      .inputOptions(['-v', 'error', '-nostdin'])
      // Without the format's list of "experimental" and with every sound track, each as it lies.
      .outputOptions(['-map', '0:a', '-c:a', 'pcm_s16le', '-map_metadata', '-1', '-f', 'mov'])
      .output(made);
    const kill = () => command.kill('SIGKILL');
    this.#signal?.addEventListener('abort', kill);
    try {
      await new Promise<void>((done, failed) => {
        command.once('start', () => this.#signal?.aborted && kill());
        command.once('end', () => done());
        command.once('error', (_error: Error, _out: string | null, said: string | null) =>
          failed(new Error(said ?? '')),
        );
        command.run();
      });
      await stat(made);
    } catch (error) {
      if (this.#signal?.aborted) throw new Cancelled();
      throw new CannotDecode(words(error, file, made));
    } finally {
      this.#signal?.removeEventListener('abort', kill);
    }
  }
}

/** ffmpeg's last words, without paths: what is said goes into documents that name no place of this machine. */
function words(error: unknown, file: string, made: string): string {
  const said = error instanceof Error ? error.message : String(error);
  if (/matches no streams/.test(said)) return 'it holds no sound';
  if (/No space left/.test(said))
    return 'the disk of temporary files is full, and its sound is decoded there';
  const last = said.trim().split('\n').at(-1)!.replaceAll(file, '').replaceAll(made, '');
  return `ffmpeg could not decode its sound (${last.replace(/^[\s:]+/, '').slice(0, 160) || 'it said nothing'})`;
}
