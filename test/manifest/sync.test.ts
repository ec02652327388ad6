/** A verdict for each picture, and for sound on its own; and the laws of both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { sync } from '../../manifest/sync.ts';
import { framesPerDay, RATES, type RateName } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { handoff, picture, sound } from '../fixtures/handoff.ts';
import { verdictOf, take } from './sync-stage.ts';

describe('a verdict for each picture', () => {
  it('sound that begins before and ends after its picture is in sync', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', scene: '07', take: '03', tc: '10:00:01:00', frames: 48 }),
      sound({ path: 's.wav', ...take, tc: '10:00:00:00', frames: 96, late: 3 }),
    );
    expect(verdict).toMatchObject({ verdict: 'in-sync', sound: ['s.wav'], offsetFrames: -24, coverage: 1 });
    expect(verdict.offsetSamples).toBe(-48045);
    expect(verdict.reason).toContain('24 frames');
  });

  it('07 is 7, and case does not matter', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', scene: '7a', take: '3', tc: '10:00:00:00' }),
      sound({ path: 's.wav', scene: '07A', take: '003', tc: '10:00:00:00' }),
    );
    expect(verdict.verdict).toBe('in-sync');
  });

  it('one frame missing at each end is still in sync, two are partial', () => {
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00', frames: 100 });
    expect(verdictOf(p, sound({ path: 's.wav', ...take, tc: '10:00:00:01', frames: 98 })).verdict).toBe(
      'in-sync',
    );
    const partial = verdictOf(p, sound({ path: 's.wav', ...take, tc: '10:00:00:02', frames: 200 }));
    expect(partial).toMatchObject({ verdict: 'partial', offsetFrames: 2, coverage: 0.98 });
  });

  it('one frame of 29.97 is in sync on either side of its sample', () => {
    for (const rate of ['29.97', '29.97df'] as const)
      for (const late of [-1, 0, 1]) {
        const p = picture({ path: 'p.mov', ...take, rate, tc: '10:00:00:00', frames: 60 });
        expect(
          verdictOf(p, sound({ path: 's.wav', ...take, rate, tc: '10:00:00:01', frames: 58, late })).verdict,
        ).toBe('in-sync');
      }
  });

  it('MOS comes before everything, even where a sound would fit', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, tc: '10:00:00:00', clip: { soundKind: 'mos', pick: 'circled' } }),
      sound({ path: 's.wav', ...take, tc: '10:00:00:00' }),
    );
    expect(verdict).toMatchObject({ verdict: 'mos', sound: [] });
  });

  it('no candidate is no-sound, and camera sound is mentioned', () => {
    const verdict = verdictOf(picture({ path: 'p.mov', ...take, tc: '10:00:00:00', tech: { channels: 2 } }));
    expect(verdict.verdict).toBe('no-sound');
    expect(verdict.reason).toContain('camera sound only');
  });

  it('a picture without timecode, or sound without any, is no-timecode', () => {
    const s = sound({ path: 's.wav', ...take, tc: '10:00:00:00' });
    expect(verdictOf(picture({ path: 'p.mov', ...take }), s)).toMatchObject({
      verdict: 'no-timecode',
      sound: ['s.wav'],
    });
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00' });
    expect(verdictOf(p, sound({ path: 's.wav', ...take })).verdict).toBe('no-timecode');
  });

  it('a sound of another take that overlaps in time is no candidate', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', ...take, tc: '10:00:00:00' }),
      sound({ path: 's.wav', scene: '7', take: '4', tc: '10:00:00:00' }),
    );
    expect(verdict).toMatchObject({ verdict: 'no-sound', sound: [] });
  });

  it('where a side does not know its take, time decides', () => {
    const p = picture({ path: 'p.mov', tc: '10:00:00:00' });
    const s = sound({ path: 's.wav', ...take, tc: '10:00:00:00' });
    expect(verdictOf(p, s)).toMatchObject({ verdict: 'in-sync', sound: ['s.wav'] });
    expect(verdictOf(p, sound({ path: 's.wav', ...take, tc: '11:00:00:00' })).verdict).toBe('no-sound');
  });

  it('two that fit from one recorder are ambiguous, from two recorders they are both named', () => {
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00' });
    const from = (path: string, recorder?: string) =>
      sound({ path, ...take, tc: '10:00:00:00', tech: recorder ? { recorder } : {} });
    expect(verdictOf(p, from('a.wav', '702T #1'), from('b.wav', '702T #1')).verdict).toBe('ambiguous');
    expect(verdictOf(p, from('a.wav'), from('b.wav')).verdict).toBe('ambiguous');
    const two = verdictOf(p, from('a.wav', '702T #1'), from('b.wav', 'MixPre #9'));
    expect(two).toMatchObject({ verdict: 'in-sync', sound: ['a.wav', 'b.wav'] });
  });

  it('fits of two takes are ambiguous whoever recorded them', () => {
    const verdict = verdictOf(
      picture({ path: 'p.mov', tc: '10:00:00:00' }),
      sound({ path: 'a.wav', ...take, tc: '10:00:00:00', tech: { recorder: 'A' } }),
      sound({ path: 'b.wav', scene: '7', take: '4', tc: '10:00:00:00', tech: { recorder: 'B' } }),
    );
    expect(verdict.verdict).toBe('ambiguous');
    expect(verdict.sound).toEqual(['a.wav', 'b.wav']);
  });

  it('files of one family, and a mono set, are one candidate', () => {
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00' });
    const family = { family: 'F1' };
    const poly = ['a.wav', 'b.wav'].map((path) => sound({ path, ...take, tc: '10:00:00:00', tech: family }));
    expect(verdictOf(p, ...poly)).toMatchObject({ verdict: 'in-sync', sound: ['a.wav', 'b.wav'] });
    const mono = ['S/7-3_1.wav', 'S/7-3_2.wav'].map((path) => sound({ path, ...take, tc: '10:00:00:00' }));
    expect(verdictOf(p, ...mono)).toMatchObject({
      verdict: 'in-sync',
      sound: ['S/7-3_1.wav', 'S/7-3_2.wav'],
    });
  });

  it('the next file of the same recorder continues the first', () => {
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00', frames: 240 });
    const pieces = [
      sound({ path: 'a.wav', ...take, tc: '09:59:59:00', frames: 144 }),
      sound({ path: 'b.wav', ...take, tc: '10:00:05:00', frames: 240 }),
    ];
    expect(verdictOf(p, ...pieces)).toMatchObject({
      verdict: 'in-sync',
      sound: ['a.wav', 'b.wav'],
      coverage: 1,
    });
  });

  it('only two embedded dates more than a day apart exclude a candidate', () => {
    const at = (path: string, recordedOn?: string) =>
      sound({ path, ...take, tc: '10:00:00:00', tech: recordedOn ? { recordedOn } : {} });
    const p = picture({ path: 'p.mov', ...take, tc: '10:00:00:00', tech: { recordedOn: '2026-03-14' } });
    expect(verdictOf(p, at('s.wav', '2026-03-15')).verdict).toBe('in-sync');
    expect(verdictOf(p, at('s.wav', '2026-03-16')).verdict).toBe('no-sound');
    expect(verdictOf(p, at('s.wav')).verdict).toBe('in-sync');
  });
});

describe('sound on its own', () => {
  it('is wild where it says so, and an orphan where nobody names it', () => {
    const verdicts = sync(
      handoff([
        sound({ path: 'wt.wav', scene: '7', tc: '10:00:00:00', clip: { soundKind: 'wild' } }),
        sound({ path: 'lost.wav', ...take, tc: '12:00:00:00' }),
      ]),
    );
    expect(verdicts.map(({ clip, verdict, sound: files }) => [clip, verdict, files])).toEqual([
      ['wt.wav', 'wild', []],
      ['lost.wav', 'orphan', []],
    ]);
  });

  it('a wild track never becomes the sound of a picture it overlaps', () => {
    const verdicts = sync(
      handoff([
        picture({ path: 'p.mov', tc: '10:00:00:00' }),
        sound({ path: 'wt.wav', tc: '10:00:00:00', clip: { soundKind: 'wild' } }),
      ]),
    );
    expect(verdicts.map((verdict) => verdict.verdict)).toEqual(['no-sound', 'wild']);
  });
});

describe('laws', () => {
  const rates = fc.constantFrom(...(Object.keys(RATES) as RateName[]));
  const clips = fc.array(
    fc.record({
      rate: rates,
      start: fc.nat(),
      frames: fc.integer({ min: 1, max: 5000 }),
      scene: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      take: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      sound: fc.boolean(),
    }),
    { maxLength: 40 },
  );
  const clipOf = (
    words: { rate: RateName; start: number; frames: number; scene?: number; take?: number; sound: boolean },
    index: number,
  ) => {
    const rate = RATES[words.rate];
    const common = {
      path: `${index}`,
      rate: words.rate,
      // Close together, so that many overlap, and half of them around midnight.
      tc: frameToTimecode(
        (words.start % 20_000) - 10_000 + (words.start % 2 ? 0 : framesPerDay(rate) / 2),
        rate,
      ),
      frames: words.frames,
      ...(words.scene ? { scene: String(words.scene) } : {}),
      ...(words.take ? { take: String(words.take) } : {}),
    };
    return words.sound ? sound(common) : picture(common);
  };

  it('one verdict for each picture, and one for each sound that no verdict names', () => {
    fc.assert(
      fc.property(clips, (words) => {
        const all = words.map(clipOf);
        const verdicts = sync(handoff(all));
        const named = new Set(verdicts.flatMap((verdict) => verdict.soundIds));
        const expected = all
          .filter((clip) => clip.kind === 'picture' || !named.has(clip.id))
          .map((clip) => clip.id);
        expect(verdicts.map((verdict) => verdict.clipId).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('the order of the clips changes no verdict', () => {
    fc.assert(
      fc.property(clips, (words) => {
        const all = words.map(clipOf);
        const short = (list: Clip[]) =>
          sync(handoff(list))
            .map(({ clipId, verdict, soundIds, offsetFrames }) =>
              JSON.stringify([clipId, verdict, [...soundIds].sort(), offsetFrames]),
            )
            .sort();
        expect(short([...all].reverse())).toEqual(short(all));
      }),
    );
  });

  it('looking sounds up by time finds what comparing every pair finds', () => {
    fc.assert(
      fc.property(clips, (words) => {
        const all = words.map(clipOf);
        const together = sync(handoff(all)).filter(
          (verdict) => all.find((clip) => clip.id === verdict.clipId)!.kind === 'picture',
        );
        for (const verdict of together) {
          const p = all.find((clip) => clip.id === verdict.clipId)!;
          const fits = all.filter(
            (clip) => clip.kind === 'sound' && sync(handoff([p, clip]))[0]!.soundIds.length > 0,
          );
          if (verdict.verdict === 'no-sound') expect(fits).toEqual([]);
          else expect(fits.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
