/** A step's result, in the receipt's words. */
import type { Step } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { Entry } from './session.ts';

export const nameOf = (step: Step) => ('bin' in step.target ? step.target.bin.join('/') : step.target.path);

type More = Partial<Omit<StepResult, 'id' | 'result'>>;

export const verified = ({ id }: Step, more: More = {}): StepResult => ({ id, result: 'verified', ...more });
export const failed = (step: Step, why: string, more: More = {}): StepResult => ({
  id: step.id,
  result: 'failed',
  reason: `${nameOf(step)}: ${why}`,
  ...more,
});
export const unverified = (step: Step, why: string, more: More = {}): StepResult => ({
  id: step.id,
  result: 'unverified',
  reason: `${nameOf(step)}: ${why}`,
  ...more,
});
/** Left as a person has it. */
export const left = (step: Step, why: string, more: More = {}): StepResult => ({
  id: step.id,
  result: 'skipped',
  reason: `${nameOf(step)}: ${why}`,
  left: true,
  ...more,
});
export const itemOf = (entry: Entry) => ({ item: entry.id });
