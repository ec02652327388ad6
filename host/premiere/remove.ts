/** Takes away what Baton made: markers by their tag, bins that are empty, and items where a person asked for it. Media stay where they are. */
import type { RawOutcome, RemoveMarkerOp } from '../../bridge/premiere/wire.ts';
import { openProject, refuse } from './answer.ts';
import type { ItemIndex } from './find.ts';
import { findMarker } from './look.ts';
import type { NativeItem } from './natives.ts';
import { childrenOf, markersOf, readMarkers, type Found } from './project.ts';
import { useOf, type Used } from './usage.ts';

const SCRATCH = '_Baton removes these';

export function removeMarker(item: NativeItem, op: RemoveMarkerOp): RawOutcome {
  const marker = findMarker(item, op.tag);
  const markers = markersOf(item);
  if (!marker || !markers) return 'absent';
  markers.deleteMarker(marker);
  if (!hasOurs(item)) item.setProjectMetadata(op.forget.xmp, op.forget.fields);
  return 'done';
}

function hasOurs(item: NativeItem): boolean {
  const markers = readMarkers(markersOf(item));
  for (let i = 0; i < markers.length; i++) if (markers[i]!.comments.indexOf('[baton:') >= 0) return true;
  return false;
}

/** deleteBin takes the contents along, so an index that says "empty" is not enough: the bin itself is asked. */
export function removeBin(path: string[], index: ItemIndex): void {
  const bin = index.bin(path);
  if (!bin || path.length === 0) throw refuse('refused', 'there is no bin "' + path.join('/') + '"');
  const held = childrenOf(bin).length;
  if (held > 0)
    throw refuse('refused', 'the bin "' + path.join('/') + '" is not empty (' + held + '); it stays');
  bin.deleteBin();
  index.removeBin(path);
}

/** Premiere deletes bins only: the item moves alone into one made for it, and that bin goes once it holds nothing else. */
export function removeItem(found: Found, index: ItemIndex, used: Used): void {
  const use = useOf(found.item, used);
  if (use) throw refuse('refused', use);
  const scratch = openProject().rootItem.createBin(SCRATCH);
  if (!scratch) throw refuse('refused', 'Premiere did not make a bin to remove it with');
  found.item.moveBin(scratch);
  const held = childrenOf(scratch);
  const alone = held.length === 1 && held[0]!.nodeId === found.item.nodeId;
  if (held.length > 0 && !alone)
    throw refuse('refused', 'the bin "' + SCRATCH + '" holds something else; nothing was removed');
  const nodeId = found.item.nodeId;
  scratch.deleteBin();
  if (!alone) throw refuse('refused', 'Premiere did not move it out of its bin');
  index.removeItem(nodeId);
}
