/** Moves, labels, fields and removals of items that are in the project: one transaction for a run of each. */
import type { LabelOp, MetadataOp, MoveOp, RemoveItemOp, WireMetadata } from '../../bridge/premiere/wire.ts';
import { askEach, orNull, type Action, type ProjectItem } from './natives.ts';
import { transact } from './transact.ts';
import { useOf, usedItems } from './usage.ts';
import { fail, type ItemWriting, type Walk } from './write.ts';

export async function moveItems(walk: Walk, writings: ItemWriting<MoveOp>[]): Promise<void> {
  const moving: ItemWriting<MoveOp>[] = [];
  for (const writing of writings) {
    const to = walk.index.bin(writing.op.bin);
    if (!to) fail(writing, `there is no bin "${writing.op.bin.join('/')}"`);
    else if (to.id === writing.found.parent.id) writing.result.outcome = 'present';
    else moving.push(writing);
  }
  writeAll(walk, 'Baton: move clips', moving, ({ op, found }) => [
    found.parent.folder.createMoveItemAction(found.item, walk.index.bin(op.bin)!.folder),
  ]);
  const { ProjectItem } = walk.ppro;
  for (const { op, found } of moving) {
    const to = walk.index.bin(op.bin)!;
    if (ProjectItem.cast(found.item.getParentBin()).getId() === to.id) found.parent = to;
  }
}

export function setLabels(walk: Walk, writings: ItemWriting<LabelOp>[]): void {
  writeAll(walk, 'Baton: label clips', writings, ({ op, found }) => [
    found.item.createSetColorLabelAction(op.label),
  ]);
}

export async function setMetadata(walk: Walk, writings: ItemWriting<MetadataOp>[]): Promise<void> {
  for (const { op } of writings) await makeColumns(walk, op.write);
  writeAll(walk, 'Baton: fill in fields', writings, ({ op, found }) => [
    metadataAction(walk, found.item, op.write),
  ]);
}

export function metadataAction({ ppro }: Walk, item: ProjectItem, write: WireMetadata): Action {
  return ppro.Metadata.createSetProjectMetadataAction(item, write.xmp, write.fields);
}

/** Harmless where a column is there already; it cannot be asked. Not in the undo history. */
export async function makeColumns({ ppro, columns }: Walk, write: WireMetadata): Promise<void> {
  const { Metadata } = ppro;
  const types = [
    Metadata.METADATA_TYPE_INTEGER,
    Metadata.METADATA_TYPE_REAL,
    Metadata.METADATA_TYPE_TEXT,
    Metadata.METADATA_TYPE_BOOLEAN,
  ];
  for (const { name, label, type } of write.columns) {
    if (columns.has(name)) continue;
    await Metadata.addPropertyToProjectMetadataSchema(name, label, types[type]!);
    columns.add(name);
  }
}

/** Takes the project item out, never the media. What a sequence uses stays. */
export async function removeItems(walk: Walk, writings: ItemWriting<RemoveItemOp>[]): Promise<void> {
  if (writings.length === 0) return;
  const used = await usedItems(walk, walk.project);
  const going: ItemWriting<RemoveItemOp>[] = [];
  const reasons = await askEach(writings, ({ found }) => useOf(walk, found, used));
  for (const [nth, writing] of writings.entries()) {
    if (reasons[nth] === null) going.push(writing);
    else fail(writing, reasons[nth]!);
  }
  writeAll(walk, 'Baton: remove clips', going, ({ found }) => [
    found.parent.folder.createRemoveItemAction(found.item),
  ]);
  const parents = [...new Set(going.map(({ found }) => found.parent))];
  const held = await askEach(parents, (bin) => orNull(() => bin.folder.getItems()));
  const left = new Set(held.flatMap((items) => (items ?? []).map((item) => item.getId())));
  for (const { found, result } of going)
    if (result.outcome !== 'failed' && !left.has(found.id)) walk.index.forgetItem(found.id);
}

/** One transaction of one part for each. */
export function writeAll<Each extends ItemWriting>(
  walk: Walk,
  name: string,
  writings: Each[],
  actions: (writing: Each) => Action[],
  follow: (writing: Each) => Action[] = () => [],
): void {
  transact(
    walk.project,
    name,
    writings.map((writing) => ({
      make: () => actions(writing),
      follow: () => follow(writing),
      failed: (reason) => fail(writing, reason),
    })),
  );
}
