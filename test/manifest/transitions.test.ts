/** Where a transition's cut lies: one rule, held against its definition frame by frame, and kept by every format. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutList } from '../../manifest/cutlist.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import type { CutList, CutTransition } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { READERS } from '../../manifest/readers/index.ts';
import type { Reader } from '../../manifest/readers/reader.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { cutPoint, sidesOf, transitionKind, withCut } from '../../manifest/transitions.ts';
import { richSequence } from '../fixtures/rich-cut.ts';
import { event as clip, list, pictureSource, track } from './cutlist-samples.ts';

const event = (recordIn: number, recordOut: number) => ({ recordIn, recordOut });
type Ends = ReturnType<typeof event>;

describe('where a transition’s events meet', () => {
  it.each([
    ['centred on its cut', [event(0, 100), event(100, 200)], 100],
    ['beginning at its cut', [event(0, 90), event(90, 200)], 90],
    ['ending at its cut', [event(0, 110), event(110, 200)], 110],
    ['a fade in', [event(90, 200)], 90],
    ['a fade out', [event(0, 110)], 110],
    ['over nothing', [], 100],
    ['from a clip that lies wholly under it', [event(0, 90), event(90, 98), event(98, 200)], 98],
    ['into a clip that lies wholly under it', [event(0, 98), event(98, 110), event(110, 200)], 98],
    ['past a short clip on both sides', [event(0, 95), event(95, 101), event(101, 200)], 101],
  ])('%s', (_, events, frame) => {
    expect(cutPoint({ in: 90, out: 110 }, events)).toBe(frame);
  });

  /** Frames 0 to 40 in pieces, some of them black. */
  const tracks = fc
    .array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 9 })), { maxLength: 8 })
    .map((pieces) => {
      let end = 0;
      return pieces.map(([gap, length]): Ends => event((end += gap + length) - length, end));
    });
  const spans = fc
    .tuple(fc.nat({ max: 44 }), fc.integer({ min: 1, max: 24 }))
    .map(([from, length]) => ({ in: from, out: from + length }));

  const at = (events: Ends[], frame: number) =>
    events.find((each) => each.recordIn <= frame && frame < each.recordOut) ?? null;
  const edges = (events: Ends[], { in: from, out: to }: { in: number; out: number }) =>
    [...new Set(events.flatMap((each) => [each.recordIn, each.recordOut]))].filter(
      (frame) => frame >= from && frame <= to,
    );
  /** Frame by frame: what ends at the cut plays from the first to it, what begins there to the last, and nothing else. */
  function fills(events: Ends[], { in: from, out: to }: { in: number; out: number }, cut: number): boolean {
    const before = events.find((each) => each.recordOut === cut) ?? null;
    const after = events.find((each) => each.recordIn === cut) ?? null;
    for (let frame = from; frame < to; frame++)
      if (at(events, frame) !== (frame < cut ? before : after)) return false;
    return true;
  }

  it('is the edge whose two sides fill it, the only one there is', () => {
    fc.assert(
      fc.property(tracks, spans, (events, span) => {
        const filling = edges(events, span).filter((cut) => fills(events, span, cut));
        const found = sidesOf(events, span);
        expect(found.fits).toBe(filling.length > 0);
        if (filling.length > 0) expect(filling).toContain(found.cut);
        // Two only where one event or one gap lies exactly under it, and then at its ends.
        if (filling.length > 1) expect(filling.sort((a, b) => a - b)).toEqual([span.in, span.out]);
        expect(found.open).toBe(filling.length > 1);
      }),
      { numRuns: 5000 },
    );
  });

  it('is the edge nearest to its middle where none does, and nothing where there is no edge', () => {
    fc.assert(
      fc.property(tracks, spans, (events, span) => {
        const found = sidesOf(events, span);
        const all = edges(events, span);
        if (all.length === 0) expect(found.cut).toBeNull();
        else if (!found.fits) {
          const off = (frame: number) => Math.abs(2 * frame - span.in - span.out);
          expect(off(found.cut!)).toBe(Math.min(...all.map(off)));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('has the sides that end and begin there, and the next event behind it', () => {
    const kinds = fc.constantFrom(undefined, 'dissolve' as const, 'fade' as const, 'wipe' as const);
    fc.assert(
      fc.property(tracks, spans, kinds, (events, span, kind) => {
        const { cut, before, after, next } = sidesOf(events, { ...span, ...(kind ? { kind } : {}) });
        expect(before).toBe(events.find((each) => each.recordOut === cut) ?? null);
        expect(after).toBe(events.find((each) => each.recordIn === cut) ?? null);
        expect(next).toBe(events.filter((each) => each.recordIn < (cut ?? span.in)).length);
      }),
      { numRuns: 5000 },
    );
  });

  it('can be said to lie at either end where both would do, and withCut says it only there', () => {
    fc.assert(
      fc.property(tracks, spans, fc.constantFrom('fade', 'wipe', 'other'), (events, span, kind) => {
        const transition: CutTransition = { ...span, kind, name: 'x' };
        for (const cut of edges(events, span).filter((each) => fills(events, span, each))) {
          const said = withCut(transition, cut, events);
          expect(sidesOf(events, said).cut).toBe(cut);
          if (sidesOf(events, transition).cut === cut) expect(said).toBe(transition);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('is looked for by halving, not by walking', () => {
    const events = Array.from({ length: 200_000 }, (_, nth) => event(nth * 10, nth * 10 + 10));
    let reads = 0;
    const counted = new Proxy(events, {
      get: (target, key, self) => (reads++, Reflect.get(target, key, self) as unknown),
    });
    for (let nth = 0; nth < 1000; nth++) {
      reads = 0;
      sidesOf(counted, { in: nth * 10, out: nth * 10 + 500_000 });
      expect(reads).toBeLessThan(200);
    }
  });
});

describe('a clip that both a fade in and a fade out could be over', () => {
  const whole = { in: 10, out: 20 };
  it.each([
    ['alone: taken for a fade in, and open', [event(10, 20)], 'fade', 10, true],
    ['behind another: a fade goes out to black', [event(0, 10), event(10, 20)], 'fade', 20, false],
    ['before another: a fade comes in from black', [event(10, 20), event(20, 30)], 'fade', 10, false],
    ['behind another: a dissolve is between the two', [event(0, 10), event(10, 20)], 'dissolve', 10, false],
    ['before another: a dissolve is between the two', [event(10, 20), event(20, 30)], 'dissolve', 20, false],
    [
      'between two: the first cut, and open',
      [event(0, 10), event(10, 20), event(20, 30)],
      'dissolve',
      10,
      true,
    ],
    ['a gap between two: where an event begins, and open', [event(0, 10), event(20, 30)], 'fade', 20, true],
  ] as const)('%s', (_, events, kind, cut, open) => {
    expect(sidesOf(events, { ...whole, kind })).toMatchObject({ cut, open });
    for (const cutAt of ['in', 'out'] as const)
      expect(sidesOf(events, { ...whole, kind, cutAt }).cut).toBe(cutAt === 'in' ? 10 : 20);
  });

  it('a dissolve that outlasts its second clip is no fade of it', () => {
    const events = [event(0, 48), event(48, 96)];
    expect(sidesOf(events, { in: 48, out: 98, kind: 'dissolve' })).toMatchObject({ cut: 48, fits: false });
    expect(sidesOf(events, { in: 48, out: 98, kind: 'fade' })).toMatchObject({ cut: 96, fits: true });
  });
});

describe('an editor that does not say at which end of a clip a fade is', () => {
  const sequence = richSequence('premiere');
  const [first] = sequence.tracks;
  const [one] = first!.items;
  const cutOf = (transitions: { in: number; out: number; name: string }[]) =>
    cutList(
      {
        ...sequence,
        markers: [],
        tracks: [{ ...first!, items: [{ ...one!, in: 100, out: 120 }], transitions }],
      },
      emptyHandoff(''),
      {},
    );

  it('is said where it could be either, and nowhere else', () => {
    const said = (transition: { in: number; out: number; name: string }) =>
      cutOf([transition]).losses.filter(({ what }) => what === 'transition-cut');
    expect(said({ in: 100, out: 120, name: 'Cross Dissolve' })).toMatchObject([
      {
        where: 'V1 at 01:00:03;10',
        count: 1,
        message: expect.stringContaining('taken to be at 01:00:03;10'),
      },
    ]);
    expect(said({ in: 100, out: 110, name: 'Cross Dissolve' })).toEqual([]);
    expect(said({ in: 110, out: 120, name: 'Cross Dissolve' })).toEqual([]);
  });
});

describe('every format that is read back has the cut where it was', () => {
  const FILM = RATES['24'];
  const source = (name: string) => ({ ...pictureSource(name, FILM, '01:00:00:00'), duration: 1000 });
  const cut = (lengths: [string, number][], transition: Omit<CutTransition, 'name'>, from = 0): CutList => {
    let end = from;
    const events = lengths.map(([name, length]) =>
      clip(source(name), (end += length) - length, length, 300, FILM),
    );
    const transitions = [{ ...transition, name: 'Cross Dissolve' }];
    return list(FILM, '01:00:00:00', [track('V1', events, { transitions })]);
  };
  const CUTS: [string, CutList][] = [
    [
      'out of a clip that lies wholly under it',
      cut(
        [
          ['a', 60],
          ['b', 15],
          ['c', 60],
        ],
        { in: 60, out: 90, kind: 'dissolve' },
      ),
    ],
    [
      'into a clip that lies wholly under it',
      cut(
        [
          ['a', 60],
          ['b', 15],
          ['c', 60],
        ],
        { in: 45, out: 75, kind: 'dissolve' },
      ),
    ],
    ['a fade in over a whole clip', cut([['a', 20]], { in: 30, out: 50, kind: 'fade' }, 30)],
    ['a fade out over a whole clip', cut([['a', 20]], { in: 30, out: 50, kind: 'fade', cutAt: 'out' }, 30)],
    [
      'a fade out over a whole clip behind another',
      cut(
        [
          ['a', 30],
          ['b', 20],
        ],
        { in: 30, out: 50, kind: 'fade' },
      ),
    ],
  ];
  const both = EXPORTS.flatMap(({ id, write }) => {
    const reader = READERS.find((each) => each.id === id && each.reads === 'timeline');
    return reader ? [{ id, write, read: (reader as Reader<CutList[]>).read }] : [];
  });
  const cases = both.flatMap((format) => CUTS.map(([name, made]) => ({ ...format, name, made })));
  /** On the record's timecode: a list read back may begin with its first event. */
  const spelled = ({ tracks, start }: CutList) => {
    const { events, transitions } = tracks[0]!;
    return transitions.map((each) => {
      const { before, after, cut: frame } = sidesOf(events, each);
      const record = [each.in, each.out, frame!].map((place) => start + place);
      return [...record, before?.name.slice(0, 1) ?? null, after?.name.slice(0, 1) ?? null];
    });
  };

  it.each(cases)('$id: $name', ({ write, read, made }) => {
    const written = write(made, DEFAULT_OPTIONS);
    if ('refused' in written) throw new Error(written.refused);
    const back = read(written.files[0]!.text, { name: 'cut', rate: FILM });
    expect(spelled(back.value[0]!)).toEqual(spelled(made));
    expect(written.losses.filter(({ what }) => /^transition(-cut|-length)?$/.test(what))).toEqual([]);
  });
});

describe('what a transition is, whatever the editor calls it', () => {
  it.each([
    ['Cross Dissolve', true, true, 'dissolve'],
    ['Weiche Blende', true, true, 'dissolve'],
    ['Fondu enchaîné', true, true, 'dissolve'],
    ['Constant Power', true, true, 'dissolve'],
    ['Cross Dissolve', false, true, 'fade'],
    ['Clock Wipe', true, true, 'wipe'],
    ['Dip to Black', true, true, 'other'],
    ['Dip to Black', true, false, 'fade'],
    ['Morph Cut', true, true, 'other'],
  ])('%s with left %s and right %s is a %s', (name, left, right, kind) => {
    expect(transitionKind(name, left, right)).toBe(kind);
  });
});
