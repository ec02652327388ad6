/** What happened to each step of a plan: enough to resume and to revert. */
import type { Step, StepBefore } from './plan.ts';

/**
 * verified: written and read back equal. unverified: written, but the read-back could not confirm it.
 * failed: not written. skipped: not tried (cancelled, or an earlier step it needs failed).
 */
export type StepResultKind = 'verified' | 'unverified' | 'failed' | 'skipped';

export interface StepResult {
  /** The step's id. */
  id: string;
  result: StepResultKind;
  reason?: string;
  /** What stood there before, as the editor read it at the moment of writing. */
  before?: StepBefore;
  /** True where a bin or an item was there already: nothing was made, so there is nothing to take back. */
  found?: true;
  /** True where it was not written because somebody changed it since, or because its clip has gone: nothing is left to do. */
  left?: true;
  /** The editor's id of the project item concerned, where it has one. */
  item?: string;
}

/** A step's result together with what the step was, so that a receipt can be reverted without its plan. */
export interface ReceiptStep extends StepResult {
  kind: Step['kind'];
  target: Step['target'];
  after: Step['after'];
}

export interface Receipt {
  kind: 'receipt';
  version: 1;
  id: string;
  /** Hash of the delivery the plan was made from. */
  plan: string;
  /** Ids of the receipts it took back; absent where it brought a handoff in. */
  reverts?: string[];
  host: { editor: string; editorVersion: string; adapter: string };
  /** The editor's project: a receipt says nothing about another one. */
  project: { id: string; name: string };
  /** ISO 8601, UTC. */
  at: string;
  /** True where the person, an error or a kill stopped it before the last step. */
  stopped?: string;
  steps: ReceiptStep[];
}
