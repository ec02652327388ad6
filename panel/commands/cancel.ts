/** Stops applying: the chunk in hand is finished, what is left stays planned. */
import type { Command } from './command.ts';

export const cancel: Command = {
  id: 'cancel',
  label: 'Cancel',
  when: (state) => {
    if (state.work?.command !== 'apply') return 'Nothing is being applied';
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
