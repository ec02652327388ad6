/** Change lists as a whole: applied to the old cut they give the new one, at other rates and of 80,000 events too. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, changes, countChanges, runningTimes } from '../../manifest/changes.ts';
import type { CutEvent, CutTrack } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { anyEdit, edited } from './changes-mutations.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';
import { copy, arrives, rate, row, reel, cutTail, reelWith, told } from './changes-stage.ts';

const everything = { mixed: true, transitions: true, retimes: true, made: true, markers: true };
const anyCut = anyCutList(everything);

describe('a change list', () => {
  it('applied to the old cut gives the new one, whatever the two are', () => {
    fc.assert(
      fc.property(anyCut, anyCut, (before, after) => void arrives(before, after)),
      { numRuns: 300 },
    );
  });

  it('applied to the old cut gives the new one after any edits, at every rate', () => {
    fc.assert(
      fc.property(
        anyCut,
        fc.array(anyEdit, { minLength: 1, maxLength: 6 }),
        (before, edits) => void arrives(before, edits.reduce(edited, before)),
      ),
      { numRuns: 1500 },
    );
  });

  it('is empty for a cut and itself, whatever its ids, link numbers and order of writing', () => {
    fc.assert(
      fc.property(anyCut, fc.array(anyEdit, { maxLength: 3 }), (cut, edits) => {
        const before = edits.reduce(edited, cut);
        const after = copy(before);
        after.tracks.reverse();
        for (const { events } of after.tracks)
          for (const each of events.reverse()) {
            each.id = `x${each.id}`;
            if (each.link !== undefined) each.link = 1000 - each.link;
          }
        expect(changes(before, after).changes).toEqual([]);
      }),
    );
  });

  it('changes neither cut', () => {
    fc.assert(
      fc.property(anyCut, anyCut, (before, after) => {
        const [one, two] = [copy(before), copy(after)];
        applyChanges(before, changes(before, after));
        expect([copy(before), copy(after)]).toEqual([one, two]);
      }),
      { numRuns: 50 },
    );
  });

  it('says the running times and their difference as frames and timecode', () => {
    const before = reel(3);
    const after = reel(4);
    expect(runningTimes(changes(before, after))).toEqual({
      before: { frames: 150, timecode: '00:00:06:00' },
      after: { frames: 200, timecode: '00:00:08:00' },
      difference: { frames: 50, timecode: '+00:00:02:00' },
    });
    expect(runningTimes(changes(after, before)).difference).toEqual({
      frames: -50,
      timecode: '-00:00:02:00',
    });
  });

  it('refuses a cut it is not of, and says which event it misses', () => {
    expect(() => applyChanges(list(rate, '01:00:00:00', []), changes(reel(4), reelWith(cutTail)))).toThrow(
      /V1-002/,
    );
  });
});

describe('tracks', () => {
  it('one slid in below moves no event of the others', () => {
    const before = reel(30, row('V2', 20));
    const after = copy(before);
    for (const each of after.tracks) each.index++;
    after.tracks.push({ ...track('V1', []), name: 'new' });
    const lines = arrives(before, after);
    expect(new Set(lines.map(({ what }) => what))).toEqual(new Set(['track-moved', 'track-added']));
    expect(told(lines, 'track-moved')).toMatchObject([
      { track: 'V1', to: 'V2' },
      { track: 'V2', to: 'V3' },
    ]);
  });

  it('one taken away says so, and each of its events', () => {
    const lines = arrives(reel(3, row('A1', 2)), reel(3));
    expect(lines.map(({ what }) => what)).toEqual(['track-removed', 'removed', 'removed']);
  });

  it('stereo pairs that hold the same keep their places', () => {
    const before = reel(9, row('A1', 9), row('A2', 9));
    const after = copy(before);
    cutTail(after.tracks[1]!.events[3]!);
    expect(arrives(before, after)).toMatchObject([{ what: 'trimmed', was: { track: 'A1' } }]);
  });
});

describe('sources', () => {
  const withSources = (edit: (source: NonNullable<CutEvent['source']>) => void) => {
    const after = reel(21);
    for (const { source } of after.tracks[0]!.events) edit(source!);
    return after;
  };

  it('relinked to another drive: one line a source, none an event', () => {
    const after = withSources((source) => (source.file = `/Volumes/NEW/${source.name}`));
    expect(countChanges(changes(reel(21), after))).toEqual({ source: 7 });
    arrives(reel(21), after);
  });

  it('known to one side by clip id and to the other by file alone are the same', () => {
    const after = withSources((source) => delete source.clip);
    expect(countChanges(changes(reel(21), after))).toEqual({ source: 7 });
  });

  it('known to one side by reel and name alone are the same, and timecode is what stays', () => {
    const after = reel(21);
    for (const each of after.tracks[0]!.events) {
      const { name, reel: roll, start, rate: own } = each.source!;
      // As a list that names no start has it: source times count from midnight.
      each.source = {
        file: null,
        name,
        reel: roll!,
        rate: own,
        start: 0,
        duration: null,
        hasPicture: true,
        channels: 0,
      };
      each.sourceIn += start!;
      each.sourceOut += start!;
    }
    expect(countChanges(changes(reel(21), after))).toEqual({ source: 7 });
    arrives(reel(21), after);
    arrives(after, reel(21));
  });

  it('two files of one name are two sources', () => {
    const bare = (file: string) => {
      const cut = reel(1);
      const { name, rate: own } = cut.tracks[0]!.events[0]!.source!;
      cut.tracks[0]!.events[0]!.source = {
        file,
        name,
        rate: own,
        start: null,
        duration: null,
        hasPicture: true,
        channels: 0,
      };
      return cut;
    };
    expect(arrives(bare('/card1/GX01.MP4'), bare('/card2/GX01.MP4'))).toMatchObject([{ what: 'replaced' }]);
  });

  it('sound counted in frames on one side and in samples on the other is the same sound', () => {
    const before = list(rate, '01:00:00:00', [row('A1', 21)]);
    const after = copy(before);
    for (const each of after.tracks[0]!.events) {
      each.source = { ...each.source!, rate, start: each.source!.start! / 1920, duration: null };
      each.sourceIn /= 1920;
      each.sourceOut /= 1920;
      each.markers = [{ frame: each.sourceIn, duration: 2, name: 'clap', comment: '', colour: 'red' }];
    }
    for (const each of before.tracks[0]!.events)
      each.markers = [{ frame: each.sourceIn, duration: 3840, name: 'clap', comment: '', colour: 'red' }];
    expect(countChanges(changes(before, after))).toEqual({ source: 7 });
    arrives(before, after);
  });
});

describe('another rate', () => {
  it('as a conform keeps the frame numbers', () => {
    const after = { ...reel(9), rate: RATES['24'] };
    expect(arrives(reel(9), after)).toMatchObject([{ what: 'sequence', field: 'rate', frames: 'kept' }]);
  });

  it('as a conversion keeps the times', () => {
    const after = copy(reel(9));
    after.rate = RATES['50'];
    after.start *= 2;
    for (const each of after.tracks[0]!.events) {
      each.recordIn *= 2;
      each.recordOut *= 2;
    }
    const lines = arrives(reel(9), after);
    expect(lines).toMatchObject([
      { what: 'sequence', field: 'rate', frames: 'converted' },
      { what: 'sequence', field: 'start' },
    ]);
  });

  it('of the same speed, drop-frame or not, is a matter of labels', () => {
    const before = { ...reel(9), rate: RATES['29.97'] };
    const lines = arrives(before, { ...before, rate: RATES['29.97df'] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toHaveProperty('frames');
  });
});

/** Whatever compared each with every other would not end within the time a test has; bench/changes.ts prints how long they take. */
describe('80,000 events', () => {
  const big = (gap: (nth: number) => number, alike = false) =>
    list(
      rate,
      '01:00:00:00',
      ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) => {
        let at = 0;
        return track(
          name,
          Array.from({ length: 10_000 }, (_, nth) => {
            const length = alike ? 20 : 20 + ((nth * 7) % 30);
            at += gap(nth) + length;
            const source = pictureSource(`A${alike ? 1 : nth % 400}`, rate, '10:00:00:00');
            return event(source, at - length, length, alike ? 0 : (nth * 31) % 40_000, rate);
          }),
        );
      }),
    );
  it.each([
    ['the same', big(() => 0)],
    ['each one frame further than the one before', big(() => 1)],
    ['gaps everywhere', big((nth) => (nth * nth) % 17)],
    ['in another order', { ...big(() => 0), tracks: big(() => 0).tracks.map(shuffled) }],
  ])('%s', (_, after) => {
    arrives(
      big(() => 0),
      after,
    );
  });

  it('all of one shot, one of them gone', () => {
    const after = big(() => 0, true);
    after.tracks[0]!.events.splice(600, 1);
    const said = arrives(
      big(() => 0, true),
      after,
    );
    expect(said.length).toBeLessThan(4);
  });

  function shuffled(each: CutTrack): CutTrack {
    const order = [...each.events].sort(
      (a, b) => ((a.sourceIn * 7919) % 5003) - ((b.sourceIn * 7919) % 5003),
    );
    let at = 0;
    const events = order.map((one) => {
      const length = one.recordOut - one.recordIn;
      at += length;
      return { ...one, recordIn: at - length, recordOut: at };
    });
    return { ...each, events };
  }
});
