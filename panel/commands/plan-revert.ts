/** Plans what taking an import back would do, and shows it. Writes nothing. */
import { newestImport } from '../../manifest/revert.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import type { Reverting } from '../state.ts';
import type { Bench, Command } from './command.ts';

/** What was asked for, against a project as read. Rejects with Stopped once the signal says so. */
export async function plannedRevert(
  { store, heavy }: Bench,
  project: ProjectSnapshot,
  signal?: AbortSignal,
): Promise<Reverting> {
  const { opened, revertable, revertAsked } = store.get();
  const receipts = revertAsked.which === 'all' ? revertable : newestImport(revertable);
  const asked = { receipts: receipts.map(({ id }) => id), project, imported: revertAsked.imported };
  const plan = await heavy.ask(opened, { ask: 'revert', asked }, { signal });
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
  run: async (bench) => {
    const { store, editor } = bench;
    const project = await editor!.snapshot();
    const reverting = await plannedRevert(bench, project);
    const { steps, blocked } = reverting.plan;
    const said = `${steps.length} changes would be taken back; ${blocked.length} cannot be`;
    store.put({ reverting, receipt: null, said });
  },
};
