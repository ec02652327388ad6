/** Writes a person's changes into the manifest on disk: under the store's lock, against what it holds by then, all or none. */
import type { Edit } from '../../manifest/documents/edit.ts';
import { applyEdits } from '../../manifest/edits.ts';
import { HostError } from '../call.ts';
import { updateHandoff } from './store.ts';

export async function editHandoff(path: string, edits: Edit[]): Promise<{ revision: number; undo: Edit[] }> {
  let undo: Edit[] = [];
  const at = new Date().toISOString();
  const { revision } = await updateHandoff(path, (handoff) => {
    const edited = applyEdits(handoff, edits, at);
    if ('refused' in edited) throw new HostError('refused', 'edit', edited.refused);
    ({ undo } = edited);
    return edited.handoff;
  });
  return { revision, undo };
}
