/** Makes the manifest from the folder it lies in, or brings it up to date, and asks now and then how far that is. */
import { HostError } from '../../bridge/call.ts';
import type { ScanningDesk, ScanState } from '../../bridge/desk.ts';
import { readAll } from '../read.ts';
import type { Store } from '../state.ts';
import { counted } from '../words.ts';
import type { Command } from './command.ts';

/** Milliseconds between two questions. */
const PAUSE = 250;

export const scan: Command = {
  id: 'scan',
  label: 'Scan the folder',
  doing: 'Looking through the folder',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.canScan) return 'Here the folder is scanned with baton scan FOLDER';
    if (state.path === null) return 'Start baton serve with the folder to scan';
    return state.writable ? null : 'The handoff cannot be written here';
  },
  run: async (bench, signal) => {
    const { store, scanning } = bench;
    const { path, columns } = store.get();
    const last = await through(store, scanning!, path!, signal, () =>
      scanning!.scan(path!, columns.length > 0 ? { columns } : {}),
    );
    if (last.failed !== undefined) throw new HostError('refused', 'scan', last.failed);
    store.change((state) => {
      state.columns = [];
      if (state.work) state.work.doing = 'Reading the handoff';
    });
    await readAll(bench);
    const { added, unread } = last.scanned!;
    store.change((state) => {
      state.notice =
        unread > 0
          ? `Stopped: ${counted(unread, 'file')} were not read. What was read is in the handoff; scan again to go on.`
          : '';
      state.said = unread > 0 ? state.notice : `Scanned: ${counted(added, 'new clip')}`;
    });
  },
};

/** Until it is over; a stop asked for in between ends it. */
async function through(
  store: Store,
  scanning: ScanningDesk,
  path: string,
  signal: AbortSignal,
  begin: () => Promise<ScanState>,
): Promise<ScanState> {
  let now = await begin();
  while (now.running) {
    if (signal.aborted) return (await scanning.stopScan(path)) ?? now;
    const { progress } = now;
    store.change((state) => {
      if (!state.work || !progress) return;
      state.work.doing = 'Reading media';
      state.work.progress = { done: progress.done, total: progress.total, current: progress.current };
    });
    await pause(signal);
    now = (await scanning.scanning(path)) ?? {
      ...now,
      running: false,
      failed: 'The service was started anew.',
    };
  }
  return now;
}

/** Shorter where it is stopped meanwhile. */
export function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(over, PAUSE);
    function over() {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    }
    signal.addEventListener('abort', over);
  });
}
