/** What applying did, in words: how much was verified, and each thing that failed, was not confirmed or was not tried. */
import { fileName } from '../../manifest/documents/paths.ts';
import type { Receipt, ReceiptStep, StepResultKind } from '../../manifest/documents/receipt.ts';
import { counted, STEP_KIND, type Tone } from '../words.ts';
import { Alert } from './Alert.tsx';
import { Button } from 'react-aria-components/Button';
import { Status } from './Icon.tsx';
import { useLook, usePanel } from './panel-context.ts';

const RESULT: Record<StepResultKind, { word: string; tone: Tone }> = {
  verified: { word: 'verified', tone: 'good' },
  unverified: { word: 'unverified', tone: 'attention' },
  failed: { word: 'failed', tone: 'bad' },
  skipped: { word: 'not tried', tone: 'quiet' },
};

const WORST_FIRST: StepResultKind[] = ['failed', 'unverified', 'skipped', 'verified'];

/** Rows shown; the rest are counted. */
const MOST_ROWS = 50;

export function ReceiptSummary() {
  const { store } = usePanel();
  const receipt = useLook((state) => state.receipt);
  if (!receipt) return null;
  const close = () =>
    store.change((state) => {
      state.receipt = null;
    });
  const rows = toShow(receipt);
  const bad = rows.some((step) => step.result === 'failed');
  return (
    <div className="receipt" data-receipt="">
      <Alert
        tone={bad ? 'bad' : rows.length > 0 || receipt.stopped ? 'attention' : 'good'}
        title={titleOf(receipt)}
        actions={
          <Button className="link" onPress={close}>
            Dismiss receipt
          </Button>
        }
      >
        <p>{counts(receipt)}</p>
        {rows.length > 0 ? (
          <ul className="receipt-rows" tabIndex={0} aria-label="Steps that need a look">
            {rows.slice(0, MOST_ROWS).map((step) => (
              <li key={step.id}>
                <Status tone={RESULT[step.result].tone}>{RESULT[step.result].word}</Status>
                <span>
                  {nameOf(step)}
                  {step.reason ? `: ${step.reason}` : ''}
                </span>
              </li>
            ))}
            {rows.length > MOST_ROWS ? <li>and {rows.length - MOST_ROWS} more</li> : null}
          </ul>
        ) : null}
      </Alert>
    </div>
  );
}

function titleOf(receipt: Receipt): string {
  const done = receipt.steps.filter(
    (step) => step.result === 'verified' || step.result === 'unverified',
  ).length;
  const made = receipt.reverts ? 'taken back' : 'made';
  if (receipt.stopped) return `Stopped: ${done} of ${counted(receipt.steps.length, 'change')} ${made}`;
  return done === receipt.steps.length
    ? `${counted(done, 'change')} ${made}`
    : `${done} of ${receipt.steps.length} changes ${made}`;
}

function counts(receipt: Receipt): string {
  const words = WORST_FIRST.map((result) => {
    const count = receipt.steps.filter((step) => step.result === result).length;
    return count > 0 ? `${count.toLocaleString('en-GB')} ${RESULT[result].word}` : '';
  });
  const why = receipt.stopped && receipt.stopped !== 'cancelled' ? ` ${receipt.stopped}` : '';
  return `${words.filter(Boolean).reverse().join(' · ')}.${why}`;
}

/** Everything a person must look at, the worst first; what was not tried is still planned and needs no row. */
function toShow(receipt: Receipt): ReceiptStep[] {
  const order = (step: ReceiptStep) => WORST_FIRST.indexOf(step.result);
  return receipt.steps
    .filter((step) => step.result === 'failed' || step.result === 'unverified')
    .sort((a, b) => order(a) - order(b));
}

function nameOf(step: ReceiptStep): string {
  const target = 'path' in step.target ? fileName(step.target.path) : step.target.bin.join('/');
  return `${STEP_KIND[step.kind]} ${target}`;
}
