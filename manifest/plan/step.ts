/** What every plan's steps share: an id that says what the step does, and their count by kind. */
import { STEP_KINDS, type Step } from '../documents/plan.ts';

type Bare<S> = S extends Step ? Omit<S, 'id'> : never;
/** A step before `withId` has given it its id. */
export type BareStep = Bare<Step>;

/** The same step has the same id in every run. */
export function withId(step: BareStep): Step {
  const about = 'clip' in step.target ? step.target.clip : step.target.bin;
  return Object.assign(step, { id: `step-${mark(JSON.stringify([step.kind, about, step.after]))}` }) as Step;
}

/**
 * 64 bits of a text, as 16 hex digits: enough to tell the steps of one plan apart (one chance in a billion that any two of
 * 150,000 meet), and cheap, which a cryptographic hash of each is not.
 */
function mark(text: string): string {
  let [low, high] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return hex(high) + hex(low);
}

const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');

/** By kind as they must be done; bins in reading order, and the imports of one bin together. Otherwise as they come. */
export function inOrder(steps: Step[]): Step[] {
  const byKind = new Map<Step['kind'], Step[]>(STEP_KINDS.map((kind) => [kind, []]));
  for (const step of steps) byKind.get(step.kind)!.push(step);
  return STEP_KINDS.flatMap((kind) => {
    const of = byKind.get(kind)!;
    return kind === 'make-bin' || kind === 'import' ? byBin(of) : of;
  });
}

function byBin(steps: Step[]): Step[] {
  const bins = new Map<string, Step[]>();
  for (const step of steps) {
    const bin = 'bin' in step.after ? step.after.bin.join('\n') : '';
    const group = bins.get(bin);
    if (group) group.push(step);
    else bins.set(bin, [step]);
  }
  return [...bins.keys()].sort().flatMap((bin) => bins.get(bin)!);
}

/** By kind, and `steps` in all. */
export function countKinds(steps: Step[]): Record<string, number> {
  const counts: Record<string, number> = { steps: steps.length };
  for (const kind of STEP_KINDS) counts[kind] = 0;
  for (const step of steps) counts[step.kind]!++;
  return counts;
}
