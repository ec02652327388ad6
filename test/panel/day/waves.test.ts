/** Two sounds laid over each other: where they may lie, what is read for what is in sight, and what a pixel shows of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../../bridge/desk.ts';
import type { Clip } from '../../../manifest/documents/handoff.ts';
import type { Listened } from '../../../manifest/documents/sync.ts';
import { FLICKS_PER_SECOND, framesToFlicks, toFlicks } from '../../../manifest/time/flicks.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { columns, isEnough, laidOf, loudest, rangeOf, wholePicture } from '../../../panel/day/waves.ts';
import { panned, wholeDay, zoomed } from '../../../panel/day/window.ts';

const RATE = RATES['23.976'];
const FRAME = framesToFlicks(1, RATE);

const clip = (id: string, kind: 'picture' | 'sound', more: Partial<Clip['tech']> = {}): Clip => ({
  id,
  kind,
  root: 'media',
  path: `${kind}/${id}`,
  size: 1,
  identity: {},
  tech: { rate: RATE, durationFrames: 2400, ...more },
  pick: 'unknown',
  soundKind: 'unknown',
});
const picture = clip('A.mov', 'picture');
const sounds = [clip('S.wav', 'sound'), clip('T.wav', 'sound')];
const heard = (more: Partial<Listened>): Listened => ({
  clip: picture.path,
  clipId: picture.id,
  soundId: 'S.wav',
  heard: 'match',
  evidence: {},
  reason: '',
  ...more,
});

describe('where a sound may lie', () => {
  const byTimecode = { soundIds: ['T.wav', 'S.wav'], offsetSamples: -480 };

  it('is where it was heard, first, and where timecode puts it', () => {
    const match = heard({ offsetSamples: -96_000, driftPpm: 40, slipsAt: '00:01:00:12' });
    const laid = laidOf(picture, sounds, [match], byTimecode);
    expect(laid.map(({ name, offsetSamples, byEar }) => [name, offsetSamples, byEar])).toEqual([
      ['S.wav, by ear', -96_000, true],
      ['T.wav, by timecode', -480, false],
    ]);
    // Counted from the picture's first frame: a minute is 1440 labels, and none is dropped.
    expect(laid[0]).toMatchObject({ slips: 1452, driftPpm: 40, slate: null });
  });

  it('is each of the places where nobody can choose', () => {
    const places = [10, 20, 30, 40, 50].map((offsetSamples) => ({ offsetSamples, z: 9, score: 2 }));
    const laid = laidOf(picture, sounds, [heard({ heard: 'ambiguous', evidence: { places } })], {
      soundIds: [],
    });
    expect(laid.map(({ offsetSamples }) => offsetSamples)).toEqual([10, 20, 30, 40]);
    expect(new Set(laid.map(({ key }) => key)).size).toBe(4);
  });

  it('is nowhere for a sound that does not fit, that is gone, or that nothing places', () => {
    const none = [heard({ heard: 'none' }), heard({ soundId: 'gone.wav', offsetSamples: 1 })];
    expect(laidOf(picture, sounds, none, { soundIds: ['S.wav'] })).toEqual([]);
  });
});

describe('what is read', () => {
  const whole = wholePicture(picture)!;

  it('is nothing for a picture whose rate or length nobody knows', () => {
    expect(wholePicture(clip('B', 'picture', { durationFrames: 0 }))).toBeNull();
    const { rate: _none, ...tech } = picture.tech;
    expect(wholePicture({ ...picture, tech })).toBeNull();
  });

  it('covers what is in sight after any moves, in whole frames, and never more than the picture', () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({
          zoom: fc.double({ min: 0.2, max: 8, noNaN: true }),
          at: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        fc.record({ pan: fc.double({ min: -2, max: 2, noNaN: true }) }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(moves, fc.integer({ min: 100, max: 2000 }), (steps, width) => {
        let sight = wholeDay(whole);
        for (const step of steps)
          sight = 'zoom' in step ? zoomed(sight, whole, step.zoom, step.at) : panned(sight, whole, step.pan);
        expect(sight.to - sight.from).toBeGreaterThanOrEqual(whole.least * 0.999);
        const { from, to, buckets } = rangeOf(sight, whole, FRAME);
        expect([Number.isInteger(from), Number.isInteger(to), from < to]).toEqual([true, true, true]);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(2400);
        // As the desk answers it: buckets of 64 samples times a power of two.
        const samples = ((to - from) * FRAME * 48_000) / FLICKS_PER_SECOND;
        let each = 64;
        while (samples / each > buckets) each *= 2;
        const envelope: Envelope = { sampleRate: 48_000, samples: 1e7, at: 0, each, low: [0], high: [0] };
        const held = { from, to, waves: { picture: envelope, sound: envelope } };
        const perPixel = (sight.to - sight.from) / Math.min(width, 900);
        // So that nothing is asked for again and again.
        expect(isEnough(held, sight, whole, FRAME, perPixel)).toBe(true);
      }),
    );
  });

  it('is not enough where it is coarser than two pixels, or ends before what is in sight', () => {
    const of = (each: number): Envelope => ({
      sampleRate: 48_000,
      samples: 1,
      at: 0,
      each,
      low: [0],
      high: [0],
    });
    const sight = { from: 0, to: FLICKS_PER_SECOND };
    const held = (each: number, to = 48) => ({ from: 0, to, waves: { picture: of(64), sound: of(each) } });
    const perPixel = FLICKS_PER_SECOND / 480;
    expect(isEnough(held(128), sight, whole, FRAME, perPixel)).toBe(true);
    expect(isEnough(held(256), sight, whole, FRAME, perPixel)).toBe(false);
    expect(isEnough(held(128, 12), sight, whole, FRAME, perPixel)).toBe(false);
    const silent = { ...held(64), waves: { picture: { reason: 'it holds no sound' }, sound: of(64) } };
    expect(isEnough(silent, sight, whole, FRAME, perPixel)).toBe(true);
  });
});

describe('what a pixel shows', () => {
  it('is the lowest and the highest of every bucket under it, and no bucket is passed over', () => {
    const any = fc.record({
      low: fc.array(fc.integer({ min: -32767, max: 0 }), { minLength: 1, maxLength: 300 }),
      offset: fc.integer({ min: -20_000, max: 20_000 }),
      width: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(any, ({ low, offset, width }) => {
        const high = low.map((value) => -value);
        const envelope: Envelope = { sampleRate: 48_000, samples: 1e6, at: 640, each: 64, low, high };
        const sight = {
          from: toFlicks(Math.max(0, 640 + offset), 48_000),
          to: toFlicks(Math.max(64, 640 + offset + low.length * 64), 48_000),
        };
        const made = columns(envelope, offset, sight, width);
        for (const { x, low: least, high: most } of made) {
          expect([x >= 0, x < width, most === -least]).toEqual([true, true, true]);
        }
        if (offset >= 0) {
          expect(made).toHaveLength(width);
          expect(Math.min(...made.map((column) => column.low))).toBe(Math.min(...low));
        }
      }),
    );
  });

  it('is nothing where there is no sound', () => {
    const envelope: Envelope = { sampleRate: 48_000, samples: 64, at: 0, each: 64, low: [-9], high: [9] };
    expect(columns(envelope, 0, { from: FLICKS_PER_SECOND, to: 2 * FLICKS_PER_SECOND }, 100)).toEqual([]);
    expect(loudest(envelope)).toBe(9);
    expect(loudest({ ...envelope, low: [0], high: [0] })).toBe(1);
  });
});
