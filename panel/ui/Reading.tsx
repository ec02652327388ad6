/** What is being done that the view in sight does not tell: what it is, how far it is, and the way out. */
import { isLarge } from '../follow.ts';
import type { StepId } from '../state.ts';
import { CommandButton } from './CommandButton.tsx';
import { useLook } from './panel-context.ts';
import { FarBar, ofAll } from './Progress.tsx';

/** Commands whose progress a step's own view shows. */
const SHOWN_IN: Partial<Record<string, StepId>> = {
  apply: 'bins',
  revert: 'bins',
  scan: 'handoff',
  verify: 'handoff',
  'rename-files': 'handoff',
  'undo-rename': 'handoff',
  listen: 'sync',
  'sync-sound': 'sync',
};

export function Reading() {
  const work = useLook((state) => state.work);
  const large = useLook(isLarge);
  const inSight = useLook((state) => !state.about && SHOWN_IN[work?.command ?? ''] === state.step);
  if (!work || inSight || !(work.progress || large)) return null;
  const { doing, progress } = work;
  return (
    <div className="actions progress reading" data-reading="">
      <FarBar work={work} words={doing} also={progress ? ofAll(progress) : ''} />
      <CommandButton id="cancel" />
    </div>
  );
}
