/** What a sequence's items are, how fast they run, and what an older or a foreign Premiere says of them. */
import { describe, expect, test } from 'vitest';
import { cutSequence } from '../../host/standin/premiere/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { cutStage, SIZE, stage } from './premiere-stage.ts';

describe('an item', () => {
  test.each([
    [2, { num: 2, den: 1 }],
    [0.5, { num: 1, den: 2 }],
    [-1, { num: -1, den: 1 }],
    [-0.3333, { num: -3333, den: 10000 }],
    [24 / 25, { num: 24, den: 25 }],
    [1.25, { num: 5, den: 4 }],
  ])('speed %d is read as an exact ratio', async (speed, ratio) => {
    const open = await cutStage({
      rate: RATES['23.976'],
      start: 0,
      items: [{ file: '/Shoot/A001.mov', track: 'V1', recordIn: 0, sourceIn: 0, duration: 480, speed }],
    });
    expect((await open.editor.sequence())!.tracks[0]!.items[0]!.speed).toEqual(ratio);
  });

  test('a speed that does not fit the spans varies; a speed of 0 is a freeze', async () => {
    const open = await cutStage({
      rate: RATES['23.976'],
      start: 0,
      items: [
        { file: '/Shoot/A001.mov', track: 'V1', recordIn: 0, duration: 48, remapped: true },
        { file: '/Shoot/A001.mov', track: 'V1', recordIn: 48, duration: 48, speed: 0 },
      ],
    });
    expect((await open.editor.sequence())!.tracks[0]!.items.map(({ speed }) => speed)).toEqual([
      null,
      { num: 0, den: 1 },
    ]);
  });

  test('titles, adjustments, nested sequences and multicam say what they are', async () => {
    const first = await cutStage({
      rate: RATES['25'],
      start: 0,
      items: [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50 }],
    });
    const state = first.state();
    cutSequence(state, {
      name: 'Outer',
      rate: RATES['50'],
      start: 0,
      size: SIZE,
      items: [
        { sequence: 'Cut 1', track: 'V1', recordIn: 0, duration: 20 },
        { file: '/Shoot/A001.mov', track: 'V1', recordIn: 20, duration: 20 },
      ],
      titles: [
        { name: 'Lower third', track: 'V2', recordIn: 0, duration: 10 },
        { name: 'Grade', track: 'V2', recordIn: 10, duration: 10, adjustment: true },
      ],
    });
    state.root.children!.find(({ media }) => media?.path === '/Shoot/A001.mov')!.kind = 'multicam';
    const tracks = (await stage({ state }).editor.sequence())!.tracks;
    expect(tracks[0]!.items.map(({ kind }) => kind)).toEqual(['nested', 'multicam']);
    expect(tracks[0]!.items[0]!.source).toMatchObject({
      file: null,
      name: 'Cut 1',
      rate: RATES['25'],
      in: 0,
      out: 10,
    });
    expect(tracks[1]!.items.map(({ kind, source, name }) => [kind, source, name])).toEqual([
      ['title', null, 'Lower third'],
      ['adjustment', null, 'Grade'],
    ]);
  });

  test('whose media was deleted from the project are kept, without a source', async () => {
    const open = await cutStage({
      rate: RATES['25'],
      start: 0,
      items: [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50 }],
    });
    const state = open.state();
    state.root.children = state.root.children!.filter(({ media }) => media?.path !== '/Shoot/A003.mov');
    expect((await stage({ state }).editor.sequence())!.tracks[0]!.items[0]).toMatchObject({
      in: 0,
      out: 50,
      source: null,
    });
  });

  test('before 22.0, which has no word for disabled, they are enabled', async () => {
    const open = await cutStage({
      rate: RATES['25'],
      start: 0,
      items: [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50, enabled: false }],
    });
    const state = { ...open.state(), appVersion: '14.9.0' };
    const snapshot = (await stage({ state }).editor.sequence())!;
    expect([snapshot.editorVersion, snapshot.tracks[0]!.items[0]!.enabled]).toEqual(['14.9.0', true]);
  });

  test('a Premiere in another language gives the same times and its own names', async () => {
    const cut = {
      rate: RATES['23.976'],
      start: 86400,
      items: [{ file: '/Shoot/A001.mov', track: 'V1' as const, recordIn: 0, sourceIn: 7, duration: 50 }],
      transitions: [{ track: 'V1' as const, in: 0, out: 12 }],
    };
    const english = (await (await cutStage(cut)).editor.sequence())!;
    const french = (await (await cutStage(cut, { misbehaviour: { localised: true } })).editor.sequence())!;
    expect(french.tracks[0]!.items).toEqual(english.tracks[0]!.items);
    expect([french.tracks[0]!.name, french.tracks[0]!.transitions[0]!.name]).toEqual([
      'Vidéo 1',
      'Fondu enchaîné',
    ]);
  });
});
