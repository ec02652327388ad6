/** Peaks of a picture's sound and a recorded one: exact to the sample, from real files, and in words where a side cannot be read. */
import { mkdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Envelope, Waveform, WaveformsAsked } from '../../bridge/desk.ts';
import { Envelopes } from '../../bridge/local/listen/envelopes.ts';
import { localWaveforms } from '../../bridge/local/listen/waveforms.ts';
import { emptyHandoff, type Clip } from '../../manifest/documents/handoff.ts';
import { writeLtc } from '../manifest/ltc-writer.ts';
import { newFolder, overheard, random, RATE, talk, writeMovie, writeWav } from './listen-files.ts';

const folder = newFolder();
const manifest = join(folder, 'handoff.json');
const EARLIER = 2 * RATE + 480;
const scene = talk(5, 12);
const heard = overheard(scene, EARLIER, 6);
const FPS = { num: 25, den: 1, drop: false };

function clip(id: string, kind: 'picture' | 'sound', path: string): Clip {
  return {
    id,
    kind,
    root: 'media',
    path,
    size: 1,
    identity: {},
    tech: kind === 'picture' ? { rate: FPS, durationFrames: 150 } : { sampleRate: RATE },
    pick: 'unknown',
    soundKind: 'unknown',
  } as Clip;
}

beforeAll(() => {
  mkdirSync(join(folder, 'CAM'));
  writeMovie(join(folder, 'CAM/pcm.mov'), [heard], { codec: 'pcm_s16le' });
  writeMovie(join(folder, 'CAM/aac.mp4'), [heard], { codec: 'aac' });
  const ltc = writeLtc({ fps: 25, count: 25, from: [15, 0, 16, 0], frames: 150, level: 0.9 });
  writeMovie(join(folder, 'CAM/ltc.mov'), [heard, ltc], { codec: 'pcm_s16le' });
  writeWav(join(folder, 'sound.wav'), [scene, new Float32Array(scene.length)], { form: 24 });
  writeWav(join(folder, 'lying.wav'), [scene], { form: 24, as: 'RF64' });
  truncateSync(join(folder, 'lying.wav'), 30_000);
  writeFileSync(join(folder, 'noise.wav'), 'RIFF????WAVEjust noise');
  const pictures = ['pcm.mov', 'aac.mp4', 'ltc.mov', 'away.mov'].map((name) =>
    clip(name, 'picture', `CAM/${name}`),
  );
  const sounds = ['sound.wav', 'lying.wav', 'noise.wav', 'damaged.wav'].map((name) =>
    clip(name, 'sound', name),
  );
  writeFileSync(
    manifest,
    JSON.stringify({
      ...emptyHandoff('Waves'),
      roots: [{ name: 'media' }],
      clips: [...pictures, ...sounds, clip('folder', 'sound', 'CAM')],
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asked = (more: Partial<WaveformsAsked> = {}): WaveformsAsked => ({
  picture: 'pcm.mov',
  sound: 'sound.wav',
  offsetSamples: -EARLIER,
  from: 0,
  to: 150,
  buckets: 500,
  ...more,
});

function envelope(side: Waveform): Envelope {
  if ('reason' in side) throw new Error(side.reason);
  return side;
}

/** What the peaks of these samples are, worked out the slow way; `scale` = its part in the mix. */
function slow(samples: Float32Array, { at, each, low }: Envelope, scale = 1) {
  const sixteen = (value: number) => Math.round(Math.max(-1, Math.min(1, value * scale)) * 0x7fff);
  return low.map((_, nth) => {
    const part = samples.subarray(at + nth * each, at + (nth + 1) * each);
    return [sixteen(Math.min(...part)), sixteen(Math.max(...part))];
  });
}
const pairs = ({ low, high }: Envelope) => low.map((value, nth) => [value, high[nth]!]);
const farthest = (a: number[][], b: number[][]) =>
  Math.max(...a.map((pair, nth) => Math.max(...pair.map((value, at) => Math.abs(value - b[nth]![at]!)))));

describe('the peaks of a picture and a sound', () => {
  const desk = localWaveforms();

  it('are those of the samples, on one grid for both, however near one looks', async () => {
    for (const [from, to, buckets] of [
      [0, 150, 500],
      [0, 150, 2000],
      [40, 52, 300],
      [100, 101, 2000],
    ] as const) {
      const { picture, sound } = await desk.waveforms(manifest, asked({ from, to, buckets }));
      const [ofPicture, ofSound] = [envelope(picture), envelope(sound)];
      expect(ofSound.each).toBe(ofPicture.each);
      expect(Math.log2(ofSound.each / 64) % 1).toBe(0);
      for (const each of [ofPicture, ofSound]) {
        expect(each.low.length).toBeLessThanOrEqual(buckets + 1);
        expect(each.at % each.each).toBe(0);
        expect(each.sampleRate).toBe(RATE);
      }
      expect(ofSound.at).toBeLessThanOrEqual((from * RATE) / 25 + EARLIER);
      expect(ofSound.at + ofSound.low.length * ofSound.each).toBeGreaterThanOrEqual(
        (to * RATE) / 25 + EARLIER,
      );
      // 24-bit sound is exact to the step; the movie's 16 bits were rounded once by ffmpeg. Two channels are mixed alike.
      expect(farthest(pairs(ofSound), slow(scene, ofSound, 0.5))).toBeLessThanOrEqual(1);
      expect(farthest(pairs(ofPicture), slow(heard, ofPicture))).toBeLessThanOrEqual(2);
    }
  });

  it('come where there is sound only: before and after it there are no buckets', async () => {
    const far = await desk.waveforms(manifest, asked({ from: -1000, to: -900 }));
    expect(envelope(far.picture).low).toEqual([]);
    expect(envelope(far.sound).low).toEqual([]);
    const beyond = envelope((await desk.waveforms(manifest, asked({ from: -500, to: 5000 }))).sound);
    expect([beyond.at, beyond.samples]).toEqual([0, scene.length]);
    expect(Math.ceil(scene.length / beyond.each)).toBe(beyond.low.length);
  });

  it('a coded sound is decoded once, whole, and looked at from memory from then on', async () => {
    const path = join(folder, 'CAM/aac.mp4');
    const bytes = readFileSync(path);
    const put = (content: Buffer) => {
      writeFileSync(path, content);
      utimesSync(path, 1_700_000_000, 1_700_000_000);
    };
    put(bytes);
    const first = await desk.waveforms(manifest, asked({ picture: 'aac.mp4', from: 10, to: 20 }));
    // Who decoded it again would find nothing in it.
    put(Buffer.alloc(bytes.length));
    expect(Math.max(...envelope(first.picture).high)).toBeGreaterThan(300);
    const again = await desk.waveforms(manifest, asked({ picture: 'aac.mp4', from: 0, to: 150 }));
    put(bytes);
    const pcm = await desk.waveforms(manifest, asked());
    // The decoded peaks lie where the plain ones do.
    const [coded, plain] = [envelope(again.picture), envelope(pcm.picture)];
    const alike = (lag: number) =>
      plain.high.reduce((sum, value, nth) => sum + value * (coded.high[nth + lag] ?? 0), 0);
    const lags = Array.from({ length: 41 }, (_, nth) => nth - 20);
    const best = lags.reduce((most, lag) => (alike(lag) > alike(most) ? lag : most));
    expect(Math.abs(best)).toBeLessThanOrEqual(1);
  });

  it('without ffmpeg a coded side says so, and the other is drawn', async () => {
    const none = localWaveforms({}, null);
    const { picture, sound } = await none.waveforms(manifest, asked({ picture: 'aac.mp4' }));
    expect(picture).toMatchObject({ reason: expect.stringContaining('install ffmpeg') });
    expect(envelope(sound).low.length).toBeGreaterThan(100);
  });

  it('timecode on a channel is no part of it', async () => {
    const { picture } = await desk.waveforms(manifest, asked({ picture: 'ltc.mov' }));
    const plain = await desk.waveforms(manifest, asked());
    expect(farthest(pairs(envelope(picture)), pairs(envelope(plain.picture)))).toBeLessThanOrEqual(1);
  });

  it('a file that is away, damaged, cut short or no file is said, in a part of a sentence', async () => {
    const reasonOf = async (more: Partial<WaveformsAsked>, side: 'picture' | 'sound') => {
      const told = (await localWaveforms({}, null).waveforms(manifest, asked(more)))[side];
      return 'reason' in told ? told.reason : `${told.low.length} buckets`;
    };
    expect(await reasonOf({ picture: 'away.mov' }, 'picture')).toBe('it is not where the manifest says');
    expect(await reasonOf({ sound: 'noise.wav' }, 'sound')).toContain('a WAV cut short');
    expect(await reasonOf({ sound: 'folder' }, 'sound')).toBe('it is no file');
    // What a truncated file still holds is drawn: 9,900 samples of three bytes.
    expect(await reasonOf({ sound: 'lying.wav', offsetSamples: 0 }, 'sound')).toMatch(/^\d+ buckets$/);
  });

  it('a question about other clips, or about no range, is refused', async () => {
    for (const wrong of [{ picture: 'sound.wav' }, { sound: 'pcm.mov' }, { picture: 'nobody' }, { to: 0 }])
      await expect(desk.waveforms(manifest, asked(wrong))).rejects.toMatchObject({ code: 'refused' });
    await expect(desk.waveforms(join(folder, 'none.json'), asked())).rejects.toThrow();
  });

  it('damaged headers end in peaks or in words, soon, and in no more buckets than were asked for', async () => {
    const whole = ['sound.wav', 'CAM/pcm.mov'].map((name) => readFileSync(join(folder, name)));
    const none = localWaveforms({}, null);
    const next = random(8);
    const pick = (most: number) => Math.floor(((next() + 1) / 2) * most);
    for (let run = 0; run < 150; run++) {
      const bytes = Buffer.from(whole[run % 2]!);
      // A movie's tables lie at its end, a WAV's at its beginning.
      const from = run % 2 === 0 ? 0 : bytes.length - 2500;
      for (let nth = 0; nth <= run % 7; nth++) bytes[from + pick(run % 2 === 0 ? 60 : 2500)] = pick(256);
      writeFileSync(join(folder, 'damaged.wav'), bytes);
      const { sound } = await none.waveforms(manifest, asked({ sound: 'damaged.wav', offsetSamples: 0 }));
      if ('reason' in sound) expect(sound.reason).toMatch(/^[a-z]/);
      else expect(sound.low.length).toBeLessThanOrEqual(501);
    }
  }, 60_000);

  it('numbers beyond reason end, where walking through them would not', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    await desk.waveforms(manifest, asked({ from: -most, to: most }));
    await desk.waveforms(manifest, asked({ offsetSamples: most }));
  });
});

describe('a question that is not wanted any more', () => {
  const long = join(folder, 'long.wav');
  beforeAll(() => {
    writeWav(long, [new Float32Array(RATE * 600)], { form: 16 });
  });

  it('ends when it is stopped, and when another is asked', async () => {
    const desk = localWaveforms();
    const first = desk.waveforms(manifest, asked());
    const second = desk.waveforms(manifest, asked());
    await expect(first).rejects.toMatchObject({ code: 'busy' });
    await second;
    const third = localWaveforms();
    const stopped = third.waveforms(manifest, asked());
    await third.stopWaveforms(manifest, 'aac.mp4');
    await third.stopWaveforms(manifest, 'pcm.mov');
    await expect(stopped).rejects.toMatchObject({ code: 'busy' });
  });

  it('a long file is left off in the middle, and others have their turn after every block', async () => {
    let [blocks, turns] = [0, 0];
    const signal = {
      get aborted() {
        setImmediate(() => turns++);
        return ++blocks > 20;
      },
    } as AbortSignal;
    const whole = new Envelopes(null).of({
      path: long,
      range: () => [0, RATE * 600],
      buckets: 1000,
      signal,
    });
    await expect(whole).rejects.toThrow();
    expect([blocks, turns]).toEqual([21, 20]);
  });
});
