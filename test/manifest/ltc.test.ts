import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LtcDecoder, type LtcWord } from '../../manifest/listen/ltc.ts';
import { ltcStartFrame, ltcStartSamples, readLtc } from '../../manifest/listen/ltc-reading.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../../manifest/time/timecode.ts';
import { labels, noise, writeLtc, type Ltc } from './ltc-writer.ts';

const SPEEDS: Record<string, Pick<Ltc, 'fps' | 'count' | 'drop'>> = {
  '23.976': { fps: 24000 / 1001, count: 24 },
  '24': { fps: 24, count: 24 },
  '25': { fps: 25, count: 25 },
  '29.97': { fps: 30000 / 1001, count: 30 },
  '29.97df': { fps: 30000 / 1001, count: 30, drop: true },
  '30': { fps: 30, count: 30 },
};
const speeds = Object.entries(SPEEDS);

function decode(samples: Float32Array, sampleRate = 48_000, piece = samples.length): LtcWord[] {
  const decoder = new LtcDecoder(sampleRate);
  const words: LtcWord[] = [];
  for (let at = 0; at < samples.length; at += piece)
    words.push(...decoder.push(samples.subarray(at, at + piece)));
  return words;
}

const labelOf = ({ hours, minutes, seconds, frames }: LtcWord) => [hours, minutes, seconds, frames];
const written = (ltc: Ltc) => labels(ltc);
const frameAt = (text: string, rate: RateName) => {
  const read = timecodeToFrame(text, RATES[rate]);
  if (!read.ok) throw new Error(read.message);
  return read.frame;
};

describe('LTC', () => {
  it.each(speeds)('what was written at %s is read, label for label', (_name, speed) => {
    const ltc: Ltc = { ...speed, from: [9, 59, 58, 3], frames: 120 };
    const read = decode(writeLtc(ltc)).map(labelOf);
    // The last word has no edge after it to end on.
    expect(read).toEqual(written(ltc).slice(0, read.length));
    expect(read.length).toBeGreaterThanOrEqual(119);
  });

  it.each(speeds)('names %s and the sample of each frame', (name, speed) => {
    const ltc: Ltc = { ...speed, from: [1, 0, 0, 0], frames: 200 };
    const reading = readLtc(decode(writeLtc(ltc)), 48_000)!;
    expect(reading.rate).toEqual(RATES[name as RateName]);
    expect(Math.abs(reading.sample)).toBeLessThanOrEqual(1);
    expect(frameToTimecode(ltcStartFrame(reading, 48_000), reading.rate)).toBe(
      frameToTimecode(frameAt('01:00:00:00', name as RateName), reading.rate),
    );
    expect(Math.abs(reading.speedPpm)).toBeLessThan(5);
  });

  it('law: encode, spoil, decode is the identity wherever it begins', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...speeds),
        fc.record({
          hours: fc.nat(23),
          minutes: fc.nat(59),
          seconds: fc.nat(59),
          rate: fc.constantFrom(44_100, 48_000, 96_000),
          cut: fc.nat(4000),
          level: fc.constantFrom(0.004, 0.03, 0.9),
          polarity: fc.constantFrom(1, -1),
          noise: fc.constantFrom(0, 0.05, 0.15),
          rise: fc.constantFrom(0.05, 0.3),
          centre: fc.constantFrom(0, 0.1),
          seed: fc.nat(),
          piece: fc.constantFrom(480, 48_000, 1 << 20),
        }),
        ([, speed], spoilt) => {
          const ltc: Ltc = {
            ...speed,
            from: [spoilt.hours, spoilt.minutes, spoilt.seconds, 5],
            frames: 40,
            sampleRate: spoilt.rate,
            level: spoilt.level,
            rise: spoilt.rise,
          };
          const random = noise(spoilt.seed);
          const samples = writeLtc(ltc)
            .subarray(spoilt.cut)
            .map((each) => spoilt.polarity * each + spoilt.level * (spoilt.noise * random() + spoilt.centre));
          const words = decode(samples, spoilt.rate, spoilt.piece);
          const all = written(ltc).map((each) => each.join(':'));
          const first = all.indexOf(labelOf(words[0]!).join(':'));
          // A word that is begun in the middle is not read, nor the one in which the level is still being found.
          expect(first).toBeLessThanOrEqual(Math.ceil((spoilt.cut / spoilt.rate) * ltc.fps) + 1);
          expect(words.map((each) => labelOf(each).join(':'))).toEqual(
            all.slice(first, first + words.length),
          );
          expect(first + words.length).toBeGreaterThanOrEqual(39);
          for (const [nth, { at }] of words.entries())
            // Of the first, the edge it begins with may lie before the file.
            if (nth > 0)
              expect(Math.abs(at + spoilt.cut - ((first + nth) / ltc.fps) * spoilt.rate)).toBeLessThan(
                1.5 * (spoilt.rate / 48_000),
              );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('played in reverse it is still read, and counts down', () => {
    const ltc: Ltc = { ...SPEEDS['25']!, from: [10, 0, 0, 0], frames: 60 };
    const words = decode(writeLtc(ltc).reverse());
    expect(words.length).toBeGreaterThanOrEqual(58);
    expect(words.every((word) => word.backwards)).toBe(true);
    const reading = readLtc(words, 48_000)!;
    expect(reading.backwards).toBe(true);
    expect(reading.agreeing).toBe(words.length);
    expect(frameToTimecode(reading.frame, reading.rate)).toBe(
      labelOf(words[0]!)
        .map((part) => String(part).padStart(2, '0'))
        .join(':'),
    );
  });

  it('a recording that begins inside a frame starts at that frame, to the sample', () => {
    const ltc: Ltc = { ...SPEEDS['24']!, from: [14, 30, 0, 0], frames: 60 };
    const reading = readLtc(decode(writeLtc(ltc).subarray(700)), 48_000)!;
    expect(frameToTimecode(ltcStartFrame(reading, 48_000), reading.rate)).toBe('14:30:00:00');
    const exact = (14 * 60 + 30) * 60 * 48_000 + 700;
    expect(Math.abs(ltcStartSamples(reading, 48_000) - exact)).toBeLessThanOrEqual(1);
  });

  it('drop-frame labels skip, and the words stay on one line across the minute', () => {
    const ltc: Ltc = { ...SPEEDS['29.97df']!, from: [0, 0, 58, 0], frames: 120 };
    const reading = readLtc(decode(writeLtc(ltc)), 48_000)!;
    expect(reading.rate).toEqual(RATES['29.97df']);
    expect(reading.agreeing).toBe(reading.words);
  });

  it('midnight does not break the line', () => {
    const ltc: Ltc = { ...SPEEDS['25']!, from: [23, 59, 59, 0], frames: 60 };
    const reading = readLtc(decode(writeLtc(ltc)), 48_000)!;
    expect(reading.agreeing).toBe(reading.words);
    expect(reading.frame).toBe(frameAt('23:59:59:00', '25'));
  });

  it('timecode that jumps is read on its longer part, and says how many words stand apart', () => {
    const one = writeLtc({ ...SPEEDS['25']!, from: [1, 0, 0, 0], frames: 40 });
    const two = writeLtc({ ...SPEEDS['25']!, from: [2, 0, 0, 0], frames: 90 });
    const joined = new Float32Array(one.length + two.length);
    joined.set(one);
    joined.set(two, one.length);
    const reading = readLtc(decode(joined), 48_000)!;
    expect(frameToTimecode(reading.frame, reading.rate)).toMatch(/^02:00:00:0[01]$/);
    expect(reading.words - reading.agreeing).toBeGreaterThanOrEqual(38);
  });

  it('a clock that runs fast is measured', () => {
    const reading = readLtc(
      decode(writeLtc({ fps: 25 * (1 + 50e-6), count: 25, from: [1, 0, 0, 0], frames: 500 })),
      48_000,
    )!;
    expect(reading.rate).toEqual(RATES['25']);
    expect(Math.abs(reading.speedPpm - 50)).toBeLessThan(3);
  });
});

/** Twenty seconds of things that are not timecode. */
const OTHERS: Record<string, () => Float32Array> = {
  silence: () => new Float32Array(960_000),
  'white noise': () => {
    const random = noise(7);
    return new Float32Array(960_000).map(() => random() * 0.5);
  },
  'a tone of 1 kHz': () =>
    new Float32Array(960_000).map((_, nth) => Math.sin((nth * 2 * Math.PI) / 48) * 0.5),
  'a square wave of 2 kHz': () => new Float32Array(960_000).map((_, nth) => (nth % 24 < 12 ? 0.5 : -0.5)),
  'a square wave of 1 kHz': () => new Float32Array(960_000).map((_, nth) => (nth % 48 < 24 ? 0.5 : -0.5)),
  'data of another kind, at the same speed': () => {
    const random = noise(9);
    let [sign, next] = [1, 0];
    return new Float32Array(960_000).map((_, nth) => {
      if (nth >= next) [sign, next] = [-sign, nth + (random() > 0 ? 12 : 24)];
      return sign * 0.5;
    });
  },
  'voice-like harmonics': () =>
    new Float32Array(960_000).map((_, nth) => {
      const time = nth / 48_000;
      const pitch = 110 + 40 * Math.sin(time * 3) + 15 * Math.sin(time * 17);
      const loud = Math.max(0, Math.sin(time * 9)) * 0.2;
      return loud * [1, 2, 3, 5, 8, 13].reduce((sum, nth2) => sum + Math.sin(time * pitch * 6.283 * nth2), 0);
    }),
};

describe('what is not LTC', () => {
  it.each(Object.entries(OTHERS))('%s has no timecode', (_name, make) => {
    expect(readLtc(decode(make()), 48_000)).toBeNull();
  });

  it('a few words alone are not believed', () => {
    const words = decode(writeLtc({ ...SPEEDS['25']!, from: [1, 0, 0, 0], frames: 6 }));
    expect(words.length).toBeGreaterThan(3);
    expect(readLtc(words, 48_000)).toBeNull();
  });
});
