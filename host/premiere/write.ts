/** Walks a list of ops, writes each, and returns what it then reads. What to write is the panel's decision. */
import type {
  LabelOp,
  MakeBinOp,
  MarkerOp,
  MetadataOp,
  MoveOp,
  RemoveBinOp,
  RemoveItemOp,
  RemoveMarkerOp,
  RawOutcome,
  RawResult,
  RawState,
  WireMetadata,
  WireOp,
} from '../../bridge/premiere/wire.ts';
import { openProject, reasonOf, refuse } from './answer.ts';
import { currentIndex, forgetIndex, indexProject, type ItemIndex } from './find.ts';
import { importAll } from './import.ts';
import { findMarker, look } from './look.ts';
import type { MarkerTimes, NativeItem } from './natives.ts';
import { markersOf, type Found } from './project.ts';
import { removeBin, removeItem, removeMarker } from './remove.ts';
import { usedItems, type Used } from './usage.ts';

/** What one call keeps while it walks: the index, and what it has already told Premiere. */
export interface Walk {
  index: ItemIndex;
  columns: Record<string, boolean>;
  remembered: Record<string, boolean>;
  /** What the sequences use; read when the first item is to go. */
  used: Used | null;
}

export function result(outcome: RawOutcome, message: string | null, before: RawState | null): RawResult {
  return { outcome, message, item: null, before, after: null };
}

/** One result per op, in the same order. An op that fails does not stop the next. */
export function apply(request: { ops: WireOp[] }): RawResult[] {
  const walk: Walk = { index: currentIndex(), columns: {}, remembered: {}, used: null };
  const results: RawResult[] = [];
  for (let i = 0; i < request.ops.length; i++) {
    const op = request.ops[i]!;
    if (op.op === 'import') {
      // The first import into a bin takes every other of this call with it: one importFiles per bin.
      if (!results[i]) importAll(request.ops, i, walk.index, results);
    } else results[i] = applyOne(op, walk);
    // What comes late would be taken for missing by an index from before it came.
    if (results[i]!.outcome === 'pending') forgetIndex();
  }
  return results;
}

/** Looks again and writes nothing. */
export function readBack(request: { ops: WireOp[] }): RawResult[] {
  const index = indexProject();
  const results: RawResult[] = [];
  for (let i = 0; i < request.ops.length; i++) {
    const looked = look(request.ops[i]!, index);
    const seen = result(looked.state ? 'present' : 'absent', null, null);
    seen.item = looked.found ? looked.found.item.nodeId : null;
    seen.after = looked.state;
    results.push(seen);
  }
  return results;
}

type ItemOp = MoveOp | LabelOp | MetadataOp | MarkerOp | RemoveMarkerOp | RemoveItemOp;

function applyOne(op: MakeBinOp | RemoveBinOp | ItemOp, walk: Walk): RawResult {
  let answer = result('failed', null, null);
  try {
    const before = look(op, walk.index);
    answer.before = before.state;
    if (op.op === 'make-bin') {
      answer.outcome = before.state ? 'present' : 'done';
      makeBin(op.bin, walk.index);
      const made = walk.index.bin(op.bin);
      // By its id a bin is known again once somebody has renamed it.
      if (made) answer.item = made.nodeId;
    } else if (op.op === 'remove-bin') {
      answer.outcome = before.state ? 'done' : 'absent';
      if (before.state) removeBin(op.bin, walk.index);
    } else if (!before.found) {
      answer = result('absent', 'it is not in the project', null);
    } else {
      answer.item = before.found.item.nodeId;
      answer.outcome = writeItem(op, before.found, before.state, walk);
    }
    answer.after = look(op, walk.index).state;
  } catch (error) {
    answer.outcome = 'failed';
    answer.message = reasonOf(error);
  }
  return answer;
}

function writeItem(op: ItemOp, found: Found, before: RawState | null, walk: Walk): RawOutcome {
  if (op.op === 'move') return moveItem(op, found, walk.index);
  if (op.op === 'label') found.item.setColorLabel(op.label);
  if (op.op === 'remove-marker') return removeMarker(found.item, op);
  if (op.op === 'remove-item') {
    if (!walk.used) walk.used = usedItems();
    removeItem(found, walk.index, walk.used);
  }
  if (op.op === 'metadata') writeMetadata(found.item, op.write, walk);
  if (op.op === 'marker') return writeMarker(op, found.item, before, walk);
  return 'done';
}

/** Makes what is missing of a path. Premiere would make a second bin of the same name, so each level is looked for first. */
function makeBin(path: string[], index: ItemIndex): void {
  for (let depth = 1; depth <= path.length; depth++) {
    const here = path.slice(0, depth);
    if (index.bin(here)) continue;
    const parent = index.bin(path.slice(0, depth - 1))!;
    const made = parent.createBin(path[depth - 1]!);
    if (!made) throw refuse('refused', 'Premiere did not make the bin');
    if (made.name !== path[depth - 1]) throw refuse('refused', 'Premiere named the bin "' + made.name + '"');
    index.addBin(here, made);
  }
}

function moveItem(op: MoveOp, found: Found, index: ItemIndex): RawOutcome {
  const bin = index.bin(op.bin);
  if (!bin) throw refuse('refused', 'there is no bin "' + op.bin.join('/') + '"');
  if (index.lies(found.item, bin)) return 'present';
  found.item.moveBin(bin);
  if (index.lies(found.item, bin)) found.bin = op.bin;
  return 'done';
}

function writeMetadata(item: NativeItem, write: WireMetadata, walk: Walk): void {
  for (let i = 0; i < write.columns.length; i++) {
    const column = write.columns[i]!;
    if (walk.columns['#' + column.name]) continue;
    // Harmless where the column is there already; it cannot be asked.
    openProject().addPropertyToProjectMetadataSchema(column.name, column.label, column.type);
    walk.columns['#' + column.name] = true;
  }
  item.setProjectMetadata(write.xmp, write.fields);
}

function writeMarker(op: MarkerOp, item: NativeItem, before: RawState | null, walk: Walk): RawOutcome {
  const there = before && before.marker;
  if (op.mode === 'add' && there) return 'present';
  if (op.mode === 'update' && !there) throw refuse('refused', 'the marker is no longer on the clip');
  const markers = markersOf(item);
  if (!markers) throw refuse('refused', 'Premiere keeps no markers on it');
  let marker = there ? findMarker(item, op.tag) : null;
  if (!marker) {
    marker = markers.createMarker(op.start);
    try {
      // The tag goes on first: a marker without it would be added again the next time.
      marker.comments = op.comments;
    } catch (error) {
      markers.deleteMarker(marker);
      throw error;
    }
  }
  const times = marker as unknown as MarkerTimes;
  // Setting the start drags the end along, so the end is always set after it.
  if (there) times.start = op.start;
  times.end = op.end;
  marker.name = op.name;
  marker.comments = op.comments;
  marker.setColorByIndex(op.colour);
  if (!walk.remembered['#' + item.nodeId]) writeMetadata(item, op.remember, walk);
  walk.remembered['#' + item.nodeId] = true;
  return 'done';
}
