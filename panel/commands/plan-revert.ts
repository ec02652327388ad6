/** Plans what taking an import back would do, and shows it. Writes nothing. */
import { newestImport, revertPlan } from '../../manifest/revert.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import type { PanelState, Reverting } from '../state.ts';
import type { Command } from './command.ts';

/** What was asked for, against a project as read. */
export function plannedRevert(state: PanelState, project: ProjectSnapshot): Reverting {
  const { revertable, revertAsked } = state;
  const receipts = revertAsked.which === 'all' ? revertable : newestImport(revertable);
  const plan = revertPlan(receipts, project, { imported: revertAsked.imported });
  return { receipts, project, plan };
}

export const planRevert: Command = {
  id: 'plan-revert',
  label: 'Revert…',
  doing: 'Reading the project',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.editor) return 'No editor project is open';
    return state.revertable.length === 0 ? 'Nothing was imported into this project' : null;
  },
  run: async ({ store, editor }) => {
    const project = await editor!.snapshot();
    const reverting = plannedRevert(store.get(), project);
    store.change((state) => {
      state.reverting = reverting;
      state.receipt = null;
      const { steps, blocked } = reverting.plan;
      state.said = `${steps.length} changes would be taken back; ${blocked.length} cannot be`;
    });
  },
};
