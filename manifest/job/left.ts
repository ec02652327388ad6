/**
 * An editor's project as receipts say they left it: what a revert is planned against where the project itself cannot be asked,
 * because it is open in Resolve and the plan is made outside. The script there compares each value before it touches it.
 */
import type { BinPath, Marker, Metadata } from '../documents/plan.ts';
import type { Receipt } from '../documents/receipt.ts';
import type { ProjectItem, ProjectSnapshot } from '../documents/snapshot.ts';
import { undone, type WrittenClip } from '../revert/undone.ts';

/** `receipts` are of one project, oldest first, at least one. Items that Baton did not touch are not in it. */
export function projectAsLeft(receipts: [Receipt, ...Receipt[]]): ProjectSnapshot {
  const { host, project } = receipts[receipts.length - 1]!;
  const { clips, bins } = undone(receipts);
  return {
    kind: 'project',
    version: 1,
    editor: 'resolve',
    editorVersion: host.editorVersion,
    project,
    bins: bins.map((path) => ({ id: path.join('/'), path })),
    items: clips.map(itemAsLeft),
  };
}

/** An item that nobody moved lies where nobody knows; no step asks. */
function itemAsLeft({ target, item, bin, label, metadata, markers }: WrittenClip): ProjectItem {
  const fields: Metadata = {};
  for (const [field, { after }] of metadata) fields[field] = after;
  const notes: Marker[] = [...markers.values()].map(({ after }) => after);
  const place: BinPath = bin?.after ?? [];
  return {
    id: item ?? '',
    name: target.path,
    file: target.file,
    bin: place,
    kind: 'clip',
    offline: false,
    label: label?.after ?? null,
    metadata: fields,
    markers: notes,
  };
}
