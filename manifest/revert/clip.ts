/** The steps that take back what Baton wrote on one item, and what the editor changed since and therefore keeps. */
import type { BinPath, Kept, Marker, Metadata, MetadataField, StepKind } from '../documents/plan.ts';
import type { ProjectItem } from '../documents/snapshot.ts';
import { keywordsBack } from '../plan/keywords.ts';
import type { BareStep } from '../plan/step.ts';
import { sameBin, sameMarker } from '../plan/base.ts';
import { REVERTED_BIN, type ImportedItems } from '../revert.ts';
import type { WrittenClip } from './undone.ts';

interface Taking {
  written: WrittenClip;
  item: ProjectItem;
  target: { clip: string; path: string; file: string; item: string };
  steps: BareStep[];
  kept: Kept[];
}

export function revertClip(
  written: WrittenClip,
  item: ProjectItem,
  imported: ImportedItems,
): Pick<Taking, 'steps' | 'kept'> {
  const taking: Taking = { written, item, target: { ...written.target, item: item.id }, steps: [], kept: [] };
  if (written.imported && imported === 'remove' && removed(taking)) return taking;
  place(taking, imported);
  label(taking);
  metadata(taking);
  markers(taking);
  return taking;
}

function keep({ written, kept }: Taking, what: StepKind, why: string): void {
  kept.push({ clip: written.target.clip, path: written.target.path, what, why });
}

const inWords = (bin: BinPath) => bin.join('/') || 'the project root';

/** An item that the editor moved or cut with is theirs now: it stays. */
function removed(taking: Taking): boolean {
  const { written, item, target, steps } = taking;
  if (written.bin && !sameBin(item.bin, written.bin.after)) {
    keep(taking, 'remove-item', `It was moved to ${inWords(item.bin)} since; it stays in the project.`);
    return false;
  }
  if (item.usedIn && item.usedIn.length > 0) {
    const names = item.usedIn.map((name) => `"${name}"`).join(', ');
    const many = item.usedIn.length > 1;
    keep(
      taking,
      'remove-item',
      `The sequence${many ? 's' : ''} ${names} use${many ? '' : 's'} it; it stays in the project.`,
    );
    return false;
  }
  const why = 'Baton imported it. The media stay where they are.';
  steps.push({
    kind: 'remove-item',
    target,
    before: { bin: item.bin },
    after: { gone: target.clip },
    why,
    undoable: false,
  });
  return true;
}

function place(taking: Taking, imported: ImportedItems): void {
  const { written, item, target, steps } = taking;
  if (!written.bin) return;
  const before = written.bin.before ?? (imported === 'gather' ? REVERTED_BIN : null);
  if (!before || sameBin(item.bin, before)) return;
  if (!sameBin(item.bin, written.bin.after))
    return keep(
      taking,
      'move',
      `It was moved to ${inWords(item.bin)} after Baton put it into ${inWords(written.bin.after)}; it stays.`,
    );
  const why = written.bin.before
    ? `It lay in ${inWords(before)} before.`
    : 'Baton imported it; sequences that use it keep it.';
  steps.push({
    kind: 'move',
    target,
    before: { bin: item.bin },
    after: { bin: before },
    why,
    undoable: true,
  });
}

function label(taking: Taking): void {
  const { written, item, target, steps } = taking;
  if (!written.label) return;
  const { before, after } = written.label;
  if (item.label === before) return;
  if (item.label !== after)
    return keep(
      taking,
      'set-label',
      `Its label was changed from ${after ?? 'none'} to ${item.label ?? 'none'}; it stays.`,
    );
  const was = item.label === null ? {} : { before: { label: item.label } };
  const why = `Its label was ${before ?? 'none'} before.`;
  steps.push({ kind: 'set-label', target, ...was, after: { label: before }, why, undoable: true });
}

function metadata(taking: Taking): void {
  const { written, item, target, steps } = taking;
  const [before, after]: [Metadata, Metadata] = [{}, {}];
  for (const [field, change] of written.metadata) {
    if (field === 'keywords') {
      const back = keywordsBack(item.metadata.keywords, change);
      if (back) [before.keywords, after.keywords] = [back.before, back.after];
      continue;
    }
    const now = item.metadata[field] ?? '';
    const was = change.before ?? '';
    if (now === was) continue;
    if (now !== change.after) {
      keep(taking, 'set-metadata', `${field} was changed to "${now}"; it stays.`);
      continue;
    }
    before[field] = now;
    after[field] = was;
  }
  const fields = Object.keys(after) as MetadataField[];
  if (fields.length === 0) return;
  const why = `What stood in ${fields.filter((field) => field !== 'batonId').join(', ') || 'its id'} before.`;
  steps.push({
    kind: 'set-metadata',
    target,
    before: { metadata: before },
    after: { metadata: after },
    why,
    undoable: true,
  });
}

function markers(taking: Taking): void {
  const { written, item } = taking;
  for (const [id, { before, after }] of written.markers) {
    const now = item.markers.find((marker) => marker.id === id);
    if (!now || (before && sameMarker(now, before))) continue;
    if (!sameMarker(now, after))
      keep(taking, 'remove-marker', `The marker "${now.comment}" was changed in the editor; it stays.`);
    else takeBack(taking, now, before);
  }
}

function takeBack({ target, steps }: Taking, now: Marker, before: Marker | null): void {
  if (before)
    steps.push({
      kind: 'update-marker',
      target,
      before: { marker: now },
      after: { marker: before },
      why: `The note read before: ${before.comment}`,
      undoable: true,
    });
  else
    steps.push({
      kind: 'remove-marker',
      target,
      before: { marker: now },
      after: { gone: now.id },
      why: `Baton made it: ${now.comment}`,
      undoable: true,
    });
}
