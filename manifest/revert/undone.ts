/** What a row of receipts came to: for each item, what Baton's last word was and what stood there before its first. */
import type { BinPath, ClipTarget, Marker, Metadata, MetadataField } from '../documents/plan.ts';
import type { Receipt, ReceiptStep } from '../documents/receipt.ts';
import { sameMarker } from '../plan/base.ts';
import { joinedKeywords } from '../plan/keywords.ts';

/** `before` null = there was none. */
export interface Change<Value> {
  before: Value | null;
  after: Value;
}

export interface WrittenClip {
  target: ClipTarget;
  item: string | undefined;
  /** True where Baton brought it into the project. */
  imported: boolean;
  bin?: Change<BinPath>;
  label?: Change<string | null>;
  metadata: Map<MetadataField, Change<string>>;
  markers: Map<string, Change<Marker>>;
}

export interface Undone {
  clips: WrittenClip[];
  /** Bins that Baton made, in the order it made them. */
  bins: BinPath[];
  /** Steps of which nobody knows whether they were written, nor what was there. */
  unsure: ReceiptStep[];
}

export function undone(receipts: Receipt[]): Undone {
  const clips = new Map<string, WrittenClip>();
  const bins = new Map<string, BinPath>();
  const unsure: ReceiptStep[] = [];
  for (const receipt of receipts)
    for (const step of receipt.steps) {
      if (step.result === 'failed' || step.result === 'skipped') continue;
      // A bin may be taken away only when it is empty, and an import only where it is found: neither can do harm.
      const knows = step.result === 'verified' || step.before !== undefined || makes(step);
      if (!knows) unsure.push(step);
      else if (!('clip' in step.target)) noteBin(bins, step);
      else noteClip(clips, step.target, step);
    }
  return { clips: [...clips.values()], bins: [...bins.values()], unsure };
}

function makes({ kind }: ReceiptStep): boolean {
  return kind === 'make-bin' || kind === 'import' || kind === 'add-marker';
}

function noteBin(bins: Map<string, BinPath>, { kind, target, found }: ReceiptStep): void {
  if (kind === 'make-bin' && !found && 'bin' in target) bins.set(JSON.stringify(target.bin), target.bin);
}

function noteClip(clips: Map<string, WrittenClip>, target: ClipTarget, step: ReceiptStep): void {
  const item = step.item ?? target.item;
  let now = clips.get(target.clip);
  // What was written to an item that has gone says nothing about the one that came after it.
  if (!now || (item !== undefined && now.item !== undefined && item !== now.item)) {
    now = { target, item, imported: false, metadata: new Map(), markers: new Map() };
    clips.set(target.clip, now);
  }
  now.item ??= item;
  const { after, before } = step;
  if (step.kind === 'import' && !step.found) {
    now.imported = true;
    if ('bin' in after) now.bin = { before: null, after: after.bin };
  }
  if (step.kind === 'move' && 'bin' in after)
    now.bin = joined(now.bin, before && 'bin' in before ? before.bin : null, after.bin, sameJson);
  if ('label' in after)
    now.label = joined(now.label, before && 'label' in before ? before.label : null, after.label, sameJson);
  if ('metadata' in after)
    noteMetadata(now, before && 'metadata' in before ? before.metadata : {}, after.metadata);
  if ('marker' in after) {
    const was = before && 'marker' in before ? before.marker : null;
    now.markers.set(after.marker.id, joined(now.markers.get(after.marker.id), was, after.marker, sameMarker));
  }
}

function noteMetadata(now: WrittenClip, before: Metadata, after: Metadata): void {
  for (const [field, value] of Object.entries(after) as [MetadataField, string][])
    now.metadata.set(
      field,
      field === 'keywords'
        ? joinedKeywords(now.metadata.get(field), before[field] ?? '', value)
        : joined(now.metadata.get(field), before[field] ?? '', value, sameJson),
    );
}

/** Two writes in a row are one; where somebody changed the value in between, what they put there is what goes back. */
function joined<Value>(
  last: Change<Value> | undefined,
  before: Value | null,
  after: Value,
  same: (a: Value, b: Value) => boolean,
): Change<Value> {
  return last && (before === null || same(last.after, before))
    ? { before: last.before, after }
    : { before, after };
}

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
