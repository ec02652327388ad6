/** The stand-in's state is plain JSON that another process goes on from exactly, and damage is said, not guessed at. */
import { describe, expect, test } from 'vitest';
import { openStandin } from '../../bridge/hosts/standin.ts';
import {
  cutSequence,
  deleteItem,
  deleteMarker,
  editMarker,
  findClip,
  moveItem,
  renameBin,
  setLabel,
} from '../../host/standin/premiere/edit.ts';
import { emptyState, readState } from '../../host/standin/premiere/state.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  addMarker,
  BUNDLE,
  importTo,
  label,
  makeBin,
  metadata,
  note,
  stage,
  words,
} from '../bridge/premiere-stage.ts';

const through = (state: unknown): unknown => JSON.parse(JSON.stringify(state));

const FIRST = () => [
  makeBin('Scenes', '07'),
  importTo('/Shoot/A001.mov', 'Scenes', '07'),
  label('/Shoot/A001.mov', 'circled'),
  metadata('/Shoot/A001.mov', { take: '3', batonId: 'c1' }),
  addMarker('/Shoot/A001.mov', note(RATES['23.976'], 99)),
];
const SECOND = () => [
  makeBin('Scenes', '08'),
  importTo('/Shoot/A002.mov', 'Scenes', '08'),
  addMarker('/Shoot/A002.mov', note(RATES['23.976'], 1)),
  metadata('/Shoot/A002.mov', { take: '4' }),
];

describe('a saved state', () => {
  test('goes on in another process as if there had been one', async () => {
    const one = stage();
    await words(one, FIRST());
    const two = stage({ state: through(one.state()) });
    expect(two.state()).toEqual(one.state());
    expect(await two.editor.snapshot()).toEqual(await one.editor.snapshot());
    expect(await words(two, SECOND())).toEqual(await words(one, SECOND()));
    expect(through(two.state())).toEqual(one.state());
    expect((await two.editor.about()).project).toEqual((await one.editor.about()).project);
  });

  test('carries imports that have not appeared yet', async () => {
    const one = stage({ misbehaviour: { lateImport: 1 } });
    const step = importTo('/Shoot/A001.mov');
    expect(await words(one, [step])).toEqual([expect.stringMatching(/^unverified/)]);
    const two = stage({ state: through(one.state()) });
    expect(await two.editor.readBack([step])).toMatchObject([{ result: 'verified' }]);
  });

  test('does not change under the hands of its reader, nor the reader through it', async () => {
    const state = emptyState();
    const one = stage({ state });
    const before = one.state();
    await words(one, FIRST());
    expect(state).toEqual(emptyState());
    expect(before).toEqual(emptyState());
  });

  test('of a large project survives: 20,000 clips in one bin', () => {
    const state = emptyState();
    state.root.children = Array.from({ length: 20_000 }, (_, i) => ({
      id: (0x200000 + i).toString(16).padStart(8, '0'),
      kind: 'clip' as const,
      name: `${i}`,
      label: 0,
      metadata: [],
      markers: [],
    }));
    expect(stage({ state: through(state) }).state().root.children).toHaveLength(20_000);
  });

  test.each([
    [null, 'its kind is undefined'],
    [[], 'its kind is undefined'],
    ['text', 'its kind is undefined'],
    [{ kind: 'project', version: 1 }, 'its kind is "project", not "standin-premiere"'],
    [{ kind: 'standin-premiere', version: 2 }, 'is damaged at version'],
    [{ ...emptyState(), root: undefined }, 'is damaged at root'],
    [{ ...emptyState(), nextNode: 'x' }, 'is damaged at nextNode'],
    [
      { ...emptyState(), root: { ...emptyState().root, children: [{ id: 'zz' }] } },
      'is damaged at root.children.0.id: a node id has eight hex digits',
    ],
  ])('that is %j is refused with the place', (state, message) => {
    expect(() => readState(state)).toThrow(message as string);
    expect(() => stage({ state: state ?? 'null' })).toThrow('stand-in Premiere');
  });

  test('cannot be opened without the built code, and that is said', () => {
    expect(() => openStandin({ bundle: `${BUNDLE}.none`, media: () => null })).toThrow('npm run build');
  });
});

describe("the editor's hands", () => {
  async function edited(change: (state: ReturnType<typeof emptyState>) => void) {
    const open = stage();
    await words(open, FIRST());
    const state = open.state();
    change(state);
    return (await stage({ state: through(state) }).editor.snapshot()).items[0];
  }

  test('move, rename, relabel and delete show in the next snapshot', async () => {
    expect((await edited((state) => moveItem(state, '/Shoot/A001.mov', ['Scenes'])))!.bin).toEqual([
      'Scenes',
    ]);
    expect((await edited((state) => renameBin(state, ['Scenes', '07'], '7')))!.bin).toEqual(['Scenes', '7']);
    expect((await edited((state) => setLabel(state, '/Shoot/A001.mov', 9)))!.label).toBe('Blue');
    expect(await edited((state) => deleteItem(state, '/Shoot/A001.mov'))).toBeUndefined();
  });

  test('change and delete a marker', async () => {
    const moved = await edited((state) =>
      editMarker(state, '/Shoot/A001.mov', 'note-99', { name: 'Mine', colour: 1 }),
    );
    expect(moved!.markers).toMatchObject([{ id: 'note-99', name: 'Mine', colour: 'red' }]);
    expect((await edited((state) => deleteMarker(state, '/Shoot/A001.mov', 'note-99')))!.markers).toEqual([]);
  });

  test('say what is not there', () => {
    const state = emptyState();
    expect(() => findClip(state, '/x.mov')).toThrow('/x.mov is not in');
    expect(() => moveItem(state, '/x.mov', [])).toThrow('/x.mov is not in');
    expect(() => renameBin(state, ['A'], 'B')).toThrow('there is no bin A');
    const cut = { name: 'C', rate: RATES['25'], start: 0, size: { width: 1, height: 1 }, items: [] };
    const at = { recordIn: 0, duration: 1 };
    expect(() => cutSequence(state, { ...cut, items: [{ sequence: 'none', track: 'V1', ...at }] })).toThrow(
      'no sequence "none"',
    );
    expect(() => cutSequence(state, { ...cut, titles: [{ name: 'T', track: 'X1' as 'V1', ...at }] })).toThrow(
      '"X1" is no track',
    );
    expect(() => editMarker(state, '/x.mov', 'n', {})).toThrow('/x.mov');
  });

  test('a refused cut leaves no half a sequence behind', () => {
    const state = emptyState();
    const item = { file: '/none.mov', track: 'V1' as const, recordIn: 0, duration: 1 };
    expect(() =>
      cutSequence(state, {
        name: 'C',
        rate: RATES['25'],
        start: 0,
        size: { width: 1, height: 1 },
        items: [item],
      }),
    ).toThrow();
    expect([state.sequences, state.root.children, state.activeSequence]).toEqual([[], [], null]);
  });
});
