/** The MXF prober: files by ffmpeg with ffmpeg as the judge, and files written set by set for what ffmpeg does not write. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { withBytes } from '../../bridge/local/probe/bytes.ts';
import { mxf } from '../../bridge/local/probe/mxf.ts';
import { probe } from '../../bridge/local/probe/probe.ts';
import { TechSchema } from '../../manifest/documents/handoff.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { ffmpeg, FOLDER, inFolder, judge } from './probe-files.ts';
import { makeMxf, PICTURE, SOUND, type MxfParts } from './mxf-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const made = (name: string, parts: MxfParts) => {
  const file = inFolder(name);
  writeFileSync(file, makeMxf(parts));
  return file;
};
const reads = (file: string) =>
  withBytes(file, (bytes) => {
    bytes.ahead = mxf.ahead!;
    mxf.probe(bytes);
    return bytes.bytesRead;
  });

describe('OP1a by ffmpeg', () => {
  const cases: [RateName, string, string][] = [
    ['23.976', '24000/1001', '01:02:03:04'],
    ['24', '24', '23:59:59:23'],
    ['25', '25', '10:11:12:13'],
    ['29.97', '30000/1001', '01:00:00:00'],
    ['29.97df', '30000/1001', '01:00:00;02'],
    ['50', '50', '01:00:00:49'],
    ['59.94', '60000/1001', '00:59:59:59'],
    ['59.94df', '60000/1001', '00:10:00;00'],
  ];
  test.each(cases)(
    '%s starts where ffmpeg says, with tape, size, sound and length',
    async (name, rate, start) => {
      const file = inFolder(`op1a-${name}.mxf`);
      const picture = ['-f', 'lavfi', '-i', `testsrc2=size=320x176:rate=${rate}`];
      const sound = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=48000'];
      const frames = 2 * Math.round(RATES[name].num / RATES[name].den);
      const codecs = ['-shortest', '-c:v', 'mpeg2video', '-g', '1', '-c:a', 'pcm_s16le'];
      const more = ['-timecode', start, '-metadata', 'reel_name=A001R2EC'];
      ffmpeg(...picture, ...sound, '-frames:v', String(frames), ...codecs, ...more, file);
      const { tech, witness, problem } = await probe(file);
      const says = judge(file);
      expect(problem).toBeUndefined();
      expect([tech.rate, tech.startTc]).toEqual([RATES[name], start]);
      expect(tech.startTc).toBe(says.timecode);
      expect(`${tech.picture?.width}x${tech.picture?.height}`).toBe(says.size);
      expect((tech.durationFrames! * RATES[name].den) / RATES[name].num).toBeCloseTo(says.seconds!, 1);
      expect([tech.channels, tech.sampleRate, tech.codec]).toEqual([2, 48000, 'MPEG-2']);
      expect(witness).toEqual({ reel: 'A001R2EC' });
      expect(reads(file)).toBeLessThanOrEqual(16 * 1024);
      expect(() => TechSchema.parse(tech)).not.toThrow();
    },
  );
  test('cut short, it says so and keeps what its header says', async () => {
    const whole = readFileSync(inFolder('op1a-25.mxf'));
    const { durationFrames } = (await probe(inFolder('op1a-25.mxf'))).tech;
    const file = inFolder('cut.mxf');
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const { tech, problem } = await probe(file);
    expect([tech.startTc, tech.durationFrames, problem?.code]).toEqual([
      '10:11:12:13',
      durationFrames,
      'truncated',
    ]);
  });
  test('cut inside its header metadata, it is truncated too', async () => {
    const whole = readFileSync(inFolder('op1a-25.mxf'));
    const file = inFolder('cut-early.mxf');
    writeFileSync(file, whole.subarray(0, 700));
    expect((await probe(file)).problem?.code).toBe('truncated');
  });
});

describe('OP-Atom by ffmpeg', () => {
  test('picture', async () => {
    const file = inFolder('atom-v.mxf');
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=25', '-frames:v', '3'];
    const codec = ['-c:v', 'dnxhd', '-b:v', '120M', '-pix_fmt', 'yuv422p', '-timecode', '01:00:00:05'];
    ffmpeg(...picture, ...codec, '-metadata', 'reel_name=TAPE7', '-f', 'mxf_opatom', file);
    const { tech, witness } = await probe(file);
    expect(tech).toMatchObject({
      rate: RATES['25'],
      startTc: '01:00:00:05',
      durationFrames: 3,
      picture: { width: 1920, height: 1080 },
      codec: 'VC-3',
      channels: 0,
    });
    expect([judge(file).timecode, witness.reel]).toEqual(['01:00:00:05', 'TAPE7']);
  });
  test('sound alone has its length and start in samples', async () => {
    const file = inFolder('atom-a.mxf');
    const sound = ['-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '2', '-c:a', 'pcm_s24le'];
    ffmpeg(...sound, '-timecode', '10:00:00:12', '-f', 'mxf_opatom', file);
    const { tech } = await probe(file);
    expect(tech).toMatchObject({ sampleRate: 48000, channels: 1, durationSamples: 96000, rate: RATES['25'] });
    expect([tech.startTc, tech.startSamples]).toEqual(['10:00:00:12', 48000 * 36000 + (12 * 48000) / 25]);
    expect([tech.picture, tech.durationFrames]).toEqual([undefined, undefined]);
  });
});

describe('set by set', () => {
  const base: MxfParts = { essence: PICTURE, editRate: [25, 1], duration: 100 };
  const timecode = { start: 90000, base: 25, drop: false };

  test("the material's own timecode decides over the tape's", async () => {
    const file = made('own.mxf', {
      ...base,
      timecode,
      tape: { name: 'T1', timecode: { ...timecode, start: 5 }, at: 0 },
    });
    const { tech, witness } = await probe(file);
    expect([tech.startTc, tech.durationFrames, witness.reel]).toEqual(['01:00:00:00', 100, 'T1']);
  });
  test('without one, the clip is followed into its tape, from where it begins there', async () => {
    const { tech, witness } = await probe(
      made('tape.mxf', { ...base, tape: { name: 'T1', timecode, at: 50 } }),
    );
    expect([tech.startTc, witness.reel]).toEqual(['01:00:02:00', 'T1']);
  });
  test('sound counts its place on the tape in samples', async () => {
    const sound: MxfParts = {
      essence: SOUND,
      editRate: [48000, 1],
      duration: 96000,
      audio: { rate: 48000, channels: 1 },
    };
    const { tech } = await probe(
      made('tape-sound.mxf', { ...sound, tape: { name: 'T1', timecode, at: 96000 } }),
    );
    expect([tech.startTc, tech.durationSamples]).toEqual(['01:00:02:00', 96000]);
  });
  test('a clip that is its own source ends the search', async () => {
    const { tech, problem } = await probe(made('loop.mxf', { ...base, loops: true }));
    expect([tech.startTc, tech.durationFrames, problem]).toEqual([undefined, 100, undefined]);
  });
  test("Avid's older words for picture and timecode are known", async () => {
    const { tech } = await probe(made('older.mxf', { ...base, timecode, older: true }));
    expect([tech.startTc, tech.durationFrames]).toEqual(['01:00:00:00', 100]);
  });
  test('30 labels a second at 59.94: label frame 15 is picture frame 30', async () => {
    const half = { start: 15, base: 30, drop: false, editRate: [30000, 1001] as [number, number] };
    const { tech } = await probe(made('half.mxf', { ...base, editRate: [60000, 1001], timecode: half }));
    expect(tech.startTc).toBe('00:00:00:30');
  });
  test('fields stored apart make a frame of twice their height', async () => {
    const size = { stored: [1920, 544] as [number, number], display: [1920, 540] as [number, number] };
    const { tech } = await probe(made('fields.mxf', { ...base, size, separateFields: true }));
    expect(tech.picture).toEqual({ width: 1920, height: 1080 });
  });
  test('a header that was never finished is completed from the footer', async () => {
    const parts: MxfParts = {
      ...base,
      timecode,
      duration: -1,
      open: true,
      footer: { ...base, timecode, duration: 321 },
    };
    const { tech, problem } = await probe(made('open.mxf', parts));
    expect([tech.durationFrames, tech.startTc, problem]).toEqual([321, '01:00:00:00', undefined]);
  });
  test('the footer is also found by the index at the end of the file', async () => {
    const parts: MxfParts = {
      ...base,
      duration: -1,
      open: true,
      footer: { ...base, duration: 321 },
      byIndex: true,
    };
    expect((await probe(made('rip.mxf', parts))).tech.durationFrames).toBe(321);
  });
  test('with no footer either, the recording broke off; what is known stays', async () => {
    const { tech, problem } = await probe(
      made('broken.mxf', { ...base, timecode, duration: -1, open: true }),
    );
    expect([tech.startTc, tech.durationFrames, problem?.code]).toEqual([
      '01:00:00:00',
      undefined,
      'truncated',
    ]);
  });
  test('the descriptor says the length where no track does', async () => {
    const { tech, problem } = await probe(
      made('length.mxf', { ...base, duration: -1, descriptorDuration: 77 }),
    );
    expect([tech.durationFrames, problem]).toEqual([77, undefined]);
  });
  test('a header without material is unreadable', async () => {
    expect((await probe(made('empty.mxf', { ...base, noMaterial: true }))).problem?.code).toBe('unreadable');
  });
});
