/** Keeps how bins are laid out beside the manifest, for the next visit and for `baton plan`. */
import type { Command } from './command.ts';

export const keepBins: Command = {
  id: 'keep-bins',
  label: 'Keep how bins are laid out',
  when: (state) => (state.opened?.handoff ? null : 'Open a handoff first'),
  run: async ({ store, desk }) => {
    const { path, bins, opened } = store.get();
    const chosen = { scenes: bins.scenes, apart: [...bins.apart] };
    const choices = { ...opened!.choices, kind: 'choices' as const, version: 1 as const, bins: chosen };
    await desk.keepChoices?.(path!, choices);
  },
};
