/** What the project holds now of the thing an op is about: used before writing, after writing, and for reading back later. */
import type { RawMarker, RawState, WireOp } from '../../bridge/premiere/wire.ts';
import { asClip, projectMetadata, type Found, type ProjectIndex } from './find.ts';
import { orNull, type Host, type Marker, type Markers, type ProjectItem } from './natives.ts';

export interface Looked {
  found: Found | null;
  state: RawState | null;
}

const NOTHING: RawState = { bin: null, label: null, xmp: null, marker: null };

export async function look(host: Host, op: WireOp, index: ProjectIndex): Promise<Looked> {
  if (op.op === 'make-bin' || op.op === 'remove-bin')
    return { found: null, state: index.bin(op.bin) ? { ...NOTHING, bin: op.bin } : null };
  const found = await index.find(op.target);
  return { found, state: found ? await stateOf(host, op, found) : null };
}

export async function stateOf(host: Host, op: WireOp, found: Found): Promise<RawState> {
  if (op.op === 'label') return { ...NOTHING, label: await labelOf(found.item) };
  if (op.op === 'metadata') return { ...NOTHING, xmp: await projectMetadata(host, found.item) };
  if (op.op === 'marker' || op.op === 'remove-marker') {
    const marker = findMarker(await markersOf(host, found.item), op.tag);
    return { ...NOTHING, marker: marker && readMarker(marker) };
  }
  return { ...NOTHING, bin: found.parent.path };
}

export async function labelOf(item: ProjectItem): Promise<number | null> {
  const label = await orNull(() => item.getColorLabelIndex());
  return typeof label === 'number' ? label : null;
}

/** The item's markers; null for sequences and made things, whose markers are not a clip's. */
export async function markersOf(host: Host, item: ProjectItem): Promise<Markers | null> {
  const clip = asClip(host, item);
  if (!clip || (await orNull(() => clip.isSequence()))) return null;
  return orNull(() => host.ppro.Markers.getMarkers(clip));
}

/** The marker whose comment ends in this tag; white space after it is the user's. */
export function findMarker(markers: Markers | null, tag: string): Marker | null {
  return markers?.getMarkers().find((marker) => marker.getComments().trimEnd().endsWith(tag)) ?? null;
}

/** A marker has a length here, where the wire says its end. */
export function readMarker(marker: Marker): RawMarker {
  const start = marker.getStart().ticks;
  return {
    start,
    end: String(BigInt(start) + BigInt(marker.getDuration().ticks)),
    name: marker.getName(),
    comments: marker.getComments(),
    type: marker.getType(),
    colour: marker.getColorIndex(),
  };
}
