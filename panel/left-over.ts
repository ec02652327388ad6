/** Marks the bin that taking back made, once nothing is in it: no plan takes it away, so a person is told that they may. */
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { REVERTED_BIN } from '../manifest/revert.ts';
import type { BinNode } from './bin-tree.ts';

/** A bin that the plan is still to empty is not left over yet. */
export function markLeftOver(root: BinNode, { items }: ProjectSnapshot): void {
  const [name] = REVERTED_BIN;
  const bin = root.bins.find((each) => each.name === name);
  if (!bin || bin.made || bin.gone || bin.bins.length + bin.clips.length > 0) return;
  bin.leftOver = !items.some((item) => item.bin[0] === name);
}
