/**
 * The steps of a plan that were not written or not confirmed, by id. An import that fails throughout has as many as steps, and they come in
 * some hundred times: each time they are added to what is there, and only the outside is new.
 */
import type { ReceiptStep, StepResultKind } from '../manifest/documents/receipt.ts';

export class Troubles {
  private readonly byId: Map<string, StepResultKind>;

  constructor(byId = new Map<string, StepResultKind>()) {
    this.byId = byId;
  }

  /** These and all before, as another one; this one is not to be used any more. */
  and(steps: readonly Pick<ReceiptStep, 'id' | 'result'>[]): Troubles {
    for (const { id, result } of steps) this.byId.set(id, result);
    return new Troubles(this.byId);
  }

  /** Null for a step that was not tried yet, or went well. */
  of(stepId: string): StepResultKind | null {
    return this.byId.get(stepId) ?? null;
  }

  all(): StepResultKind[] {
    return [...this.byId.values()];
  }
}
