import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import { jobText } from '../../manifest/job.ts';
import type { Marker, Plan, Step } from '../../manifest/documents/plan.ts';
import {
  EDITIONS,
  SHOTS,
  clipOf,
  clipsIn,
  handoffOf,
  marker,
  media,
  planOf,
  runScript,
  shown,
  standinOf,
  step,
  target,
} from './stage.ts';

const STUDIO = EDITIONS[3]!;
const [PICTURE, , , SOUND] = SHOTS as [(typeof SHOTS)[0], unknown, unknown, (typeof SHOTS)[0]];
const clip = target(PICTURE);
const bring = step('in', { kind: 'import', target: clip, after: { bin: ['Day'] } });
const add = (made: Marker): Step =>
  step(`add ${made.id}`, { kind: 'add-marker', target: clip, after: { marker: made } });

async function apply(standin: StandinResolve, plan: Plan) {
  const run = await runScript(standin, jobText(plan, { handoff: handoffOf(SHOTS) }), false);
  expect(run.error).toBeNull();
  expect(standin.crashes).toEqual([]);
  return run.receipt!;
}
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

describe('what a person changed since the plan', () => {
  const move = (from: string) =>
    step('move', { kind: 'move', target: clip, before: { bin: [from] }, after: { bin: ['Scenes'] } });

  test('a clip where the plan saw it is moved', async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, planOf([bring]));
    const receipt = await apply(standin, planOf([move('Day')]));
    expect(clipsIn(standin.state).map(({ bin }) => bin)).toEqual([['Scenes']]);
    expect(receipt.steps[0]).toMatchObject({ result: 'verified', before: { bin: ['Day'] } });
  });

  test('a clip that lies elsewhere by now stays there', async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, planOf([bring]));
    const receipt = await apply(standin, planOf([move('Monday')]));
    expect(clipsIn(standin.state).map(({ bin }) => bin)).toEqual([['Day']]);
    expect(receipt.steps[0]).toMatchObject({ result: 'skipped' });
  });

  test('a label and a field that changed since are left, and said', async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, planOf([bring]));
    const held = clipOf(standin.state, PICTURE.name);
    held.colour = 'Pink';
    held.metadata = { Scene: '9', Take: '1' };
    const receipt = await apply(
      standin,
      planOf([
        step('label', {
          kind: 'set-label',
          target: clip,
          before: { label: 'circled' },
          after: { label: 'broll' },
        }),
        step('meta', {
          kind: 'set-metadata',
          target: clip,
          before: { metadata: { scene: '7', take: '1' } },
          after: { metadata: { scene: '07', take: '01' } },
        }),
      ]),
    );
    expect(held).toMatchObject({ colour: 'Pink', metadata: { Scene: '9', Take: '01' } });
    expect(receipt.steps.map((each) => each.result)).toEqual(['skipped', 'unverified']);
    expect(receipt.steps[1]!.reason).toBe('Scene was changed by hand; left so');
    expect(receipt.steps[1]!.before).toEqual({ metadata: { take: '1' } });
  });

  const dress = (label: 'circled' | 'rejected', scene: string, good: string) =>
    planOf([
      bring,
      step(`label ${label}`, { kind: 'set-label', target: clip, after: { label } }),
      step(`meta ${scene}`, {
        kind: 'set-metadata',
        target: clip,
        after: { metadata: { scene, take: '3', good } },
      }),
    ]);

  test("a later job, planned without the project, leaves a person's colour, field and keyword alone", async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, dress('circled', '7', 'true'));
    const held = clipOf(standin.state, PICTURE.name);
    Object.assign(held, {
      colour: 'Pink',
      metadata: { ...held.metadata, Scene: '7X', Keywords: '' },
      flags: [],
    });
    const receipt = await apply(standin, dress('circled', '7', 'true'));
    expect(held).toMatchObject({
      colour: 'Pink',
      metadata: { Scene: '7X', Take: '3', Keywords: '' },
      flags: [],
    });
    expect(receipt.steps.map((each) => each.result)).toEqual(['verified', 'skipped', 'skipped']);
    expect(shown(standin.state)[0]).toContain('1 of 3 steps done, 2 left as you have them');
  });

  test('a later job changes what nobody touched', async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, dress('circled', '7', 'true'));
    await apply(standin, dress('rejected', '07', 'false'));
    expect(clipOf(standin.state, PICTURE.name)).toMatchObject({
      colour: 'Chocolate',
      metadata: { Scene: '07', Keywords: '' },
      flags: [],
    });
  });

  test('what Resolve dropped is not taken for written', async () => {
    const standin = standinOf(STUDIO, {
      lies: new Set(['MediaPoolItem.SetMetadata', 'MediaPoolItem.SetClipColor']),
    });
    await apply(standin, dress('circled', '7', 'true'));
    const honest = new StandinResolve({ media, state: standin.state });
    const receipt = await apply(honest, dress('circled', '7', 'true'));
    expect(receipt.steps.map((each) => each.result)).toEqual(['verified', 'verified', 'verified']);
  });

  test('other keywords and flags are kept when a take is good and when it no longer is', async () => {
    const standin = standinOf(STUDIO);
    await apply(standin, planOf([bring]));
    const held = clipOf(standin.state, PICTURE.name);
    held.metadata['Keywords'] = 'night, rain';
    held.flags = ['Red'];
    const good = (value: string) =>
      planOf([step(value, { kind: 'set-metadata', target: clip, after: { metadata: { good: value } } })]);
    await apply(standin, good('true'));
    expect(held).toMatchObject({ metadata: { Keywords: 'night,rain,Good Take' }, flags: ['Red', 'Green'] });
    await apply(standin, good('false'));
    expect(held).toMatchObject({ metadata: { Keywords: 'night,rain' }, flags: ['Red'] });
  });

  test('a clip relinked to another path is known by its id, and not imported again', async () => {
    const standin = standinOf(STUDIO);
    const id = step('id', {
      kind: 'set-metadata',
      target: clip,
      after: { metadata: { batonId: clip.clip } },
    });
    await apply(standin, planOf([bring, id]));
    clipOf(standin.state, PICTURE.name).file = '/elsewhere/proxy.mov';
    const receipt = await apply(standin, planOf([bring, id]));
    expect(clipsIn(standin.state)).toHaveLength(1);
    expect(receipt.steps.map((each) => each.result)).toEqual(['verified', 'verified']);
  });

  test('a path that the disk holds in the other Unicode form is the same path', async () => {
    const standin = standinOf(STUDIO);
    const cafe = { clip: 'x', path: 'Caf\u00e9.mov', file: '/media/Caf\u00e9.mov' };
    const plan = planOf([step('in', { kind: 'import', target: cafe, after: { bin: ['Day'] } })]);
    standin.call('MediaPool:', 'AddSubFolder', [{ handle: 'Folder:folder-1' }, 'Day']);
    standin.call('MediaPool:', 'ImportMedia', [['/media/Cafe\u0301.mov']]);
    const receipt = await apply(standin, plan);
    expect(clipsIn(standin.state)).toHaveLength(1);
    expect(receipt.steps[0]!.result).toBe('verified');
  });
});
