/** A receipt in words for a terminal, and whether a person must look at it. */
import { countResults } from '../bridge/apply.ts';
import type { Receipt } from '../manifest/documents/receipt.ts';
import type { Output } from './command.ts';
import { counted } from './words.ts';

/** A step failed or could not be read back, or the run ended before its end. */
export function needsAPerson(receipt: Receipt): boolean {
  const { failed, unverified } = countResults(receipt);
  return receipt.stopped !== undefined || failed + unverified > 0;
}

/** What needs a person, then the counts; `nothing` where there was no step. */
export function sayReceipt(receipt: Receipt, output: Output, nothing: string): void {
  for (const step of receipt.steps)
    if (step.result !== 'verified')
      output.say(`${step.result}: ${step.kind} ${nameOf(step.target)}: ${step.reason ?? ''}`);
  const { verified, unverified, failed, skipped } = countResults(receipt);
  const total = verified + unverified + failed + skipped;
  const what = `${counted(total, 'change')}: ${verified} verified, ${unverified} unverified, ${failed} failed, ${skipped} skipped`;
  output.say(total === 0 ? nothing : what);
  if (receipt.stopped !== undefined) output.warn(receipt.stopped);
}

function nameOf(target: { path: string } | { bin: string[] }): string {
  return 'path' in target ? target.path : target.bin.join('/');
}
