/** Sync across rates, and what a difference looks like. */
import { describe, expect, it } from 'vitest';
import { RATES } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { frameOf, picture, sound } from '../fixtures/handoff.ts';
import { verdictOf, take } from './sync-stage.ts';

describe('rates', () => {
  it.each([
    ['23.976', '24', '0.1 %'],
    ['29.97', '30', '0.1 %'],
    ['29.97df', '29.97', 'drop-frame'],
    ['59.94', '59.94df', 'drop-frame'],
  ] as const)('%s picture with %s sound is a rate mismatch, and says %s', (a, b, words) => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, rate: a, tc: '10:00:00:00' }),
      sound({ path: 's.wav', ...take, rate: b, tc: '10:00:00:00' }),
    );
    expect(verdict.verdict).toBe('rate-mismatch');
    expect(verdict.reason).toContain(words);
  });

  it.each([
    ['59.94', '29.97'],
    ['23.976', '29.97'],
    ['24', '25'],
    ['59.94df', '29.97df'],
    ['47.952', '23.976'],
  ] as const)('%s picture and %s sound run alike', (a, b) => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, rate: a, tc: '10:00:00:00', frames: 48 }),
      sound({ path: 's.wav', ...take, rate: b, tc: '10:00:00:00', frames: 200 }),
    );
    expect(verdict.verdict).toBe('in-sync');
  });

  it('sound without a rate is compared by elapsed time, and the reason says so', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, tc: '10:00:00:00' }),
      sound({ path: 's.wav', ...take, rate: null, tc: '10:00:00:00' }),
    );
    expect(verdict.verdict).toBe('in-sync');
    expect(verdict.reason).toContain('names no timecode rate');
  });
});

describe('what a difference looks like', () => {
  it.each([
    ['10:00:00:00', '11:00:00:00', 86400],
    ['10:00:00:00', '09:00:00:00', -86400],
  ])('sound at %s of a picture at %s is an hour off', (tc, at, frames) => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, tc, frames: 100 }),
      sound({ path: 's.wav', ...take, tc: at, frames: 100 }),
    );
    expect(verdict).toMatchObject({ verdict: 'no-overlap', coverage: 0, offsetFrames: frames });
    expect(verdict.reason).toMatch(/one hour/);
  });

  it('drop-frame labels counted as non-drop are named', () => {
    const rate = RATES['29.97df'];
    const counted = frameOf('10:00:00:00', RATES['29.97']);
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, rate: '29.97df', tc: '10:00:00;00', frames: 100 }),
      sound({ path: 's.wav', ...take, rate: '29.97df', tc: frameToTimecode(counted, rate), frames: 100 }),
    );
    expect(verdict.verdict).toBe('no-overlap');
    expect(verdict.reason).toContain('drop-frame');
  });

  it('sound whose clock ran at 24 against 23.976 is named 0.1 %', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, tc: '10:00:00:00', frames: 100 }),
      // Recorded by the wall clock: 36,000 s where the labels say 36,036 s.
      sound({ path: 's.wav', ...take, rate: null, frames: 100, tech: { startSamples: 36_000 * 48000 } }),
    );
    expect(verdict.verdict).toBe('no-overlap');
    expect(verdict.reason).toContain('0.1 %');
  });

  it('sound that covers a part is not explained away', () => {
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00', frames: 240 });
    const [same, late] = ['10:00:00:00', '10:00:02:00'].map((tc) =>
      verdictOf(p, sound({ path: 's.wav', ...take, tc, frames: 48 })),
    );
    for (const verdict of [same!, late!]) {
      expect(verdict.verdict).toBe('partial');
      expect(verdict.reason).not.toMatch(/hour|drop-frame|0\.1 %|clock/);
    }
  });

  it('a take across midnight is in sync, and midnight is named', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, rate: '29.97df', tc: '23:59:59;00', frames: 120 }),
      sound({ path: 's.wav', ...take, rate: '29.97df', tc: '23:59:58;00', frames: 200 }),
    );
    expect(verdict).toMatchObject({ verdict: 'in-sync', offsetFrames: -30 });
    expect(verdict.reason).toContain('midnight');
  });

  it('sound that begins after midnight belongs to the picture that began before it', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', tc: '23:59:58:00', frames: 240 }),
      sound({ path: 's.wav', tc: '00:00:01:00', frames: 240 }),
    );
    expect(verdict).toMatchObject({ verdict: 'partial', offsetFrames: 72 });
    expect(verdict.reason).toContain('midnight');
  });
});
