/** Laws of the pictures of a cut: every event of both cuts is in it once and knows its rows, pixels bound the work, keys miss nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCuts, type Compared } from '../../manifest/changes.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { boxesOf } from '../../panel/cut/draw-cuts.ts';
import { eventAt, nearest, stepOf, walked, type At } from '../../panel/cut/walk.ts';
import { comparison, type ShownEvent } from '../../panel/heavy/comparison.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { anyEdit, edited } from '../manifest/changes-mutations.ts';

const anyCut = anyCutList({ mixed: true, transitions: true, retimes: true, made: true, markers: true });
const edits = fc.array(anyEdit, { minLength: 1, maxLength: 6 });

const whole = (cut: CutList) => ({ cut, format: 'sequence', silent: [] });
const compared = (before: CutList, after: CutList): Compared => compareCuts(whole(before), whole(after));
const eventsIn = ({ tracks }: CutList) => tracks.reduce((sum, track) => sum + track.events.length, 0);

describe('two cuts compared, to be shown', () => {
  it('each event of both is there once, on a lane in order', () => {
    fc.assert(
      fc.property(anyCut, edits, (before, changes) => {
        const both = compared(before, changes.reduce(edited, before));
        const { lanes } = comparison(both);
        const [old, now] = [lanes.flatMap((lane) => lane.old), lanes.flatMap((lane) => lane.now)];
        expect([old.length, now.length]).toEqual([eventsIn(both.before), eventsIn(both.after)]);
        for (const side of [old, now]) expect(new Set(side.map(({ id }) => id)).size).toBe(side.length);
        for (const lane of lanes)
          for (const events of [lane.old, lane.now])
            for (let nth = 1; nth < events.length; nth++)
              expect(events[nth]!.in).toBeGreaterThanOrEqual(events[nth - 1]!.in);
      }),
      { numRuns: 300 },
    );
  });

  it('each row that names an event leads to one that knows the row, and back', () => {
    fc.assert(
      fc.property(anyCut, edits, (before, changes) => {
        const { lanes, rows } = comparison(compared(before, changes.reduce(edited, before)));
        const old = new Map(lanes.flatMap((lane) => lane.old.map((event) => [event.id, event])));
        const now = new Map(lanes.flatMap((lane) => lane.now.map((event) => [event.id, event])));
        rows.forEach(({ was, now: is, frame }, nth) => {
          if (was !== null) expect(old.get(was)?.rows).toContain(nth);
          if (is !== null) expect(now.get(is)?.rows).toContain(nth);
          if (was !== null || is !== null) expect(frame).toBeNull();
        });
        for (const each of [...old.values(), ...now.values()])
          for (const row of each.rows) expect(rows[row]).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('what is not as before has a row, what is gone has no place, and a place is an event of the new cut', () => {
    fc.assert(
      fc.property(anyCut, edits, (before, changes) => {
        const { lanes } = comparison(compared(before, changes.reduce(edited, before)));
        for (const { old, now } of lanes) {
          for (const each of [...old, ...now])
            if (each.standing !== 'same') expect(each.rows).not.toEqual([]);
          for (const { standing, pair } of old) {
            if (standing === 'gone') expect(pair).toBeNull();
            if (pair)
              expect(lanes[pair.lane]!.now.some((each) => each.in === pair.in && each.out === pair.out)).toBe(
                true,
              );
          }
          expect(now.some(({ standing }) => standing === 'gone')).toBe(false);
          expect(old.some(({ standing }) => standing === 'new')).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a cut and itself: everything as before, no rows', () => {
    fc.assert(
      fc.property(anyCut, (cut) => {
        const { lanes, rows } = comparison(compared(cut, cut));
        expect(rows).toEqual([]);
        for (const { old, now } of lanes)
          for (const each of [...old, ...now]) expect(each).toMatchObject({ standing: 'same', rows: [] });
      }),
      { numRuns: 100 },
    );
  });
});

const many = (count: number, standing: (nth: number) => ShownEvent['standing']): ShownEvent[] =>
  Array.from({ length: count }, (_, nth) => ({
    id: `V1-${nth}`,
    name: '',
    in: nth * 24,
    out: nth * 24 + 24,
    standing: standing(nth),
    rows: [],
    pair: null,
  }));

describe('boxes', () => {
  it('are no more than pixels, and one that is gone is never lost among its neighbours', () => {
    const events = many(10_000, (nth) => (nth === 7777 ? 'gone' : 'same'));
    const boxes = boxesOf(events, { from: 0, to: 240_000 }, (frame) => (frame / 240_000) * 300);
    expect(boxes.length).toBeLessThanOrEqual(300);
    expect(boxes.filter(({ standing }) => standing === 'gone')).toHaveLength(1);
  });

  it('hold only what is in sight', () => {
    const events = many(10_000, () => 'same');
    const boxes = boxesOf(events, { from: 2400, to: 2640 }, (frame) => frame - 2400);
    expect(boxes).toHaveLength(10);
  });
});

describe('keys', () => {
  const anyLanes = fc.array(
    fc
      .array(fc.record({ gap: fc.nat({ max: 9 }), long: fc.integer({ min: 1, max: 9 }) }), { maxLength: 8 })
      .map((parts) => {
        let at = 0;
        return parts.map(({ gap, long }) => {
          const from = at + gap;
          at = from + long;
          return { in: from, out: at };
        });
      }),
    { maxLength: 5 },
  );

  it('→ passes every event of a lane once, ← goes the same way back, and neither leaves it', () => {
    fc.assert(
      fc.property(anyLanes, (lanes) => {
        const start = walked(lanes, null, 'first');
        expect(start === null).toBe(lanes.every((lane) => lane.length === 0));
        if (!start) return;
        const last = lanes[start.lane]!.length - 1;
        let at: At = start;
        for (let nth = 0; nth <= last; nth++) {
          expect(at).toEqual({ lane: start.lane, nth });
          at = walked(lanes, at, 'next')!;
        }
        expect(at.nth).toBe(last);
        expect(walked(lanes, at, 'first')).toEqual(start);
        expect(walked(lanes, start, 'last')).toEqual(at);
        for (let nth = last; nth > 0; nth--) at = walked(lanes, at, 'back')!;
        expect(at).toEqual(start);
      }),
    );
  });

  it('↑ and ↓ lead to an event, over lanes that hold none', () => {
    fc.assert(
      fc.property(anyLanes, fc.constantFrom('up' as const, 'down' as const), (lanes, way) => {
        const at = walked(lanes, null, 'next');
        const to = walked(lanes, at, way);
        if (at) expect(lanes[to!.lane]![to!.nth]).toBeDefined();
      }),
    );
  });

  it('the nearest event to a frame is none other than a search of all finds', () => {
    fc.assert(
      fc.property(anyLanes, fc.integer({ min: -5, max: 160 }), (lanes, frame) => {
        for (const lane of lanes) {
          const away = ({ in: from, out }: { in: number; out: number }) =>
            Math.max(0, from - frame, frame - out + 1);
          const found = nearest(lane, frame);
          if (lane.length === 0) expect(found).toBeNull();
          else expect(away(lane[found!]!)).toBe(Math.min(...lane.map(away)));
          const under = eventAt(lane, frame, 0);
          expect(under === null).toBe(!lane.some((each) => frame >= each.in && frame < each.out));
        }
      }),
    );
  });

  it('other keys are left alone', () => {
    expect(['Tab', 'a', 'Escape', '/'].map(stepOf)).toEqual([null, null, null, null]);
  });
});
