/** What the five steps are for, a sentence at a time, on the first visit. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useLook, usePanel } from './panel-context.ts';

const SENTENCES: readonly { steps: string; says: string }[] = [
  { steps: 'Handoff', says: 'what came in, and what is wrong with it.' },
  { steps: 'Bins', says: 'what would change. Only Apply changes it.' },
  { steps: 'Sync, Markers', says: 'which sound is whose, and notes from set.' },
  { steps: 'Cut', says: 'the finished cut, for the next room.' },
];

export function Tour() {
  const { store } = usePanel();
  const touring = useLook((state) => state.touring);
  const [at, setAt] = useState(0);
  if (!touring) return null;
  const close = () =>
    store.change((state) => {
      state.touring = false;
    });
  const { steps, says } = SENTENCES[at]!;
  const last = at === SENTENCES.length - 1;
  return (
    <aside className="tour" aria-label="How Baton works">
      <p aria-live="polite">
        <b>{steps}:</b> {says}
      </p>
      <span className="tour-at">
        <span className="hidden-text">Sentence </span>
        {at + 1}/{SENTENCES.length}
      </span>
      <Button className="link" onPress={last ? close : () => setAt(at + 1)}>
        {last ? 'Got it' : 'Next'}
      </Button>
      {last ? null : (
        <Button className="button quiet" aria-label="Close the tour" onPress={close}>
          ×
        </Button>
      )}
    </aside>
  );
}
