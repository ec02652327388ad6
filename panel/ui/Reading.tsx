/** A read that takes a while: what is being done, how far it is, and the way out. */
import { Label } from 'react-aria-components/Label';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { CommandButton } from './CommandButton.tsx';
import { useLook } from './panel-context.ts';

/** Steps that show their own progress, with what they write. */
const OWN = ['apply', 'revert', 'scan', 'build-handoff', 'listen'];

export function Reading() {
  const work = useLook((state) => state.work);
  const large = useLook((state) => (state.opened?.handoff?.clips.length ?? 0) >= 2000);
  if (!work || OWN.includes(work.command) || !(work.progress || large)) return null;
  const { doing, progress } = work;
  const part = progress ? (progress.done / progress.total) * 100 : 0;
  return (
    <div className="actions progress reading" data-reading="">
      <ProgressBar className="progress-bar" value={part} isIndeterminate={!progress}>
        <div className="progress-words">
          <Label>{doing}</Label>
          <span className="progress-current">{progress ? `${progress.done} of ${progress.total}` : ''}</span>
        </div>
        <div className="progress-track">
          <div className="progress-fill" style={{ width: `${part}%` }} />
        </div>
      </ProgressBar>
      <CommandButton id="cancel" />
    </div>
  );
}
