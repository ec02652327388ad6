/** Gives every part of the panel the state and the runner, and re-draws a part when what it looks at changes. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Heavy } from '../heavy/thread.ts';
import type { Runner } from '../run.ts';
import type { Change, PanelState, Store } from '../state.ts';

export interface Panel extends Runner {
  store: Store;
  heavy: Heavy;
}

export const PanelContext = createContext<Panel | null>(null);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error('a part of the panel was drawn outside it');
  return panel;
}

/** `look` must return the same thing while the state is the same: a field, not a new object. */
export function useLook<Seen>(look: (state: PanelState) => Seen): Seen {
  const { store } = usePanel();
  return useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => look(store.get()),
    () => look(store.get()),
  );
}

/** Whether no change of the manifest can be made now: something is being done, or the manifest can only be read. */
export function useCannotEdit(): boolean {
  return useLook((state) => state.work !== null || !state.writable);
}

/** Gives a function that makes a person's change in the manifest; Undo takes it back. */
export function useEdit(): (asked: Change) => void {
  const { store, run } = usePanel();
  return (asked) => {
    store.change((state) => {
      state.toEdit = asked;
    });
    void run('edit');
  };
}
