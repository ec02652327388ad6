/** How far applying is, what it is at, and the way out. */
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Label } from 'react-aria-components/Label';
import { CommandButton } from './CommandButton.tsx';
import { useLook } from './panel-context.ts';

export function Progress() {
  const work = useLook((state) => state.work);
  if (!work) return null;
  const { progress, stopping, doing } = work;
  const words = stopping
    ? 'Stopping after what is in hand'
    : progress
      ? `${progress.done.toLocaleString('en-GB')} of ${progress.total.toLocaleString('en-GB')}`
      : doing;
  const part = progress && progress.total > 0 ? (progress.done / progress.total) * 100 : 0;
  return (
    <div className="actions actions-stay progress" data-progress="">
      <ProgressBar className="progress-bar" value={part} valueLabel={words}>
        <div className="progress-words">
          <Label>{words}</Label>
          <span className="progress-current">{progress?.current}</span>
        </div>
        <div className="progress-track">
          <div className="progress-fill" style={{ width: `${part}%` }} />
        </div>
      </ProgressBar>
      <CommandButton id="cancel" />
    </div>
  );
}
