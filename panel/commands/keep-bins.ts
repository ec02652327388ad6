/** Keeps how bins are laid out and unsynced clips shown beside the manifest, for the next visit and for `baton plan`. */
import type { Command } from './command.ts';

export const keepBins: Command = {
  id: 'keep-bins',
  label: 'Keep how bins are laid out and unsynced clips shown',
  when: (state) => (state.opened?.handoff ? null : 'Open a handoff first'),
  run: async ({ store, desk }) => {
    const { path, bins, flags, opened } = store.get();
    const chosen = { bins: { scenes: bins.scenes, apart: [...bins.apart] }, flags: [...flags] };
    const choices = { ...opened!.choices, kind: 'choices' as const, version: 1 as const, ...chosen };
    await desk.keepChoices?.(path!, choices);
  },
};
