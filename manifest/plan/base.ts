/**
 * What Baton last wrote into an editor's project, from the receipts in the manifest's history. It is the third side of
 * every comparison: a value that is neither what Baton wants nor what it last wrote was changed by the editor, and stays.
 */
import type { Handoff } from '../documents/handoff.ts';
import type { BinPath, Marker, Metadata } from '../documents/plan.ts';
import type { ReceiptStep } from '../documents/receipt.ts';
import type { ProjectItem } from '../documents/snapshot.ts';
import { readReceipt } from '../documents/schemas.ts';

export interface Written {
  /** The editor's id of the item; what was written to an item that is gone does not bind the one that came after it. */
  item: string | undefined;
  bin?: BinPath | undefined;
  label?: string | undefined;
  metadata: Metadata;
  markers: Map<string, Marker>;
  /** Ids of markers that the item remembers as Baton's; how they read nobody knows. */
  marked?: ReadonlySet<string>;
}

/** By clip id. Only receipts of this project count: a manifest may serve several. */
export function lastWritten(handoff: Handoff, projectId: string): Map<string, Written> {
  const written = new Map<string, Written>();
  for (const record of handoff.history) {
    const receipt = readReceipt(record['receipt']);
    if (!receipt || receipt.project.id !== projectId) continue;
    const note = receipt.reverts ? forget : take;
    for (const step of receipt.steps) if (step.result === 'verified') note(written, step);
  }
  return written;
}

function take(written: Map<string, Written>, step: ReceiptStep): void {
  if (!('clip' in step.target)) return;
  const { clip } = step.target;
  const item = step.item ?? step.target.item;
  let now = written.get(clip);
  if (!now || step.kind === 'import' || (item && now.item && item !== now.item)) {
    now = { item, metadata: {}, markers: new Map() };
    written.set(clip, now);
  }
  now.item ??= item;
  const { after } = step;
  if ('bin' in after) now.bin = after.bin;
  if ('label' in after) now.label = after.label ?? undefined;
  if ('metadata' in after) now.metadata = { ...now.metadata, ...after.metadata };
  if ('marker' in after) now.markers.set(after.marker.id, after.marker);
}

/** What was taken back is as if it had never been written, so that the next plan writes it again. */
function forget(written: Map<string, Written>, step: ReceiptStep): void {
  if (!('clip' in step.target)) return;
  const now = written.get(step.target.clip);
  if (!now) return;
  const { after } = step;
  if (step.kind === 'remove-item') written.delete(step.target.clip);
  if ('bin' in after) now.bin = undefined;
  if ('label' in after) now.label = undefined;
  if ('metadata' in after)
    for (const field of Object.keys(after.metadata) as (keyof Metadata)[]) delete now.metadata[field];
  if (step.kind === 'remove-marker' && 'gone' in after) now.markers.delete(after.gone);
  if ('marker' in after) now.markers.delete(after.marker.id);
}

/** With the item's own word, which counts before the receipts. */
export function withOwnWord(written: Written | undefined, { id, wrote }: ProjectItem): Written | undefined {
  if (!wrote) return written;
  const { label, metadata, markers } = wrote;
  const base: Written = written ?? { item: id, metadata: {}, markers: new Map() };
  // What was emptied is as if it had never been written.
  const fields = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== ''));
  return {
    ...base,
    ...(label ? { label } : {}),
    metadata: { ...base.metadata, ...fields },
    marked: new Set(markers),
  };
}

/** What to do about one value: nothing, write it, or leave the editor's own. */
export type Choice = 'same' | 'write' | 'keep';

/** `base` undefined = Baton never wrote it. `same` compares two values that exist. */
export function choose<Value>(
  wanted: Value,
  now: Value | null | undefined,
  base: Value | undefined,
  same: (a: Value, b: Value) => boolean,
): Choice {
  if (now !== null && now !== undefined && same(now, wanted)) return 'same';
  if (base === undefined) return 'write';
  const untouched = now !== null && now !== undefined && same(now, base);
  return untouched ? 'write' : 'keep';
}

export const sameText = (a: string, b: string) => a === b;
export const sameBin = (a: BinPath, b: BinPath) =>
  a.length === b.length && a.every((name, index) => name === b[index]);
/** Length and colour round to what an editor has; place, name and words are what a person would miss. */
export const sameMarker = (a: Marker, b: Marker) =>
  a.frame === b.frame && a.name === b.name && a.comment === b.comment;
