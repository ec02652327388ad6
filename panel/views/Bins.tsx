/** Step 2: the dry run as a tree of bins, then Apply with its number, progress and Cancel, then the receipt; and taking it back. */
import type { Plan } from '../../manifest/documents/plan.ts';
import { Alert, Empty } from '../ui/Alert.tsx';
import { BinLayout } from '../ui/BinLayout.tsx';
import { BinTree } from '../ui/BinTree.tsx';
import { CommandButton } from '../ui/CommandButton.tsx';
import { Status } from '../ui/Icon.tsx';
import { useLook } from '../ui/panel-context.ts';
import { PlanCounts } from '../ui/PlanCounts.tsx';
import { Progress } from '../ui/Progress.tsx';
import { ReceiptSummary } from '../ui/ReceiptSummary.tsx';
import { Revert } from '../ui/Revert.tsx';
import { counted, dayAndTime } from '../words.ts';

export function Bins() {
  const plan = useLook((state) => state.plan);
  const project = useLook((state) => state.project);
  const reverting = useLook((state) => state.reverting);
  // Taking back goes on with reading the project, when what was looked at is gone already.
  const applying = useLook(({ work }) => work?.command === 'apply' || work?.command === 'revert');
  if (!plan || !project) return <NoPlan />;
  if (reverting) return <Revert reverting={reverting} />;
  return (
    <>
      <ReceiptSummary />
      <Interrupted />
      {applying ? null : <BinLayout />}
      <BinTree plan={plan} project={project} label="Planned bins" />
      {applying ? <Progress /> : <ApplyBar plan={plan} />}
    </>
  );
}

/** The last import ended before its time, here or in another panel, and part of it is still planned. */
function Interrupted() {
  const last = useLook((state) => state.interrupted);
  const shown = useLook((state) => state.receipt !== null || state.work !== null);
  if (shown || !last) return null;
  return (
    <div className="apart">
      <Alert tone="attention" title={`The import of ${dayAndTime(last.at)} did not come to its end`}>
        <p>What it wrote is known, and Revert takes it back; what is left is planned below.</p>
      </Alert>
    </div>
  );
}

function NoPlan() {
  const absent = useLook((state) => state.editorAbsent);
  const handoff = useLook((state) => Boolean(state.opened?.handoff));
  const reading = useLook((state) => state.work !== null);
  const unreached = useLook((state) => state.unreached !== '');
  if (reading) return <Empty title="Reading the project…" />;
  if (!handoff)
    return (
      <Empty title="There is no handoff to plan from">
        <p>Open one in Handoff first.</p>
      </Empty>
    );
  return (
    <Empty title="There is no project to plan for">
      <p>{absent || 'Press Refresh; the handoff and its issues are there meanwhile.'}</p>
      {unreached ? null : <CommandButton id="refresh">Refresh</CommandButton>}
    </Empty>
  );
}

function ApplyBar({ plan }: { plan: Plan }) {
  const { steps, blocked } = plan;
  const tookBack = useLook((state) => state.tookBack);
  const canRevert = useLook((state) => state.revertable.length > 0);
  const revert = canRevert ? <CommandButton id="plan-revert" /> : null;
  if (steps.length === 0)
    return (
      <div className="actions actions-stay">
        {blocked.length > 0 ? (
          <Status tone="attention">{`Nothing to apply; ${blocked.length} blocked`}</Status>
        ) : (
          <Status tone="good">Nothing to do: the project holds what the handoff says</Status>
        )}
        {revert}
      </div>
    );
  return (
    <div className="actions actions-stay">
      {tookBack ? (
        <p className="plan-counts">Taken back. Apply again would make {counted(steps.length, 'change')}.</p>
      ) : (
        <PlanCounts plan={plan} />
      )}
      <CommandButton id="apply" look={tookBack ? 'secondary' : 'primary'} explains>
        {tookBack ? 'Apply again' : `Apply ${counted(steps.length, 'change')}`}
      </CommandButton>
      {revert}
      <span className="why dry-run">A dry run until you press it.</span>
    </div>
  );
}
