/** What the five steps are for, in four sentences, on the first visit. */
import { Button } from 'react-aria-components/Button';
import { useLook, usePanel } from './panel-context.ts';

export function Tour() {
  const { store } = usePanel();
  const touring = useLook((state) => state.touring);
  if (!touring) return null;
  const close = () =>
    store.change((state) => {
      state.touring = false;
    });
  return (
    <aside className="tour" aria-label="How Baton works">
      <ol>
        <li>
          <b>Handoff</b> says what production handed over, and what to do about each thing that is wrong.
        </li>
        <li>
          <b>Bins</b> shows what would change in the project; only Apply changes it, and Revert takes it back.
        </li>
        <li>
          <b>Sync</b> and <b>Markers</b> say which sound belongs to which picture, and bring in what was noted
          on set.
        </li>
        <li>
          <b>Cut</b> writes the finished cut for the next room.
        </li>
      </ol>
      <Button className="link" onPress={close}>
        Got it
      </Button>
    </aside>
  );
}
