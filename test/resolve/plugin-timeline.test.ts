/** A Resolve timeline read by the plugin: the source maths, speeds, transitions, nests, and sync on request. */
import { describe, expect, test } from 'vitest';
import { cutTimeline, findClip, type ResolveCut } from '../../host/standin/resolve/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip } from '../bridge/premiere-stage.ts';
import { cutOfTestMedia as cut, resolveStage } from './plugin-stage.ts';

const VERSIONS = ['19.0.2', '20.1', '21.0', '21.1'];

describe.each(VERSIONS)('Resolve %s', (version) => {
  const read = async (...cuts: ResolveCut[]) => {
    const { editor } = await cut(cuts, { version });
    return (await editor.sequence())!;
  };
  const places = async (...cuts: ResolveCut[]) =>
    (await read(...cuts)).tracks.flatMap(({ items }) =>
      items.map(({ in: from, out, source, speed }) => [
        from,
        out,
        source?.in,
        source?.out,
        speed && `${speed.num}/${speed.den}`,
      ]),
    );

  test('plain picture and its linked sound', async () => {
    const sequence = await read(
      { file: '/Shoot/A001.mov', track: 'V1', at: 0, duration: 48, in: 100 },
      { file: '/Shoot/A001.mov', track: 'A1', at: 0, duration: 48, in: 100 },
      { file: '/Shoot/A002.mov', track: 'V2', at: 48, duration: 24, in: 7, enabled: false },
    );
    expect(sequence).toMatchObject({
      name: 'Cut',
      rate: RATES['23.976'],
      start: 86400,
      size: { width: 1920, height: 1080 },
    });
    const [v1, v2, a1] = sequence.tracks;
    expect(v1!.items).toMatchObject([
      {
        in: 0,
        out: 48,
        source: { file: '/Shoot/A001.mov', in: 100, out: 148, start: 86400, duration: 2400 },
        link: 1,
      },
    ]);
    expect(a1!.items[0]).toMatchObject({ link: 1, source: { in: 100, out: 148 } });
    expect(v2!.items[0]).toMatchObject({ enabled: false, source: { in: 7, out: 31 } });
  });

  test('media of another rate count at their own', async () => {
    expect(await places({ file: '/Shoot/A003.mov', track: 'V1', at: 0, duration: 240, in: 50 })).toEqual([
      [0, 240, 50, 300, '1/1'],
    ]);
  });

  test('a start frame that is one off does not move the source in', async () => {
    const cuts = {
      file: '/Shoot/A001.mov',
      track: 'V1',
      at: 0,
      duration: 48,
      in: 100,
      offByOne: true,
    } as const;
    expect(await places(cuts)).toEqual([[0, 48, 100, 148, '1/1']]);
  });

  test('sound counts samples, exactly, from an offset in timeline frames', async () => {
    const sequence = await read({ file: '/Shoot/S001.wav', track: 'A1', at: 10, duration: 24, in: 48 });
    expect(sequence.tracks[1]!.items[0]).toMatchObject({
      in: 10,
      out: 34,
      source: { rate: { num: 48000, den: 1, drop: false }, in: 48 * 2002, out: 72 * 2002 },
    });
  });

  test.each([
    ['half speed', { num: 1, den: 2 }, '/Shoot/A001.mov', [0, 48, 200, 224, '1/2']],
    ['twice as fast', { num: 2, den: 1 }, '/Shoot/A001.mov', [0, 48, 200, 296, '2/1']],
    ['backwards', { num: -1, den: 1 }, '/Shoot/A001.mov', [0, 48, 200, 248, '-1/1']],
    ['half speed of another rate', { num: 1, den: 2 }, '/Shoot/HFR.mov', [0, 48, 200, 260, '1/2']],
    ['a freeze', { num: 0, den: 1 }, '/Shoot/A001.mov', [0, 48, 200, 201, '0/1']],
  ] as const)('%s', async (_name, speed, file, wanted) => {
    expect(await places({ file, track: 'V1', at: 0, duration: 48, in: 200, speed })).toEqual([wanted]);
  });

  test('what came in through an xmeml has a speed only where Resolve tells it', async () => {
    const [found] = await places({
      file: '/Shoot/A001.mov',
      track: 'V1',
      at: 0,
      duration: 48,
      in: 100,
      imported: true,
    });
    expect(found).toEqual([0, 48, 100, 148, version === '21.1' ? '1/1' : null]);
  });

  test('what runs backwards or stands still, and came in through an xmeml, has no speed that could be trusted', async () => {
    for (const speed of [
      { num: -1, den: 1 },
      { num: 0, den: 1 },
    ]) {
      const [found] = await places({
        file: '/Shoot/A001.mov',
        track: 'V1',
        at: 0,
        duration: 48,
        in: 100,
        speed,
        imported: true,
      });
      expect(found![4]).toBeNull();
    }
  });

  test('transitions and titles are told apart', async () => {
    const sequence = await read(
      { file: '/Shoot/A001.mov', track: 'V1', at: 0, duration: 48 },
      { file: null, track: 'V1', at: 42, duration: 12, transition: true },
      { file: null, track: 'V2', at: 0, duration: 20 },
    );
    expect(sequence.tracks[0]).toMatchObject({
      items: [{ out: 48 }],
      transitions: [{ in: 42, out: 54, name: 'Cross Dissolve' }],
    });
    expect(sequence.tracks[1]).toMatchObject({ items: [{ kind: 'title', source: null }], transitions: [] });
  });

  test('a timeline in a timeline is nested, and lies in the Media Pool without being media', async () => {
    const inner = await cut([{ file: '/Shoot/A001.mov', track: 'V1', at: 0, duration: 48 }], { version });
    const state = inner.state();
    cutTimeline(state, 'Reel', [{ file: 'Cut', track: 'V1', at: 0, duration: 40, in: 8 }]);
    const { editor, resolve } = resolveStage({ version, state });
    expect((await editor.sequence())!.tracks[0]!.items).toMatchObject([
      { kind: 'nested', name: 'Cut', source: { file: null, name: 'Cut', in: 8, out: 48, start: 86400 } },
    ]);
    const { items } = await editor.snapshot();
    expect(items.filter(({ kind }) => kind === 'sequence').map(({ name, file }) => [name, file])).toEqual([
      ['Cut', null],
      ['Reel', null],
    ]);
    expect(items.find(({ name }) => name === 'A001.mov')!.usedIn).toEqual(['Cut']);
    expect(resolve.crashes).toEqual([]);
  });
});

describe('sync by Resolve itself', () => {
  const pair = (picture: string, ...sounds: string[]) => ({
    picture: clip(picture),
    sounds: sounds.map((each) => clip(each)),
  });
  const asked = [
    pair('/Shoot/A001.mov', '/Shoot/S001.wav'),
    pair('/Shoot/A003.mov', '/Shoot/S001.wav'),
    pair('/Shoot/A002.mov', '/Shoot/S009.wav'),
  ];

  test('is judged by what is linked, never by the boolean, and keeps what the camera recorded', async () => {
    const { editor, resolve } = await cut([]);
    expect((await editor.about()).syncsSound).toBe(true);
    const [one, late, without] = await editor.syncSound(asked);
    expect(one).toMatchObject({ path: 'A001.mov', result: 'linked', sound: '/Shoot/S001.wav' });
    expect(late).toMatchObject({ result: 'no', reason: expect.stringContaining('gives no reason') });
    expect(without).toMatchObject({ result: 'no', reason: 'No sound of A002.mov is in the project.' });
    expect(findClip(resolve.state, '/Shoot/A001.mov').synced).toBeDefined();
    expect(resolve.writes['MediaPool.AutoSyncAudio']).toBe(2);
    expect((await editor.syncSound(asked))[0]).toMatchObject({ result: 'was' });
  });

  test('a sound that nobody asked for is named', async () => {
    const { editor, resolve } = await cut([]);
    findClip(resolve.state, '/Shoot/A001.mov').synced = { name: 'B.wav', path: '/Old/B.wav', offset: 0 };
    expect((await editor.syncSound(asked))[0]).toMatchObject({
      result: 'other',
      reason: 'A001.mov was linked to another sound: /Old/B.wav.',
    });
  });

  test('another project that was opened meanwhile is not written to', async () => {
    const { editor, resolve } = await cut([]);
    await editor.snapshot();
    resolve.state.project.id = 'another';
    await expect(editor.syncSound(asked)).rejects.toThrow('nothing was written to it');
    expect(resolve.writes['MediaPool.AutoSyncAudio']).toBeUndefined();
  });

  test('is not offered, and refused, where this Resolve has no such call', async () => {
    const { editor } = await cut([], { version: '19.0.2' });
    expect((await editor.about()).syncsSound).toBeUndefined();
    await expect(editor.syncSound(asked)).rejects.toThrow('came with 19.1');
  });
});
