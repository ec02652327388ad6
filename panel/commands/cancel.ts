/** Stops what is being done: a write in hand is finished, what is left stays planned; a read ends at once. */
import type { Command } from './command.ts';

/** Commands that look at Cancel between chunks. */
const STOPPABLE = [
  'refresh',
  'open-handoff',
  'lay-out',
  'apply',
  'revert',
  'scan',
  'build-handoff',
  'take-dropped',
  'listen',
  'sync-sound',
  'rename-files',
  'undo-rename',
  'verify',
];

export const cancel: Command = {
  id: 'cancel',
  label: 'Cancel',
  when: (state) => {
    if (!state.work || !STOPPABLE.includes(state.work.command)) return 'Nothing is being done that can stop';
    return state.work.stopping ? 'Stopping already' : null;
  },
  run: ({ store, stop }) => {
    store.change((state) => {
      if (state.work) state.work.stopping = true;
      state.said = 'Stopping';
    });
    stop();
    return Promise.resolve();
  },
};
