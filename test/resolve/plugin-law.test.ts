/**
 * The law of going in and coming out again in Resolve: whatever stood in the project, wherever Resolve dies, planning converges, nothing
 * doubles, nothing of a person's is touched, and taking it back gives what was there.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import { findClip, findFolder, moveClip } from '../../host/standin/resolve/edit.ts';
import {
  emptyState,
  folders,
  type ClipState,
  type FolderState,
  type ResolveState,
} from '../../host/standin/resolve/state.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt, ReceiptStep } from '../../manifest/documents/receipt.ts';
import { revertable, revertPlan } from '../../manifest/revert.ts';
import { stage as premiereStage } from '../bridge/premiere-stage.ts';
import { planFor } from '../host/acceptance.ts';
import { mediaOf, shoot } from '../host/shoot.ts';
import { asResolve, resolveStage } from './plugin-stage.ts';

const handoff = shoot(2);
const FOREIGN = '/Shoot/mine.mov';
const media: ReturnType<typeof mediaOf> = {
  ...mediaOf(handoff),
  [FOREIGN]: Object.values(mediaOf(handoff))[0]!,
};
const FILES = [...handoff.clips.map(({ path }) => `/Shoot/${path}`), FOREIGN];
const BINS = [[], ['Mine'], ['Scenes'], ['Scenes', '07A']];

interface Earlier {
  file: string;
  bin: string[];
  colour: string;
  comment: string;
  keywords: string;
  flags: string[];
  /** Frames with a marker of the person's own; notes are wanted on 302 and 1700. */
  marked: number[];
}

const earlier: fc.Arbitrary<Earlier[]> = fc.uniqueArray(
  fc.record({
    file: fc.constantFrom(...FILES),
    bin: fc.constantFrom(...BINS),
    colour: fc.constantFrom('', 'Green', 'Navy'),
    comment: fc.constantFrom('', 'mine'),
    keywords: fc.constantFrom('', 'mine', 'mine,Good Take'),
    flags: fc.subarray(['Green', 'Red', 'Sky']),
    marked: fc.subarray([0, 302, 1700, 1701, 1799]),
  }),
  { selector: ({ file }) => file, maxLength: 3 },
);

function begin(items: Earlier[]): ResolveState {
  const state = emptyState('21.0', true);
  for (const { bin, file, ...has } of items) {
    bin.forEach((name, depth) => {
      const above = findFolder(state, bin.slice(0, depth));
      if (!above.folders.some((each) => each.name === name))
        above.folders.push({ id: `folder-${state.next++}`, name, clips: [], folders: [] });
    });
    findFolder(state, bin).clips.push(clipState(state, file, has));
  }
  return state;
}

function clipState(state: ResolveState, file: string, has: Omit<Earlier, 'file' | 'bin'>): ClipState {
  const facts = asResolve(media[file]!);
  const timing =
    facts.type === 'Audio'
      ? { fps: 29.97, frames: 2098, start: 107892, drop: true }
      : { fps: facts.fps, frames: facts.frames, start: facts.start, drop: true };
  const note = { color: 'Pink', name: 'mine', note: 'mine', duration: 1, customData: '' };
  return {
    id: `clip-${state.next++}`,
    file,
    type: facts.type,
    ...timing,
    colour: has.colour,
    flags: [...has.flags],
    metadata: { Comments: has.comment, Keywords: has.keywords },
    thirdParty: {},
    markers: Object.fromEntries(has.marked.map((frame) => [frame, { ...note }])),
  };
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const filled = (values: Record<string, string>) =>
  Object.entries(values)
    .filter(([, text]) => text !== '')
    .sort();

/** A bin as a person sees it: without ids, order, and what Baton keeps for itself. */
function looks(folder: FolderState): unknown {
  const clips = folder.clips.map(({ file, colour, flags, metadata, markers }) => {
    const words = { ...metadata, Keywords: (metadata['Keywords'] ?? '').split(',').sort().join() };
    return { file, colour, flags: [...flags].sort(), metadata: filled(words), markers };
  });
  return { name: folder.name, clips: clips.sort(byText), folders: folder.folders.map(looks).sort(byText) };
}

const allClips = (state: ResolveState) => [...folders(state.root)].flatMap(({ folder }) => folder.clips);

/** Markers and clips that are a person's. */
function theirs(state: ResolveState): unknown {
  return allClips(state)
    .map(({ file, markers, ...clip }) => ({
      file,
      whole: file === FOREIGN ? clip : null,
      markers: Object.entries(markers).filter(([, { customData }]) => customData === ''),
    }))
    .filter(({ whole, markers }) => whole !== null || markers.length > 0)
    .sort(byText);
}

/** Carries a plan out on a Resolve that dies at a call, with a journal; the manifest with what the journal held. */
async function carryOut(made: Plan, state: ResolveState, document: Handoff, life: number) {
  let calls = 0;
  const opened = resolveStage({
    media,
    state,
    plugin: {
      onCall() {
        if (++calls > life) throw new Error('Resolve is gone');
      },
    },
  });
  let kept: Receipt | null = null;
  let pending: ReceiptStep[] = [];
  const keep = (receipt: Receipt) => {
    kept = structuredClone(receipt);
    pending = [];
  };
  await applyPlan(made, opened.editor, {
    chunk: 5,
    patience: [],
    onStart: keep,
    onIntent: (_, steps) => void (pending = structuredClone(steps)),
    onChunk: keep,
  }).catch(() => undefined);
  const after = { state: opened.state(), calls };
  if (!kept) return { ...after, document };
  const receipt: Receipt = { ...(kept as Receipt), steps: [...(kept as Receipt).steps, ...pending] };
  return {
    ...after,
    document: { ...document, history: [...document.history, { kind: 'import', at: receipt.at, receipt }] },
  };
}

const planIn = (document: Handoff, state: ResolveState) => planFor(document, resolveStage({ media, state }));
async function planOut(document: Handoff, state: ResolveState): Promise<Plan> {
  const snapshot = await resolveStage({ media, state }).editor.snapshot();
  return revertPlan(revertable(document, snapshot.project.id), snapshot, { imported: 'remove' });
}

async function inAndOut(began: ResolveState, inLife: number, outLife: number): Promise<void> {
  let [state, document] = [began, handoff];
  for (const life of [inLife, Infinity]) {
    const done = await carryOut(await planIn(document, state), state, document, life);
    [state, document] = [done.state, done.document];
  }
  expect((await planIn(document, state)).steps).toEqual([]);
  const files = allClips(state).map(({ file }) => file);
  expect(files.length).toBe(new Set(files).size);
  expect(files).toEqual(expect.arrayContaining(handoff.clips.map(({ path }) => `/Shoot/${path}`)));
  expect(theirs(state)).toEqual(theirs(began));
  for (const life of [outLife, Infinity]) {
    const done = await carryOut(await planOut(document, state), state, document, life);
    [state, document] = [done.state, done.document];
  }
  expect((await planOut(document, state)).steps).toEqual([]);
  expect(looks(state.root)).toEqual(looks(began.root));
}

describe("Resolve's plugin", () => {
  test('goes in and out again, from any project, whichever call is the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        earlier,
        fc.integer({ min: 0, max: 160 }),
        fc.integer({ min: 0, max: 160 }),
        (items, inLife, outLife) => inAndOut(begin(items), inLife, outLife),
      ),
      { numRuns: 120 },
    );
  }, 240_000);

  test('an update of a shared marker loses none of its notes, whichever call is the last', async () => {
    const first = await carryOut(await planIn(handoff, begin([])), begin([]), handoff, Infinity);
    const entries = first.document.log.entries.map((entry) => ({
      ...entry,
      notes: entry.notes.map((note) => ({ ...note, text: `${note.text}, again` })),
    }));
    const next = { ...first.document, log: { ...first.document.log, entries } };
    const whole = await carryOut(await planIn(next, first.state), first.state, next, Infinity);
    for (let life = 0; life <= whole.calls; life += 3) {
      const killed = await carryOut(await planIn(next, first.state), first.state, next, life);
      const later = await carryOut(
        await planIn(killed.document, killed.state),
        killed.state,
        killed.document,
        Infinity,
      );
      expect(looks(later.state.root), `the last call was ${life}`).toEqual(looks(whole.state.root));
    }
  }, 120_000);

  test("what a person did between two imports stays, and the next plan doesn't fight it", async () => {
    const acts: ((state: ResolveState) => void)[] = [
      (state) => moveClip(state, FILES[0]!, ['Scenes']),
      (state) => void (findClip(state, FILES[0]!).colour = 'Navy'),
      (state) => void (findClip(state, FILES[1]!).metadata['Scene'] = 'kitchen'),
      (state) => void (findClip(state, FILES[0]!).markers = {}),
      (state) => void (Object.values(findClip(state, FILES[1]!).markers)[0]!.note = 'mine now'),
      (state) => void (findFolder(state, ['Scenes']).name = 'My scenes'),
    ];
    await fc.assert(
      fc.asyncProperty(fc.subarray(acts), async (done) => {
        const first = await carryOut(await planIn(handoff, begin([])), begin([]), handoff, Infinity);
        const state = structuredClone(first.state);
        for (const act of [...done].sort((a, b) => acts.indexOf(a) - acts.indexOf(b))) act(state);
        const made = await planIn(first.document, state);
        const later = await carryOut(made, state, first.document, Infinity);
        expect(made.steps).toEqual([]);
        expect(looks(later.state.root)).toEqual(looks(state.root));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('one handoff makes the same bins in Premiere and in Resolve', async () => {
    const resolve = resolveStage({ media });
    const premiere = premiereStage({ media });
    for (const { editor } of [resolve, premiere])
      await applyPlan(await planFor(handoff, { editor }), editor, { patience: [] });
    const held = async ({ editor }: Pick<typeof premiere, 'editor'>) => {
      const { bins, items } = await editor.snapshot();
      return {
        bins: bins.map(({ path }) => path.join('/')).sort(),
        items: items
          .map(({ file, bin, markers }) => {
            // Whether labels drop is not known of a sound in Resolve.
            const notes = markers.map(({ id, frame, name, comment }) => ({ id, frame, name, comment }));
            return [file, bin.join('/'), notes];
          })
          .sort(byText),
      };
    };
    const made = await held(resolve);
    expect(made).toEqual(await held(premiere));
    expect(made.bins.length).toBeGreaterThan(3);
  });
});
