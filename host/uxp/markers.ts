/**
 * Markers. Premiere takes no colour for a new one, and what is new must first be there, so adding is two transactions inside one
 * lock: a panel that is closed half way never leaves a marker that looks as if somebody had changed it.
 */
import type { MarkerOp, RemoveMarkerOp } from '../../bridge/premiere/wire.ts';
import { makeColumns, metadataAction, writeAll } from './items.ts';
import { findMarker, markersOf } from './look.ts';
import { askEach, type Action, type Marker, type Markers, type TickTime } from './natives.ts';
import { fail, type ItemWriting, type Walk } from './write.ts';

type Writing = ItemWriting<MarkerOp | RemoveMarkerOp>;
const TICKS_PER_SECOND = 254016000000;

/** Seconds come as the nearest double to a frame's time; whole ticks are what they meant. */
function time({ ppro }: Walk, seconds: number): TickTime {
  return ppro.TickTime.createWithTicks(String(Math.round(seconds * TICKS_PER_SECOND)));
}

function length(walk: Walk, op: MarkerOp): TickTime {
  const ticks = BigInt(time(walk, op.end).ticks) - BigInt(time(walk, op.start).ticks);
  return walk.ppro.TickTime.createWithTicks(String(ticks));
}

/** Markers of each item, read once however many of its markers are written. */
async function markersOfEach(walk: Walk, writings: Writing[]): Promise<Map<string, Markers | null>> {
  const items = new Map(writings.map(({ found }) => [found.id, found.item]));
  const read = await askEach([...items.values()], (item) => markersOf(walk, item));
  return new Map([...items.keys()].map((id, nth) => [id, read[nth]!]));
}

export async function addMarkers(walk: Walk, writings: ItemWriting<MarkerOp>[]): Promise<void> {
  for (const { result } of writings) if (result.before?.marker) result.outcome = 'present';
  const open = writings.filter(({ result }) => result.outcome !== 'present');
  const markers = await markersOfEach(walk, open);
  for (const { op } of open) await makeColumns(walk, op.remember);
  const carriers = rateCarriers(walk, open);
  const add = (writing: ItemWriting<MarkerOp>): Action[] => {
    const { op, found } = writing;
    const there = markers.get(found.id);
    if (!there) throw new Error('Premiere keeps no markers on it');
    // Tried again after a refusal, it may be there after all.
    if (findMarker(there, op.tag)) return [];
    const { MARKER_TYPE_COMMENT } = walk.ppro.Marker;
    const [at, span] = [time(walk, op.start), length(walk, op)];
    return [
      there.createAddMarkerAction(op.name, MARKER_TYPE_COMMENT, at, span, op.comments),
      ...rate(walk, writing, carriers),
    ];
  };
  const dress = ({ op, found }: ItemWriting<MarkerOp>): Action[] => {
    const marker = findMarker(markers.get(found.id)!, op.tag);
    return marker ? differences(walk, marker, op) : [];
  };
  writeAll(walk, 'Baton: add notes as markers', open, add, dress);
}

export async function updateMarkers(walk: Walk, writings: ItemWriting<MarkerOp>[]): Promise<void> {
  const markers = await markersOfEach(walk, writings);
  const open = writings.filter((writing) => {
    if (writing.result.before?.marker) return true;
    fail(writing, 'the marker is no longer on the clip');
    return false;
  });
  for (const { op } of open) await makeColumns(walk, op.remember);
  const carriers = rateCarriers(walk, open);
  writeAll(walk, 'Baton: change markers', open, (writing) => {
    const { op, found } = writing;
    const there = markers.get(found.id)!;
    const marker = findMarker(there, op.tag);
    if (!marker) throw new Error('Premiere does not show the marker');
    const at = time(walk, op.start);
    const moves = marker.getStart().ticks === at.ticks ? [] : [there.createMoveMarkerAction(marker, at)];
    return [...moves, ...differences(walk, marker, op), ...rate(walk, writing, carriers)];
  });
}

/** What is noted beside the markers: the rate they count at. */
function rate(walk: Walk, writing: ItemWriting<MarkerOp>, carriers: Set<ItemWriting<MarkerOp>>): Action[] {
  return carriers.has(writing) ? [metadataAction(walk, writing.found.item, writing.op.remember)] : [];
}

/** The writings that note the rate beside the markers: the first of each item in a call. */
function rateCarriers(walk: Walk, writings: ItemWriting<MarkerOp>[]): Set<ItemWriting<MarkerOp>> {
  const carriers = new Set<ItemWriting<MarkerOp>>();
  for (const writing of writings) {
    if (walk.remembered.has(writing.found.id)) continue;
    walk.remembered.add(writing.found.id);
    carriers.add(writing);
  }
  return carriers;
}

/** Whatever of a marker differs from what is wanted, but for its place. */
function differences(walk: Walk, marker: Marker, op: MarkerOp): Action[] {
  const actions: Action[] = [];
  const span = length(walk, op);
  if (marker.getColorIndex() !== op.colour) actions.push(marker.createSetColorByIndexAction(op.colour));
  if (marker.getName() !== op.name) actions.push(marker.createSetNameAction(op.name));
  if (marker.getComments() !== op.comments) actions.push(marker.createSetCommentsAction(op.comments));
  if (marker.getDuration().ticks !== span.ticks) actions.push(marker.createSetDurationAction(span));
  return actions;
}

export async function removeMarkers(walk: Walk, writings: ItemWriting<RemoveMarkerOp>[]): Promise<void> {
  const markers = await markersOfEach(walk, writings);
  const open = writings.filter(({ op, found, result }) => {
    const there = findMarker(markers.get(found.id)!, op.tag) !== null;
    if (!there) result.outcome = 'absent';
    return there;
  });
  writeAll(walk, 'Baton: remove markers', open, ({ op, found }) => {
    const there = markers.get(found.id)!;
    const marker = findMarker(there, op.tag);
    return marker ? [there.createRemoveMarkerAction(marker)] : [];
  });
  await forget(walk, open);
}

/** The rate goes once no marker of Baton's counts by it. */
async function forget(walk: Walk, writings: ItemWriting<RemoveMarkerOp>[]): Promise<void> {
  const markers = await markersOfEach(walk, writings);
  const last = new Map(
    writings
      .filter(({ found }) => !markers.get(found.id)?.getMarkers().some(isOurs))
      .map((writing) => [writing.found.id, writing]),
  );
  writeAll(walk, 'Baton: forget rates', [...last.values()], ({ op, found }) => [
    metadataAction(walk, found.item, op.forget),
  ]);
}

function isOurs(marker: Marker): boolean {
  return marker.getComments().includes('[baton:');
}
