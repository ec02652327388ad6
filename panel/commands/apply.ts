/** Makes the plan's changes in the editor, records the receipt in the manifest, and plans again. */
import { applyPlan } from '../../bridge/apply.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import { planFor, readAll } from '../read.ts';
import type { Command } from './command.ts';

/** Steps between two looks at Cancel: small enough to stop in a moment, large enough that the wire is not what takes the time. */
const CHUNK = 20;

/** Whether two plans would do the same: a step's id is derived from what it does. */
function samePlan(a: Plan, b: Plan): boolean {
  return a.steps.length === b.steps.length && a.steps.every((step, index) => step.id === b.steps[index]!.id);
}

export const apply: Command = {
  id: 'apply',
  label: 'Apply changes',
  doing: 'Applying',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.opened?.handoff) return 'Open a handoff first';
    if (!state.editor || !state.plan) return 'No editor project is open';
    return state.plan.steps.length === 0 ? 'There is nothing to change' : null;
  },
  run: async ({ store, desk, editor, ...rest }, signal) => {
    const { plan: shown, path, opened } = store.get();
    const project = await editor!.snapshot();
    const fresh = planFor(opened, store.get(), project);
    if (!fresh || !samePlan(shown!, fresh)) {
      // What was looked at is what is done: a project that moved on since gets a new look first.
      store.change((state) => {
        state.project = project;
        state.plan = fresh;
        state.notice =
          'The project changed since it was read, so nothing was applied. Look at the new plan, then apply it.';
        state.said = state.notice;
        state.receipt = null;
      });
      return;
    }
    const receipt = await applyPlan(fresh, editor!, {
      signal,
      chunk: CHUNK,
      onStart: (started) => desk.keep(path!, started),
      onIntent: (soFar, pending) => desk.intend?.(path!, soFar.id, pending),
      onChunk: (soFar) => desk.keep(path!, soFar),
      onProgress: ({ done, total, current }) =>
        store.change((state) => {
          if (state.work) state.work.progress = { done, total, current };
        }),
    });
    store.change((state) => {
      state.receipt = receipt;
      if (state.work) state.work.doing = 'Reading the project again';
    });
    await desk.settle(path!, receipt);
    await readAll({ store, desk, editor, ...rest });
    store.change((state) => {
      state.said = receipt.stopped
        ? 'Stopped. What was done is in the receipt.'
        : 'Applied. What was done is in the receipt.';
    });
  },
};
