import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHandoff } from '../../bridge/local/desk.ts';
import { localListening } from '../../bridge/local/listen/listening-desk.ts';
import { listenThrough, type ListenProgress, type ListenRequest } from '../../bridge/local/listen/listen.ts';
import { scan } from '../../bridge/local/scan.ts';
import { createHandoff } from '../../bridge/local/store.ts';
import type { Listened } from '../../manifest/documents/sync.ts';
import { sync } from '../../manifest/sync.ts';
import { newFolder } from './listen-files.ts';
import { BEFORE, makeShoot, SLATE } from './listen-shoot.ts';

const folder = newFolder();
const manifest = join(folder, 'handoff.json');
afterAll(() => [folder, decoded].forEach((each) => rmSync(each, { recursive: true, force: true })));
beforeAll(async () => {
  makeShoot(folder);
  // Old enough that what is heard of them is worth keeping.
  const past = new Date(Date.now() - 60_000);
  for (const name of readdirSync(folder, { recursive: true }) as string[])
    utimesSync(join(folder, name), past, past);
  const scanned = await scan({ manifest, roots: { media: folder }, logs: [], columns: [], title: 'Shoot' });
  await createHandoff(manifest, scanned.merge(null));
}, 120_000);

async function opened() {
  const { handoff, ...rest } = await openHandoff(manifest);
  if (!handoff) throw new Error(rest.issues[0]!.message);
  return { ...rest, handoff };
}
/** In this thread unless said otherwise: the source is judged here, the bundle in test/cli. */
const listen = async (more: Partial<ListenRequest> = {}) =>
  listenThrough({ opened: await opened(), worker: null, ...more });
const of = (listened: Listened[], clip: string) => listened.filter((each) => each.clip === clip);
/** What ffmpeg decodes goes where no other test's goes. */
const decoded = newFolder();
process.env['TMPDIR'] = decoded;
const temporary = () => readdirSync(decoded);
const cacheFile = join(folder, '.baton', 'listen-cache.json');

describe('listening through a shoot', () => {
  let listened: Listened[];
  let progress: ListenProgress[];
  beforeAll(async () => {
    progress = [];
    ({ listened } = await listen({ onProgress: (each) => progress.push(each) }));
  }, 120_000);

  it.each(Object.entries(BEFORE))('%s lies where it was cut from, to a few samples', (clip, samples) => {
    const [answer] = of(listened, clip);
    expect(answer).toMatchObject({ heard: 'match', offsetFrames: -Math.round((samples * 25) / 48_000) });
    expect(Math.abs(answer!.offsetSamples! + samples)).toBeLessThanOrEqual(
      // An AAC encoder may move sound by its own delay, which the file does not always say.
      clip === 'CAM/S12_T3_A.mov' ? 48 : answer!.errorSamples!,
    );
    expect(Math.abs(answer!.driftPpm!)).toBeLessThan(2);
  });

  it('silence, a playback, and what nobody recorded are refused, each with its reason', () => {
    expect(of(listened, 'CAM/C0008.MOV').map(({ heard }) => heard)).toEqual(['silence']);
    expect(of(listened, 'CAM/C0009.MOV').map(({ heard }) => heard)).toEqual(['ambiguous']);
    expect(of(listened, 'CAM/C0009.MOV')[0]!.evidence.places).toHaveLength(2);
    expect(of(listened, 'CAM/C0011.MOV')).toMatchObject([{ heard: 'none', tried: 5 }]);
    expect(of(listened, 'CAM/C0012.MOV')).toMatchObject([{ heard: 'not-heard' }]);
  });

  it('LTC on a camera channel is read, kept out of the mix, and gives a verdict of its own', () => {
    const [answer] = of(listened, 'CAM/C0010.MOV');
    expect(answer!.evidence.ltc).toMatchObject([
      { clip: 'CAM/C0010.MOV', channel: 2, startTc: '15:00:16:00', startSamples: 54_016 * 48_000 },
    ]);
    expect(answer!.byLtc).toMatchObject({ verdict: 'in-sync', offsetFrames: -150, offsetSamples: -288_000 });
  });

  it('the slate is a third witness', () => {
    const { clap } = of(listened, 'CAM/S12_T3_A.mov')[0]!.evidence;
    expect(clap!.pictureFrame).toBe(SLATE);
    expect(clap!.agreesWithin).toBeLessThanOrEqual(96);
    expect(Math.abs(clap!.pictureSample! - (SLATE * 48_000) / 25)).toBeLessThanOrEqual(150);
  });

  it('an hour between the clocks is said beside what is heard', () => {
    const [answer] = of(listened, 'CAM/S21_T2_A.mov');
    expect(answer!.reason).toMatch(/Timecode says otherwise.*01:00:0/);
  });

  it('verdicts stay as they are, and every picture that was meant has an answer', async () => {
    const { handoff } = await opened();
    const { verdicts } = await listen();
    expect(verdicts).toEqual(sync(handoff));
    const pictures = handoff.clips.filter((clip) => clip.kind === 'picture').map((clip) => clip.path);
    expect([...new Set(listened.map(({ clip }) => clip))]).toEqual(pictures);
  });

  it('tells how far it is, and leaves nothing in the folder of temporary files', () => {
    expect(progress.at(-1)).toMatchObject({ done: 7, total: 7 });
    expect(temporary()).toEqual([]);
  });

  it('what was heard is kept: nothing is opened again, and the answer is the same', async () => {
    // Who opened one of them would find nothing in it.
    const media = ['CAM', 'SOUND'].flatMap((name) =>
      readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
    );
    const whole = media.map((file) => ({ file, bytes: readFileSync(file), modified: statSync(file).mtime }));
    const put = (hollow: boolean) => {
      for (const { file, bytes, modified } of whole) {
        writeFileSync(file, hollow ? Buffer.alloc(bytes.length) : bytes);
        utimesSync(file, modified, modified);
      }
    };
    put(true);
    try {
      expect((await listen({ ffmpeg: null })).listened).toEqual(listened);
    } finally {
      put(false);
    }
  });

  it('a file that changed is listened to again', async () => {
    const now = new Date(Date.now() - 30_000);
    utimesSync(join(folder, 'CAM/S12_T3_A.mov'), now, now);
    const again = await listen({ ffmpeg: null });
    // Without ffmpeg its AAC cannot be heard, and what was kept no longer speaks of this file.
    expect(of(again.listened, 'CAM/S12_T3_A.mov')).toMatchObject([{ heard: 'not-heard' }]);
    expect(of(again.listened, 'CAM/S12_T3_A.mov')[0]!.reason).toContain('BATON_FFMPEG');
    expect(of(again.listened, 'CAM/C0007.MOV')).toEqual(of(listened, 'CAM/C0007.MOV'));
  });

  it('a damaged cache is passed over and said', async () => {
    const kept = readFileSync(cacheFile, 'utf8');
    writeFileSync(cacheFile, kept.replace('"z":', '"z":1'));
    const { issues } = await listen({ pairs: { only: new Set() } });
    expect(issues).toMatchObject([{ code: 'listen-cache', severity: 'note' }]);
    writeFileSync(cacheFile, kept);
  });
});

describe('when things go wrong', () => {
  it('a stop leaves the rest unheard and keeps what was finished', async () => {
    rmSync(cacheFile);
    const controller = new AbortController();
    const { listened, unheard } = await listen({
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done >= 1) controller.abort();
      },
    });
    expect(unheard).toBeGreaterThan(0);
    expect(listened.filter(({ reason }) => reason.includes('stopped'))).toHaveLength(unheard);
    expect(new Set(listened.map(({ clip }) => clip)).size).toBe(8);
    expect(temporary()).toEqual([]);
  });

  it('an ffmpeg that breaks is said of each file, and PCM is still heard', async () => {
    const { listened } = await listen({ ffmpeg: '/bin/false' });
    expect(of(listened, 'CAM/S12_T3_A.mov')[0]!.reason).toContain('could not decode');
    expect(of(listened, 'CAM/C0007.MOV')[0]!.heard).toBe('match');
  });

  it('a sound that is gone does not hold the others up', async () => {
    const found = await opened();
    const gone = found.handoff.clips.find(({ path }) => path === 'SOUND/MixPre-045.WAV')!;
    const files = { ...found.files, [gone.id]: join(folder, 'SOUND/nowhere.wav') };
    const { listened } = await listenThrough({ opened: { ...found, files }, worker: null });
    expect(of(listened, 'CAM/C0007.MOV')[0]!.heard).toBe('match');
    expect(of(listened, 'CAM/C0009.MOV')[0]!.reason).toContain('not where the manifest says');
  });
});

describe('a face that asks', () => {
  it('begins, asks how far it is, and has the answer', async () => {
    const desk = localListening();
    expect(await desk.listening(manifest)).toBeNull();
    const begun = await desk.listen(manifest, { clips: ['CAM/C0007.MOV'] });
    expect(begun).toMatchObject({ running: true, listened: null });
    for (let state = begun; state.running; state = (await desk.listening(manifest))!)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const { listened, failed } = (await desk.listening(manifest))!;
    expect(failed).toBeUndefined();
    expect(listened).toMatchObject([{ clip: 'CAM/C0007.MOV', heard: 'match' }]);
  });

  it('stops when told to, and says why where there is nothing to open', async () => {
    const desk = localListening();
    await desk.listen(manifest, { all: true });
    expect((await desk.stopListening(manifest))!.running).toBe(false);
    await desk.listen(join(folder, 'nowhere.json'), {});
    expect((await desk.stopListening(join(folder, 'nowhere.json')))!.failed).toContain('nowhere.json');
  });
});
