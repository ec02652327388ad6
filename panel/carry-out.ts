/** Makes a plan's changes in the editor, journalled at the desk after every chunk, and keeps the state in step with them. */
import { applyPlan } from '../bridge/apply.ts';
import type { Plan } from '../manifest/documents/plan.ts';
import type { Receipt } from '../manifest/documents/receipt.ts';
import type { Bench } from './commands/command.ts';
import { say } from './follow.ts';
import { readAll } from './read.ts';

/** Whether two plans would do the same: a step's id is derived from what it does. */
export function samePlan(a: Plan, b: Plan): boolean {
  return a.steps.length === b.steps.length && a.steps.every((step, index) => step.id === b.steps[index]!.id);
}

/** To the receipt in the manifest's history, and a fresh look at the project. */
export async function carryOut(bench: Bench, made: Plan, signal: AbortSignal): Promise<Receipt> {
  const { store, desk, editor } = bench;
  const path = store.get().path!;
  let seen = 0;
  // Planning said what it was at.
  say(store, made.reverts ? 'Taking back' : 'Applying');
  const receipt = await applyPlan(made, editor!, {
    signal,
    onStart: (started) => desk.keep(path, started),
    onIntent: (soFar, pending) => desk.intend?.(path, soFar.id, pending),
    onChunk: (soFar) => {
      const bad = soFar.steps.slice(seen).filter((step) => step.result !== 'verified');
      seen = soFar.steps.length;
      if (bad.length > 0) store.put({ troubles: store.get().troubles.and(bad) });
      return desk.keep(path, soFar);
    },
    onProgress: ({ done, total, current }) =>
      store.change((state) => {
        if (state.work) state.work.progress = { done, total, current };
      }),
  });
  store.put({ receipt, reverting: null });
  store.change((state) => {
    // Rows say from its progress what is done.
    if (state.work) state.work.doing = 'Reading the project again';
  });
  await desk.settle(path, receipt);
  await readAll(bench);
  return receipt;
}

/** What screen readers hear when it is over. */
export function saidOf(receipt: Receipt): string {
  const done = receipt.reverts ? 'Taken back.' : 'Applied.';
  return `${receipt.stopped ? 'Stopped.' : done} What was done is in the receipt.`;
}
