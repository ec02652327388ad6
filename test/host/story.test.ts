/**
 * One story on both ways into the stand-in Premiere, under every way in which it can misbehave: an import is cancelled half-way, gone on
 * with, taken back, and made again. Nothing is ever there twice, and whatever did not work is said in words.
 */
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import type { Editor } from '../../bridge/contract.ts';
import type { Misbehaviour } from '../../bridge/hosts/standin.ts';
import type { UxpMisbehaviour } from '../../bridge/hosts/standin-uxp.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { newestImport, revertable, revertPlan } from '../../manifest/revert.ts';
import { stage } from '../bridge/premiere-stage.ts';
import { contents, planFor } from './acceptance.ts';
import { mediaOf, shoot } from './shoot.ts';
import { uxpStage } from './uxp-stage.ts';

interface Opened {
  editor: Editor;
  premiere: { readonly waiting: boolean; closeDialog(): void };
}

const HANDOFF = shoot(6);
const media = mediaOf(HANDOFF);

const SHARED = {
  'nothing odd': {},
  'imports appear late': { lateImport: 2 },
  'a dialog at every import': { modal: 'import' },
  'a file that is said to be in and is not': { swallow: ['7A-2.mov'] },
  'fields that are not written': { deafMetadata: true },
  'names in another language': { localised: true },
  'the sequence of the project before': { staleActiveSequence: true },
  'no views': { noViews: true },
  'a monitor that stays': { stuckMonitor: true },
  'sequences that cannot be read': { brokenSequence: true },
} as const;
const SCRIPTS: Record<string, Misbehaviour> = {
  ...(SHARED as unknown as Record<string, Misbehaviour>),
  'finding by path finds nothing': { findNothing: true },
  'comments that cannot be set': { fixedComments: true },
  'nothing is 0': { none: 'zero' },
  'nothing is undefined': { none: 'undefined' },
  'nothing is null': { none: 'null' },
  'collections with traps': { traps: true },
};
const UXP: Record<string, UxpMisbehaviour> = {
  ...(SHARED as unknown as Record<string, UxpMisbehaviour>),
  'columns without a start': { hiddenColumns: true },
  'displays with numbers of their own': { ownDisplayNumbers: true },
  'changes of one item refused': { refuses: ['7A-2.mov'] },
};

/** Under these something stays undone, and is said each time; under all others the whole handoff goes in. */
const NEVER_WHOLE = [
  'a file that is said to be in and is not',
  'fields that are not written',
  'comments that cannot be set',
  'changes of one item refused',
];

class Story {
  document: Handoff = HANDOFF;
  readonly receipts: Receipt[] = [];
  readonly opened: Opened;
  constructor(opened: Opened) {
    this.opened = opened;
  }

  /** Carries a plan out, with a person who closes what Premiere asks; `stopAt` is after how many steps they cancel. */
  async carryOut(made: Plan, stopAt = Infinity): Promise<Receipt> {
    const { editor, premiere } = this.opened;
    const stop = new AbortController();
    const receipt = await applyPlan(made, editor, {
      chunk: 5,
      patience: [0, 0, 0],
      signal: stop.signal,
      onProgress: ({ done }) => void (done >= stopAt && stop.abort()),
    });
    if (premiere.waiting) {
      premiere.closeDialog();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const kind = receipt.reverts ? 'revert' : 'import';
    this.document = {
      ...this.document,
      history: [...this.document.history, { kind, at: receipt.at, receipt }],
    };
    this.receipts.push(receipt);
    expectWords(receipt);
    await this.expectNoneTwice();
    return receipt;
  }

  async expectNoneTwice(): Promise<void> {
    const { items, bins } = await this.opened.editor.snapshot();
    const files = items.flatMap(({ file }) => file ?? []);
    expect(files.length).toBe(new Set(files).size);
    const paths = bins.map(({ path }) => JSON.stringify(path));
    expect(paths.length).toBe(new Set(paths).size);
  }

  /** Plans and carries out until nothing more can be done; what is still planned then. */
  async untilDone(planNow: () => Promise<Plan>): Promise<Plan> {
    for (let round = 0; ; round++) {
      const made = await planNow();
      if (made.steps.length === 0 || round === 40) return made;
      const { length } = (await this.carryOut(made)).steps.filter(({ result }) => result === 'verified');
      const { steps } = await planNow();
      if (
        length === 0 &&
        steps.length === made.steps.length &&
        !this.receipts[this.receipts.length - 1]!.stopped
      )
        return made;
    }
  }

  enter = () => planFor(this.document, this.opened);
  leave = async () => {
    const snapshot = await this.opened.editor.snapshot();
    const open = newestImport(revertable(this.document, snapshot.project.id));
    return revertPlan(open, snapshot, { imported: 'remove' });
  };
}

/** Whatever was not verified says why, in words for a person. */
function expectWords(receipt: Receipt): void {
  const bad = receipt.steps.filter(({ result }) => result !== 'verified');
  for (const text of [
    ...bad.map(({ reason }) => reason ?? ''),
    ...(receipt.stopped ? [receipt.stopped] : []),
  ]) {
    expect(text.length).toBeGreaterThan(8);
    expect(text).not.toMatch(/undefined|\[object|TypeError|ReferenceError|NaN|null\b/);
  }
}

const WAYS: [string, string, () => Opened][] = [
  ...Object.entries(SCRIPTS).map(([name, misbehaviour]): [string, string, () => Opened] => [
    'ExtendScript',
    name,
    () => stage({ media, misbehaviour, wire: { readMs: 2000, writeMs: 80, wakeMs: 30 } }),
  ]),
  ...Object.entries(UXP).map(([name, misbehaviour]): [string, string, () => Opened] => [
    'UXP',
    name,
    () => uxpStage({ media, misbehaviour, patience: { readMs: 2000, writeMs: 80 } }),
  ]),
];

describe.each(WAYS)('%s, %s', (_door, name, open) => {
  test('cancelled half-way, gone on with, taken back, made again: nothing twice, everything in words', async () => {
    const story = new Story(open());
    const whole = await story.enter();
    const half = await story.carryOut(whole, Math.floor(whole.steps.length / 2));
    expect(half.stopped).toBeTruthy();
    expect(half.steps.length).toBe(whole.steps.length);

    const left = await story.untilDone(story.enter);
    if (!NEVER_WHOLE.includes(name)) expect(left.steps).toEqual([]);
    else expect(left.steps.length).toBeGreaterThan(0);
    const first = await contents(story.opened);
    expect(first.items).toHaveLength(HANDOFF.clips.length - (name.startsWith('a file') ? 1 : 0));

    const back = await story.untilDone(story.leave);
    if (!NEVER_WHOLE.includes(name)) {
      expect(back.steps).toEqual([]);
      expect(await contents(story.opened)).toEqual({ bins: [], items: [] });
    }
    const again = await story.untilDone(story.enter);
    expect(again.steps.length).toBe(left.steps.length);
    expect(await contents(story.opened)).toEqual(first);
  });
});
