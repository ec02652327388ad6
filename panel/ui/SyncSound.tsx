/** Under the list of verdicts, where the editor can link sound by itself: what that does, and the button that asks for it. */
import { useMemo } from 'react';
import { inSync } from '../commands/sync-sound.ts';
import { CommandButton } from './CommandButton.tsx';
import { useLook } from './panel-context.ts';
import { Progress } from './Progress.tsx';

export function SyncSound() {
  const can = useLook((state) => state.editor?.syncsSound === true);
  const verdicts = useLook((state) => state.verdicts);
  const linking = useLook((state) => state.work?.command === 'sync-sound');
  const count = useMemo(() => verdicts.filter(inSync).length, [verdicts]);
  if (linking) return <Progress />;
  if (!can || count === 0) return null;
  return (
    <div className="actions">
      <span className="why beside">{count} in sync; no script unlinks them.</span>
      <CommandButton id="sync-sound" look="small" />
    </div>
  );
}
