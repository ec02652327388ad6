/** Makes bins from the top down and takes empty ones away from the bottom up: one transaction a level, since a bin needs its parent. */
import type { MakeBinOp, RemoveBinOp } from '../../bridge/premiere/wire.ts';
import type { FoundBin } from './find.ts';
import { askEach, type ProjectItem } from './natives.ts';
import { transact } from './transact.ts';
import { fail, type Walk, type Writing } from './write.ts';

const sign = (path: string[]) => JSON.stringify(path);

/** Premiere would make a second bin of the same name, so each level is looked for first. */
export async function makeBins(walk: Walk, writings: Writing<MakeBinOp>[]): Promise<void> {
  const { index } = walk;
  for (const { result } of writings) if (result.before) result.outcome = 'present';
  const deepest = Math.max(...writings.map(({ op }) => op.bin.length));
  const reasons = new Map<string, string>();
  for (let depth = 1; depth <= deepest; depth++) {
    const wanted = new Map(
      writings
        .filter(({ op }) => op.bin.length >= depth)
        .map(({ op }) => op.bin.slice(0, depth))
        .filter((path) => !index.bin(path) && index.bin(path.slice(0, -1)))
        .map((path) => [sign(path), path]),
    );
    const paths = [...wanted.values()];
    const parents = paths.map((path) => index.bin(path.slice(0, -1))!);
    transact(
      walk.project,
      'Baton: make bins',
      paths.map((path, nth) => ({
        make: () => [parents[nth]!.folder.createBinAction(path[depth - 1]!, false)],
        failed: (reason) => reasons.set(sign(path), reason),
      })),
    );
    await index.lookInto([...new Set(parents)]);
  }
  for (const writing of writings) settle(walk, writing, reasons);
}

function settle({ index }: Walk, writing: Writing<MakeBinOp>, reasons: Map<string, string>): void {
  const { op, result } = writing;
  const made = index.bin(op.bin);
  if (made) {
    result.item = made.id;
    result.after = { bin: op.bin, label: null, xmp: null, marker: null };
    return;
  }
  const missing = op.bin.findIndex((_, at) => !index.bin(op.bin.slice(0, at + 1)));
  fail(writing, reasons.get(sign(op.bin.slice(0, missing + 1))) ?? 'Premiere did not make the bin');
}

/** A bin goes with all that is in it, so the bin itself is asked whether it is empty, level by level. */
export async function removeBins(walk: Walk, writings: Writing<RemoveBinOp>[]): Promise<void> {
  const open = writings.filter(({ result }) => result.before !== null);
  for (const { result } of writings) if (!result.before) result.outcome = 'absent';
  const depths = [...new Set(open.map(({ op }) => op.bin.length))].sort((a, b) => b - a);
  for (const depth of depths)
    await removeLevel(
      walk,
      open.filter(({ op }) => op.bin.length === depth),
    );
}

async function removeLevel(walk: Walk, writings: Writing<RemoveBinOp>[]): Promise<void> {
  const { index, ppro } = walk;
  const bins = writings.map(({ op }) => index.bin(op.bin)!);
  const held = await askEach(bins, (bin) => bin.folder.getItems());
  const empty: [Writing<RemoveBinOp>, FoundBin][] = [];
  for (const [nth, writing] of writings.entries()) {
    const { op } = writing;
    const count = held[nth]!.length;
    if (op.bin.length === 0) fail(writing, 'there is no bin ""');
    else if (count > 0) fail(writing, `the bin "${op.bin.join('/')}" is not empty (${count}); it stays`);
    else empty.push([writing, bins[nth]!]);
  }
  transact(
    walk.project,
    'Baton: remove empty bins',
    empty.map(([writing, bin]) => ({
      make: () => [
        parentOf(walk, bin).createRemoveItemAction(ppro.ProjectItem.cast(bin.folder) as ProjectItem),
      ],
      failed: (reason) => fail(writing, reason),
    })),
  );
  for (const [{ op, result }, bin] of empty) {
    if (result.outcome === 'failed') continue;
    const still = (await parentOf(walk, bin).getItems()).some((item) => item.getId() === bin.id);
    if (still) result.after = result.before;
    else index.forgetBin(op.bin);
  }
}

function parentOf({ index }: Walk, bin: FoundBin) {
  return index.bin(bin.path.slice(0, -1))!.folder;
}
