/** Listening for a face: one run a manifest, begun, asked after and stopped by separate calls. */
import type { ListeningAsked, ListeningDesk, ListeningState } from '../../desk.ts';
import { openHandoff } from '../desk.ts';
import { runs, type Run } from '../runs.ts';
import { listenThrough } from './listen.ts';
import { localWaveforms } from './waveforms.ts';

/** `overrides` say where roots lie, over what is remembered. */
export function localListening(overrides: Record<string, string> = {}): ListeningDesk {
  const hearings = runs<ListeningState>();
  return {
    listen: (path, asked) =>
      hearings.begin(path, { running: true, progress: null, listened: null, issues: [] }, (run) =>
        carryOut(run, asked, overrides),
      ),
    listening: hearings.now,
    stopListening: hearings.stop,
    ...localWaveforms(overrides),
  };
}

async function carryOut(
  { manifest, state, signal }: Run<ListeningState>,
  { clips, all }: ListeningAsked,
  overrides: Record<string, string>,
): Promise<void> {
  const opened = await openHandoff(manifest, overrides);
  const { handoff } = opened;
  if (!handoff) throw new Error(opened.issues[0]?.message ?? 'the manifest cannot be read');
  const paths = clips && new Set(clips);
  const only = paths && new Set(handoff.clips.filter((clip) => paths.has(clip.path)).map((clip) => clip.id));
  const { listened, issues } = await listenThrough({
    opened: { ...opened, handoff },
    pairs: { ...(only ? { only } : {}), ...(all ? { all } : {}) },
    signal,
    onProgress: (progress) => {
      state.progress = progress;
    },
  });
  state.listened = listened;
  state.issues = issues;
}
