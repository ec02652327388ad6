/**
 * What every way into an editor must do, written once: each adapter's test hands in how its editor is opened, and the same tests run
 * over each. A project is saved and opened again as a stand-in's state, so that two adapters can go on from one another.
 */
import { describe, expect, test } from 'vitest';
import { applyPlan, countResults } from '../../bridge/apply.ts';
import type { Editor } from '../../bridge/contract.ts';
import type { MediaFacts, StandinState } from '../../host/standin/premiere/state.ts';
import type { Step } from '../../manifest/documents/plan.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { plan } from '../../manifest/plan.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  addMarker,
  clip,
  importTo,
  label,
  makeBin,
  MEDIA,
  metadata,
  move,
  note,
  updateMarker,
} from '../bridge/premiere-stage.ts';
import { nextDayTests } from './next-day.ts';
import { mediaOf, ROOTS, shoot } from './shoot.ts';

export interface OpenedEditor<State = StandinState> {
  editor: Editor;
  /** A copy of all that the project holds, for opening it again. */
  saved(): State;
}

export interface OpenOptions<Misbehaviour, State = StandinState> {
  /** What the disk says of each file, by absolute path; any other file is not there. */
  media: Record<string, MediaFacts>;
  misbehaviour?: Misbehaviour;
  /** A new and empty project where absent. */
  saved?: State;
}

/** What a person does in the editor, on a saved project. */
export interface Hands<State> {
  moveItem(state: State, file: string, bin: string[]): void;
  renameBin(state: State, bin: string[], name: string): void;
  /** Rewrites the note on the marker that holds `holding`. */
  rewriteNote(state: State, file: string, holding: string, text: string): void;
}

export interface Acceptance<Misbehaviour, State = StandinState> {
  /** For the tests' names. */
  name: string;
  /** As its messages call it; Premiere where absent. */
  editor?: string;
  hands?: Hands<State>;
  open(options: OpenOptions<Misbehaviour, State>): OpenedEditor<State>;
  /** Ways to misbehave under which a handoff still goes in whole. */
  survives: Record<string, Misbehaviour>;
}

const SCENE = ['Scenes', '07', 'Take 03'];

/** Each step's result word, with its reason. */
async function words({ editor }: Pick<OpenedEditor, 'editor'>, steps: Step[]): Promise<string[]> {
  return (await editor.apply(steps)).map(({ result, reason }) => (reason ? `${result}: ${reason}` : result));
}

export async function planFor(handoff: Handoff, { editor }: Pick<OpenedEditor, 'editor'>) {
  const { importable } = await editor.about();
  return plan(handoff, await editor.snapshot(), { ...ROOTS, importable });
}

type Empty = () => Pick<OpenedEditor, 'editor'>;

export function acceptance<Misbehaviour, State = StandinState>(suite: Acceptance<Misbehaviour, State>): void {
  const empty = () => suite.open({ media: MEDIA });
  describe(`${suite.name}: steps`, () => {
    binTests(empty);
    importTests(empty, suite.editor ?? 'Premiere');
    itemTests(empty);
    removeTests(empty);
  });
  describe(`${suite.name}: a handoff`, () => handoffTests(suite));
  describe(`${suite.name}: the next day`, () => nextDayTests(suite));
}

function binTests(empty: Empty): void {
  test('a path is made level by level, and what is there is found, not made again', async () => {
    const open = empty();
    expect(await words(open, [makeBin('Scenes'), makeBin(...SCENE)])).toEqual(['verified', 'verified']);
    const again = await open.editor.apply([makeBin(...SCENE)]);
    expect(again[0]).toMatchObject({ result: 'verified', found: true });
    expect((await open.editor.snapshot()).bins.map(({ path }) => path)).toEqual([
      ['Scenes'],
      ['Scenes', '07'],
      SCENE,
    ]);
  });

  test('the result of a bin names the bin by its id', async () => {
    const open = empty();
    const results = await open.editor.apply([makeBin('Scenes'), makeBin('Scenes', '07')]);
    const bins = (await open.editor.snapshot()).bins;
    expect(results.map(({ item }) => item)).toEqual(bins.map(({ id }) => id));
  });
}

function importTests(empty: Empty, editor: string): void {
  test('files go into their bins, and each result names its item', async () => {
    const open = empty();
    const steps = [
      makeBin('A'),
      importTo('/Shoot/A001.mov', 'A'),
      makeBin('B'),
      importTo('/Shoot/S001.wav', 'B'),
      importTo('/Shoot/A002.mov', 'A'),
    ];
    const results = await open.editor.apply(steps);
    expect(results.map(({ id, result }) => [id, result])).toEqual(steps.map(({ id }) => [id, 'verified']));
    const items = (await open.editor.snapshot()).items;
    expect(items.map(({ file, bin }) => [file, bin])).toEqual([
      ['/Shoot/A001.mov', ['A']],
      ['/Shoot/A002.mov', ['A']],
      ['/Shoot/S001.wav', ['B']],
    ]);
    expect(results[1]!.item).toBe(items[0]!.id);
  });

  test('a file is imported once, however often it is asked for and wherever it lies', async () => {
    const open = empty();
    await words(open, [makeBin('Old'), importTo('/Shoot/A001.mov', 'Old'), makeBin('New')]);
    expect(await words(open, [importTo('/Shoot/A001.mov', 'Old')])).toEqual(['verified']);
    expect(await words(open, [importTo('/Shoot/A001.mov', 'New')])).toEqual([
      'failed: A001.mov: it is in the project already, in the bin Old; plan again to move it',
    ]);
    expect((await open.editor.snapshot()).items).toHaveLength(1);
  });

  test('a file that is not there, and a kind the editor does not take, fail with their reason; the others go in', async () => {
    const open = empty();
    expect(
      await words(open, [
        importTo('/Shoot/none.mov'),
        importTo('/Shoot/notes.pdf'),
        importTo('/Shoot/A001.mov'),
      ]),
    ).toEqual([
      'failed: none.mov: the file is not there',
      `failed: notes.pdf: ${editor} does not import .pdf`,
      'verified',
    ]);
  });
}

function itemTests(empty: Empty): void {
  test('an item moves, says where it stood, and moving again changes nothing', async () => {
    const open = empty();
    await words(open, [makeBin('A'), makeBin('B'), importTo('/Shoot/A001.mov', 'A')]);
    const step = move('/Shoot/A001.mov', ['A'], ['B']);
    expect((await open.editor.apply([step]))[0]).toMatchObject({
      result: 'verified',
      before: { bin: ['A'] },
    });
    expect(await words(open, [step])).toEqual(['verified']);
    expect(await words(open, [move('/Shoot/A001.mov', ['B'], [])])).toEqual(['verified']);
    expect((await open.editor.snapshot()).items[0]!.bin).toEqual([]);
  });

  test('label, fields and markers come back as they were written, and say what stood there', async () => {
    const open = empty();
    const rate = RATES['23.976'];
    const values = { scene: '7', take: '3', note: 'Ünder\n"quoted" & <b>', good: 'true', batonId: 'c1' };
    const marker = note(rate, 48, { duration: 24, comment: 'two\nlines' });
    const steps = [
      importTo('/Shoot/A001.mov'),
      label('/Shoot/A001.mov', 'circled'),
      metadata('/Shoot/A001.mov', values),
      addMarker('/Shoot/A001.mov', marker),
      updateMarker('/Shoot/A001.mov', marker, { ...marker, frame: 60, name: 'Moved' }),
    ];
    expect(await words(open, steps)).toEqual(steps.map(() => 'verified'));
    expect((await open.editor.snapshot()).items).toMatchObject([
      { label: 'circled', metadata: values, markers: [{ ...marker, frame: 60, name: 'Moved' }] },
    ]);
    const again = await open.editor.apply([label('/Shoot/A001.mov', 'wild')]);
    expect(again[0]).toMatchObject({ result: 'verified', before: { label: 'circled' } });
  });

  test('what is not in the project any more fails with its reason', async () => {
    expect(await words(empty(), [label('/Shoot/A001.mov', 'circled')])).toEqual([
      'failed: A001.mov: it is not in the project',
    ]);
  });
}

function removal(kind: 'remove-item' | 'remove-marker', file: string, gone: string, before: object): Step {
  return {
    id: `${kind}-${gone}`,
    kind,
    target: clip(file),
    before,
    after: { gone },
    why: '',
    undoable: false,
  } as Step;
}

function binRemoval(...bin: string[]): Step {
  const gone = bin.join('/');
  return {
    id: `remove-${gone}`,
    kind: 'remove-bin',
    target: { bin },
    before: { bin },
    after: { gone },
    why: '',
    undoable: true,
  };
}

function removeTests(empty: Empty): void {
  test('a marker, an item and its bin are taken away, and taking them away again is no fault', async () => {
    const open = empty();
    const marker = note(RATES['23.976'], 48);
    await words(open, [makeBin('A'), importTo('/Shoot/A001.mov', 'A'), addMarker('/Shoot/A001.mov', marker)]);
    const steps = [
      removal('remove-marker', '/Shoot/A001.mov', marker.id, { marker }),
      removal('remove-item', '/Shoot/A001.mov', 'c', { bin: ['A'] }),
      binRemoval('A'),
    ];
    expect(await words(open, steps)).toEqual(['verified', 'verified', 'verified']);
    expect(await words(open, steps)).toEqual(['verified', 'verified', 'verified']);
    expect(await open.editor.snapshot()).toMatchObject({ bins: [], items: [] });
  });

  test('a bin that holds anything stays', async () => {
    const open = empty();
    await words(open, [makeBin('A'), importTo('/Shoot/A001.mov', 'A')]);
    expect(await words(open, [binRemoval('A')])).toEqual([
      expect.stringContaining('failed: A: the bin "A" is not empty'),
    ]);
    expect((await open.editor.snapshot()).items).toHaveLength(1);
  });
}

function handoffTests<Misbehaviour, State>({ open, survives }: Acceptance<Misbehaviour, State>): void {
  const handoff = shoot(6);
  const media = mediaOf(handoff);

  test('goes in step by step verified, and planning again finds nothing, also once it was saved and opened', async () => {
    const opened = open({ media });
    const first = await planFor(handoff, opened);
    expect(first.counts).toMatchObject({ import: 12, 'set-metadata': 12, blocked: 0 });
    const receipt = await applyPlan(first, opened.editor, { patience: [] });
    expect(countResults(receipt)).toEqual({
      verified: first.steps.length,
      unverified: 0,
      failed: 0,
      skipped: 0,
    });
    expect((await planFor(handoff, opened)).steps).toEqual([]);
    const later = open({ media, saved: opened.saved() });
    expect((await planFor(handoff, later)).steps).toEqual([]);
  });

  test('applied twice adds nothing', async () => {
    const opened = open({ media });
    const first = await planFor(handoff, opened);
    await applyPlan(first, opened.editor, { patience: [] });
    const before = await opened.editor.snapshot();
    const again = await applyPlan(first, opened.editor, { patience: [] });
    expect(countResults(again).verified).toBe(first.steps.length);
    expect(await opened.editor.snapshot()).toEqual(before);
  });

  test('cut off after any chunk and planned again gives the rest and doubles nothing', async () => {
    const whole = await planFor(handoff, open({ media }));
    for (const stop of [1, 2, 3, 4]) {
      const opened = open({ media });
      const abort = new AbortController();
      let chunks = 0;
      const onChunk = () => {
        if (++chunks === stop) abort.abort();
      };
      const first = await planFor(handoff, opened);
      await applyPlan(first, opened.editor, { chunk: 10, signal: abort.signal, onChunk, patience: [] });
      const later = open({ media, saved: opened.saved() });
      const rest = await planFor(handoff, later);
      expect(rest.steps.length).toBeGreaterThan(0);
      expect(rest.steps.length).toBeLessThan(whole.steps.length);
      await applyPlan(rest, later.editor, { patience: [] });
      expect((await planFor(handoff, later)).steps).toEqual([]);
      expect((await later.editor.snapshot()).items).toHaveLength(12);
    }
  });

  test.each(Object.entries(survives))('goes in whole all the same: %s', async (_name, misbehaviour) => {
    const opened = open({ media, misbehaviour });
    const receipt = await applyPlan(await planFor(handoff, opened), opened.editor, { patience: [1, 1, 1] });
    expect(receipt.steps.filter(({ result }) => result !== 'verified')).toEqual([]);
    expect((await planFor(handoff, opened)).steps).toEqual([]);
    const plain = open({ media });
    await applyPlan(await planFor(handoff, plain), plain.editor, { patience: [] });
    expect(await contents(opened)).toEqual(await contents(plain));
  });
}

/** What a person sees of a project, without the editor's ids. */
export async function contents({ editor }: Pick<OpenedEditor, 'editor'>) {
  const { bins, items } = await editor.snapshot();
  return {
    bins: bins.map(({ path }) => path.join('/')).sort(),
    items: items
      .map(({ name, file, bin, label: colour, metadata: fields, markers }) => ({
        name,
        file,
        bin: bin.join('/'),
        label: colour,
        fields,
        markers,
      }))
      .sort((a, b) => ((a.file ?? a.name) < (b.file ?? b.name) ? -1 : 1)),
  };
}
