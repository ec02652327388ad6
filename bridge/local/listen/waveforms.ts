/** A picture's own sound and a recorded one to be looked at together: which files, which samples of each, and why not. */
import { resolve } from 'node:path';
import type { Clip } from '../../../manifest/documents/handoff.ts';
import { Cancelled } from '../../../manifest/listen/types.ts';
import { framesToSamples } from '../../../manifest/time/samples.ts';
import { HostError } from '../../call.ts';
import type { ListeningDesk, Waveform, Waveforms, WaveformsAsked } from '../../desk.ts';
import { glance } from '../glance.ts';
import { locate, readRoots } from '../roots.ts';
import { readHandoff } from '../store.ts';
import { Envelopes, type Range } from './envelopes.ts';
import { CannotDecode } from './ffmpeg.ts';

/** A manifest's clips as they stood at one time: a page asks many times for each time it reads the manifest. */
interface Known {
  stamp: string;
  clips: ReadonlyMap<string, Clip>;
  roots: Record<string, string>;
}

/** `overrides` say where roots lie, over what is remembered. `ffmpeg` as Envelopes takes it. */
export function localWaveforms(
  overrides: Record<string, string> = {},
  ffmpeg?: string | null,
): Pick<ListeningDesk, 'waveforms' | 'stopWaveforms'> {
  const envelopes = new Envelopes(ffmpeg);
  const running = new Map<string, { picture: string; controller: AbortController }>();
  let known: { manifest: string; is: Known } | null = null;
  const clipsOf = async (manifest: string): Promise<Known> => {
    const stamp = (await glance(manifest))?.stamp ?? '';
    if (known?.manifest === manifest && known.is.stamp === stamp && stamp !== '') return known.is;
    const is = { stamp, ...(await readClips(manifest, overrides)) };
    known = { manifest, is };
    return is;
  };
  return {
    async waveforms(path, asked) {
      const manifest = resolve(path);
      running.get(manifest)?.controller.abort();
      const controller = new AbortController();
      running.set(manifest, { picture: asked.picture, controller });
      try {
        return await bothSides(await clipsOf(manifest), asked, envelopes, controller.signal);
      } catch (error) {
        if (error instanceof Cancelled || controller.signal.aborted)
          throw new HostError('busy', 'waveforms', 'Reading the sound was stopped.');
        throw error;
      } finally {
        if (running.get(manifest)?.controller === controller) running.delete(manifest);
      }
    },
    async stopWaveforms(path, picture) {
      const run = running.get(resolve(path));
      if (run?.picture === picture) run.controller.abort();
    },
  };
}

async function readClips(
  manifest: string,
  overrides: Record<string, string>,
): Promise<Pick<Known, 'clips' | 'roots'>> {
  const { handoff, issues } = await readHandoff(manifest);
  if (!handoff)
    throw new HostError('refused', 'waveforms', issues[0]?.message ?? 'the manifest cannot be read');
  const names = handoff.roots.map(({ name }) => name);
  const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  return { clips, roots: await readRoots(manifest, names, overrides) };
}

async function bothSides(
  { clips, roots }: Known,
  { picture: pictureId, sound: soundId, offsetSamples, from, to, buckets }: WaveformsAsked,
  envelopes: Envelopes,
  signal: AbortSignal,
): Promise<Waveforms> {
  const [picture, sound] = [clips.get(pictureId), clips.get(soundId)];
  const rate = picture?.tech.rate;
  if (picture?.kind !== 'picture' || sound?.kind !== 'sound' || !rate)
    throw new HostError(
      'refused',
      'waveforms',
      'the handoff holds no such picture with a rate, or no such sound',
    );
  if (to <= from) throw new HostError('refused', 'waveforms', `frames ${from} to ${to} are no range`);
  const side = async (clip: Clip, earlier: number): Promise<Waveform> => {
    const range = (sampleRate: number): Range => [
      framesToSamples(from, rate, sampleRate) - earlier,
      framesToSamples(to, rate, sampleRate) - earlier,
    ];
    try {
      const path = await soundPath(clip, roots);
      return await envelopes.of({ path, range, buckets, signal });
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      return { reason: reasonOf(error) };
    }
  };
  const [ofPicture, ofSound] = await Promise.all([side(picture, 0), side(sound, offsetSamples)]);
  return { picture: ofPicture, sound: ofSound };
}

/** Cameras that write several files a clip may keep its sound in one of its own, as listening has it. */
async function soundPath(clip: Clip, roots: Record<string, string>): Promise<string> {
  const part = clip.parts?.find((each) => each.essence === 'sound');
  const root = roots[clip.root];
  if (root === undefined) throw new CannotDecode('nobody said where its root lies');
  return (await locate(root, part?.path ?? clip.path)).path;
}

function reasonOf(error: unknown): string {
  if (error instanceof CannotDecode) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'it is not where the manifest says';
  return code ? `the disk could not read it (${code})` : 'it could not be read';
}
