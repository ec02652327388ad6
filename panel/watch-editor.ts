/** Hears from the editor itself, where it tells, that something changed in it, and says so in the panel. */
import type { Editor, EditorChange } from '../bridge/contract.ts';
import type { Bench } from './commands/command.ts';
import { look } from './look.ts';

/** Milliseconds in which news is gathered; editors tell of one change many times. */
const GATHER = 400;
/** Milliseconds after work of ours in which an editor still tells, late, of what we did. */
const OURS = 2000;

const WORDS: Record<Exclude<EditorChange, 'project'>, string> = {
  items:
    'Items of the project were changed in the editor since they were read. The plan is for the project as it was.',
  sequence: 'The sequence was changed in the editor since it was read.',
};

interface EditorWatch {
  /** Listens to the editor of the bench, also where that is another one by now. */
  begin(): void;
  /** Work of ours is over. */
  settle(): void;
}

export function watchEditor(bench: Bench, now: () => number = () => Date.now()): EditorWatch {
  let watched: Editor | null = null;
  let stop: (() => void) | undefined;
  let settled = -OURS;
  const heard = new Set<EditorChange>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = async () => {
    timer = undefined;
    const changes = [...heard];
    heard.clear();
    if (changes.includes('project')) await look(bench, 'all');
    const { work, changedSince, project } = bench.store.get();
    const change = changes.find((each): each is keyof typeof WORDS => each !== 'project');
    if (work || changedSince !== '' || !project || !change) return;
    bench.store.change((state) => {
      state.changedSince = WORDS[change];
      state.said = WORDS[change];
    });
  };

  return {
    settle: () => {
      settled = now();
    },
    begin() {
      if (bench.editor === watched) return;
      stop?.();
      watched = bench.editor;
      stop = watched?.watch?.((what) => {
        const ours = bench.store.get().work !== null || now() - settled < OURS;
        if (ours && what !== 'project') return;
        heard.add(what);
        timer ??= setTimeout(() => void tell(), GATHER);
      });
    },
  };
}
