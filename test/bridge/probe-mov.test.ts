/** The MOV/MP4 prober, judged by ffmpeg where ffmpeg can make the file, else against files written box by box. */
import { rmSync, statSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { withBytes } from '../../bridge/local/probe/bytes.ts';
import { mov } from '../../bridge/local/probe/mov.ts';
import { canProbe, probe } from '../../bridge/local/probe/probe.ts';
import { TechSchema } from '../../manifest/documents/handoff.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { decodedFrames, ffmpeg, FOLDER, inFolder, judge, makeMovie, makePicture } from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const bytesRead = (file: string) => withBytes(file, (bytes) => (mov.probe(bytes), bytes.bytesRead));

const STARTS: [RateName, string, string][] = [
  ['23.976', '24000/1001', '10:00:00:00'],
  ['24', '24', '01:02:03:04'],
  ['25', '25', '23:59:59:24'],
  ['29.97', '30000/1001', '00:01:00:00'],
  ['29.97df', '30000/1001', '01:09:59;28'],
  ['30', '30', '12:00:00:29'],
  ['50', '50', '09:08:07:49'],
  ['59.94', '60000/1001', '00:01:00:00'],
  ['59.94df', '60000/1001', '10:11:00;04'],
];

describe.each(['mov', 'mp4'])('%s made by ffmpeg', (suffix) => {
  test.each(STARTS)(
    '%s: rate, start timecode, length and size are what ffmpeg says',
    async (name, speed, start) => {
      const file = makePicture(`rate-${name}.${suffix}`, speed, 40, '-timecode', start);
      const { tech, problem } = await probe(file);
      const says = judge(file);
      expect(problem).toBeUndefined();
      expect(tech.rate).toEqual(RATES[name]);
      expect(tech.startTc).toBe(start);
      expect(tech.startTc).toBe(says.timecode);
      expect(tech.durationFrames).toBe(40);
      expect(Math.abs((says.seconds ?? 0) - (40 * RATES[name].den) / RATES[name].num)).toBeLessThan(0.02);
      expect(`${tech.picture?.width}x${tech.picture?.height}`).toBe(says.size);
      expect(tech.channels).toBe(0);
      expect(bytesRead(file)).toBeLessThan(16 * 1024);
      expect(() => TechSchema.parse(tech)).not.toThrow();
    },
  );
});

test('a movie without a timecode track has a rate and no start', async () => {
  const { tech, problem } = await probe(makePicture('no-tc.mov', '25', 10));
  expect([tech.startTc, tech.rate, problem]).toEqual([undefined, RATES['25'], undefined]);
});

test('moov before the media reads as moov after it', async () => {
  const last = makePicture('last.mov', '24', 30, '-timecode', '01:00:00:00');
  const first = makePicture('first.mov', '24', 30, '-timecode', '01:00:00:00', '-movflags', '+faststart');
  expect(await probe(first)).toEqual(await probe(last));
});

test('embedded sound is counted over all tracks, in both kinds of description', async () => {
  const sound = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=48000'];
  const more = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=5.1:sample_rate=48000'];
  const maps = ['-map', '0', '-map', '1', '-map', '2', '-t', '1'];
  const file = inFolder('sound.mov');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=25'];
  ffmpeg(...picture, ...sound, ...more, ...maps, '-c:v', 'libx264', '-c:a', 'pcm_s24le', file);
  const { tech } = await probe(file);
  expect([tech.channels, tech.sampleRate]).toEqual([8, 48000]);
});

test('a movie of sound alone has its length in samples', async () => {
  const file = inFolder('sound.m4a');
  ffmpeg('-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '2', '-c:a', 'aac', file);
  const { tech, problem } = await probe(file);
  expect(problem).toBeUndefined();
  expect(tech.rate).toBeUndefined();
  expect(Math.abs((tech.durationSamples ?? 0) - 96000)).toBeLessThan(3000);
});

describe('fragmented MP4', () => {
  const FLAGS = [
    'frag_keyframe+empty_moov',
    'frag_keyframe',
    'dash+frag_keyframe',
    'frag_keyframe+empty_moov+default_base_moof',
  ];
  test.each(FLAGS)('%s: every fragment is counted, and the timecode found', async (flags) => {
    const file = makePicture(
      `frag-${flags}.mp4`,
      '24000/1001',
      100,
      '-g',
      '24',
      '-timecode',
      '02:00:00:00',
      '-movflags',
      flags,
    );
    const { tech, problem } = await probe(file);
    expect(problem).toBeUndefined();
    expect([tech.durationFrames, tech.rate, tech.startTc]).toEqual([
      100,
      RATES['23.976'],
      judge(file).timecode,
    ]);
  });
  test.each(['frag_keyframe+empty_moov', 'frag_keyframe'])(
    '%s: a long one is counted from its index',
    async (flags) => {
      const file = makePicture(`long-${flags}.mp4`, '25', 1013, '-g', '5', '-movflags', flags);
      expect((await probe(file)).tech.durationFrames).toBe(1013);
      expect(bytesRead(file)).toBeLessThanOrEqual(16 * 1024);
    },
  );
  test('a long one without an index is walked', async () => {
    const file = makePicture(
      'walked.mp4',
      '25',
      507,
      '-g',
      '5',
      '-movflags',
      'dash+frag_keyframe+skip_trailer',
    );
    expect((await probe(file)).tech.durationFrames).toBe(507);
  });
});

test('a picture whose frames last differently has no rate, and says so', async () => {
  const file = makePicture(
    'vfr.mp4',
    '30',
    40,
    '-vf',
    "select='not(between(mod(n,5),2,3))'",
    '-vsync',
    'vfr',
  );
  const { tech, problem } = await probe(file);
  expect(tech.rate).toBeUndefined();
  expect(tech.durationFrames).toBeUndefined();
  expect(problem?.code).toBe('variable-rate');
  expect(problem?.message).toMatch(/from 10 to 30 frames a second/);
});

test('a last frame of another length does not make the rate vary', async () => {
  const { tech } = await probe(
    makeMovie('last-frame.mov', {
      stts: [
        [47, 1001],
        [1, 700],
      ],
    }),
  );
  expect([tech.rate, tech.durationFrames]).toEqual([RATES['23.976'], 48]);
});

test.each([
  ['23.976', 600, 240],
  ['29.97', 600, 240],
  ['23.976', 1000, 240],
  ['24', 1000, 240],
  ['59.94', 1000, 240],
] as [RateName, number, number][])(
  '%s in a timescale of %i, which its frames do not divide, is still that rate',
  async (name, timescale, frames) => {
    const { num, den } = RATES[name];
    const ends = Array.from({ length: frames + 1 }, (_, frame) =>
      Math.round((frame * timescale * den) / num),
    );
    const stts = ends.slice(1).map((end, index): [number, number] => [1, end - ends[index]!]);
    const { tech, problem } = await probe(makeMovie('rounded.mov', { timescale, stts }));
    expect([tech.rate, tech.durationFrames, problem]).toEqual([RATES[name], frames, undefined]);
  },
);

test('a timescale of 2997 is 30000/1001', async () => {
  const { tech } = await probe(makeMovie('snap.mov', { timescale: 2997, stts: [[30, 100]] }));
  expect(tech.rate).toEqual(RATES['29.97']);
});

test('a rate without a name keeps its exact fraction', async () => {
  const { tech } = await probe(makeMovie('odd.mov', { timescale: 1000, stts: [[30, 80]] }));
  expect(tech.rate).toEqual({ num: 25, den: 2, drop: false });
});

test('a still that lasts five seconds has no rate, and does not count as varying', async () => {
  const { tech, problem } = await probe(makeMovie('still.mov', { timescale: 600, stts: [[1, 3000]] }));
  expect([tech.rate, problem]).toEqual([
    undefined,
    { code: 'unknown-rate', message: 'its picture runs at 0.2 frames a second, which no edit does' },
  ]);
});

test('an edit list that shifts frames for reordering does not shorten the clip', async () => {
  const { tech } = await probe(makeMovie('shift.mov', { edits: [[1201, 2002]] }));
  expect(tech.durationFrames).toBe(48);
});

test('an edit list that trims gives as many frames as ffmpeg plays', async () => {
  const whole = makePicture('whole.mp4', '24', 96, '-g', '48', '-bf', '0');
  const file = inFolder('trimmed.mp4');
  ffmpeg('-ss', '0.5', '-i', whole, '-c', 'copy', file);
  const { tech } = await probe(file);
  expect(tech.durationFrames).toBe(decodedFrames(file));
  expect(tech.durationFrames).toBe(84);
});

test('an hour of frames behind 3 GB of media costs no more than 16 KiB', async () => {
  const timecode = { frame: 86400, numFrames: 24, timescale: 24000, ticks: 1001 };
  const file = makeMovie('huge.mov', { stts: [[86400, 1001]], sizes: 86400, sparse: 3e9, timecode });
  const { tech } = await probe(file);
  expect([tech.durationFrames, tech.startTc]).toEqual([86400, '01:00:00:00']);
  expect(statSync(file).size).toBeGreaterThan(3e9);
  expect(bytesRead(file)).toBeLessThanOrEqual(16 * 1024);
});

test('a time table too long to read is held against the whole length', async () => {
  const stts = Array.from({ length: 20_000 }, (_, index): [number, number] => [
    1,
    index % 40 === 39 ? 26 : 25,
  ]);
  const steady = makeMovie('long-table.mov', { timescale: 600, stts, sizes: 20_000, mediaDuration: 500_500 });
  expect((await probe(steady)).tech.rate).toEqual(RATES['23.976']);
  expect((await probe(steady)).tech.durationFrames).toBe(20_000);
  expect(bytesRead(steady)).toBeLessThanOrEqual(16 * 1024);
  const stray = makeMovie('stray-table.mov', { timescale: 600, stts, sizes: 20_000, mediaDuration: 510_000 });
  expect((await probe(stray)).problem?.code).toBe('variable-rate');
});

test('kinds without a prober are not opened and bring back nothing', async () => {
  expect([
    canProbe('a/b.PRPROJ'),
    canProbe('a/b.svg'),
    canProbe('x.txt'),
    canProbe('x.MOV'),
    canProbe('x.Wav'),
  ]).toEqual([false, false, false, true, true]);
  expect(await probe(inFolder('nowhere.svg'))).toEqual({ tech: {}, witness: {} });
});

test('reading twice says the same, whatever was read between', async () => {
  const file = makePicture('again.mov', '25', 20, '-timecode', '05:00:00:00');
  const once = await probe(file);
  await probe(makePicture('other.mov', '24', 20, '-timecode', '06:00:00:00'));
  expect(await probe(file)).toEqual(once);
});
