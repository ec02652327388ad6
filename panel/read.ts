/**
 * Reads the manifest from the desk and the project from the editor into the state, and what follows from both (follow.ts):
 * issues, sync verdicts, the plan, the cut list. Nothing here writes to either.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { OpenedHandoff } from '../bridge/desk.ts';
import { DEFAULT_POLICY } from '../manifest/bins.ts';
import { DEFAULT_FLAGS } from '../manifest/plan/flags.ts';
import type { Bench } from './commands/command.ts';
import { Stopped } from './breathe.ts';
import { follow, isLarge, say } from './follow.ts';
import type { Far } from './heavy/answers.ts';
import type { PanelState, Store } from './state.ts';

/** Manifest, project and sequence, in that order; what follows from the manifest is shown before the editor is asked. */
export async function readAll(bench: Bench, signal?: AbortSignal): Promise<void> {
  const { store, editor, now } = bench;
  await readHandoff(bench, signal);
  const { cut } = store.get();
  if (editor) say(store, 'Reading the project');
  const read = editor ? await readEditor(editor, cut.sequence).catch(silent(store)) : noEditor(store.get());
  if (signal?.aborted) throw new Stopped();
  const at = now();
  const follows = await follow(bench, { ...store.get(), ...read }, signal);
  store.put({ ...read, ...follows, ...(read.project ? { lastRead: clock(at) } : {}) });
}

/** The manifest alone, after a change to it: the editor is not asked. */
export async function readManifest(bench: Bench): Promise<void> {
  await readHandoff(bench);
  const follows = await follow(bench, bench.store.get());
  bench.store.put(follows);
}

/** An editor that does not answer has no project to plan for; the error says why. */
function silent(store: Store) {
  return (error: unknown): never => {
    if (error instanceof HostError)
      store.change((state) => {
        if (!state.project) state.editorAbsent = error.message;
      });
    throw error;
  };
}

async function readHandoff(bench: Bench, signal?: AbortSignal): Promise<void> {
  const { store, desk } = bench;
  const { path } = store.get();
  if (path === null) return;
  // Before it is read: a change in between is then seen as one.
  const seen = await desk.glance?.(path);
  const opened = await desk.open(path);
  const found = await workOut(bench, opened, signal);
  store.put({
    ...found,
    stamp: seen?.stamp ?? '',
    writable: seen?.writable ?? true,
    changedSince: '',
  });
}

type FromHandoff = Pick<
  PanelState,
  'opened' | 'hash' | 'issues' | 'waived' | 'verdicts' | 'placeless' | 'bins' | 'flags'
>;

async function workOut(bench: Bench, opened: OpenedHandoff, signal?: AbortSignal): Promise<FromHandoff> {
  const { handoff, choices } = opened;
  const chosen = { bins: choices?.bins ?? DEFAULT_POLICY, flags: choices?.flags ?? DEFAULT_FLAGS };
  if (!handoff)
    return { opened, hash: '', issues: opened.issues, waived: [], verdicts: [], placeless: 0, ...chosen };
  const far: (at: Far) => void = isLarge({ opened }) ? (at) => say(bench.store, at.doing, at) : () => {};
  const judged = await bench.heavy.ask(opened, { ask: 'judge' }, { far, signal });
  return { opened, ...chosen, ...judged };
}

/** Inside an editor, what was heard when it was called; else where an editor is to be found. */
function noEditor({ unreached }: PanelState): FromEditor {
  return unreached === '' ? NO_EDITOR : { ...NO_EDITOR, editorAbsent: unreached };
}

type FromEditor = Pick<PanelState, 'editor' | 'editorAbsent' | 'project' | 'sequences' | 'sequence'>;

const NO_EDITOR: FromEditor = {
  editor: null,
  editorAbsent:
    'No editor was found. Open this panel in Premiere Pro, or start baton serve to try it without one.',
  project: null,
  sequences: [],
  sequence: null,
};

/** An editor with no project open is a state to show, not a failure; every other refusal is thrown on. */
async function readEditor(editor: Editor, chosen: string | null): Promise<FromEditor> {
  try {
    const about = await editor.about();
    const project = await editor.snapshot();
    const sequences = await editor.sequences();
    const still = sequences.some((each) => each.id === chosen) ? (chosen ?? undefined) : undefined;
    const sequence = await editor.sequence(still);
    return { editor: about, editorAbsent: '', project, sequences, sequence };
  } catch (error) {
    if (error instanceof HostError && error.code === 'not-open')
      return { ...NO_EDITOR, editorAbsent: error.message };
    throw error;
  }
}

/** `12:04`, on this machine's clock. */
function clock(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
