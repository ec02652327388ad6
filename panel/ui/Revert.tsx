/** Taking imports back: which, what becomes of the items, and the dry run with what cannot be taken back first. */
import { Button } from 'react-aria-components/Button';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { newestImport, type ImportedItems } from '../../manifest/revert.ts';
import type { RevertAsked, Reverting } from '../state.ts';
import { counted, dayAndTime } from '../words.ts';
import { Alert } from './Alert.tsx';
import { BinTree } from './BinTree.tsx';
import { CommandButton } from './CommandButton.tsx';
import { Chips } from './Filter.tsx';
import { useLook, usePanel } from './panel-context.ts';
import { PlanCounts } from './PlanCounts.tsx';
import { Progress } from './Progress.tsx';

const IMPORTED: Record<ImportedItems, { word: string; says: string }> = {
  gather: {
    word: 'Gather in _Reverted',
    says: 'What was imported goes into the bin _Reverted: sequences keep their clips.',
  },
  remove: {
    word: 'Remove',
    says: 'What was imported leaves the project where no sequence uses it. The files on disk stay.',
  },
  keep: { word: 'Keep', says: 'What was imported stays where it is, without Baton’s notes and labels.' },
};

const KINDS = Object.keys(IMPORTED) as ImportedItems[];

export function Revert({ reverting }: { reverting: Reverting }) {
  const { store } = usePanel();
  const working = useLook((state) => state.work?.command === 'revert');
  const { plan, project, receipts } = reverting;
  const back = () =>
    store.change((state) => {
      state.reverting = null;
    });
  return (
    <>
      <Asked receipts={receipts} changes={plan.steps.length} />
      {plan.blocked.length > 0 ? (
        <div className="apart">
          <Alert tone="attention" title={`${counted(plan.blocked.length, 'thing')} cannot be taken back`}>
            <p>They stand first below, each with its reason.</p>
          </Alert>
        </div>
      ) : null}
      <BinTree plan={plan} project={project} label="What would be taken back" />
      {working ? (
        <Progress />
      ) : (
        <div className="actions actions-stay">
          <PlanCounts plan={plan} />
          <CommandButton id="revert" look="primary" explains>
            Take back {counted(plan.steps.length, 'change')}
          </CommandButton>
          <Button className="button secondary" onPress={back}>
            Not now
          </Button>
        </div>
      )}
    </>
  );
}

/** Which imports, in words: one that was stopped and gone on with is one import in parts. */
function titleOf(receipts: Receipt[], changes: number): string {
  const parts = receipts.length;
  if (parts === 1) return `Taking back the import of ${dayAndTime(receipts[0]!.at)}`;
  if (newestImport(receipts).length < parts) return `Taking back ${parts} imports`;
  return `Taking back this import, in ${parts === 2 ? 'two' : parts} parts: ${counted(changes, 'change')}`;
}

function Asked({ receipts, changes }: { receipts: Receipt[]; changes: number }) {
  const { store, run } = usePanel();
  const asked = useLook((state) => state.revertAsked);
  const open = useLook((state) => state.revertable.length);
  const parts = useLook((state) => newestImport(state.revertable).length);
  const busy = useLook((state) => state.work !== null);
  const ask = (part: Partial<RevertAsked>) => {
    store.change((state) => {
      Object.assign(state.revertAsked, part);
    });
    void run('plan-revert');
  };
  return (
    <div className="bin-layout">
      <p>
        <b>{titleOf(receipts, changes)}</b>
      </p>
      <div className="bin-layout-choices">
        {open > parts ? (
          <Chips
            label="Which imports"
            chips={[
              { id: 'last', word: parts > 1 ? `The newest, in ${parts} parts` : 'The newest' },
              { id: 'all', word: 'All', count: open },
            ]}
            chosen={asked.which}
            isDisabled={busy}
            onChoose={(which) => ask({ which })}
          />
        ) : null}
        <Chips
          label="What was imported"
          chips={KINDS.map((id) => ({ id, word: IMPORTED[id].word }))}
          chosen={asked.imported}
          isDisabled={busy}
          onChoose={(imported) => ask({ imported })}
        />
        <p className="why">{IMPORTED[asked.imported].says} What an editor changed since stays.</p>
      </div>
    </div>
  );
}
