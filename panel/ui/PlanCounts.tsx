/** What the number on the button is made of: `26 clips · 31 bins · 40 markers`, and how much the editor's own Undo cannot take back. */
import type { Plan, StepKind } from '../../manifest/documents/plan.ts';
import { STEP_KINDS } from '../../manifest/documents/plan.ts';
import { counted } from '../words.ts';
import { Icon } from './Icon.tsx';
import { useLook } from './panel-context.ts';

const NOUN: Record<StepKind, [one: string, many: string]> = {
  'make-bin': ['new bin', 'new bins'],
  import: ['clip in', 'clips in'],
  move: ['move', 'moves'],
  'set-label': ['label', 'labels'],
  'set-metadata': ['clip’s log fields', 'clips’ log fields'],
  'add-marker': ['marker', 'markers'],
  'update-marker': ['changed marker', 'changed markers'],
  'remove-marker': ['marker off', 'markers off'],
  'remove-item': ['clip out', 'clips out'],
  'remove-bin': ['bin off', 'bins off'],
};

export function PlanCounts({ plan }: { plan: Plan }) {
  const editor = useLook((state) => (state.editor?.editor === 'resolve' ? 'Resolve' : 'Premiere'));
  const once = plan.steps.filter((step) => !step.undoable).length;
  const parts = STEP_KINDS.flatMap((kind) => {
    const count = plan.counts[kind] ?? 0;
    return count > 0 ? [counted(count, ...NOUN[kind])] : [];
  });
  if (parts.length === 0) return null;
  return (
    <p className="plan-counts">
      {parts.join(' · ')}
      {once > 0 ? (
        <span className="plan-once">
          <Icon name="once" />
          {once.toLocaleString('en-GB')} cannot be undone in {editor}
          {plan.reverts ? '' : '; Revert here takes them back'}
        </span>
      ) : null}
    </p>
  );
}
