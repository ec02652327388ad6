/** Which of the bins that Baton made are empty once everything else has been taken back. */
import type { BinPath } from '../documents/plan.ts';
import type { ProjectSnapshot } from '../documents/snapshot.ts';
import type { BareStep } from '../plan/step.ts';

const key = (bin: BinPath) => JSON.stringify(bin);

export function isSameOrBelow(bin: BinPath, above: BinPath): boolean {
  return above.length <= bin.length && above.every((name, depth) => name === bin[depth]);
}

/** Deepest first. A bin that holds anything, or that was made twice over by hand, stays without a word: it is in use. */
export function binsToRemove(
  made: BinPath[],
  snapshot: ProjectSnapshot,
  steps: BareStep[],
): { steps: BareStep[] } {
  const inUse = new Set<string>();
  const use = (bin: BinPath) => {
    for (let depth = bin.length; depth > 0; depth--) inUse.add(key(bin.slice(0, depth)));
  };
  for (const bin of placesAfter(snapshot, steps)) use(bin);
  const mine = new Set(made.map(key));
  const there = new Map<string, number>();
  for (const { path } of snapshot.bins) {
    there.set(key(path), (there.get(key(path)) ?? 0) + 1);
    if (!mine.has(key(path)) || there.get(key(path))! > 1) use(path);
  }
  const gone = made.filter((bin) => there.get(key(bin)) === 1 && !inUse.has(key(bin)));
  gone.sort((a, b) => b.length - a.length || (key(a) < key(b) ? -1 : 1));
  return {
    steps: gone.map((bin) => ({
      kind: 'remove-bin',
      target: { bin },
      before: { bin },
      after: { gone: bin.join('/') },
      why: 'Baton made it and nothing is in it.',
      undoable: true,
    })),
  };
}

/** The bin of every item once the steps are done. */
function placesAfter(snapshot: ProjectSnapshot, steps: BareStep[]): BinPath[] {
  const moved = new Map<string, BinPath | null>();
  for (const step of steps) {
    if (step.kind === 'move') moved.set(step.target.item!, step.after.bin);
    if (step.kind === 'remove-item') moved.set(step.target.item!, null);
  }
  const places: BinPath[] = [];
  for (const item of snapshot.items) {
    const bin = moved.get(item.id);
    if (bin !== null) places.push(bin ?? item.bin);
  }
  return places;
}
