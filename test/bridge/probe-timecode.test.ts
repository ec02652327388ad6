/** Start timecode, reel and metadata of a movie: the timecode track in every form cameras write it, and the traps in it. */
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { probe } from '../../bridge/local/probe/probe.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { box, FOLDER, fourcc, makeMovie, makePicture, u16, u32, zeros } from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe('timecode', () => {
  const ntsc = { timescale: 30000, stts: [[48, 1001]] as [number, number][] };
  const label = async (parts: Parameters<typeof makeMovie>[1]) =>
    (await probe(makeMovie('tc.mov', parts))).tech.startTc;

  test('GoPro writes 29 frames a label second at 29.97 and means 30', async () => {
    const timecode = { frame: 2100064, numFrames: 29, timescale: 30000, ticks: 1001 };
    expect(await label({ ...ntsc, timecode })).toBe('19:26:42:04');
  });
  test('59.94 frames with 30 labels a second count two frames a label', async () => {
    const timecode = { frame: 30 * 60 + 2, numFrames: 30, timescale: 30000, ticks: 1001, drop: true };
    const file = makeMovie('half.mov', { timescale: 60000, stts: [[96, 1001]], timecode });
    const { tech } = await probe(file);
    expect([tech.rate, tech.startTc]).toEqual([RATES['59.94df'], '00:01:00;08']);
  });
  test('a negative count is the day before', async () => {
    expect(await label({ timecode: { frame: -24, numFrames: 24, timescale: 24000, ticks: 1001 } })).toBe(
      '23:59:59:00',
    );
  });
  test('64-bit offsets, box sizes and counts are read', async () => {
    const timecode = {
      frame: 86400,
      numFrames: 24,
      timescale: 24000,
      ticks: 1001,
      co64: true,
      format: 'tc64' as const,
    };
    expect(await label({ timecode, longMoov: true })).toBe('01:00:00:00');
  });
  test('a trimmed timecode track begins where the trim does', async () => {
    const timecode = { frame: 86400, numFrames: 24, timescale: 24000, ticks: 1001, trim: 24 * 1001 };
    expect(await label({ timecode })).toBe('01:00:01:00');
  });
  test('labels that do not fit the picture are refused with both rates', async () => {
    const timecode = { frame: 0, numFrames: 25, timescale: 25, ticks: 1 };
    const { tech, problem } = await probe(makeMovie('misfit.mov', { timecode }));
    expect([tech.startTc, tech.rate, problem?.code]).toEqual([undefined, RATES['23.976'], 'timecode-rate']);
    expect(problem?.message).toMatch(/25 frames a second and its picture runs at 23\.976/);
  });
  test('drop-frame where it does not exist is refused', async () => {
    const timecode = { frame: 0, numFrames: 24, timescale: 24000, ticks: 1001, drop: true };
    const { tech, problem } = await probe(makeMovie('nodrop.mov', { timecode }));
    expect([tech.startTc, problem?.code]).toEqual([undefined, 'timecode-rate']);
  });
  test('the reel is the name of the timecode track', async () => {
    const timecode = { frame: 0, numFrames: 24, timescale: 24000, ticks: 1001, reel: 'A007_Ü' };
    expect((await probe(makeMovie('reel.mov', { timecode }))).witness.reel).toBe('A007_Ü');
  });
  test('ffmpeg writes that name as reel_name', async () => {
    const file = makePicture(
      'reel-ffmpeg.mov',
      '25',
      10,
      '-timecode',
      '01:00:00:00',
      '-metadata:s:v:0',
      'reel_name=B012',
    );
    expect((await probe(file)).witness.reel).toBe('B012');
  });
});

test('QuickTime metadata keys give reel, scene, take (kept as shot) and the embedded date', async () => {
  const pairs: [string, string][] = [
    ['com.apple.proapps.studio.reel', 'A003'],
    ['com.apple.proapps.studio.scene', '12A'],
    ['com.apple.proapps.studio.shot', '4'],
    ['com.apple.quicktime.creationdate', '2026-03-14T10:11:12+0100'],
    ['com.apple.quicktime.make', 'Example'],
  ];
  const keys = box(
    'keys',
    u32(0),
    u32(pairs.length),
    ...pairs.map(([key]) => Buffer.concat([u32(key.length + 8), fourcc('mdta'), Buffer.from(key)])),
  );
  const entry = ([, value]: [string, string], index: number) => {
    const content = box('data', u32(1), u32(0), Buffer.from(value));
    return Buffer.concat([u32(content.length + 8), u32(index + 1), content]);
  };
  const meta = box(
    'meta',
    box('hdlr', u32(0), zeros(4), fourcc('mdta'), zeros(14)),
    keys,
    box('ilst', ...pairs.map(entry)),
  );
  const { witness, tech } = await probe(makeMovie('keys.mov', { more: [meta] }));
  expect(witness).toEqual({ reel: 'A003', scene: '12A', take: '4' });
  expect([tech.recordedOn, tech.recorder]).toEqual(['2026-03-14', 'Example']);
});

test('older user data gives maker and date', async () => {
  const text = (type: string, value: string) => box(type, u16(value.length), u16(0), Buffer.from(value));
  const udta = box('udta', text('\xa9mak', 'Example'), text('\xa9day', '2026-03-14'));
  const { tech } = await probe(makeMovie('udta.mov', { more: [udta] }));
  expect([tech.recordedOn, tech.recorder]).toEqual(['2026-03-14', 'Example']);
});
