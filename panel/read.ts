/**
 * Reads the manifest from the desk and the project from the editor into the state, and works out everything that follows:
 * issues, sync verdicts, the plan, the cut list. Nothing here writes to either.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { OpenedHandoff } from '../bridge/desk.ts';
import { cutList } from '../manifest/cutlist.ts';
import type { Plan } from '../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { DEFAULT_POLICY } from '../manifest/bins.ts';
import { DEFAULT_FLAGS } from '../manifest/plan/flags.ts';
import { interrupted, revertable } from '../manifest/revert.ts';
import type { Bench } from './commands/command.ts';
import { Stopped } from './breathe.ts';
import { judge, planned, type Far, type Judged } from './heavy/answers.ts';
import { inTurns } from './heavy/thread.ts';
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
  const plan = await planSoon(bench, { ...store.get(), ...read }, signal);
  const follows = followed({ ...store.get(), ...read }, plan);
  store.change((state) => {
    Object.assign(state, read, follows);
    if (read.project) state.lastRead = clock(at);
  });
}

/** The manifest alone, after a change to it: the editor is not asked. */
export async function readManifest(bench: Bench): Promise<void> {
  await readHandoff(bench);
  const plan = await planSoon(bench, bench.store.get());
  const follows = followed(bench.store.get(), plan);
  bench.store.change((state) => void Object.assign(state, follows));
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

/** From this many clips on, what is being done is said and is done in the other thread. */
const MANY = 2000;

export function isLarge({ opened }: Pick<PanelState, 'opened'>): boolean {
  return (opened?.handoff?.clips.length ?? 0) >= MANY;
}

function say(store: Store, doing: string, far?: Far): void {
  store.change((state) => {
    if (!state.work) return;
    state.work.doing = doing;
    if (far) state.work.progress = { done: far.done, total: far.total, current: '' };
    else delete state.work.progress;
  });
}

/** What planFor gives, with the page awake meanwhile. Throws Stopped. */
export async function planSoon(bench: Bench, state: PanelState, signal?: AbortSignal): Promise<Plan | null> {
  const { opened, project, editor, bins, flags } = state;
  if (!opened?.handoff || !project || !editor || !isLarge(state)) return planFor(opened, state, project);
  say(bench.store, `Planning for ${opened.handoff.clips.length.toLocaleString('en-GB')} clips`);
  const asked = { project, policy: bins, flags, importable: editor.importable };
  return (bench.heavy ?? inTurns()).plan(opened, asked, signal);
}

async function readHandoff(bench: Bench, signal?: AbortSignal): Promise<void> {
  const { store, desk } = bench;
  const { path } = store.get();
  if (path === null) return;
  // Before it is read: a change in between is then seen as one.
  const seen = await desk.glance?.(path);
  const opened = await desk.open(path);
  const found = await workOut(bench, opened, signal);
  store.change((state) => {
    Object.assign(state, found);
    state.stamp = seen?.stamp ?? '';
    state.writable = seen?.writable ?? true;
    state.changedSince = '';
  });
}

type FromHandoff = Pick<PanelState, 'opened' | 'hash' | 'issues' | 'waived' | 'verdicts' | 'bins' | 'flags'>;

async function workOut(bench: Bench, opened: OpenedHandoff, signal?: AbortSignal): Promise<FromHandoff> {
  const { handoff, choices } = opened;
  const chosen = { bins: choices?.bins ?? DEFAULT_POLICY, flags: choices?.flags ?? DEFAULT_FLAGS };
  if (!handoff) return { opened, hash: '', issues: opened.issues, waived: [], verdicts: [], ...chosen };
  if (!isLarge({ opened })) return { opened, ...chosen, ...atOnce(opened) };
  const heavy = bench.heavy ?? inTurns();
  const judged = await heavy.judge(opened, (far) => say(bench.store, far.doing, far), signal);
  return { opened, ...chosen, ...judged };
}

function atOnce(opened: OpenedHandoff): Judged {
  const judging = judge(opened);
  for (;;) {
    const part = judging.next();
    if (part.done) return part.value;
  }
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

/** The plan for what is open against a project as read; null where one of them is missing. */
export function planFor(
  opened: OpenedHandoff | null,
  state: PanelState,
  project: ProjectSnapshot | null,
): Plan | null {
  if (!opened?.handoff || !project || !state.editor) return null;
  const { bins: policy, flags, editor } = state;
  return planned(opened, { project, policy, flags, importable: editor.importable });
}

/**
 * What follows from manifest, project and sequence beside the plan, which is handed in. Of a state as it stands: inside
 * change() every clip looked at would be wrapped, and every step of the plan then searched for such wrappings.
 */
export function followed({ opened, sequence, project }: PanelState, plan: Plan | null): Followed {
  const handoff = opened?.handoff;
  return {
    plan,
    troubles: {},
    revertable: handoff && project ? revertable(handoff, project.project.id) : [],
    interrupted: handoff && project && plan ? interrupted(handoff, project.project.id, plan) : null,
    cutList: handoff && sequence ? cutList(sequence, handoff, opened.roots) : null,
  };
}

type Followed = Pick<PanelState, 'plan' | 'troubles' | 'revertable' | 'interrupted' | 'cutList'>;

/** `12:04`, on this machine's clock. */
function clock(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
