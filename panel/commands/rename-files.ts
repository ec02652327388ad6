/** Gives the chosen files the names that were shown, all or none, and asks now and then how far that is. Cancel puts every name back. */
import { HostError } from '../../bridge/call.ts';
import type { RenamingState } from '../../bridge/desk.ts';
import { listsOf } from '../name-rows.ts';
import { readManifest } from '../read.ts';
import { counted } from '../words.ts';
import type { Bench, Command } from './command.ts';
import { proposeAgain, whyNot } from './propose-names.ts';
import { pause } from './scan.ts';

export const renameFiles: Command = {
  id: 'rename-files',
  label: 'Rename files on the disk',
  doing: 'Renaming files',
  when: (state) => {
    const { names, writable } = state;
    if (whyNot(state) !== null || !names) return whyNot(state) ?? 'Look at the names first';
    if (!writable) return 'The handoff cannot be written here';
    if (names.chosen.length === 0) return 'Choose what to rename';
    return !names.force && listsOf(names).length > 0 ? 'Tick first that hash lists may go stale' : null;
  },
  run: (bench, signal) => {
    const { names: shown, force } = bench.store.get().names!;
    const chosen = new Set(bench.store.get().names!.chosen);
    const renames = shown.renames.flatMap(({ clip, to }) => (chosen.has(clip) ? [{ clip, to }] : []));
    return through(bench, signal, (path) => bench.naming!.rename(path, { renames, force }));
  },
};

/** Until it is over; then the handoff is read again, and what is proposed by now is shown. */
export async function through(
  bench: Bench,
  signal: AbortSignal,
  begin: (path: string) => Promise<RenamingState>,
): Promise<void> {
  const { store, naming } = bench;
  const path = store.get().path!;
  let now = await begin(path);
  while (now.running) {
    if (signal.aborted) now = (await naming!.stopRenaming(path)) ?? now;
    else await pause(signal);
    const { progress } = now;
    store.change((state) => {
      if (state.work && progress) state.work.progress = progress;
    });
    if (now.running) now = (await naming!.renaming(path)) ?? { ...now, running: false, failed: GONE };
  }
  if (now.failed !== undefined && !signal.aborted) throw new HostError('refused', 'rename', now.failed);
  if (now.renamed) await readManifest(bench);
  await proposeAgain(store, naming!);
  store.change((state) => {
    state.said = now.failed ?? saidOf(now.renamed!);
    state.notice = now.failed ?? '';
  });
}

const GONE = 'The service was started anew.';

function saidOf({ files, undone }: NonNullable<RenamingState['renamed']>): string {
  const count = counted(files.length, 'file');
  return undone ? `${count} called as before again` : `${count} renamed; the old names can be given back`;
}
