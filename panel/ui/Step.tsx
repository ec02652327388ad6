/** One of the five steps: a header that says how the step stands in words, and its view while it is open. */
import { useId, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { StepId } from '../state.ts';
import { STEP_LABEL, stepSays } from '../steps.ts';
import { Icon, Status } from './Icon.tsx';
import { useLook, usePanel } from './panel-context.ts';

export function Step({ step, number, children }: { step: StepId; number: number; children: ReactNode }) {
  const { store } = usePanel();
  const id = useId();
  const open = useLook((state) => state.step === step);
  const word = useLook((state) => stepSays(step, state).word);
  const detail = useLook((state) => stepSays(step, state).detail);
  const tone = useLook((state) => stepSays(step, state).tone);
  const choose = () =>
    store.change((state) => {
      state.step = step;
      state.tookBack = false;
    });
  return (
    <section className={open ? 'step step-open' : 'step'} aria-labelledby={`${id}head`}>
      <h2 className="step-head">
        <Button
          id={`${id}head`}
          className="step-button"
          aria-expanded={open}
          aria-controls={`${id}view`}
          onPress={choose}
        >
          <Icon name="chevron" turned={open} />
          <span className="step-name">
            <span className="step-number">{number}</span> {STEP_LABEL[step]}
          </span>
          <span className="step-says">
            <Status tone={tone}>{word}</Status>
            <span className="step-detail">{detail}</span>
          </span>
        </Button>
      </h2>
      <div className="view" id={`${id}view`} hidden={!open}>
        {open ? children : null}
      </div>
    </section>
  );
}
