/** How far what is written is, what it is at, and the way out: in the view that began it. */
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Label } from 'react-aria-components/Label';
import type { Work } from '../state.ts';
import { CommandButton } from './CommandButton.tsx';
import { useLook } from './panel-context.ts';

export function Progress() {
  const work = useLook((state) => state.work);
  if (!work) return null;
  const { progress, stopping, doing } = work;
  const words = stopping ? 'Stopping after what is in hand' : progress ? ofAll(progress) : doing;
  return (
    <div className="actions actions-stay progress" data-progress="">
      <FarBar work={work} words={words} also={progress?.current ?? ''} />
      <CommandButton id="cancel" />
    </div>
  );
}

/** `1,204 of 50,000`. */
export function ofAll({ done, total }: NonNullable<Work['progress']>): string {
  return `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`;
}

interface FarProps {
  work: Work;
  words: string;
  also: string;
}

export function FarBar({ work: { progress }, words, also }: FarProps) {
  const part = progress && progress.total > 0 ? (progress.done / progress.total) * 100 : 0;
  return (
    <ProgressBar className="progress-bar" value={part} valueLabel={words} isIndeterminate={!progress}>
      <div className="progress-words">
        <Label>{words}</Label>
        <span className="progress-current">{also}</span>
      </div>
      <div className="progress-track">
        <div className="progress-fill" style={{ width: `${part}%` }} />
      </div>
    </ProgressBar>
  );
}
