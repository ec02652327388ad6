/** What the project holds now of the thing an op is about: used before writing, after writing, and for reading back later. */
import type { MarkerOp, RawState, WireOp } from '../../bridge/premiere/wire.ts';
import type { ItemIndex } from './find.ts';
import type { NativeItem, NativeMarker } from './natives.ts';
import { labelOf, markersOf, projectMetadata, readMarker, type Found } from './project.ts';

export interface Looked {
  found: Found | null;
  state: RawState | null;
}

export function look(op: WireOp, index: ItemIndex): Looked {
  if (op.op === 'make-bin' || op.op === 'remove-bin') {
    return { found: null, state: index.bin(op.bin) ? stateOf({ bin: op.bin }) : null };
  }
  const found = index.find(op.target, op.op === 'import');
  return { found, state: found ? stateOfItem(op, found, index) : null };
}

/** The path of its bin as the index has it; an item that somebody moved since lies where its own path says. */
function placeOf(found: Found, index: ItemIndex): string[] {
  const bin = index.bin(found.bin);
  if (bin && index.lies(found.item, bin)) return found.bin;
  return found.item.treePath.split('\\').slice(2, -1);
}

function stateOfItem(op: WireOp, found: Found, index: ItemIndex): RawState {
  if (op.op === 'label') return stateOf({ label: labelOf(found.item) });
  if (op.op === 'metadata') return stateOf({ xmp: projectMetadata(found.item) });
  if (op.op === 'marker' || op.op === 'remove-marker') {
    const marker = findMarker(found.item, op.tag);
    return stateOf({ marker: marker ? readMarker(marker) : null });
  }
  return stateOf({ bin: placeOf(found, index) });
}

function stateOf(known: Partial<RawState>): RawState {
  return {
    bin: known.bin || null,
    label: typeof known.label === 'number' ? known.label : null,
    xmp: known.xmp || null,
    marker: known.marker || null,
  };
}

/** The marker whose comment ends in this tag; white space after it is the user's. */
export function findMarker(item: NativeItem, tag: MarkerOp['tag']): NativeMarker | null {
  const markers = markersOf(item);
  if (!markers || !markers.numMarkers) return null;
  let marker = markers.getFirstMarker();
  for (let left = markers.numMarkers; marker && left > 0; left--) {
    const comments = marker.comments.replace(/\s+$/, '');
    const at = comments.length - tag.length;
    if (at >= 0 && comments.substring(at) === tag) return marker;
    marker = markers.getNextMarker(marker);
  }
  return null;
}
