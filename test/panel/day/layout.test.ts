/** Laws of the picture of the day: every clip is in it once, nothing overlaps in a lane, ranges are exact, pixels bound the work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHandoff, type Clip, type Handoff } from '../../../manifest/documents/handoff.ts';
import { sync } from '../../../manifest/sync.ts';
import { framesToFlicks, FLICKS_PER_SECOND, toFlicks } from '../../../manifest/time/flicks.ts';
import { framesPerDay, RATES } from '../../../manifest/time/rate.ts';
import { frameToTimecode } from '../../../manifest/time/timecode.ts';
import { dayBars } from '../../../panel/day/bars.ts';
import { shootDays } from '../../../panel/day/days.ts';
import { whole as allOf } from '../../../panel/parts.ts';
import { rulerOf } from '../../../panel/day/ruler.ts';
import {
  barAt,
  boxes,
  clock,
  nextUnsynced,
  panned,
  stepped,
  ticks,
  wholeDay,
  zoomed,
} from '../../../panel/day/window.ts';

const RATE = RATES['23.976'];

function clip(id: string, kind: 'picture' | 'sound', more: Partial<Clip>): Clip {
  return {
    id,
    kind,
    root: 'media',
    path: `${kind}/${id}.${kind === 'picture' ? 'mov' : 'wav'}`,
    size: 1,
    identity: {},
    tech: {},
    pick: 'unknown',
    soundKind: 'unknown',
    ...more,
  };
}

const handoffOf = (clips: Clip[]): Handoff => ({ ...emptyHandoff('Day'), rate: RATE, clips });

const anyPicture = fc.record({
  frame: fc.option(fc.integer({ min: 0, max: framesPerDay(RATE) - 1 })),
  frames: fc.integer({ min: 0, max: 20_000 }),
  camera: fc.constantFrom('A', 'B', undefined),
  take: fc.option(fc.integer({ min: 1, max: 5 }).map(String)),
  date: fc.constantFrom('2026-03-14', '2026-03-15', '2026-03-20', undefined),
});
const anySound = fc.record({
  samples: fc.option(fc.integer({ min: 0, max: 86_400 * 48_000 })),
  long: fc.integer({ min: 0, max: 40_000_000 }),
  recorder: fc.constantFrom('Cart', 'Bag', undefined),
  take: fc.option(fc.integer({ min: 1, max: 5 }).map(String)),
  date: fc.constantFrom('2026-03-14', '2026-03-15', undefined),
});

const anyHandoff = fc
  .tuple(fc.array(anyPicture, { maxLength: 25 }), fc.array(anySound, { maxLength: 25 }))
  .map(([pictures, sounds]) =>
    handoffOf([
      ...pictures.map(({ frame, frames, camera, take, date }, nth) =>
        clip(`p${nth}`, 'picture', {
          identity: { ...(camera ? { camera } : {}), ...(take ? { scene: '1', take } : {}) },
          tech: {
            rate: RATE,
            durationFrames: frames,
            ...(frame === null ? {} : { startTc: frameToTimecode(frame, RATE) }),
            ...(date ? { recordedOn: date } : {}),
          },
        }),
      ),
      ...sounds.map(({ samples, long, recorder, take, date }, nth) =>
        clip(`s${nth}`, 'sound', {
          identity: take ? { scene: '1', take } : {},
          tech: {
            sampleRate: 48_000,
            durationSamples: long,
            ...(samples === null ? {} : { startSamples: samples }),
            ...(recorder ? { recorder } : {}),
            ...(date ? { recordedOn: date } : {}),
          },
        }),
      ),
    ]),
  );

const daysOf = (handoff: Handoff) => allOf(shootDays(allOf(dayBars(handoff, sync(handoff)))));

describe('the lanes of a day', () => {
  it('hold every picture and sound file exactly once, and overlap nowhere', () => {
    fc.assert(
      fc.property(anyHandoff, (handoff) => {
        const lanes = daysOf(handoff).flatMap((day) => day.lanes);
        const held = lanes.flatMap((lane) => lane.bars.flatMap((bar) => bar.clips)).sort();
        expect(held).toEqual(handoff.clips.map(({ id }) => id).sort());
        for (const { bars } of lanes)
          for (const [nth, bar] of bars.entries())
            if (nth > 0) expect(bar.from).toBeGreaterThanOrEqual(bars[nth - 1]!.from + bars[nth - 1]!.length);
      }),
    );
  });

  it('place a bar where its timecode says, to the flick, up to whole days', () => {
    fc.assert(
      fc.property(anyHandoff, (handoff) => {
        const day = framesToFlicks(framesPerDay(RATE), RATE);
        for (const bar of daysOf(handoff).flatMap(({ lanes }) => lanes.flatMap((lane) => lane.bars))) {
          if (bar.kind !== 'picture' || !bar.span) continue;
          expect(bar.length).toBe(bar.span.length);
          expect([0, 86_400 * FLICKS_PER_SECOND, day]).toContain(bar.from - bar.span.start);
        }
      }),
    );
  });

  it('a clip without timecode stands in a lane that says so', () => {
    const [day] = daysOf(handoffOf([clip('p', 'picture', { tech: { rate: RATE, durationFrames: 48 } })]));
    expect(day!.lanes.map(({ name, kind }) => [name, kind])).toEqual([['No timecode', 'no-timecode']]);
  });

  it('sound that begins before midnight lies beside its picture after it, whatever its date says', () => {
    const picture = clip('p', 'picture', {
      identity: { scene: '7', take: '1', camera: 'A' },
      tech: { rate: RATES['25'], startTc: '00:00:10:00', durationFrames: 250, recordedOn: '2026-03-15' },
    });
    const sound = clip('s', 'sound', {
      identity: { scene: '7', take: '1' },
      tech: {
        rate: RATES['25'],
        sampleRate: 48_000,
        startSamples: 86_395 * 48_000,
        durationSamples: 60 * 48_000,
        recordedOn: '2026-03-14',
      },
    });
    const days = daysOf(handoffOf([picture, sound]));
    expect(days.map(({ id }) => id)).toEqual(['2026-03-15']);
    const [bar] = days[0]!.lanes.find(({ kind }) => kind === 'sound')!.bars;
    expect(bar!.from).toBe(-5 * FLICKS_PER_SECOND);
    expect(bar!.look).toBe('in-sync');
  });

  it('a night shoot is one day, the next morning another', () => {
    const at = (id: string, startTc: string, recordedOn: string) =>
      clip(id, 'picture', { tech: { rate: RATES['25'], startTc, durationFrames: 25, recordedOn } });
    const days = daysOf(
      handoffOf([
        at('a', '23:00:00:00', '2026-03-14'),
        at('b', '01:00:00:00', '2026-03-15'),
        at('c', '09:00:00:00', '2026-03-16'),
      ]),
    );
    expect(days.map((day) => [day.id, day.lanes.flatMap((lane) => lane.bars.map((bar) => bar.key))])).toEqual(
      [
        ['2026-03-14', ['a', 'b']],
        ['2026-03-16', ['c']],
      ],
    );
    expect(days[0]!.to).toBe((25 * 3600 + 1) * FLICKS_PER_SECOND);
  });

  // Whatever looked for a free lane from the first on, for each, would not end within the time a test has.
  it('200,000 clips that begin at once are laid out', () => {
    const tech = { rate: RATES['25'], startTc: '10:00:00:00', durationFrames: 250 };
    const clips = Array.from({ length: 200_000 }, (_, nth) => clip(`p${nth}`, 'picture', { tech }));
    const bars = allOf(dayBars(handoffOf(clips), []));
    expect(allOf(shootDays(bars))[0]!.lanes).toHaveLength(200_000);
  });
});

describe('what is in sight', () => {
  const clips = Array.from({ length: 2000 }, (_, nth) =>
    clip(`p${nth}`, 'picture', {
      soundKind: nth % 7 === 0 ? 'unknown' : 'mos',
      tech: { rate: RATES['25'], startTc: frameToTimecode(nth * 100, RATES['25']), durationFrames: 90 },
    }),
  );
  const [day] = daysOf(handoffOf(clips));

  it('is drawn as no more boxes than there are pixels, and none is lost in the count', () => {
    const all = boxes(day!.lanes[0]!, wholeDay(day!), 200);
    expect(all.length).toBeLessThanOrEqual(200);
    expect(all.reduce((sum, box) => sum + box.count, 0)).toBe(2000);
    expect(all.some((box) => box.look === 'unsynced' && box.count > 1)).toBe(true);
  });

  it('zooming keeps the moment under the pointer, and zooming back shows the whole day again', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 0.7, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (at, by) => {
          const whole = wholeDay(day!);
          const near = zoomed(whole, day!, by, at);
          const moment = (sight: typeof whole) => sight.from + (sight.to - sight.from) * at;
          expect(Math.abs(moment(near) - moment(whole))).toBeLessThan(1000);
          const back = zoomed(near, day!, 1 / by / 2, at);
          expect(Math.abs(back.from - whole.from) + Math.abs(back.to - whole.to)).toBeLessThan(1000);
        },
      ),
    );
  });

  it('never leaves the day, however far it is panned', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (by) => {
        const whole = wholeDay(day!);
        const sight = panned(zoomed(whole, day!, 8, 0.5), day!, by);
        expect(sight.from).toBeGreaterThanOrEqual(whole.from - 1);
        expect(sight.to).toBeLessThanOrEqual(whole.to + 1);
      }),
    );
  });

  it('the keys go along the lane and stop at its ends; U goes round what is unsynced', () => {
    expect(stepped(day!, 'p5', 'next')!.key).toBe('p6');
    expect(stepped(day!, 'p0', 'back')!.key).toBe('p0');
    expect(stepped(day!, null, 'next')!.key).toBe('p0');
    expect(nextUnsynced(day!, 'p0')!.key).toBe('p7');
    expect(nextUnsynced(day!, 'p1995')!.key).toBe('p0');
  });

  it('the bar under the pointer is the one there, or none in a pause', () => {
    const lane = day!.lanes[0]!;
    const second = FLICKS_PER_SECOND;
    expect(barAt(lane, 4.5 * second, 0)!.key).toBe('p1');
    expect(barAt(lane, 3.8 * second, 0)).toBeNull();
    expect(barAt(lane, 3.8 * second, second / 2)!.key).toBe('p0');
  });

  it('marks stand at round times, and the clock goes on after midnight', () => {
    const labels = ticks({ from: 23 * 3600 * FLICKS_PER_SECOND, to: 25 * 3600 * FLICKS_PER_SECOND }, 300, 60);
    expect(labels.map(({ label }) => label)).toEqual(['23:00', '23:30', '00:00', '00:30', '01:00']);
    expect(clock(-5 * FLICKS_PER_SECOND, true)).toBe('23:59:55');
  });
});

describe('the ruler', () => {
  const picture = clip('p', 'picture', {
    tech: { rate: RATES['25'], startTc: '10:00:00:00', durationFrames: 250 },
  });
  const sound = clip('s', 'sound', {
    tech: { sampleRate: 48_000, startSamples: 35_998 * 48_000, durationSamples: 20 * 48_000 },
  });

  it('lays picture and sound side by side, with timecode at the picture rate', () => {
    const { bars, from, to } = rulerOf(picture, [sound], [])!;
    expect(bars.map(({ kind, starts, ends }) => [kind, starts, ends])).toEqual([
      ['picture', '10:00:00:00', '10:00:10:00'],
      ['sound', '09:59:58:00', '10:00:18:00'],
    ]);
    expect([from, to]).toEqual([-2 * FLICKS_PER_SECOND, 18 * FLICKS_PER_SECOND]);
  });

  it('shows where listening puts a sound that timecode cannot place', () => {
    const { startSamples: _none, ...tech } = sound.tech;
    const heard = {
      clip: picture.path,
      clipId: 'p',
      sound: sound.path,
      soundId: 's',
      heard: 'match' as const,
      offsetSamples: -24_000,
      evidence: {},
      reason: '',
    };
    const { bars } = rulerOf(picture, [{ ...sound, tech }], [heard])!;
    expect(bars.map(({ kind, from }) => [kind, from])).toEqual([
      ['picture', 0],
      ['heard', toFlicks(-24_000, 48_000)],
    ]);
    expect(rulerOf(picture, [{ ...sound, tech }], [])).toBeNull();
  });
});
