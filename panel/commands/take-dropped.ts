/** Takes what was dragged onto the panel: opens a handoff, builds one from a folder, reads a log sheet that lies with the media. */
import { manifestOf } from '../desk/cep.ts';
import { readAll } from '../read.ts';
import type { Bench, Command } from './command.ts';
import { turnTo } from './open-handoff.ts';
import { scan } from './scan.ts';

export const takeDropped: Command = {
  id: 'take-dropped',
  label: 'Take what was dropped',
  doing: 'Looking at what was dropped',
  when: (state) => (state.work ? 'Something is being done' : null),
  run: async (bench, signal) => {
    const { store } = bench;
    const { dropped, path: open } = store.get();
    store.change((state) => {
      state.dropped = null;
    });
    if (!dropped) return;
    if (dropped.what === 'unplaced' || !bench.admit) return say(bench, elsewhere(open));
    const { what, path } = dropped;
    if (what === 'sheet') {
      const folder = folderOf(open);
      if (folder === null || !isIn(path, folder) || !store.get().canScan)
        return say(bench, notWithMedia(path, folder));
      return scan.run(bench, signal);
    }
    const manifest = what === 'folder' ? manifestOf(path) : path;
    bench.admit(manifest);
    turnTo(bench, manifest);
    await (what === 'folder' ? scan.run(bench, signal) : readAll(bench, signal));
  },
};

function say({ store }: Bench, notice: string): void {
  store.change((state) => {
    state.notice = notice;
    state.said = notice;
  });
}

function elsewhere(open: string | null): string {
  const folder = folderOf(open);
  return folder === null
    ? 'A browser does not say where a dropped file lies. Start baton serve with the folder instead.'
    : `A browser does not say where a dropped file lies. Copy a log sheet into ${folder}, then press Scan again; for another folder, start baton serve with it.`;
}

function notWithMedia(path: string, folder: string | null): string {
  const name = path.split(/[\\/]/).pop()!;
  return folder === null
    ? `Open a handoff or drop a folder first: ${name} is read with the media it speaks of.`
    : `${name} is read with the media it speaks of: copy it into ${folder}, then press Scan again.`;
}

function folderOf(manifest: string | null): string | null {
  return manifest === null ? null : manifest.replace(/[\\/][^\\/]*$/, '');
}

function isIn(path: string, folder: string): boolean {
  const plain = (each: string) => each.replace(/\\/g, '/');
  return plain(path).startsWith(`${plain(folder)}/`);
}
