import { describe, expect, it } from 'vitest';
import { findClap, slateFrame } from '../../manifest/listen/clap.ts';
import type { LogEntry } from '../../manifest/documents/handoff.ts';
import { picture } from '../fixtures/handoff.ts';
import { clapInto, overheard, random, RATE, talk } from '../bridge/listen-files.ts';

const noise = (seconds: number, level: number, seed = 1) => {
  const next = random(seed);
  return new Float32Array(seconds * RATE).map(() => level * next());
};

describe('the clap of a slate', () => {
  it.each([0.001, 0.01, 0.03])('is found to the millisecond over room tone of %s', (level) => {
    for (const at of [20_000, 48_000, 60_123]) {
      const samples = noise(2, level);
      clapInto(samples, at);
      const clap = findClap(samples, RATE)!;
      expect(Math.abs(clap.at - at)).toBeLessThanOrEqual(48);
      expect(clap.rise).toBeGreaterThan(20);
    }
  });

  it('is found in the camera’s own sound, echoes and all', () => {
    const scene = noise(3, 0.001);
    clapInto(scene, 90_000);
    const clap = findClap(overheard(scene, 0, 3), RATE)!;
    expect(Math.abs(clap.at - 90_000)).toBeLessThanOrEqual(96);
  });

  it('at 96 kHz as at 48', () => {
    const slow = noise(2, 0.002);
    clapInto(slow, 40_000);
    const fast = new Float32Array(slow.length * 2).map((_, nth) => slow[nth >> 1]!);
    expect(Math.abs(findClap(fast, 96_000)!.at - 80_000)).toBeLessThanOrEqual(96);
  });

  it('two claps alike are no witness', () => {
    const samples = noise(3, 0.002);
    clapInto(samples, 40_000);
    clapInto(samples, 100_000);
    expect(findClap(samples, RATE)).toBeNull();
  });

  it('a second, weaker knock does not hide the clap', () => {
    const samples = noise(3, 0.002);
    clapInto(samples, 40_000);
    clapInto(samples, 100_000, 0.1);
    expect(Math.abs(findClap(samples, RATE)!.at - 40_000)).toBeLessThanOrEqual(48);
  });

  it.each([
    ['silence', new Float32Array(2 * RATE)],
    ['steady noise', noise(2, 0.3)],
    ['talk', talk(8, 6)],
    ['talk of another', talk(9, 6)],
    [
      'a tone that begins suddenly and stays',
      noise(2, 0.001).map((v, nth) => v + (nth > RATE ? 0.5 * Math.sin(nth * 0.9) : 0)),
    ],
  ])('%s holds none', (_name, samples) => {
    expect(findClap(samples, RATE)).toBeNull();
  });
});

describe('the frame on which the log has the slate close', () => {
  const clip = picture({ path: 'a.mov', rate: '25', tc: '10:00:00:00', frames: 500 });
  const row = (clap: string | undefined): LogEntry => ({
    id: 'row',
    sheet: 'log.csv',
    row: 2,
    notes: [],
    clips: [clip.id],
    ...(clap === undefined ? {} : { clap }),
  });
  it.each([
    ['40', 40],
    ['10:00:02:05', 55],
    ['00:00:02:05', 55],
    ['500', null],
    ['11:00:00:00', null],
    [undefined, null],
  ])('%s is frame %s', (clap, frame) => {
    expect(slateFrame(clip, [row(clap)])).toBe(frame);
  });

  it('another clip’s row says nothing of this one', () => {
    expect(slateFrame(clip, [{ ...row('40'), clips: ['other'] }])).toBeNull();
  });
});
