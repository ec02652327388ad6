/** What every plan's steps share: an id that says what the step does, and their count by kind. */
import { sha256Hex } from '../canonical.ts';
import { STEP_KINDS, type Step } from '../documents/plan.ts';

type Bare<S> = S extends Step ? Omit<S, 'id'> : never;
/** A step before `withId` has given it its id. */
export type BareStep = Bare<Step>;

/** The same step has the same id in every run. */
export function withId(step: BareStep): Step {
  const about = 'clip' in step.target ? step.target.clip : step.target.bin;
  return {
    ...step,
    id: `step-${sha256Hex(JSON.stringify([step.kind, about, step.after])).slice(0, 16)}`,
  } as Step;
}

/** By kind, and `steps` in all. */
export function countKinds(steps: Step[]): Record<string, number> {
  const counts: Record<string, number> = { steps: steps.length };
  for (const kind of STEP_KINDS) counts[kind] = 0;
  for (const step of steps) counts[step.kind]!++;
  return counts;
}
