/**
 * The files of one run of listening: each is found, decoded where it must be, and heard once, however many others it is compared
 * with; and put away when the last of those is done.
 */
import { stat } from 'node:fs/promises';
import type { Clip } from '../../../manifest/documents/handoff.ts';
import type { LtcEvidence } from '../../../manifest/documents/sync.ts';
import { ltcStartFrame, ltcStartSamples, type LtcReading } from '../../../manifest/listen/ltc-reading.ts';
import { listenedFile, type Wanted } from '../../../manifest/listen/pairs.ts';
import { Cancelled } from '../../../manifest/listen/types.ts';
import { joinRoot } from '../../../manifest/documents/paths.ts';
import { frameToTimecode } from '../../../manifest/time/timecode.ts';
import type { OpenedHandoff } from '../../desk.ts';
import type { Ears } from './ears.ts';
import { CannotDecode, Decoder, findFfmpeg, needsFfmpeg } from './ffmpeg.ts';
import type { HeardFile } from './hearing.ts';
import type { KeptFile } from './listen-cache.ts';
import { locatePcm } from './locate.ts';
import type { Pcm } from './pcm.ts';

/** One file that cannot be listened to; the message is a part of a sentence. */
export class Unheard extends Error {
  readonly clip: Clip;

  constructor(clip: Clip, message: string) {
    super(message);
    this.clip = clip;
  }
}

export interface OnShelf {
  heard: HeardFile;
  ltc: Omit<LtcEvidence, 'clip'> | null;
  /** The temporary file it was decoded into. */
  made: string | null;
}

export class Shelf {
  readonly #opened: OpenedHandoff;
  readonly #signal: AbortSignal | undefined;
  readonly #heard = new Map<string, Promise<OnShelf>>();
  readonly #disk = new Map<string, Promise<KeptFile>>();
  /** Pictures that still want a clip, by its id. */
  readonly #uses = new Map<string, number>();
  readonly #ffmpeg: string | null | undefined;
  #decoder: Promise<Decoder | null> | undefined;

  constructor(
    opened: OpenedHandoff,
    wanted: readonly Wanted[],
    { signal, ffmpeg }: { signal?: AbortSignal; ffmpeg?: string | null },
  ) {
    this.#opened = opened;
    this.#signal = signal;
    this.#ffmpeg = ffmpeg;
    for (const each of wanted)
      for (const { id } of clipsOf(each)) this.#uses.set(id, (this.#uses.get(id) ?? 0) + 1);
  }

  /** Throws Unheard where it is not there. */
  onDisk(clip: Clip): Promise<KeptFile> {
    let found = this.#disk.get(clip.id);
    if (!found) this.#disk.set(clip.id, (found = this.#look(clip)));
    return found;
  }

  /** Cameras that write several files a clip may keep its sound in one of its own; of stretches, the first is listened to. */
  #pathOf(clip: Clip): string | undefined {
    const { files, roots } = this.#opened;
    const part = clip.parts?.find((each) => each.essence === 'sound');
    const root = roots[clip.root];
    return part && root !== undefined ? joinRoot(root, part.path) : files[clip.id];
  }

  async #look(clip: Clip): Promise<KeptFile> {
    const path = this.#pathOf(clip);
    const there = path === undefined ? null : await stat(path).catch(() => null);
    if (!there?.isFile()) throw new Unheard(clip, 'it is not where the manifest says');
    return { root: clip.root, path: clip.path, size: there.size, modified: there.mtimeMs };
  }

  /** Throws Unheard, and Cancelled. */
  take(clip: Clip, ears: Ears): Promise<OnShelf> {
    let heard = this.#heard.get(clip.id);
    if (!heard) {
      heard = this.guard(clip, () => this.#hear(clip, ears));
      this.#heard.set(clip.id, heard);
    }
    return heard;
  }

  /** Work on a clip's file; what goes wrong is said of that clip. */
  async guard<Value>(clip: Clip, work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      if (this.#signal?.aborted) throw new Cancelled();
      if (error instanceof Cancelled || error instanceof Unheard) throw error;
      if (error instanceof CannotDecode) throw new Unheard(clip, error.message);
      const code = (error as NodeJS.ErrnoException).code;
      const words =
        error instanceof Error ? error.message.replaceAll(this.#pathOf(clip) ?? '\0', '') : String(error);
      throw new Unheard(clip, code ? `the disk could not read it (${code})` : words);
    }
  }

  async #hear(clip: Clip, ears: Ears): Promise<OnShelf> {
    const path = this.#pathOf(clip)!;
    const own = locatePcm(path);
    let [pcm, made]: [Pcm | null, string | null] = ['what' in own ? null : own, null];
    if ('what' in own) {
      made = await this.#decode(clip, path, own.what);
      const decoded = locatePcm(made);
      if ('what' in decoded) throw new Unheard(clip, `ffmpeg made ${decoded.what} of its sound`);
      pcm = decoded;
    }
    const heard = await ears.hear(made ?? path, pcm!);
    if (heard.features.samples === 0) throw new Unheard(clip, 'it holds no sound');
    return { heard, ltc: heard.ltc && evidence(heard.ltc, heard.pcm.sampleRate), made };
  }

  async #decode(clip: Clip, path: string, what: string): Promise<string> {
    this.#decoder ??= (async () => {
      const program = this.#ffmpeg === undefined ? await findFfmpeg() : this.#ffmpeg;
      return program === null ? null : new Decoder(program, this.#signal);
    })();
    const decoder = await this.#decoder;
    if (!decoder) throw new Unheard(clip, needsFfmpeg(what));
    return decoder.decode(path);
  }

  /** A picture is done: what no other wants is put away. */
  release(wanted: Wanted): void {
    for (const { id } of clipsOf(wanted)) {
      const left = (this.#uses.get(id) ?? 1) - 1;
      this.#uses.set(id, left);
      if (left > 0) continue;
      const heard = this.#heard.get(id);
      this.#heard.delete(id);
      heard?.then(
        async ({ made }) => made !== null && (await (await this.#decoder)?.forget(made)),
        () => {},
      );
    }
  }

  async close(): Promise<void> {
    await (await this.#decoder)?.close();
  }
}

const clipsOf = ({ picture, named, near }: Wanted): Clip[] => [
  picture,
  ...[...named, ...near].map(listenedFile),
];

function evidence(
  { channel, reading }: { channel: number; reading: LtcReading },
  sampleRate: number,
): Omit<LtcEvidence, 'clip'> {
  const { rate, agreeing, words, speedPpm, backwards } = reading;
  return {
    channel,
    rate,
    startTc: frameToTimecode(ltcStartFrame(reading, sampleRate), rate),
    startSamples: ltcStartSamples(reading, sampleRate),
    agreeing,
    words,
    speedPpm,
    backwards,
  };
}
