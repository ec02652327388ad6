/** The whole of sync beside a model that has no index, no flicks and no numbers with a point: fractions of BigInt, every sound asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clip } from '../../manifest/documents/handoff.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import { takeKey } from '../../manifest/identity.ts';
import { sync } from '../../manifest/sync.ts';
import { NAMED_AGAIN } from '../../manifest/sync/naming.ts';
import { fromFlicks, toFlicks } from '../../manifest/time/flicks.ts';
import { framesPerDay, nominal, RATES, type RateName } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { frameOf, handoff, picture, sound } from '../fixtures/handoff.ts';

/** A second of every rate and sample rate below is a whole number of these. */
const SECOND = 705_600_000n * 1001n * 13n;
const units = (count: number, num: number, den = 1) => {
  const all = BigInt(count) * SECOND * BigInt(den);
  if (all % BigInt(num) !== 0n) throw new Error('the model is not exact');
  return all / BigInt(num);
};

interface Lies {
  start: bigint;
  length: bigint;
}

function liesPicture({ tech }: Clip): (Lies & { frame: bigint; day: bigint }) | null {
  if (tech.startTc === undefined) return null;
  const { num, den } = tech.rate!;
  return {
    start: units(frameOf(tech.startTc, tech.rate!), num, den),
    length: units(tech.durationFrames!, num, den),
    frame: units(1, num, den),
    day: units(framesPerDay(tech.rate!), num, den),
  };
}

const speed = ({ tech: { rate } }: Clip) =>
  rate ? (rate.drop ? 'drop' : String(nominal(rate) * rate.den === rate.num)) : null;

/** What sound does to a picture: as of contract, for one that is alone. */
function fit(p: Clip, s: Clip): { at: bigint; covered: bigint; covers: boolean } {
  const span = liesPicture(p)!;
  const { startSamples, durationSamples, sampleRate } = s.tech;
  const [start, length] = [units(startSamples!, sampleRate!), units(durationSamples!, sampleRate!)];
  const raw = (((start - span.start) % span.day) + span.day) % span.day;
  const at = raw * 2n > span.day ? raw - span.day : raw;
  const end = at + length < span.length ? at + length : span.length;
  const covered = end - (at > 0n ? at : 0n);
  const slack = span.frame + 4n * units(1, sampleRate!);
  return {
    at,
    covered: covered > 0n ? covered : 0n,
    covers: at <= slack && span.length - (at + length) <= slack,
  };
}

/** The word and the sounds it speaks of. No families, chains or copies. */
function model(p: Clip, sounds: Clip[]): { word: string; ids: string[]; at?: bigint } {
  if (p.soundKind === 'mos') return { word: 'mos', ids: [] };
  const [own, timed] = [takeKey(p.identity), liesPicture(p) !== null];
  const touches = (s: Clip) => timed && s.tech.startSamples !== undefined && fit(p, s).covered > 0n;
  const near = sounds.filter((s) => {
    const theirs = takeKey(s.identity);
    return own !== null && theirs !== null ? own === theirs : touches(s);
  });
  const days = (c: Clip) => Date.parse(c.tech.recordedOn ?? '') / 86_400_000;
  const all = near.filter((s) => !(Math.abs(days(s) - days(p)) > 1));
  const ids = (list: Clip[]) => list.map(({ id }) => id).sort();
  if (all.length === 0) return { word: 'no-sound', ids: [] };
  const stamped = all.filter((s) => s.tech.startSamples !== undefined);
  if (!timed || stamped.length === 0) return { word: 'no-timecode', ids: ids(all) };
  const alike = stamped.filter((s) => speed(s) === null || speed(s) === speed(p));
  const fits = alike.filter(touches);
  if (fits.length === 0) {
    const others = stamped.filter((s) => !alike.includes(s));
    return others.length > 0
      ? { word: 'rate-mismatch', ids: ids(others) }
      : { word: 'no-overlap', ids: ids(alike) };
  }
  const covering = fits.filter((s) => fit(p, s).covers);
  const best = covering.length > 0 ? covering : fits;
  if (ambiguous(p, best)) return { word: 'ambiguous', ids: ids(best) };
  if (covering.length > 0) {
    const pieces = fits.filter((s) => !covering.includes(s) && own !== null && takeKey(s.identity) === own);
    return { word: 'in-sync', ids: ids([...covering, ...pieces]) };
  }
  const { length, frame } = liesPicture(p)!;
  const whole = fits.length > 1 && length - union(p, fits) <= frame;
  return { word: whole ? 'in-sync' : 'partial', ids: ids(fits) };
}

function ambiguous(p: Clip, best: Clip[]): boolean {
  if (new Set(best.flatMap((s) => takeKey(s.identity) ?? [])).size > 1) return true;
  return best.some((a, index) =>
    best.slice(index + 1).some((b) => {
      const [one, other] = [a.tech.recorder, b.tech.recorder];
      const [from, to] = [fit(p, a).at, fit(p, b).at];
      const long = (s: Clip) => units(s.tech.durationSamples!, s.tech.sampleRate!);
      return (!one || !other || one === other) && from < to + long(b) && to < from + long(a);
    }),
  );
}

function union(p: Clip, fits: Clip[]): bigint {
  let [sum, until] = [0n, 0n];
  const { length } = liesPicture(p)!;
  const from = (s: Clip) => fit(p, s).at;
  for (const s of [...fits].sort((a, b) => (from(a) < from(b) ? -1 : from(a) > from(b) ? 1 : 0))) {
    const ends = from(s) + units(s.tech.durationSamples!, s.tech.sampleRate!);
    const [start, end] = [from(s) > until ? from(s) : until, ends < length ? ends : length];
    if (end > start) [sum, until] = [sum + end - start, end];
  }
  return sum;
}

const words = fc.record({
  rate: fc.constantFrom(...(Object.keys(RATES) as RateName[])),
  // Samples of these divide a second of flicks, and 1001 and 13 besides: 48,048 Hz lands on no flick.
  sampleRate: fc.constantFrom(48_000, 48_048, 96_000, 44_100),
  near: fc.integer({ min: -3000, max: 3000 }),
  noon: fc.boolean(),
  frames: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constant(200_000)),
  late: fc.integer({ min: -1, max: 6 }),
  take: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  recorder: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
  day: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  kind: fc.constantFrom('picture', 'sound', 'sound', 'unstamped', 'unrated', 'mos'),
});

function clipOf(said: typeof words extends fc.Arbitrary<infer Said> ? Said : never, index: number): Clip {
  const rate = RATES[said.rate];
  const day = framesPerDay(rate);
  const frame = (said.near + (said.noon ? day / 2 : 0) + day) % day;
  const tech = said.day ? { recordedOn: `2026-03-0${said.day}` } : {};
  // Names that no rule of chains or mono sets takes for one recording.
  const common = {
    path: `${String.fromCharCode(97 + (index % 26)).repeat(2 + Math.floor(index / 26))}x`,
    rate: said.rate,
    frames: said.frames,
    ...(said.take ? { scene: '7', take: String(said.take) } : {}),
  };
  if (said.kind === 'picture' || said.kind === 'mos')
    return picture({
      ...common,
      ...(said.late === 6 ? {} : { tc: frameToTimecode(frame, rate) }),
      tech,
      clip: { soundKind: said.kind === 'mos' ? 'mos' : 'unknown' },
    });
  const samples = (frames: number) => Math.round((frames * said.sampleRate * rate.den) / rate.num);
  const stamped = said.kind === 'unstamped' ? {} : { startSamples: Math.max(0, samples(frame) + said.late) };
  return sound({
    ...common,
    rate: said.kind === 'unrated' ? null : said.rate,
    tech: {
      ...tech,
      channels: 2,
      sampleRate: said.sampleRate,
      durationSamples: Math.max(1, samples(said.frames)),
      ...stamped,
      ...(said.recorder ? { recorder: said.recorder } : {}),
    },
  });
}

const spoken = ({ verdict, soundIds }: SyncVerdict) => ({ word: verdict, ids: [...soundIds].sort() });

describe('sync and a model of fractions', () => {
  it('agree to the sample at each end, where a sample is no whole number of flicks', () => {
    const rate = RATES['24'];
    for (let frame = 100; frame < 400; frame++)
      for (const [from, to] of [
        [2002 + 4, 0],
        [2002 + 5, 0],
        [0, -2002 - 4],
        [0, -2002 - 5],
        [48 * 2002, 0],
        [-48 * 2002, -48 * 2002],
      ] as const) {
        const p = picture({ path: 'p.mov', rate: '24', tc: frameToTimecode(frame, rate), frames: 48 });
        const startSamples = frame * 2002 + from;
        const tech = { sampleRate: 48_048, startSamples, durationSamples: 48 * 2002 - from + to };
        const s = sound({
          path: 's.wav',
          rate: '24',
          tech: { ...tech, durationSamples: Math.max(2002, tech.durationSamples) },
        });
        expect(sync(handoff([p, s]))[0]!.verdict, `${frame} ${from} ${to}`).toBe(model(p, [s]).word);
      }
  });

  it('agree on every picture of a random day', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(fc.array(words, { maxLength: 24 }), (said) => {
        const clips = said.map(clipOf);
        const sounds = clips.filter(({ kind }) => kind === 'sound');
        const verdicts = new Map(sync(handoff(clips)).map((verdict) => [verdict.clipId, verdict]));
        for (const clip of clips) {
          if (clip.kind !== 'picture') continue;
          const expected = model(clip, sounds);
          met.add(expected.word);
          expect(spoken(verdicts.get(clip.id)!), clip.path).toEqual({
            word: expected.word,
            ids: expected.ids,
          });
        }
      }),
      { numRuns: 1500 },
    );
    // The days are varied enough to mean something.
    expect([...met].sort()).toEqual([
      'ambiguous',
      'in-sync',
      'mos',
      'no-overlap',
      'no-sound',
      'no-timecode',
      'partial',
      'rate-mismatch',
    ]);
  });

  it('flicks are the nearest of exact fractions, both ways', () => {
    const rates = Object.values(RATES).map(({ num, den }) => [num, den] as const);
    const either = fc.constantFrom(
      ...rates,
      [48_000, 1] as const,
      [48_048, 1] as const,
      [47_952, 1] as const,
    );
    const nearest = (n: bigint, d: bigint) => {
      const twice = 2n * n + d;
      const floor = twice / (2n * d);
      return Number(twice < 0n && floor * 2n * d !== twice ? floor - 1n : floor);
    };
    fc.assert(
      fc.property(
        either,
        fc.integer({ min: 0, max: 9e9 }),
        fc.integer({ min: -7e13, max: 7e13 }),
        ([num, den], count, flicks) => {
          const [n, d] = [BigInt(num), BigInt(den) * 705_600_000n];
          expect(toFlicks(count, num, den)).toBe(nearest(BigInt(count) * d, n));
          expect(fromFlicks(flicks, num, den)).toBe(nearest(BigInt(flicks) * n, d));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('a crowd', () => {
  const copies = Array.from({ length: 1000 }, (_, at) => {
    const copy =
      at > 0
        ? { clip: { duplicateOf: { clip: 'first', proof: 'hash' as const } } }
        : { clip: { id: 'first' } };
    return [
      picture({ path: `P${at}.mov`, scene: '1', take: '1', tc: '10:00:00:00' }),
      sound({ path: `S${at}.wav`, scene: '1', take: '1', tc: '10:00:00:00', ...copy }),
    ];
  }).flat();

  it('of copies is named whole once and counted after that; no sound is lost and none is an orphan', () => {
    const verdicts = sync(handoff(copies));
    expect(verdicts).toHaveLength(1000);
    expect(verdicts[0]!.sound).toHaveLength(1000);
    expect(verdicts[0]!.more).toBeUndefined();
    for (const verdict of verdicts.slice(1)) {
      expect(verdict.verdict).toBe('in-sync');
      expect([verdict.sound.length, verdict.more]).toEqual([NAMED_AGAIN, 1000 - NAMED_AGAIN]);
    }
  });

  it('one very long recording beside many short ones hides none of them', () => {
    const short = Array.from({ length: 300 }, (_, at) =>
      sound({ path: `${at}x.wav`, tc: frameToTimecode(24 * 60 * at, RATES['24']), rate: '24', frames: 24 }),
    );
    const long = sound({
      path: 'all.wav',
      tc: '00:00:00:00',
      rate: '24',
      frames: 24 * 3600 * 11,
      tech: { recorder: 'b' },
    });
    const p = picture({ path: 'p.mov', rate: '24', tc: '04:59:00:00', frames: 24 });
    const found = sync(handoff([p, long, ...short]))[0]!;
    expect(found.sound).toEqual(['299x.wav', 'all.wav']);
  });

  it('a time reference that is no time of day is looked at all the same', () => {
    const wild = 48_000 * 86_400 * 5;
    const late = sound({ path: 's.wav', rate: null, tech: { startSamples: wild } });
    const huge = sound({ path: 'z.wav', rate: null, tech: { startSamples: Number.MAX_SAFE_INTEGER } });
    const p = picture({ path: 'p.mov', rate: '25', tc: '00:00:00:00', frames: 25 });
    expect(sync(handoff([p, huge, late]))[0]).toMatchObject({ verdict: 'in-sync', sound: ['s.wav'] });
  });
});
