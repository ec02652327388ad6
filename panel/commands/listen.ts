/** Listens to pictures and the sounds they could have, and asks now and then how far that is. What is heard is a suggestion. */
import { HostError } from '../../bridge/call.ts';
import type { Listened } from '../../manifest/documents/sync.ts';
import type { ListeningDesk, ListeningState } from '../../bridge/desk.ts';
import type { Store } from '../state.ts';
import { counted } from '../words.ts';
import type { Command } from './command.ts';

/** Milliseconds between two questions. */
const PAUSE = 300;

export const listen: Command = {
  id: 'listen',
  label: 'Listen',
  doing: 'Listening',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.canListen) return 'Here sound is compared with baton listen';
    return state.opened?.handoff ? null : 'Open a handoff first';
  },
  run: async (bench, signal) => {
    const { store, listening } = bench;
    const { path, toListen } = store.get();
    const last = await through(store, listening!, path!, toListen, signal);
    if (last.failed !== undefined) throw new HostError('refused', 'listen', last.failed);
    const heard = last.listened ?? [];
    const matches = heard.filter((each) => each.heard === 'match').length;
    store.change((state) => {
      state.heard = withoutOld(state.heard, heard);
      state.notice = last.issues[0]?.message ?? '';
      state.said = `Listened: ${counted(matches, 'match', 'matches')} heard, ${heard.length - matches} without. Nothing was moved`;
    });
  },
};

function withoutOld(old: Listened[], heard: Listened[]): Listened[] {
  const anew = new Set(heard.map((each) => each.clipId));
  return [...old.filter((each) => !anew.has(each.clipId)), ...heard];
}

async function through(
  store: Store,
  listening: ListeningDesk,
  path: string,
  clips: string[] | null,
  signal: AbortSignal,
): Promise<ListeningState> {
  let now = await listening.listen(path, clips ? { clips } : {});
  while (now.running) {
    if (signal.aborted) return (await listening.stopListening(path)) ?? now;
    const { progress } = now;
    store.change((state) => {
      if (state.work && progress)
        state.work.progress = { done: progress.done, total: progress.total, current: progress.current };
    });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    now = (await listening.listening(path)) ?? {
      ...now,
      running: false,
      failed: 'The service was started anew.',
    };
  }
  return now;
}
