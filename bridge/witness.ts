/** Asks an editor for its own interchange file of the cut that was just written: a witness beside ours, never in its place. */
import { HostError } from './call.ts';
import type { Editor } from './contract.ts';
import type { CutList } from '../manifest/documents/cutlist.ts';
import type { CutWritten, Desk, Witnessed } from './desk.ts';

/** The file, or why there is none, in a sentence; a cut is whole without it. */
export async function exportWitness(
  editor: Editor,
  desk: Pick<Desk, 'witness'>,
  about: { manifest: string; sequence: { id: string; name: string }; cut: CutList; written: CutWritten },
): Promise<Witnessed | { refused: string }> {
  const { manifest, sequence, cut, written } = about;
  const [beside] = written.files;
  if (!beside || !desk.witness) return { refused: 'No file of the cut was written.' };
  const folder = beside.path.replace(/[^/\\]*$/, '');
  // A name of its own until it is whole; Premiere writes where it is told, over whatever stands there.
  const exported = `${folder}.witness-${Math.random().toString(36).slice(2, 10)}.xml`;
  try {
    const { editor: name } = await editor.about();
    const { path, format } = await editor.exportInterchange(sequence.id, exported);
    return await desk.witness(manifest, {
      exported: path,
      format,
      editor: name,
      name: written.name ?? sequence.name,
      sequence: sequence.name,
      cut,
    });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { refused: error.message };
  }
}
