/** Takes the import back that is looked at, records the receipt in the manifest, and plans again. */
import { carryOut, saidOf, samePlan } from '../carry-out.ts';
import type { Command } from './command.ts';
import { plannedRevert } from './plan-revert.ts';

export const revert: Command = {
  id: 'revert',
  label: 'Take back',
  doing: 'Taking back',
  stopped: 'Stopped while planning: nothing was taken back. What is shown can still be.',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.editor || !state.reverting) return 'Look at what would be taken back first';
    return state.reverting.plan.steps.length === 0 ? 'There is nothing to take back' : null;
  },
  run: async (bench, signal) => {
    const { store, editor } = bench;
    const project = await editor!.snapshot();
    const shown = store.get().reverting!;
    const fresh = await plannedRevert(bench, project, signal);
    if (!samePlan(shown.plan, fresh.plan)) {
      const notice =
        'The project changed since it was read, so nothing was taken back. Look at the new list, then take it back.';
      store.put({ reverting: fresh, notice, said: notice });
      return;
    }
    const receipt = await carryOut(bench, fresh.plan, signal);
    store.change((state) => {
      state.said = saidOf(receipt);
      state.tookBack = receipt.stopped === undefined;
    });
  },
};
