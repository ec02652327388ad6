/** ffprobe behind the same Probe: found or not, believed where it is exact, ended when the scan is stopped. And as the judge of our own readers. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { fromFfprobe } from '../../bridge/local/ffprobe-answer.ts';
import { ffprobe, findFfprobe } from '../../bridge/local/ffprobe.ts';
import { probeMany } from '../../bridge/local/probe/many.ts';
import { probe } from '../../bridge/local/probe/probe.ts';
import { TechSchema, WitnessSchema } from '../../manifest/documents/handoff.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { ffmpeg, FOLDER, inFolder, makePicture } from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const there = await findFfprobe();
const runs = there !== null && spawnSync(there, ['-version']).status === 0;
if (!runs)
  console.warn('Skipping what needs ffprobe: there is none (FFPROBE_PATH, PATH, @ffprobe-installer/ffprobe)');
const path = there ?? '';
const windows = process.platform === 'win32';

const film = (name: string, ...options: string[]) => {
  const file = inFolder(name);
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=25'];
  const sound = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=48000'];
  ffmpeg(...picture, ...sound, '-t', '2', ...options, file);
  return file;
};

/** A program under the name of ffprobe that does what `script` says. */
function fake(name: string, script: string): string {
  const file = inFolder(name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe.skipIf(!runs)('through ffprobe', () => {
  test.each([
    ['a.avi', ['-c:v', 'mpeg4']],
    ['a.mkv', ['-c:v', 'libx264', '-preset', 'ultrafast']],
    ['a.mpg', ['-c:v', 'mpeg2video']],
    ['a.webm', ['-c:v', 'libvpx', '-deadline', 'realtime']],
  ])('%s: rate, size, length and sound', async (name, options) => {
    const { tech, problem } = await ffprobe(film(name, ...options), { path });
    expect(problem).toBeUndefined();
    expect(tech).toMatchObject({ rate: RATES['25'], picture: { width: 64, height: 36 }, channels: 2 });
    // A program stream says its length in a clock of its own, two frames off here.
    expect(Math.abs(tech.durationFrames! - 50)).toBeLessThanOrEqual(2);
    expect(() => TechSchema.parse(tech)).not.toThrow();
  });
  test('sound alone has its length in samples', async () => {
    const file = inFolder('a.ogg');
    ffmpeg('-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '2', file);
    const { tech } = await ffprobe(file, { path });
    expect([tech.sampleRate, tech.channels, tech.picture]).toEqual([48000, 1, undefined]);
    expect(Math.abs(tech.durationSamples! - 96000)).toBeLessThan(1000);
  });
  test('a whole list: our readers first, ffprobe for the rest, in the order asked', async () => {
    const files = [inFolder('a.avi'), makePicture('own.mov', '24', 12), inFolder('a.mkv')];
    const [avi, mov, mkv] = await probeMany(files, { ffprobe: path, worker: null });
    expect([avi?.tech.rate, mov?.tech.durationFrames, mkv?.tech.rate]).toEqual([
      RATES['25'],
      12,
      RATES['25'],
    ]);
  });
  test('what ffprobe cannot read is said without naming a place of this machine', async () => {
    const file = inFolder('broken.mkv');
    writeFileSync(file, Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(200)]));
    const { problem } = await ffprobe(file, { path });
    expect(problem?.code).toBe('unreadable');
    expect(problem?.message).toMatch(/^ffprobe could not read it \(.+\)$/);
    expect(problem?.message).not.toContain(FOLDER);
  });
});

/** Every field both can read, on files of every kind and rate that editors meet. */
describe.skipIf(!runs)('our own readers say what ffprobe says', () => {
  const rates = ['24000/1001', '24', '25', '30000/1001', '50', '60000/1001'];
  const kinds: [string, string[]][] = [
    ['mov', ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le']],
    ['mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac']],
    ['mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-an', '-movflags', 'frag_keyframe+empty_moov']],
    ['mxf', ['-c:v', 'mpeg2video', '-c:a', 'pcm_s16le', '-metadata', 'reel_name=A001']],
  ];
  const cases = kinds.flatMap(([suffix, options], kind) =>
    rates.flatMap((rate) =>
      (rate.startsWith('30000') || rate.startsWith('60000') ? [':', ';'] : [':']).map(
        (mark) => [`${kind} ${suffix} ${rate} ${mark}`, suffix, options, rate, `01:00:59${mark}12`] as const,
      ),
    ),
  );
  test.each(cases)('%s', async (name, suffix, options, rate, start) => {
    const file = inFolder(`${name.replace(/\W/g, '-')}.${suffix}`);
    const picture = ['-f', 'lavfi', '-i', `testsrc2=size=64x48:rate=${rate}`];
    const sound = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=48000'];
    ffmpeg(...picture, ...sound, '-frames:v', '30', '-shortest', '-timecode', start, ...options, file);
    const [ours, theirs] = [await probe(file), await ffprobe(file, { path })];
    expect(ours.problem).toBeUndefined();
    for (const field of ['rate', 'startTc', 'picture', 'channels', 'sampleRate'] as const)
      expect([field, ours.tech[field]]).toEqual([field, theirs.tech[field]]);
    expect(Math.abs(ours.tech.durationFrames! - theirs.tech.durationFrames!)).toBeLessThanOrEqual(1);
    if (suffix === 'mxf') expect(ours.witness.reel).toBe(theirs.witness.reel);
  });
});

describe('finding it', () => {
  test('FFPROBE_PATH is taken at its word: one that does not run is none', async () => {
    expect(await findFfprobe({ FFPROBE_PATH: inFolder('nowhere'), PATH: process.env['PATH'] })).toBeNull();
    expect(await findFfprobe({ FFPROBE_PATH: FOLDER })).toBeNull();
  });
  test.skipIf(windows)('FFPROBE_PATH first, then PATH', async () => {
    const folder = inFolder('bin');
    mkdirSync(folder, { recursive: true });
    const onPath = fake(join('bin', 'ffprobe'), 'exit 0');
    const named = fake('own-ffprobe', 'exit 0');
    expect(await findFfprobe({ PATH: `/nowhere:${folder}` })).toBe(onPath);
    expect(await findFfprobe({ PATH: folder, FFPROBE_PATH: named })).toBe(named);
  });
  test('without one, the file says what it is and what to do', async () => {
    const file = inFolder('alone.avi');
    writeFileSync(file, 'RIFF\x10\0\0\0AVI LIST');
    const [found] = await probeMany([file], { ffprobe: null, worker: null });
    expect(found?.problem?.code).toBe('needs-ffprobe');
    expect(found?.problem?.message).toMatch(/an AVI.*install ffmpeg, or set FFPROBE_PATH/);
  });
});

describe.skipIf(windows)('a program that misbehaves', () => {
  const ogg = () => {
    const file = inFolder('some.ogg');
    writeFileSync(file, 'OggS and more');
    return file;
  };
  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  test('stopping the scan waits for none of them, and none is left', async () => {
    const pids = inFolder('pids');
    const slow = fake('slow', `echo $$ >> '${pids}'\nexec sleep 600`);
    const controller = new AbortController();
    const files = Array.from({ length: 6 }, (_, nth) => {
      const file = inFolder(`slow-${nth}.ogg`);
      writeFileSync(file, 'OggS and more');
      return file;
    });
    const began = probeMany([...files, makePicture('kept.mov', '24', 12)], {
      ffprobe: slow,
      worker: null,
      signal: controller.signal,
    });
    const started = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : []);
    while (started().length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    const probes = await began;
    expect(probes.slice(0, 6)).toEqual([null, null, null, null, null, null]);
    expect(probes[6]?.tech.durationFrames).toBe(12);
    while (started().some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(started()).toHaveLength(3);
  });
  test('one that is stopped before it starts is not started', async () => {
    const touched = inFolder('touched');
    const loud = fake('loud', `touch '${touched}'`);
    await expect(ffprobe(ogg(), { path: loud, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(existsSync(touched)).toBe(false);
  });
  test('Ctrl-C that reaches ffprobe before us is a stop, and no word about the file', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 120);
    const interrupted = fake('interrupted', 'sleep 0.1; kill -INT $$; sleep 5');
    await expect(ffprobe(ogg(), { path: interrupted, signal: controller.signal })).rejects.toThrow(/abort/i);
  });
  test('a crash says nothing of the file', async () => {
    const { problem } = await ffprobe(ogg(), { path: fake('crashes', 'kill -SEGV $$') });
    expect(problem?.code).toBe('needs-ffprobe');
  });
  test('a refusal is the file’s', async () => {
    const { problem } = await ffprobe(ogg(), { path: fake('refuses', 'echo "no such codec" >&2; exit 1') });
    expect(problem).toEqual({ code: 'unreadable', message: 'ffprobe could not read it (no such codec)' });
  });
  test('an answer of nothing, and one of nonsense', async () => {
    expect((await ffprobe(ogg(), { path: fake('silent', 'exit 0') })).problem?.code).toBe('not-media');
    const nonsense = fake(
      'nonsense',
      'echo "[STREAM]\ncodec_type=video\nwidth=-5\navg_frame_rate=0/0\n[/STREAM]"',
    );
    const { tech, problem } = await ffprobe(ogg(), { path: nonsense });
    expect([tech, problem]).toEqual([{ channels: 0 }, undefined]);
  });
});

describe('what ffprobe says', () => {
  const video = {
    codec_type: 'video',
    codec_name: 'h264',
    width: 1920,
    height: 1080,
    avg_frame_rate: '25/1',
    r_frame_rate: '25/1',
  };
  test('a length worked out from seconds is marked as estimated; a count is not', () => {
    const { tech } = fromFfprobe({ streams: [{ ...video, duration: '2.0' }] });
    expect([tech.durationFrames, tech['estimated']]).toEqual([50, ['durationFrames']]);
    expect(fromFfprobe({ streams: [{ ...video, nb_frames: 50 }] }).tech['estimated']).toBeUndefined();
  });
  test('an interlaced stream ticks once a field and is not varying', () => {
    const { tech, problem } = fromFfprobe({ streams: [{ ...video, r_frame_rate: '50/1' }] });
    expect([tech.rate, problem]).toEqual([RATES['25'], undefined]);
  });
  test('frames that come unevenly have no rate', () => {
    const { tech, problem } = fromFfprobe({
      streams: [{ ...video, avg_frame_rate: '30900/1201', r_frame_rate: '30000/1001' }],
    });
    expect([tech.rate, problem?.code]).toEqual([undefined, 'variable-rate']);
  });
  test('drop-frame timecode, and one that does not fit its picture', () => {
    const ntsc = { ...video, avg_frame_rate: '30000/1001', r_frame_rate: '30000/1001' };
    const read = (timecode: string) => fromFfprobe({ streams: [{ ...ntsc, tags: { timecode } }] });
    expect(read('01:00:00;02').tech).toMatchObject({ rate: RATES['29.97df'], startTc: '01:00:00;02' });
    expect(read('01:01:00;00').problem?.code).toBe('timecode-rate');
  });
  test('cover art is no picture', () => {
    const cover = { ...video, disposition: { attached_pic: 1 } };
    const sound = {
      codec_type: 'audio',
      codec_name: 'vorbis',
      sample_rate: 48000,
      channels: 2,
      time_base: '1/48000',
      duration_ts: 960,
    };
    const { tech } = fromFfprobe({ streams: [cover, sound] });
    expect([tech.picture, tech.durationSamples]).toEqual([undefined, 960]);
  });
  test('nothing at all', () => {
    expect(fromFfprobe(null).problem?.code).toBe('unreadable');
  });
  test('a length of an age of the world is a damaged field', () => {
    const sound = { codec_type: 'audio', sample_rate: 1 };
    const { tech } = fromFfprobe({ streams: [sound], format: { duration: 2 ** 53 } });
    expect([tech.sampleRate, tech.durationSamples]).toEqual([1, undefined]);
  });
  test('whatever it says, the answer is one the manifest takes', () => {
    const word = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.constantFrom('N/A', '25/1', '0/0', '1/48000', null),
    );
    const stream = fc.dictionary(
      fc.constantFrom(
        'codec_type',
        'codec_name',
        'width',
        'height',
        'r_frame_rate',
        'avg_frame_rate',
        'nb_frames',
        'duration',
        'duration_ts',
        'time_base',
        'sample_rate',
        'channels',
        'tags',
        'disposition',
      ),
      fc.oneof(
        word,
        fc.constantFrom('video', 'audio'),
        fc.dictionary(fc.constantFrom('timecode', 'reel_name'), word),
      ),
    );
    const answer = fc.oneof(fc.record({ streams: fc.array(stream), format: stream }), fc.anything());
    fc.assert(
      fc.property(answer, (said) => {
        const { tech, witness, problem } = fromFfprobe(said);
        expect(TechSchema.safeParse(tech).error).toBeUndefined();
        expect(WitnessSchema.safeParse(witness).error).toBeUndefined();
        if (problem) expect(problem.message.length).toBeGreaterThan(10);
      }),
      { numRuns: 500 },
    );
  });
});
