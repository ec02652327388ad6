/** One edit is one line of a change list, and what only slid along is none of its own. */
import { describe, expect, it } from 'vitest';
import { changes, countChanges } from '../../manifest/changes.ts';
import type { CutEvent } from '../../manifest/documents/cutlist.ts';
import { event, pictureSource } from './cutlist-samples.ts';
import { copy, arrives, rate, row, reel, cutTail, reelWith, told } from './changes-stage.ts';

const later = (events: CutEvent[], from: number, by: number) => {
  for (const each of events)
    if (each.recordIn >= from)
      Object.assign(each, { recordIn: each.recordIn + by, recordOut: each.recordOut + by });
};

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
