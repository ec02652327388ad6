/** How a plan is cut into calls: what a chunk may hold, and how its size follows the time the last one took. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import { endOfChunk, FIRST, nextSize } from '../../bridge/chunks.ts';
import type { Editor } from '../../bridge/contract.ts';
import type { Plan, Step } from '../../manifest/documents/plan.ts';

let nth = 0;
const label = (): Step => ({
  id: `step-${nth++}`,
  kind: 'set-label',
  target: { clip: 'clip-1', path: 'a.mov', file: '/a.mov', item: 'x' },
  why: 'scene',
  after: { label: 'iris' },
  undoable: true,
});
const importInto = (...bin: string[]): Step => ({
  id: `step-${nth++}`,
  kind: 'import',
  target: { clip: `clip-${nth}`, path: 'a.mov', file: '/a.mov' },
  why: 'new',
  after: { bin },
  undoable: false,
});

function cut(steps: Step[], most: number): Step[][] {
  const chunks: Step[][] = [];
  for (let at = 0; at < steps.length;) {
    const end = endOfChunk(steps, at, most);
    chunks.push(steps.slice(at, end));
    at = end;
  }
  return chunks;
}

describe('what a chunk holds', () => {
  const step = fc.oneof(
    fc.constant(null).map(label),
    fc.constantFrom('A', 'B', 'C').map((bin) => importInto(bin)),
  );

  test('every step stands in one chunk, in its order; none is over the most, none holds two kinds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (steps, most) => {
        const chunks = cut(steps, most);
        expect(chunks.flat()).toEqual(steps);
        for (const chunk of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(most);
          expect(new Set(chunk.map(({ kind }) => kind)).size).toBe(1);
        }
      }),
    );
  });

  test('the imports of one bin stay together where they fit', () => {
    const steps = ['A', 'A', 'A', 'B', 'B', 'B', 'C'].map((bin) => importInto(bin));
    expect(cut(steps, 5).map((chunk) => chunk.length)).toEqual([3, 4]);
    expect(cut(steps, 2).map((chunk) => chunk.length)).toEqual([2, 1, 2, 2]);
  });

  // Whatever looked through all of them for each would not end within the time a test has.
  test('300,000 files of one bin are cut', () => {
    const steps = Array.from({ length: 300_000 }, () => importInto('A'));
    expect(cut(steps, 100)).toHaveLength(3000);
  });
});

describe('how large the next one is', () => {
  test('between 200 and 400 ms it stays as it is', () => {
    for (const ms of [200, 300, 400]) expect(nextSize({ size: 40, steps: 40, ms }, 200)).toBe(40);
  });

  test('a slow one shrinks to what 300 ms hold, a quick one grows to it', () => {
    expect(nextSize({ size: 100, steps: 100, ms: 600 }, 200)).toBe(50);
    expect(nextSize({ size: 100, steps: 100, ms: 150 }, 1000)).toBe(200);
  });

  test('one hiccup costs no more than three quarters, one lucky call gains no more than four times', () => {
    expect(nextSize({ size: 100, steps: 100, ms: 60_000 }, 200)).toBe(25);
    expect(nextSize({ size: 25, steps: 25, ms: 0 }, 2000)).toBe(100);
  });

  test('a short and quick one teaches nothing', () => {
    expect(nextSize({ size: 25, steps: 1, ms: 1 }, 2000)).toBe(25);
    expect(nextSize({ size: 25, steps: 1, ms: 190 }, 2000)).toBe(25);
    expect(nextSize({ size: 100, steps: 60, ms: 199 }, 2000)).toBe(100);
  });

  test('it is never under one or over the most', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.nat(5000),
        fc.nat(100_000),
        fc.integer({ min: 1, max: 2000 }),
        (a, b, ms, most) => {
          const next = nextSize({ size: a + 1, steps: Math.min(a, b) + 1, ms }, most);
          expect(Number.isInteger(next) && next >= 1 && next <= most).toBe(true);
        },
      ),
    );
  });

  test('whatever a step costs, calls settle between 200 and 400 ms, or at a bound', () => {
    const [most, cases] = [
      2000,
      fc.record({ each: fc.double({ min: 0.05, max: 900, noNaN: true }), call: fc.nat(80) }),
    ];
    fc.assert(
      fc.property(cases, ({ each, call }) => {
        let size = FIRST;
        const cost = () => call + size * each;
        for (let turn = 0; turn < 12; turn++) size = nextSize({ size, steps: size, ms: cost() }, most);
        const settled = (cost() >= 200 && cost() <= 400) || size === 1 || size === most;
        // Steps are whole: one more or less may step over the window.
        expect(settled || each > 100, `${size} steps of ${each} ms take ${cost()} ms`).toBe(true);
      }),
    );
  });
});

/** An editor whose every step takes its time, and the clock that shows it. */
function slowEditor(msOf: (step: Step) => number, chunk?: number) {
  let clock = 0;
  const calls: { kind: string; steps: number; ms: number }[] = [];
  const editor = {
    about: () =>
      Promise.resolve({
        editor: 'premiere',
        editorVersion: '26.5',
        adapter: 'stand-in',
        project: { id: 'p', name: 'P' },
        importable: [],
        lacks: [],
        ...(chunk === undefined ? {} : { chunk }),
      }),
    apply: (steps: Step[]) => {
      const before = clock;
      for (const each of steps) clock += msOf(each);
      calls.push({ kind: steps[0]!.kind, steps: steps.length, ms: clock - before });
      return Promise.resolve(steps.map(({ id }) => ({ id, result: 'verified' as const })));
    },
  } as unknown as Editor;
  return { editor, calls, now: () => clock };
}

const planOf = (steps: Step[]): Plan =>
  ({ kind: 'plan', version: 1, manifest: 'm', steps, blocked: [], kept: [], counts: {} }) as unknown as Plan;

describe('applying', () => {
  test('each kind has a pace of its own', async () => {
    const slow = slowEditor((step) => (step.kind === 'import' ? 30 : 0.5));
    const steps = [
      ...Array.from({ length: 100 }, () => importInto('A')),
      ...Array.from({ length: 900 }, label),
    ];
    const receipt = await applyPlan(planOf(steps), slow.editor, { now: slow.now });
    expect(receipt.steps.map(({ id }) => id)).toEqual(steps.map(({ id }) => id));
    expect(slow.calls.filter(({ kind }) => kind === 'import').map((call) => call.steps)).toEqual([
      25,
      ...Array.from({ length: 7 }, () => 10),
      5,
    ]);
    expect(slow.calls.filter(({ kind }) => kind === 'set-label').map((call) => call.steps)).toEqual([
      25, 100, 200, 200, 200, 175,
    ]);
  });

  test('bins of two files, which never fill a chunk, grow all the same', async () => {
    const quick = slowEditor(() => 1);
    const steps = Array.from({ length: 600 }, (_, place) => importInto(`bin ${place >> 1}`));
    await applyPlan(planOf(steps), quick.editor, { now: quick.now });
    expect(quick.calls.map((call) => call.steps)).toEqual([24, 100, 200, 200, 76]);
  });

  test('the editor says how many it takes at most, the caller may say fewer', async () => {
    for (const [chunk, asked, most] of [
      [2000, undefined, 1600],
      [60, undefined, 60],
      [2000, 7, 7],
    ] as const) {
      const quick = slowEditor(() => 0.01, chunk);
      const steps = Array.from({ length: 3000 }, label);
      await applyPlan(planOf(steps), quick.editor, { now: quick.now, ...(asked ? { chunk: asked } : {}) });
      expect(Math.max(...quick.calls.map((call) => call.steps))).toBe(most);
    }
  });

  test('after Cancel the editor is not called again, and what is left is noted in a few large parts', async () => {
    const slow = slowEditor(() => 30);
    const stop = new AbortController();
    const noted: number[] = [];
    const receipt = await applyPlan(planOf(Array.from({ length: 5000 }, label)), slow.editor, {
      now: slow.now,
      signal: stop.signal,
      onChunk: ({ steps }) => {
        noted.push(steps.length);
        stop.abort();
      },
    });
    expect(slow.calls).toHaveLength(1);
    expect(receipt.stopped).toBe('cancelled');
    expect(receipt.steps).toHaveLength(5000);
    expect(receipt.steps.filter(({ result }) => result === 'skipped')).toHaveLength(
      5000 - slow.calls[0]!.steps,
    );
    expect(noted.length).toBeLessThanOrEqual(12);
  });

  test('the page gets its turn between two calls', async () => {
    const order: string[] = [];
    const { editor, now } = slowEditor(() => 1);
    const apply = editor.apply.bind(editor);
    editor.apply = (steps) => {
      order.push('call');
      setTimeout(() => order.push('turn'), 0);
      return apply(steps);
    };
    await applyPlan(planOf(Array.from({ length: 4 }, label)), editor, { now, chunk: 2 });
    expect(order).toEqual(['call', 'turn', 'call', 'turn']);
  });
});
