/** Makes the plan's changes in the editor, records the receipt in the manifest, and plans again. */
import { carryOut, saidOf, samePlan } from '../carry-out.ts';
import { planSoon } from '../follow.ts';
import type { Command } from './command.ts';

export const apply: Command = {
  id: 'apply',
  label: 'Apply changes',
  doing: 'Applying',
  stopped: 'Stopped while planning: nothing was applied. What is shown is still planned.',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.opened?.handoff) return 'Open a handoff first';
    // The receipt must have its place before anything is done.
    if (!state.writable) return 'The handoff cannot be written here';
    if (!state.editor || !state.plan) return 'No editor project is open';
    return state.plan.steps.length === 0 ? 'There is nothing to change' : null;
  },
  run: async (bench, signal) => {
    const { store, editor } = bench;
    const { plan: shown } = store.get();
    const project = await editor!.snapshot();
    const fresh = (await planSoon(bench, store.get(), project, signal))?.plan ?? null;
    if (!fresh || !samePlan(shown!, fresh)) {
      // What was looked at is what is done: a project that moved on since gets a new look first.
      const notice =
        'The project changed since it was read, so nothing was applied. Look at the new plan, then apply it.';
      store.put({ project, plan: fresh, receipt: null, notice, said: notice });
      return;
    }
    const receipt = await carryOut(bench, fresh, signal);
    store.change((state) => {
      state.said = saidOf(receipt);
    });
  },
};
