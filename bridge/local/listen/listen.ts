/**
 * Listens through a handoff: pictures whose timecode leaves them open against the recorded sounds, a picture at a time in each of two
 * workers. What was heard is kept; a stop keeps what was finished. Nothing but the cache is written.
 */
import type { Clip, Handoff } from '../../../manifest/documents/handoff.ts';
import type { Issue } from '../../../manifest/documents/issue.ts';
import type { Listened, LtcEvidence, SyncVerdict } from '../../../manifest/documents/sync.ts';
import { answersFor, notListened, type Answer } from '../../../manifest/listen/answers.ts';
import { verdictsByLtc } from '../../../manifest/listen/by-ltc.ts';
import { slateFrame } from '../../../manifest/listen/clap.ts';
import { listenedFile, toListen, type PairOptions, type Wanted } from '../../../manifest/listen/pairs.ts';
import { Cancelled, type Heard } from '../../../manifest/listen/types.ts';
import type { Sound } from '../../../manifest/sync/candidates.ts';
import { sync } from '../../../manifest/sync.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import type { OpenedHandoff } from '../../desk.ts';
import { listenWorkerBeside, openEars, type Ears } from './ears.ts';
import { openListenCache, type KeptPair, type ListenCache } from './listen-cache.ts';
import { Shelf, Unheard } from './shelf.ts';
import { Teller, type ListenProgress } from './teller.ts';

export type { ListenProgress } from './teller.ts';

export interface ListenRequest {
  opened: OpenedHandoff & { handoff: Handoff };
  pairs?: PairOptions;
  signal?: AbortSignal;
  /** Some five times a second, and once at the end. */
  onProgress?(progress: ListenProgress): void;
  /** The worker's bundle; null = none, all is done in this thread. Found where absent. */
  worker?: string | null;
  /** The ffmpeg to use; null = none. Looked for where absent, once there is sound for it. */
  ffmpeg?: string | null;
}

export interface ListenOutcome {
  /** The verdicts by timecode, as they are without listening. */
  verdicts: SyncVerdict[];
  /** At least one for every picture that was meant, in the manifest's order. */
  listened: Listened[];
  /** Pictures that a stop left out. */
  unheard: number;
  issues: Issue[];
}

/** Workers that listen: two fill a laptop's bus, and leave it usable. */
const LANES = 2;
/** Milliseconds between savings of what was heard, should the machine go down. */
const SAVE_EVERY = 60_000;

/** Never rejects for what is wrong with files or with ffmpeg: that is said of each picture. */
export async function listenThrough(request: ListenRequest): Promise<ListenOutcome> {
  const { opened, signal } = request;
  const { handoff } = opened;
  const verdicts = sync(handoff);
  const { wanted, passed } = toListen(handoff, verdicts, request.pairs);
  const { cache, issues } = await openListenCache(opened.path);
  const answers = new Map<string, Answer[] | string>();
  const run = new Run(request, wanted, cache);
  try {
    await run.through((picture, heard) => answers.set(picture.id, heard));
  } finally {
    await run.close();
    issues.push(...(await cache.save()));
  }
  const settled = {
    ltc: run.ltc,
    byLtc: verdictsByLtc(handoff, run.ltc),
    verdicts: new Map(verdicts.map((verdict) => [verdict.clipId, verdict])),
  };
  const reasons = new Map(passed.map(({ picture, reason }) => [picture.id, reason]));
  const plans = new Map(wanted.map((each) => [each.picture.id, each]));
  const listened = handoff.clips.flatMap((clip): Listened[] => {
    const [plan, reason] = [plans.get(clip.id), reasons.get(clip.id)];
    if (reason !== undefined) return [notListened(clip, reason)];
    if (!plan) return [];
    const heard = answers.get(clip.id) ?? STOPPED;
    if (typeof heard === 'string') return [notListened(clip, heard)];
    return answersFor(plan, heard, { ...settled, verdict: settled.verdicts.get(clip.id) });
  });
  const unheard = signal?.aborted ? wanted.length - answers.size : 0;
  return { verdicts, listened, unheard, issues };
}

const STOPPED =
  'Listening was stopped before it came to this picture; what was heard is kept, and the next time goes on from there.';

class Run {
  /** By clip id. */
  readonly ltc = new Map<string, LtcEvidence>();
  readonly #request: ListenRequest;
  readonly #wanted: readonly Wanted[];
  readonly #cache: ListenCache;
  readonly #shelf: Shelf;
  readonly #teller: Teller;
  readonly #ears: Ears[];
  #saved = Date.now();

  constructor(request: ListenRequest, wanted: readonly Wanted[], cache: ListenCache) {
    const { opened, signal, onProgress, worker = listenWorkerBeside() } = request;
    this.#request = request;
    this.#wanted = wanted;
    this.#cache = cache;
    this.#teller = new Teller(wanted.length, onProgress);
    this.#shelf = new Shelf(opened, wanted, request);
    const lanes = worker === null ? 1 : Math.min(LANES, wanted.length);
    this.#ears = Array.from({ length: lanes }, () => openEars(worker, signal));
  }

  async through(done: (picture: Clip, heard: Answer[] | string) => void): Promise<void> {
    const left = [...this.#wanted];
    const lane = async (ears: Ears) => {
      for (let each = left.shift(); each; each = left.shift()) {
        const heard = await this.#picture(each, ears);
        if (heard === null) return;
        done(each.picture, heard);
        this.#teller.count();
        this.#shelf.release(each);
        if (Date.now() - this.#saved > SAVE_EVERY) {
          this.#saved = Date.now();
          await this.#cache.save();
        }
      }
    };
    await Promise.all(this.#ears.map(lane));
    this.#teller.tell('', true);
  }

  async close(): Promise<void> {
    for (const ears of this.#ears) ears.close();
    await this.#shelf.close();
  }

  /** A sentence where the picture itself cannot be heard; null where the signal stopped it. */
  async #picture({ picture, named, near }: Wanted, ears: Ears): Promise<Answer[] | string | null> {
    const answers: Answer[] = [];
    try {
      for (const sounds of [named, near]) {
        for (const sound of sounds) {
          const answer = await this.#answer(picture, sound, ears);
          answers.push(answer);
          if (isAboutPicture(answer.heard)) return answers;
        }
        if (answers.some(({ heard }) => heard.heard === 'match')) return answers;
      }
      // Without any sound to compare, its own timecode track may still be worth a look.
      if (answers.length === 0) await this.#hearAlone(picture, ears);
      return answers;
    } catch (error) {
      if (error instanceof Cancelled || this.#request.signal?.aborted) return null;
      if (error instanceof Unheard && error.clip === picture)
        return `It cannot be listened to: ${error.message}.`;
      throw error;
    }
  }

  async #answer(picture: Clip, sound: Sound, ears: Ears): Promise<Answer> {
    const file = listenedFile(sound);
    this.#teller.tell(picture.path);
    try {
      const { heard, clap, soundRate } = await this.#pair(picture, file, ears);
      return { sound, heard, soundRate, ...(clap ? { clap } : {}) };
    } catch (error) {
      if (error instanceof Cancelled || !(error instanceof Unheard) || error.clip === picture) throw error;
      const reason = `${file.path} cannot be listened to: ${error.message}.`;
      return { sound, heard: { heard: 'not-heard', reason }, soundRate: 0 };
    }
  }

  async #pair(picture: Clip, file: Clip, ears: Ears): Promise<KeptPair> {
    const { handoff } = this.#request.opened;
    const slate = slateFrame(picture, handoff.log.entries) ?? undefined;
    const [one, other] = await Promise.all([this.#shelf.onDisk(picture), this.#shelf.onDisk(file)]);
    const kept = this.#cache.pair(one, other, slate);
    const [ltcOfPicture, ltcOfSound] = [this.#cache.file(one), this.#cache.file(other)];
    if (kept && ltcOfPicture && ltcOfSound) {
      if (ltcOfPicture.ltc) this.ltc.set(picture.id, { ...ltcOfPicture.ltc, clip: picture.path });
      if (ltcOfSound.ltc) this.ltc.set(file.id, { ...ltcOfSound.ltc, clip: file.path });
      return kept;
    }
    const [ofPicture, ofSound] = [await this.#hear(picture, ears), await this.#hear(file, ears)];
    const frameRate = picture.tech.rate ?? handoff.rate ?? RATES['25'];
    const task = { picture: ofPicture, sound: ofSound, frameRate };
    const found = await this.#shelf.guard(file, () =>
      ears.compare({ ...task, ...(slate === undefined ? {} : { slate }) }),
    );
    const onlyTimecode = [ofPicture, ofSound].find(
      ({ ltc, gains }) => ltc && gains.every((gain) => gain === 0),
    );
    const pair: KeptPair = {
      ...found,
      ...(onlyTimecode ? { heard: onlyLtc(onlyTimecode === ofPicture) } : {}),
      soundRate: ofSound.pcm.sampleRate,
      ...(slate === undefined ? {} : { slate }),
    };
    this.#cache.keepPair(one, other, pair);
    return pair;
  }

  async #hear(clip: Clip, ears: Ears) {
    const { heard, ltc } = await this.#shelf.take(clip, ears);
    this.#cache.keepFile(await this.#shelf.onDisk(clip), { ltc });
    if (ltc) this.ltc.set(clip.id, { ...ltc, clip: clip.path });
    return heard;
  }

  async #hearAlone(picture: Clip, ears: Ears): Promise<void> {
    const kept = this.#cache.file(await this.#shelf.onDisk(picture));
    if (!kept) await this.#hear(picture, ears);
    else if (kept.ltc) this.ltc.set(picture.id, { ...kept.ltc, clip: picture.path });
  }
}

/** The answer would be the same for every other sound. */
function isAboutPicture(heard: Answer['heard']): boolean {
  return (heard.heard === 'silence' || heard.heard === 'too-little') && heard.side !== 'sound';
}

function onlyLtc(ofPicture: boolean): Heard {
  const side = ofPicture ? 'picture' : 'sound';
  const reason = `The only sound of the ${side} is timecode (LTC), so there is nothing to compare by ear.`;
  return { heard: 'silence', side, reason };
}
