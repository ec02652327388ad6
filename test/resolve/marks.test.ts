import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import type { Marker, Step } from '../../manifest/documents/plan.ts';
import { EDITIONS, SHOTS, apply, clipOf, marker, media, planOf, standinOf, step, target } from './stage.ts';

const STUDIO = EDITIONS[3]!;
const [PICTURE, , , SOUND] = SHOTS as [(typeof SHOTS)[0], unknown, unknown, (typeof SHOTS)[0]];
const clip = target(PICTURE);
const bring = step('in', { kind: 'import', target: clip, after: { bin: ['Day'] } });
const add = (made: Marker): Step =>
  step(`add ${made.id}`, { kind: 'add-marker', target: clip, after: { marker: made } });

const marksOf = (standin: StandinResolve) => clipOf(standin.state, PICTURE.name).markers;
const tokens = (standin: StandinResolve) =>
  Object.values(marksOf(standin)).flatMap((mark) => mark.customData.match(/baton:[^\s|]+/g) ?? []);

describe('markers', () => {
  test('notes on one frame share a marker, and each is whole in it', async () => {
    const standin = standinOf(STUDIO);
    await apply(
      standin,
      planOf([bring, add(marker('a', 5, 'Script', 'one')), add(marker('b', 5, 'Sound', 'two | three'))]),
    );
    expect(marksOf(standin)).toEqual({
      5: {
        color: 'Sand',
        name: 'Script + Sound',
        note: 'Script: one\nSound: two | three',
        duration: 1,
        customData: 'baton:a|Script|one|Sand|1 baton:b|Sound|two%20%7C%20three|Sand|1',
      },
    });
  });

  test('markers in = markers out, whatever their words and frames', async () => {
    const note = fc.record({
      id: fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
      frame: fc.integer({ min: 0, max: 4 }),
      name: fc.string({ unit: 'grapheme', maxLength: 4 }),
      comment: fc.string({ maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(note, { selector: (one) => one.id, maxLength: 6 }),
        fc.nat(6),
        async (notes, first) => {
          const standin = standinOf(STUDIO);
          const steps = notes.map((one) => add(marker(one.id, one.frame, one.name, one.comment)));
          // In two jobs, as when a second log sheet arrives a day later.
          await apply(standin, planOf([bring, ...steps.slice(0, first)]));
          await apply(standin, planOf([bring, ...steps.slice(first)]));
          expect(tokens(standin)).toHaveLength(notes.length);
          expect(new Set(tokens(standin)).size).toBe(notes.length);
          const written = standin.writeCount;
          const again = await apply(standin, planOf([bring, ...steps]));
          expect(again.steps.map((each) => each.result)).toEqual(again.steps.map(() => 'verified'));
          // Only the line that says how many steps there were is new.
          expect(standin.writeCount - written).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a changed note changes alone in the marker that it shares', async () => {
    const standin = standinOf(STUDIO);
    const [a, b] = [marker('a', 5, 'Script', 'one'), marker('b', 5, 'Sound', 'two')];
    await apply(standin, planOf([bring, add(a), add(b)]));
    const changed = { ...b, comment: 'louder' };
    const update = step('up', {
      kind: 'update-marker',
      target: clip,
      before: { marker: b },
      after: { marker: changed },
    });
    const receipt = await apply(standin, planOf([update]));
    expect(marksOf(standin)[5]!.note).toBe('Script: one\nSound: louder');
    expect(receipt.steps[0]).toMatchObject({
      result: 'verified',
      before: { marker: { ...b, rate: b.rate } },
    });
  });

  test('a note that moves leaves the marker that it shared', async () => {
    const standin = standinOf(STUDIO);
    const [a, b] = [marker('a', 5, 'Script', 'one'), marker('b', 5, 'Sound', 'two')];
    await apply(standin, planOf([bring, add(a), add(b)]));
    const update = step('up', {
      kind: 'update-marker',
      target: clip,
      before: { marker: b },
      after: { marker: { ...b, frame: 9 } },
    });
    await apply(standin, planOf([update]));
    expect(marksOf(standin)[5]).toMatchObject({ name: 'Script', note: 'one', customData: 'baton:a' });
    expect(marksOf(standin)[9]).toMatchObject({ name: 'Sound', note: 'two', customData: 'baton:b' });
  });

  test("a person's own marker stays, and the note goes beside it", async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, planOf([bring]));
    const own = { color: 'Rose', name: 'mine', note: '', duration: 1, customData: '' };
    marksOf(standin)[5] = own;
    const plan = planOf([bring, add(marker('a', 5, 'Script', 'one'))]);
    const receipt = await apply(standin, plan);
    expect(marksOf(standin)).toMatchObject({ 5: own, 6: { note: 'one' } });
    expect(receipt.steps[1]!.reason).toBe('a marker of your own is at frame 5; put at 6');
    const written = standin.writeCount;
    await apply(standin, plan);
    expect(standin.writeCount).toBe(written);
  });

  test('a note that was changed in Resolve is left so', async () => {
    const standin = standinOf(STUDIO);
    const plan = planOf([bring, add(marker('a', 5, 'Script', 'one'))]);
    await apply(standin, plan);
    marksOf(standin)[5]!.note = 'my words';
    const receipt = await apply(standin, plan);
    expect(marksOf(standin)[5]!.note).toBe('my words');
    expect(receipt.steps[1]).toMatchObject({
      result: 'skipped',
      reason: 'this note was changed in Resolve; left so',
    });
  });

  test('a note that was deleted in Resolve stays away', async () => {
    const standin = standinOf(STUDIO);
    const plan = planOf([bring, add(marker('a', 5, 'Script', 'one')), add(marker('b', 9, 'Script', 'two'))]);
    await apply(standin, plan);
    delete marksOf(standin)[5];
    const receipt = await apply(standin, plan);
    expect(Object.keys(marksOf(standin))).toEqual(['9']);
    expect(receipt.steps[1]).toMatchObject({
      result: 'skipped',
      reason: 'this note was deleted in Resolve; left so',
    });
  });

  test('a run killed while it rewrites a shared marker loses none of its notes', async () => {
    const [a, b] = [marker('a', 5, 'Script', 'one'), marker('b', 5, 'Sound', 'two')];
    const both = planOf([bring, add(a), add(b)]);
    for (let k = 0; k < 12; k++) {
      const first = standinOf(STUDIO);
      await apply(first, planOf([bring, add(a)]));
      const dying = new StandinResolve({ media, state: first.state, stopAfterWrites: k });
      await apply(dying, both);
      const standin = new StandinResolve({ media, state: first.state });
      await apply(standin, both);
      expect([k, tokens(standin).sort()]).toEqual([k, ['baton:a', 'baton:b']]);
    }
  });

  test('a marker that cannot be written anew is put back as it was', async () => {
    const standin = standinOf(STUDIO);
    const a = marker('a', 5, 'Script', 'one');
    await apply(standin, planOf([bring, add(a)]));
    const refusing = new StandinResolve({
      media,
      state: standin.state,
      refuses: (full, args) => full === 'MediaPoolItem.AddMarker' && args[3] === 'cursed',
    });
    const cursed = { ...a, comment: 'cursed' };
    const update = step('up', {
      kind: 'update-marker',
      target: clip,
      before: { marker: a },
      after: { marker: cursed },
    });
    const receipt = await apply(refusing, planOf([update]));
    expect(marksOf(refusing)[5]).toMatchObject({ note: 'one', customData: 'baton:a' });
    expect(receipt.steps[0]!.result).toBe('unverified');
  });

  test('a frame past the end is failed, with the number of frames there are', async () => {
    const receipt = await apply(standinOf(STUDIO), planOf([bring, add(marker('a', 240, 'Script', 'late'))]));
    expect(receipt.steps[1]).toMatchObject({
      result: 'failed',
      reason: 'Resolve did not take the marker at frame 240; the clip has 240 frames',
    });
  });

  test('a sound counts at the rate that the project gave it', async () => {
    const standin = standinOf(STUDIO);
    const sound = target(SOUND);
    const made = { ...marker('a', 50, 'Sound', 'hum'), rate: { num: 25, den: 1, drop: false } };
    await apply(
      standin,
      planOf([
        step('in', { kind: 'import', target: sound, after: { bin: ['Sound'] } }),
        step('add', { kind: 'add-marker', target: sound, after: { marker: made } }),
      ]),
    );
    // Two seconds at 23.976 are 47.95 frames.
    expect(Object.keys(clipOf(standin.state, SOUND.name).markers)).toEqual(['48']);
  });
});
