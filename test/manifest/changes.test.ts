import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, canonicalCut, changes, countChanges, runningTimes } from '../../manifest/changes.ts';
import type { Change, ChangeWord } from '../../manifest/changes.ts';
import type { CutEvent, CutList, CutTrack } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { anyEdit, edited } from './changes-mutations.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

const everything = { mixed: true, transitions: true, retimes: true, made: true, markers: true };
const anyCut = anyCutList(everything);
const copy = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

/** The list, as it would come back from a file; it must lead from the one cut to the other. */
function arrives(before: CutList, after: CutList): Change[] {
  const said = copy(changes(before, after));
  expect(applyChanges(before, said)).toEqual(canonicalCut(after));
  return said.changes;
}

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

const rate = RATES['25'];

/** Events of 50 frames each, every one of its own range of one of seven sources. */
function row(name: string, count: number): CutTrack {
  return track(
    name,
    Array.from({ length: count }, (_, nth) => {
      const source =
        name[0] === 'V'
          ? pictureSource(`A00${nth % 7}`, rate, '10:00:00:00', { duration: 100_000 })
          : soundSource(`S${nth % 7}`, rate, '10:00:00:00', { duration: 1e9 });
      return event(source, nth * 50, 50, nth * 60, rate);
    }),
  );
}
const reel = (count: number, ...tracks: CutTrack[]) =>
  list(rate, '01:00:00:00', [row('V1', count), ...tracks]);
const cutTail = (each: CutEvent) =>
  Object.assign(each, { recordOut: each.recordOut - 5, sourceOut: each.sourceOut - 5 });

/** A reel of four whose second event was edited. */
function reelWith(edit: (each: CutEvent) => void): CutList {
  const cut = reel(4);
  edit(cut.tracks[0]!.events[1]!);
  return cut;
}
const later = (events: CutEvent[], from: number, by: number) => {
  for (const each of events)
    if (each.recordIn >= from)
      Object.assign(each, { recordIn: each.recordIn + by, recordOut: each.recordOut + by });
};
const told = <Word extends ChangeWord>(lines: Change[], what: Word) =>
  lines.filter((line): line is Extract<Change, { what: Word }> => line.what === what);

describe('one edit is one line', () => {
  const edits: [string, (each: CutEvent) => void, object][] = [
    ['tail trimmed', cutTail, { what: 'trimmed', head: 0, tail: -5 }],
    [
      'head trimmed in place',
      (each) => Object.assign(each, { recordIn: each.recordIn + 5, sourceIn: each.sourceIn + 5 }),
      { what: 'trimmed', head: -5, tail: 0 },
    ],
    [
      'slipped',
      (each) => Object.assign(each, { sourceIn: each.sourceIn + 7, sourceOut: each.sourceOut + 7 }),
      { what: 'slipped', by: 7 },
    ],
    [
      'slipped past all it showed',
      (each) => Object.assign(each, { sourceIn: each.sourceIn + 700, sourceOut: each.sourceOut + 700 }),
      { what: 'slipped', by: 700 },
    ],
    [
      'retimed',
      (each) => Object.assign(each, { speed: { num: 2, den: 1 }, sourceOut: each.sourceOut + 50 }),
      { what: 'retimed', before: { num: 1, den: 1 }, after: { num: 2, den: 1 }, source: [0, 50] },
    ],
    [
      'replaced',
      (each) => (each.source = pictureSource('B999', rate, '11:00:00:00')),
      { what: 'replaced', was: { id: 'V1-002' } },
    ],
    ['switched off', (each) => (each.enabled = false), { what: 'disabled' }],
    ['renamed', (each) => (each.name = 'insert'), { what: 'changed', field: 'name', after: 'insert' }],
    ['of other channels', (each) => (each.channels = [2]), { what: 'changed', field: 'channels' }],
    ['linked', (each) => (each.link = 4), { what: 'linked' }],
    [
      'given a marker',
      (each) => (each.markers = [{ frame: 70, duration: 1, name: 'x', comment: '', colour: 'red' }]),
      { what: 'marker-added', event: { id: 'V1-002' } },
    ],
  ];
  it.each(edits)('%s', (_, edit, line) => {
    const lines = arrives(reel(4), reelWith(edit));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject(line);
  });

  it('a field the model gains later is carried like the others', () => {
    const after = reelWith((each) => Object.assign(each, { grade: { lut: 'A' } }));
    expect(arrives(reel(4), after)).toMatchObject([{ what: 'changed', field: 'grade', before: null }]);
  });

  it('onto another track', () => {
    const before = reel(4, row('V2', 1));
    const after = copy(before);
    after.tracks[1]!.events.push(...after.tracks[0]!.events.splice(2, 1));
    expect(arrives(before, after)).toMatchObject([
      { what: 'moved', by: 0, onto: 'V2', was: { id: 'V1-003' }, now: { id: 'V2-002' } },
    ]);
  });

  it('nudged in its gap, between others that stay', () => {
    const before = reel(3);
    before.tracks[0]!.events.forEach((each, nth) => later([each], 0, nth * 100));
    const after = copy(before);
    later([after.tracks[0]!.events[1]!], 0, 20);
    expect(arrives(before, after)).toMatchObject([{ what: 'moved', by: 20, onto: null, reordered: false }]);
  });

  it('the last of its track moved: that one, not all that follows', () => {
    const after = reelWith(() => {});
    later(after.tracks[0]!.events, 150, 30);
    expect(arrives(reel(4), after)).toMatchObject([{ what: 'moved', by: 30, was: { id: 'V1-004' } }]);
  });

  it('elsewhere from the same long take: the old part is gone and another is new, unless half of it is shown', () => {
    const before = reel(9);
    const moved = (by: number) => {
      const after = copy(before);
      const [each] = after.tracks[0]!.events.splice(3, 1);
      const range = { sourceIn: each!.sourceIn + by, sourceOut: each!.sourceOut + by };
      after.tracks[0]!.events.push({ ...each!, ...range, recordIn: 500, recordOut: 550 });
      return arrives(before, after).map(({ what }) => what);
    };
    expect(moved(40)).toEqual(['removed', 'added']);
    expect(moved(10)).toEqual(['moved', 'slipped']);
  });

  it('taken to the end of its track: re-ordered, and nothing else moves', () => {
    const before = reel(9);
    const after = copy(before);
    const [moved] = after.tracks[0]!.events.splice(3, 1);
    after.tracks[0]!.events.push({ ...moved!, recordIn: 500, recordOut: 550 });
    expect(arrives(before, after)).toMatchObject([
      { what: 'moved', by: 350, reordered: true, was: { id: 'V1-004' }, now: { id: 'V1-009' } },
    ]);
  });

  it('two events swapped: one passes, the other slides', () => {
    const before = reel(9);
    const after = copy(before);
    const [, , a, b] = after.tracks[0]!.events;
    Object.assign(a!, { recordIn: 150, recordOut: 200 });
    Object.assign(b!, { recordIn: 100, recordOut: 150 });
    const lines = arrives(before, after);
    expect(lines).toHaveLength(2);
    expect(told(lines, 'moved').filter((line) => line.reordered)).toHaveLength(1);
  });

  it('a start that was changed', () => {
    expect(arrives(reel(2), { ...reel(2), start: 0 })).toMatchObject([{ what: 'sequence', field: 'start' }]);
  });
});

describe('what slid along', () => {
  const nineHundred = () => reel(900, row('V2', 900), row('A1', 900), row('A2', 900));

  it('one clip inserted in a cut of 900 events is one added and one ripple', () => {
    const before = reel(900);
    const after = copy(before);
    const { events } = after.tracks[0]!;
    later(events, 300 * 50, 48);
    const source = pictureSource('NEW', rate, '12:00:00:00');
    events.push({ id: 'new', ...event(source, 300 * 50, 48, 0, rate) });
    const lines = arrives(before, after);
    expect(lines).toMatchObject([
      { what: 'added', now: { id: 'V1-301', in: 15000, out: 15048 } },
      {
        what: 'ripple',
        from: 15000,
        to: 15048,
        by: 48,
        events: 600,
        everywhere: true,
        next: { id: 'V1-301' },
      },
    ]);
  });

  it('one clip taken out of four tracks of 900, and all of them follow: one removed, one ripple on all', () => {
    const before = nineHundred();
    const after = copy(before);
    after.tracks[0]!.events.splice(450, 1);
    for (const { events } of after.tracks) later(events, 451 * 50, -50);
    const lines = arrives(before, after);
    // The others were cut at the same frames, so their event of that place now lies over the one before it.
    expect(countChanges({ ...changes(before, after) })).toEqual({ removed: 1, ripple: 1 });
    expect(told(lines, 'ripple')).toMatchObject([
      { by: -50, tracks: ['V1', 'V2', 'A1', 'A2'], everywhere: true },
    ]);
  });

  it('only the tracks that follow are named', () => {
    const before = nineHundred();
    const after = copy(before);
    for (const at of [0, 2]) later(after.tracks[at]!.events, 700 * 50, 12);
    expect(arrives(before, after)).toMatchObject([
      { what: 'ripple', by: 12, tracks: ['V1', 'A1'], everywhere: false, markers: false, events: 400 },
    ]);
  });

  it('markers go along, or are said to stay', () => {
    const markers = [10, 20_000, 30_000].map((frame, nth) => ({
      frame,
      duration: 1,
      name: `M${nth}`,
      comment: '',
      colour: 'red',
    }));
    const before = { ...reel(900), markers };
    const after = copy(before);
    later(after.tracks[0]!.events, 15_000, 25);
    expect(arrives(before, after)).toMatchObject([{ what: 'ripple', everywhere: true, markers: false }]);
    for (const marker of after.markers) if (marker.frame > 15_000) marker.frame += 25;
    expect(arrives(before, after)).toMatchObject([{ what: 'ripple', everywhere: true, markers: true }]);
  });

  it('transitions go with their cut', () => {
    const before = reel(900);
    before.tracks[0]!.transitions = [
      { in: 90, out: 110, kind: 'dissolve', name: 'Cross Dissolve' },
      { in: 19_990, out: 20_010, kind: 'dissolve', name: 'Cross Dissolve' },
    ];
    const after = copy(before);
    later(after.tracks[0]!.events, 15_000, 25);
    Object.assign(after.tracks[0]!.transitions[1]!, { in: 20_015, out: 20_035 });
    expect(arrives(before, after)).toMatchObject([{ what: 'ripple' }]);
  });

  it('a trim that pulls the rest is one trim and one ripple, head or tail', () => {
    for (const end of ['head', 'tail'] as const) {
      const after = reel(20);
      const each = after.tracks[0]!.events[5]!;
      each.recordOut -= 5;
      if (end === 'head') each.sourceIn += 5;
      else each.sourceOut -= 5;
      later(after.tracks[0]!.events, 300, -5);
      const lines = arrives(reel(20), after);
      expect(told(lines, 'trimmed')).toMatchObject([{ head: 0, tail: 0, [end]: -5 }]);
      expect(told(lines, 'ripple')).toMatchObject([{ by: -5 }]);
      expect(lines).toHaveLength(2);
    }
  });

  it('a roll is two trims and nothing moves', () => {
    const after = reel(20);
    const [, a, b] = after.tracks[0]!.events;
    cutTail(a!);
    Object.assign(b!, { recordIn: b!.recordIn - 5, sourceIn: b!.sourceIn - 5 });
    expect(arrives(reel(20), after)).toMatchObject([
      { what: 'trimmed', tail: -5, head: 0 },
      { what: 'trimmed', tail: 0, head: 5 },
    ]);
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

describe('10,000 events', () => {
  const big = (gap: (nth: number) => number, alike = false) =>
    list(
      rate,
      '01:00:00:00',
      ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) => {
        let at = 0;
        return track(
          name,
          Array.from({ length: 1250 }, (_, nth) => {
            const length = alike ? 20 : 20 + ((nth * 7) % 30);
            at += gap(nth) + length;
            const source = pictureSource(`A${alike ? 1 : nth % 400}`, rate, '10:00:00:00');
            return event(source, at - length, length, alike ? 0 : (nth * 31) % 5000, rate);
          }),
        );
      }),
    );
  const timed = (before: CutList, after: CutList) => {
    const from = performance.now();
    arrives(before, after);
    return performance.now() - from;
  };

  // Each within three seconds on a slow, shared machine, its proof included; 0.2 s here.
  it.each([
    ['the same', big(() => 0)],
    ['each one frame further than the one before', big(() => 1)],
    ['gaps everywhere', big((nth) => (nth * nth) % 17)],
    ['in another order', { ...big(() => 0), tracks: big(() => 0).tracks.map(shuffled) }],
  ])('%s', (_, after) => {
    expect(
      timed(
        big(() => 0),
        after,
      ),
    ).toBeLessThan(3000);
  });

  it('all of one shot, one of them gone', () => {
    const after = big(() => 0, true);
    after.tracks[0]!.events.splice(600, 1);
    expect(
      timed(
        big(() => 0, true),
        after,
      ),
    ).toBeLessThan(3000);
    expect(
      changes(
        big(() => 0, true),
        after,
      ).changes.length,
    ).toBeLessThan(4);
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
