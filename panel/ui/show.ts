/** Asks the editor to show a clip: a function for the views, so that each asks alike. */
import type { Clip } from '../../manifest/documents/handoff.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import { usePanel } from './panel-context.ts';

/** Opens it in the Source Monitor, at a frame from its first where one is given. */
export function useShow(): (clip: Clip, at?: { frame: number; rate: Rate }) => void {
  const { store, run } = usePanel();
  return (clip, at) => {
    const { opened, project } = store.get();
    const file = opened?.files[clip.id] ?? '';
    const item = project?.items.find((each) => file !== '' && each.file === file);
    store.change((state) => {
      state.toShow = {
        what: 'source-monitor',
        target: { clip: clip.id, path: clip.path, file, ...(item ? { item: item.id } : {}) },
        ...(at ? { at } : {}),
      };
    });
    void run('show');
  };
}
