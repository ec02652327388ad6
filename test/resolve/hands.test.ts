import { describe, expect, test } from 'vitest';
import { StandinResolve } from '../../host/standin/resolve/standin.ts';
import {
  EDITIONS,
  SHOTS,
  apply,
  clipOf,
  clipsIn,
  media,
  planOf,
  shown,
  standinOf,
  step,
  target,
} from './stage.ts';

const STUDIO = EDITIONS[3]!;
const PICTURE = SHOTS[0]!;
const clip = target(PICTURE);
const bring = step('in', { kind: 'import', target: clip, after: { bin: ['Day'] } });

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
