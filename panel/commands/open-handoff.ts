/** Asks the person for another manifest, in the system's own dialog, and reads it. */
import { initialState } from '../state.ts';
import { readAll } from '../read.ts';
import { abilitiesOf } from '../abilities.ts';
import type { Bench, Command } from './command.ts';

export const openHandoff: Command = {
  id: 'open-handoff',
  label: 'Open handoff…',
  doing: 'Opening',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.canOpen ? null : 'Start baton serve with the manifest to open';
  },
  run: async (bench, signal) => {
    const path = await bench.choose?.('manifest');
    if (path === null || path === undefined) return;
    turnTo(bench, path);
    await readAll(bench, signal);
    bench.store.change((state) => {
      state.said = state.opened?.handoff ? 'The handoff was read' : 'The handoff could not be read';
    });
  },
};

/** Nothing of the other handoff is left but what is being done now. */
export function turnTo({ store }: Bench, path: string): void {
  store.change((state) => {
    Object.assign(state, initialState(path), {
      ...abilitiesOf(state),
      unreached: state.unreached,
      touring: state.touring,
      inEditor: state.inEditor,
      work: state.work,
    });
  });
}
