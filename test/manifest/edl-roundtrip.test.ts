/** The law of the format: written for any target and read back, a cut is the same but for the losses that were said. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutEvent, CutList, CutTrack, CutTransition } from '../../manifest/documents/cutlist.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { edl } from '../../manifest/exports/edl.ts';
import { ascii } from '../../manifest/exports/edl/ascii.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import {
  framesPerDay,
  nominal,
  RATES,
  sameRate,
  type Rate,
  type RateName,
} from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

const LISTED = (Object.keys(RATES) as RateName[]).filter((name) => nominal(RATES[name]) <= 100);

const anyOptions: fc.Arbitrary<ExportOptions> = fc.record({
  target: fc.constantFrom('premiere' as const, 'resolve' as const, 'avid' as const),
  reels: fc.constantFrom(8 as const, 32 as const, 129 as const),
  fcpxml: fc.constant('1.10'),
  split: fc.boolean(),
});

/** Writes, reads every list with only the speed of the rate given, and puts the tracks together again. */
function thereAndBack(cut: CutList, options: ExportOptions) {
  const made = edl.write(cut, options);
  if ('refused' in made) throw new Error(made.refused);
  const rate = { num: cut.rate.num, den: cut.rate.den, drop: false };
  const tracks = new Map<string, { track: CutTrack; list: CutList }>();
  const issues = [];
  const markers = [];
  for (const { suffix, text } of made.files.filter((file) => file.suffix.endsWith('.edl'))) {
    const read = edlReader.read(text, { name: suffix, rate });
    issues.push(...read.issues);
    const [found] = read.value;
    expect(read.value).toHaveLength(1);
    expect(sameRate(found!.rate, cut.rate)).toBe(true);
    const upper = /^_V(\d+)/.exec(suffix);
    markers.push(...found!.markers.map((marker) => ({ ...marker, frame: clock(found!, marker.frame) })));
    for (const each of found!.tracks)
      tracks.set(`${each.type[0]!.toUpperCase()}${upper ? Number(upper[1]) + each.index - 1 : each.index}`, {
        track: each,
        list: found!,
      });
  }
  return { tracks, issues, markers, losses: made.losses, texts: made.files.map((file) => file.text) };
}

const clock = ({ start, rate }: Pick<CutList, 'start' | 'rate'>, frame: number) =>
  (start + frame) % framesPerDay(rate);
const wrap = (frame: number, rate: Rate) =>
  ((frame % framesPerDay(rate)) + framesPerDay(rate)) % framesPerDay(rate);

/** Where sound begins as frames of the list: whole frames of real time since midnight. */
function soundFrames({ source, sourceIn }: CutEvent, { num, den }: Rate): number {
  const start = Number((BigInt(source!.start! + 2) * BigInt(num)) / (BigInt(den) * 48000n));
  const offset = Number(
    (BigInt(sourceIn) * BigInt(num) * 2n + BigInt(den) * 48000n) / (BigInt(den) * 96000n),
  );
  return start + offset;
}

/** Everything an EDL is to carry of an event, counted from midnight. */
function carried(each: CutEvent, own: CutList, lost: ReadonlySet<string>) {
  const { source, speed } = each;
  const frozen = speed?.num === 0;
  let range: number[] = [];
  if (source?.rate.num === 48000 && source.rate.den === 1) {
    const first = soundFrames(each, own.rate);
    range = [first, first + each.recordOut - each.recordIn].map((frame) => wrap(frame, own.rate));
  } else if (source) {
    const ends = frozen ? [each.sourceIn] : [each.sourceIn, each.sourceOut];
    range = ends.map((frame) => wrap((source.start ?? 0) + frame, source.rate));
  }
  return {
    record: [clock(own, each.recordIn), clock(own, each.recordOut)],
    kind: each.kind,
    name: ascii(each.name),
    media: source ? ascii(source.name) : null,
    reel: source?.reel?.toUpperCase(),
    enabled: each.enabled,
    channels: each.channels,
    range,
    speed: lost.has('retime') && !frozen ? 'lost' : (speed ?? { num: 1, den: 1 }),
  };
}

const carriedTransition = (each: CutTransition, own: CutList) => ({
  ...each,
  name: ascii(each.name),
  in: clock(own, each.in),
  out: clock(own, each.out),
});

/** Losses by the place they name, as the words of each. */
function lossesAt(losses: readonly Loss[]): (place: string) => ReadonlySet<string> {
  const found = new Map<string, Set<string>>();
  for (const { where, what } of losses) found.set(where, (found.get(where) ?? new Set()).add(what));
  return (place) => found.get(place) ?? new Set();
}

function expectSame(cut: CutList, options: ExportOptions, allowed: readonly string[] = []) {
  const { tracks, issues, losses } = thereAndBack(cut, options);
  expect(issues.filter((issue) => !allowed.includes(issue.code))).toEqual([]);
  const at = lossesAt(losses);
  for (const original of cut.tracks) {
    const name = `${original.type === 'video' ? 'V' : 'A'}${original.index}`;
    const place = (frame: number) => frameToTimecode(cut.start + frame, cut.rate);
    const read = tracks.get(name) ?? { track: { events: [], transitions: [] }, list: cut };
    if (at(name).has('track')) {
      expect(read.track.events).toEqual([]);
      continue;
    }
    const lost = original.events.map((each) => at(`${each.id} at ${place(each.recordIn)}`));
    expect(read.track.events.map((each, nth) => carried(each, read.list, lost[nth] ?? new Set()))).toEqual(
      original.events.map((each, nth) => carried(each, cut, lost[nth]!)),
    );
    // A transition's loss names its first frame; what is not a straight cut is there, as another kind.
    const said = losses.filter((loss) => loss.what === 'transition' || loss.what === 'handles');
    const straight = new Set(
      said.filter((loss) => loss.message.endsWith('straight cut')).map((loss) => loss.where),
    );
    const changed = new Set(said.map((loss) => loss.where));
    const kept = original.transitions.filter((each) => !straight.has(`${name} at ${place(each.in)}`));
    const asRead = read.track.transitions.map((each) => carriedTransition(each, read.list));
    expect(asRead.map(({ in: from, out: to, name: called }) => [from, to, called])).toEqual(
      kept
        .map((each) => carriedTransition(each, cut))
        .map(({ in: from, out: to, name: called }) => [from, to, called]),
    );
    kept.forEach((each, nth) => {
      if (!changed.has(`${name} at ${place(each.in)}`))
        expect(asRead[nth]).toEqual(carriedTransition(each, cut));
    });
  }
  return { losses };
}

describe('written and read back, a cut is the same', () => {
  const cuts = anyCutList({
    rates: LISTED,
    mixed: true,
    transitions: true,
    retimes: true,
    made: true,
    markers: true,
    audioTracks: 5,
  });

  test('minus what was said to be lost, for every target, reel width and rate', () => {
    fc.assert(
      fc.property(cuts, anyOptions, (cut, options) => {
        expectSame(cut, options);
      }),
      { numRuns: 600 },
    );
  });

  test('with nothing lost at all, where it is cuts, dissolves, and speeds that one decimal holds', () => {
    const plain = anyCutList({ rates: ['24', '25', '50'], transitions: true, audioTracks: 0 });
    fc.assert(
      fc.property(plain, anyOptions, (cut, options) => {
        const { losses } = expectSame(cut, options);
        expect(losses.filter((loss) => loss.what !== 'disabled' && loss.what !== 'name')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('whatever the transitions and speeds are', () => {
    fc.assert(
      fc.property(wildCuts, anyOptions, (cut, options) => {
        expectSame(cut, options, ['edl-span']);
      }),
      { numRuns: 1500 },
    );
  });
});

/** One track with wipes, fades, clips that are all transition, media without handles, and speeds of every kind. */
const wildCuts: fc.Arbitrary<CutList> = fc
  .record({
    rate: fc.constantFrom(...LISTED.map((name) => RATES[name])),
    hour: fc.nat({ max: 23 }),
    video: fc.boolean(),
    clips: fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 9 })),
        length: fc.integer({ min: 1, max: 40 }),
        sourceIn: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
        speed: fc.oneof(
          fc.constant({ num: 1, den: 1 }),
          fc.constantFrom(
            { num: -1, den: 1 },
            { num: 0, den: 1 },
            { num: 1, den: 7 },
            { num: 5, den: 2 },
            { num: -3, den: 1 },
          ),
          fc.integer({ min: 1, max: 40000 }).map((hundredths) => lowest(hundredths, 10000)),
        ),
        tail: fc.nat({ max: 30 }),
        reel: fc.constantFrom('A001', 'A001', 'B001', 'A001C002_240101_R1AB', undefined),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    joins: fc.array(
      fc.record({
        at: fc.nat({ max: 6 }),
        before: fc.nat({ max: 20 }),
        after: fc.nat({ max: 20 }),
        kind: fc.constantFrom('dissolve' as const, 'wipe' as const, 'fade' as const, 'other' as const),
        wipe: fc.nat({ max: 999 }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ rate, hour, video, clips, joins }) => {
    let end = 0;
    const events = clips.map(({ gap, length, sourceIn, speed, tail, reel }, nth) => {
      end += gap + length;
      const used = Math.max(1, Math.round((length * Math.abs(speed.num)) / speed.den));
      const make = video ? pictureSource : soundSource;
      const source = make(`CLIP ${nth % 3}`, rate, '01:00:00:00', { reel });
      const plain = event(source, end - length, length, sourceIn, rate);
      if (!video) return plain;
      return {
        ...plain,
        speed,
        sourceOut: sourceIn + used,
        source: { ...source, duration: sourceIn + used + tail },
      };
    });
    const cutsAt = [0, ...events.map((each) => each.recordOut), ...events.map((each) => each.recordIn)];
    const transitions = joins
      .map(({ at, before, after, kind, wipe }): CutTransition => {
        const cut = cutsAt[at % cutsAt.length]!;
        const from = Math.max(0, cut - before);
        return {
          in: from,
          out: Math.max(from + 1, cut + after),
          kind,
          name: `Named ${kind}`,
          ...(kind === 'wipe' && wipe % 4 ? { wipe } : {}),
        };
      })
      .sort((a, b) => a.in - b.in)
      .filter((each, nth, all) => nth === 0 || each.in !== all[nth - 1]!.in);
    const made = list(rate, '00:00:00:00', [track(video ? 'V1' : 'A1', events, { transitions })]);
    return { ...made, start: Math.floor((framesPerDay(rate) / 24) * hour) };
  });

function lowest(num: number, den: number): { num: number; den: number } {
  let [a, b] = [num, den];
  while (b) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
