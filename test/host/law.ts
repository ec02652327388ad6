/**
 * The law of going in and coming out again, over every way into Premiere: whatever stood in the project, however Premiere misbehaves and
 * wherever it is killed, planning converges, nothing doubles, nothing of anyone else's is touched, and taking it back gives what was there.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import type { Editor } from '../../bridge/contract.ts';
import { cutSequence, findBin, findClip, setLabel } from '../../host/standin/premiere/edit.ts';
import {
  newGuid,
  newNodeId,
  type StandinNode,
  type StandinState,
} from '../../host/standin/premiere/state.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt, ReceiptStep } from '../../manifest/documents/receipt.ts';
import { revertable, revertPlan } from '../../manifest/revert.ts';
import { MEDIA, SIZE } from '../bridge/premiere-stage.ts';
import { planFor, type Acceptance, type OpenedEditor } from './acceptance.ts';
import { DF, mediaOf, shoot } from './shoot.ts';

const handoff = shoot(3);
const media = { ...MEDIA, ...mediaOf(handoff) };
const FOREIGN = ['/Shoot/A001.mov', '/Shoot/S001.wav'];
const BINS = [[], ['Mine'], ['Mine', 'Deep'], ['Scenes'], ['Scenes', '07'], ['Sound']];

/** One thing that lies in the project before Baton comes. */
interface Earlier {
  file: string;
  bin: string[];
  label: number;
  note: string;
  marked: boolean;
  cut: boolean;
}
interface Start {
  bins: string[][];
  items: Earlier[];
}

const files = [...handoff.clips.map((clip) => `/Shoot/${clip.path}`), ...FOREIGN];
const startOf: fc.Arbitrary<Start> = fc.record({
  bins: fc.subarray(BINS.slice(1)),
  items: fc.uniqueArray(
    fc.record({
      file: fc.constantFrom(...files),
      bin: fc.constantFrom(...BINS),
      label: fc.integer({ min: 0, max: 15 }),
      note: fc.constantFrom('', 'mine', 'plane | plane'),
      marked: fc.boolean(),
      cut: fc.boolean(),
    }),
    { selector: ({ file }) => file, maxLength: 5 },
  ),
});

function begin(state: StandinState, { bins, items }: Start): StandinState {
  for (const path of [...bins, ...items.map(({ bin }) => bin)])
    path.forEach((name, depth) => {
      const parent = findBin(state, path.slice(0, depth));
      if (parent.children!.some((child) => child.name === name)) return;
      parent.children!.push({ ...bare(state), kind: 'bin', name, label: 7, children: [] });
    });
  for (const item of items) {
    const node = { ...bare(state), kind: 'clip' as const, name: `my ${item.file}`, label: 0 };
    findBin(state, item.bin).children!.push({ ...node, media: { path: item.file, ...media[item.file]! } });
    setLabel(state, item.file, item.label);
    if (item.note) findClip(state, item.file).metadata.push(['Column.Intrinsic.LogNote', item.note]);
    if (item.marked) findClip(state, item.file).markers.push(ownMarker(state));
  }
  const used = items.filter(({ cut }) => cut);
  const cut = used.map(({ file }, at) => ({ file, track: 'V1' as const, recordIn: at * 10, duration: 10 }));
  if (used.length > 0) cutSequence(state, { name: 'Mine', rate: DF, start: 0, size: SIZE, items: cut });
  return state;
}

function bare(state: StandinState) {
  return { id: newNodeId(state), metadata: [], markers: [] };
}

function ownMarker(state: StandinState) {
  return {
    guid: newGuid(state),
    name: 'mine',
    comments: 'mine',
    type: 'Comment',
    start: '0',
    end: '0',
    colour: 3,
  };
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** A project as one compares it: what it holds and where, without ids and without order. */
function looks(node: StandinNode): unknown {
  const { kind, name, label, media: file, metadata, markers, children } = node;
  const held = (children ?? []).map(looks).sort(byText);
  const marks = markers.map(({ guid: _guid, ...rest }) => rest);
  const path = file && file.path;
  return { kind, name, label, path, metadata: [...metadata].sort(), marks, held };
}

/** Everything that is not in the handoff, and every marker that is not Baton's. */
function notOurs(state: StandinState): unknown[] {
  const ours = new Set(handoff.clips.map((clip) => `/Shoot/${clip.path}`));
  const found: unknown[] = [state.sequences];
  const visit = (node: StandinNode, at: string) => {
    const markers = node.markers.filter(({ comments }) => !comments.includes('[baton:'));
    if (node.media && ours.has(node.media.path)) {
      if (markers.length > 0) found.push({ markers, path: node.media.path });
    } else if (node.kind !== 'bin') found.push({ ...node, children: [], at });
    for (const child of node.children ?? []) visit(child, `${at}/${node.name}`);
  };
  visit(state.root, '');
  // An item that moves leaves the order in which its neighbours stand.
  return found.sort(byText);
}

class Killed extends Error {}

/** An editor whose panel dies after so many steps: what was written stands, and nobody hears of it. */
function mortal(editor: Editor, life: number): Editor {
  let left = life;
  return {
    ...editor,
    async apply(steps) {
      if (left >= steps.length) {
        left -= steps.length;
        return editor.apply(steps);
      }
      if (left > 0) await editor.apply(steps.slice(0, left));
      throw new Killed();
    },
  };
}

/** Carries a plan out with a journal, and gives the manifest with what the journal held in its history. */
async function carryOut(made: Plan, editor: Editor, document: Handoff): Promise<Handoff> {
  let kept: Receipt | null = null;
  let pending: ReceiptStep[] = [];
  const keep = (receipt: Receipt) => {
    kept = structuredClone(receipt);
    pending = [];
  };
  try {
    await applyPlan(made, editor, {
      chunk: 7,
      patience: [0, 0, 0],
      onStart: keep,
      onIntent: (_, steps) => void (pending = structuredClone(steps)),
      onChunk: keep,
    });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    kept = { ...kept!, steps: [...kept!.steps, ...pending], stopped: 'killed' };
  }
  return { ...document, history: [...document.history, { kind: 'import', at: kept!.at, receipt: kept }] };
}

async function planBack(document: Handoff, { editor }: OpenedEditor): Promise<Plan> {
  const snapshot = await editor.snapshot();
  return revertPlan(revertable(document, snapshot.project.id), snapshot, { imported: 'remove' });
}

export function law<Misbehaviour>({ name, open, survives }: Acceptance<Misbehaviour>): void {
  const ways = [undefined, ...Object.values(survives)];
  const reopened = (opened: OpenedEditor, misbehaviour: Misbehaviour | undefined) =>
    open({ media, saved: opened.saved(), ...(misbehaviour ? { misbehaviour } : {}) });

  test(`${name}: in and out again, from any project, killed anywhere`, async () => {
    await fc.assert(
      fc.asyncProperty(
        startOf,
        fc.constantFrom(...ways),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        async (start, misbehaviour, inLife, outLife) => {
          const began = begin(open({ media }).saved(), start);
          let opened = open({ media, saved: began, ...(misbehaviour ? { misbehaviour } : {}) });
          let document = handoff;
          const enter = async (life: number) => {
            const made = await planFor(document, opened);
            document = await carryOut(made, mortal(opened.editor, life), document);
            opened = reopened(opened, misbehaviour);
          };
          await enter(inLife);
          await enter(Infinity);
          expect((await planFor(document, opened)).steps).toEqual([]);
          const held = (await opened.editor.snapshot()).items.flatMap(({ file }) => file ?? []);
          expect(held.length).toBe(new Set(held).size);
          expect(held).toEqual(expect.arrayContaining(handoff.clips.map((clip) => `/Shoot/${clip.path}`)));
          expect(notOurs(opened.saved())).toEqual(notOurs(began));

          const leave = async (life: number) => {
            const made = await planBack(document, opened);
            document = await carryOut(made, mortal(opened.editor, life), document);
            opened = reopened(opened, misbehaviour);
          };
          await leave(outLife);
          await leave(Infinity);
          expect((await planBack(document, opened)).steps).toEqual([]);
          expect(looks(opened.saved().root)).toEqual(looks(began.root));
        },
      ),
      { numRuns: 40 },
    );
  }, 240_000);
}
