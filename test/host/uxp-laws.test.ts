/**
 * Laws of both ways into Premiere: the same handoff ends in the same project with the same receipt; killed after any write and
 * planned again it comes to the same end, doubles nothing and touches nothing else; taken back, the project is what it was.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPlan, type ApplyOptions } from '../../bridge/apply.ts';
import type { Editor } from '../../bridge/contract.ts';
import { receiptRecord } from '../../bridge/local/take-up.ts';
import type { UxpMisbehaviour } from '../../bridge/hosts/standin-uxp.ts';
import {
  allNodes,
  emptyState,
  newGuid,
  type StandinNode,
  type StandinState,
} from '../../host/standin/premiere/state.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { plan } from '../../manifest/plan.ts';
import { revertable, revertPlan } from '../../manifest/revert.ts';
import { importTo, label, makeBin, metadata, stage } from '../bridge/premiere-stage.ts';
import { mediaOf, ROOTS, shoot } from './shoot.ts';
import { uxpStage, VERSIONS } from './uxp-stage.ts';

const TAKES = 3;
const HANDOFF = shoot(TAKES);
const PLACES = HANDOFF.clips.map(({ path }) => `/Shoot/${path}`);
const FOREIGN = '/Else/home.mov';
const MEDIA = { ...mediaOf(HANDOFF), [FOREIGN]: Object.values(mediaOf(HANDOFF))[0]! };

/** What an editor's project held before Baton came. */
interface Start {
  /** Clips of the handoff that are in the project already, by place in the list. */
  there: number[];
  bins: string[][];
  labels: number[];
  scene: string;
  foreignMarkers: number;
}

const starts: fc.Arbitrary<Start> = fc.record({
  there: fc.uniqueArray(fc.nat(PLACES.length - 1), { maxLength: 4 }),
  bins: fc.array(
    fc.constantFrom(['Scenes'], ['Scenes', '07'], ['Dailies'], ['Scenes', '07', 'Take 01'], ['B-roll']),
    {
      maxLength: 3,
    },
  ),
  labels: fc.array(fc.nat(5), { maxLength: 3 }),
  scene: fc.constantFrom('', '7', 'kitchen'),
  foreignMarkers: fc.nat(2),
});

const misbehaviours: fc.Arbitrary<UxpMisbehaviour> = fc.constantFrom(
  {},
  { localised: true },
  { hiddenColumns: true },
  { staleActiveSequence: true },
);

async function startingState(start: Start): Promise<StandinState> {
  const { editor, state } = uxpStage({ media: MEDIA, state: emptyState(), version: '26.5' });
  const labels = ['circled', 'wild', 'rejected', 'alternate', 'unsynced', 'broll'] as const;
  const into = start.bins[0] ?? [];
  await editor.apply([
    ...start.bins.map((bin) => makeBin(...bin)),
    importTo(FOREIGN),
    label(FOREIGN, 'wild'),
    metadata(FOREIGN, { scene: 'mine', note: 'private' }),
    ...start.there.map((at) => importTo(PLACES[at]!, ...into)),
    ...start.there.flatMap((at, nth) => {
      const colour = start.labels[nth];
      return colour === undefined ? [] : [label(PLACES[at]!, labels[colour]!)];
    }),
    ...(start.scene === '' ? [] : start.there.map((at) => metadata(PLACES[at]!, { scene: start.scene }))),
  ]);
  const made = state();
  for (const node of allNodes(made.root).filter(({ kind }) => kind === 'clip'))
    for (let nth = 0; nth < start.foreignMarkers; nth++)
      node.markers.push({
        guid: newGuid(made),
        name: 'mine',
        comments: 'hands off',
        type: 'Comment',
        start: '0',
        end: '0',
        colour: nth,
      });
  return made;
}

/** A project without ids and order: what a person finds in it. */
function seen(state: StandinState): unknown {
  const bare = (node: StandinNode): unknown => ({
    kind: node.kind,
    name: node.name,
    label: node.label,
    path: node.media?.path,
    metadata: [...node.metadata].sort(),
    markers: node.markers
      .map((marker) => ({ ...marker, guid: '' }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    children: node.children?.map(bare).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  });
  return bare(state.root);
}

const foreign = (state: StandinState) => {
  const node = allNodes(state.root).find(({ media }) => media?.path === FOREIGN)!;
  return JSON.stringify({ ...node, id: '' });
};

async function planned(editor: Editor, handoff: Handoff) {
  return plan(handoff, await editor.snapshot(), { ...ROOTS, importable: (await editor.about()).importable });
}

const withReceipt = (handoff: Handoff, receipt: Receipt): Handoff => ({
  ...handoff,
  history: [...handoff.history, receiptRecord(receipt)],
});

/** Receipts are equal but for ids, times and the editor's version. */
function bareReceipt({ steps, plan: hash, stopped }: Receipt) {
  return {
    hash,
    stopped,
    steps: steps.map((step) => ({ ...step, item: '', target: { ...step.target, item: '' } })),
  };
}

const runs = { numRuns: 25 };

describe('two ways into one Premiere', () => {
  test('the same handoff ends in the same project, with the same receipt', async () => {
    await fc.assert(
      fc.asyncProperty(starts, fc.constantFrom(...VERSIONS), fc.nat(), async (start, version, seed) => {
        const state = await startingState(start);
        const cep = stage({ media: MEDIA, state });
        const uxp = uxpStage({ media: MEDIA, state, version, seed });
        const receipts = [];
        for (const { editor } of [cep, uxp])
          receipts.push(await applyPlan(await planned(editor, HANDOFF), editor, { patience: [] }));
        expect(seen(uxp.state())).toEqual(seen(cep.state()));
        expect(bareReceipt(receipts[1]!)).toEqual(bareReceipt(receipts[0]!));
      }),
      runs,
    );
  });

  test('what one began the other finishes', async () => {
    await fc.assert(
      fc.asyncProperty(starts, fc.nat(12), fc.boolean(), async (start, chunks, uxpFirst) => {
        const state = await startingState(start);
        const openers = [
          (from: StandinState) => uxpStage({ media: MEDIA, state: from }),
          (from: StandinState) => stage({ media: MEDIA, state: from }),
        ];
        const [first, second] = uxpFirst ? openers : openers.reverse();
        const one = first!(state);
        const abort = new AbortController();
        let left = chunks;
        const onChunk = () => void (left-- <= 0 && abort.abort());
        const receipt = await applyPlan(await planned(one.editor, HANDOFF), one.editor, {
          chunk: 4,
          signal: abort.signal,
          onChunk,
          patience: [],
        });
        const two = second!(one.state());
        const handoff = withReceipt(HANDOFF, receipt);
        const rest = await applyPlan(await planned(two.editor, handoff), two.editor, { patience: [] });
        expect((await planned(two.editor, withReceipt(handoff, rest))).steps).toEqual([]);
        expect((await two.editor.snapshot()).items).toHaveLength(PLACES.length + 1);
      }),
      runs,
    );
  });
});

/** One import that may be killed: what its journal held by then is what is known of it afterwards. */
async function importUntilKilled(opened: ReturnType<typeof uxpStage>, handoff: Handoff): Promise<Handoff> {
  const { editor, premiere } = opened;
  let journal: Receipt | null = null;
  const keep = (receipt: Receipt) => void (journal = structuredClone(receipt));
  const killed = new Error('killed');
  const mortal: Editor = {
    ...editor,
    apply: async (steps) => {
      const results = await editor.apply(steps);
      if (premiere.dead) throw killed;
      return results;
    },
  };
  const options: ApplyOptions = {
    patience: [],
    chunk: 5,
    onStart: keep,
    onIntent: (receipt, pending) => keep({ ...receipt, steps: [...receipt.steps, ...pending] }),
    onChunk: keep,
  };
  try {
    keep(await applyPlan(await planned(editor, handoff), mortal, options));
  } catch (error) {
    if (error !== killed) throw error;
  }
  return withReceipt(handoff, { ...journal!, ...(premiere.dead ? { stopped: 'killed' } : {}) });
}

describe('killed after any write', () => {
  test('the next import comes to the same end, doubles nothing, and touches nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        starts,
        misbehaviours,
        fc.nat(30),
        fc.nat(),
        async (start, misbehaviour, lives, seed) => {
          const state = await startingState(start);
          const whole = uxpStage({ media: MEDIA, state, misbehaviour });
          await importUntilKilled(whole, HANDOFF);
          const first = uxpStage({ media: MEDIA, state, misbehaviour, lives, seed });
          const handoff = await importUntilKilled(first, HANDOFF);
          const second = uxpStage({ media: MEDIA, state: first.state(), misbehaviour, seed });
          const done = await importUntilKilled(second, handoff);
          expect((await planned(second.editor, done)).steps).toEqual([]);
          expect(seen(second.state())).toEqual(seen(whole.state()));
          expect(foreign(second.state())).toBe(foreign(state));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('taken back', () => {
  test('the project is what it was before', async () => {
    await fc.assert(
      fc.asyncProperty(starts, misbehaviours, fc.nat(), async (start, misbehaviour, seed) => {
        const state = await startingState(start);
        const opened = uxpStage({ media: MEDIA, state, misbehaviour, seed });
        const handoff = await importUntilKilled(opened, HANDOFF);
        const snapshot = await opened.editor.snapshot();
        const back = revertPlan(revertable(handoff, snapshot.project.id), snapshot, { imported: 'remove' });
        expect(back.blocked).toEqual([]);
        const receipt = await applyPlan(back, opened.editor, { patience: [] });
        expect(receipt.steps.filter(({ result }) => result !== 'verified')).toEqual([]);
        expect(seen(opened.state())).toEqual(seen(state));
      }),
      runs,
    );
  });
});
