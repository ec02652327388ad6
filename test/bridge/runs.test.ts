/** Runs behind a face: one a manifest, whatever is asked meanwhile, and over in one of three ways. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runs, type Run } from '../../bridge/local/runs.ts';

interface Counting {
  running: boolean;
  failed?: string;
  counted: number;
}
const first = (): Counting => ({ running: true, counted: 0 });

/** Counts until it is stopped or has counted to `most`. */
const counting =
  (most: number) =>
  async ({ state, signal }: Run<Counting>) => {
    for (; state.counted < most; state.counted++) {
      if (signal.aborted) throw new Error(`stopped at ${state.counted}`);
      await new Promise((done) => setTimeout(done, 1));
    }
  };

test('one that is under way is gone on with, by whatever path it is asked for, and the next begins anew', async () => {
  const counts = runs<Counting>();
  expect(await counts.now('/Day 1/handoff.json')).toBeNull();
  const state = await counts.begin('/Day 1/handoff.json', first(), counting(5));
  const places: string[] = [];
  const never = ({ manifest }: Run<Counting>) => Promise.resolve(void places.push(manifest));
  expect(await counts.begin('/Day 1/../Day 1/handoff.json', first(), never)).toBe(state);
  await counts.begin('/Day 2/handoff.json', first(), never);
  expect(places).toEqual([resolve('/Day 2/handoff.json')]);
  await expect.poll(() => state.running).toBe(false);
  expect(state).toEqual({ running: false, counted: 5 });
  expect(await counts.begin('/Day 1/handoff.json', first(), counting(1))).not.toBe(state);
});

test('a stop resolves when it is over; a fault is said in its own words, a stop in ours where there are some', async () => {
  const [plain, worded] = [runs<Counting>(), runs<Counting>('Stopped.')];
  expect(await plain.stop('/handoff.json')).toBeNull();
  await plain.begin('/handoff.json', first(), counting(10_000));
  expect(await plain.stop('/handoff.json')).toMatchObject({ running: false, failed: 'stopped at 1' });
  await worded.begin('/handoff.json', first(), counting(10_000));
  expect(await worded.stop('/handoff.json')).toMatchObject({ running: false, failed: 'Stopped.' });
  const state = await worded.begin('/handoff.json', first(), () => Promise.reject(new Error('no drive')));
  await expect.poll(() => state.running).toBe(false);
  expect(state.failed).toBe('no drive');
});
