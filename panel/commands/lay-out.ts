/** Plans again for how bins are to be laid out and unsynced clips shown, where that takes a while, and keeps the choice. */
import { planFollows, planSoon } from '../follow.ts';
import type { PanelState } from '../state.ts';
import type { Command } from './command.ts';
import { keepBins } from './keep-bins.ts';

export const layOut: Command = {
  id: 'lay-out',
  label: 'Lay bins out',
  doing: 'Planning',
  stopped: 'Planning was stopped, and the choice was not kept. Press Refresh to read it all.',
  when: (state) => (state.work ? 'Something is being done' : keepBins.when(state)),
  run: async (bench, signal) => {
    const { store } = bench;
    for (let asked: PanelState | null = null; !asked || isOther(asked, store.get());) {
      asked = store.get();
      const made = await planSoon(bench, asked, asked.project, signal);
      store.put(planFollows(asked.opened?.handoff ?? null, made));
      await keepBins.run(bench, signal);
    }
  },
};

/** A person goes on choosing while the plan is made, and while the choice is kept. */
function isOther(asked: PanelState, now: PanelState): boolean {
  return asked.bins !== now.bins || asked.flags !== now.flags;
}
