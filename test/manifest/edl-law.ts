/** The law of EDLs, for the tests that hold it: what was written for a target and read back is the same cut, minus what was said. */
import { expect } from 'vitest';
import type { CutEvent, CutList, CutTrack, CutTransition } from '../../manifest/documents/cutlist.ts';
import type { Issue, Loss } from '../../manifest/documents/issue.ts';
import { edl } from '../../manifest/exports/edl.ts';
import { ascii } from '../../manifest/exports/edl/ascii.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { sidesOf } from '../../manifest/transitions.ts';
import { framesPerDay, sameRate, type Rate } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';

/** Writes, reads every list with only the speed of the rate given, and puts the tracks together again. */
function thereAndBack(cut: CutList, options: ExportOptions) {
  const made = edl.write(cut, options);
  if ('refused' in made) throw new Error(made.refused);
  const rate = { num: cut.rate.num, den: cut.rate.den, drop: false };
  const tracks = new Map<string, { track: CutTrack; list: CutList }>();
  const issues: Issue[] = [];
  for (const { suffix, text } of made.files.filter((file) => file.suffix.endsWith('.edl'))) {
    const read = edlReader.read(text, { name: suffix, rate });
    issues.push(...read.issues);
    const [found] = read.value;
    expect(read.value).toHaveLength(1);
    expect(sameRate(found!.rate, cut.rate)).toBe(true);
    const upper = /^_V(\d+)/.exec(suffix);
    for (const each of found!.tracks)
      tracks.set(`${each.type[0]!.toUpperCase()}${upper ? Number(upper[1]) + each.index - 1 : each.index}`, {
        track: each,
        list: found!,
      });
  }
  return { tracks, issues, losses: made.losses };
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
    cdl: each.cdl,
    range,
    speed: lost.has('retime') && !frozen ? 'lost' : (speed ?? { num: 1, den: 1 }),
  };
}

/** Where its cut lies and what meets there count, not by which words that was told. */
const carriedTransition = ({ cutAt, ...each }: CutTransition, own: CutList, events: CutEvent[]) => {
  const { cut, before, after } = sidesOf(events, { ...each, ...(cutAt ? { cutAt } : {}) });
  return {
    ...each,
    name: ascii(each.name),
    in: clock(own, each.in),
    out: clock(own, each.out),
    cut: cut === null ? null : clock(own, cut),
    sides: [before !== null, after !== null],
  };
};

/** Losses by the place they name, as the words of each. */
function lossesAt(losses: readonly Loss[]): (place: string) => ReadonlySet<string> {
  const found = new Map<string, Set<string>>();
  for (const { where, what } of losses) found.set(where, (found.get(where) ?? new Set()).add(what));
  return (place) => found.get(place) ?? new Set();
}

/** `allowed` are codes of issues that the cut itself gives cause for. */
export function expectSame(cut: CutList, options: ExportOptions, allowed: readonly string[] = []) {
  const { tracks, issues, losses } = thereAndBack(cut, options);
  expect(issues.filter(({ code, severity }) => severity !== 'note' && !allowed.includes(code))).toEqual([]);
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
    const said = losses.filter((loss) => loss.what === 'transition' || loss.what === 'handle');
    const straight = new Set(
      said.filter((loss) => loss.message.endsWith('straight cut')).map((loss) => loss.where),
    );
    const changed = new Set(said.map((loss) => loss.where));
    const kept = original.transitions.filter((each) => !straight.has(`${name} at ${place(each.in)}`));
    const asRead = read.track.transitions.map((each) =>
      carriedTransition(each, read.list, read.track.events),
    );
    const standing = ({ in: from, out: to, name: called, cut: met, sides }: (typeof asRead)[number]) => [
      from,
      to,
      called,
      met,
      ...sides,
    ];
    const asCut = kept.map((each) => carriedTransition(each, cut, original.events));
    expect(asRead.map(standing)).toEqual(asCut.map(standing));
    kept.forEach((each, nth) => {
      if (!changed.has(`${name} at ${place(each.in)}`)) expect(asRead[nth]).toEqual(asCut[nth]);
    });
  }
  return { losses };
}
