/**
 * Reads the manifest from the desk and the project from the editor into the state, and works out everything that follows:
 * issues, sync verdicts, the plan, the cut list. Nothing here writes to either.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { OpenedHandoff } from '../bridge/desk.ts';
import { handoffHash } from '../manifest/canonical.ts';
import { checkInParts } from '../manifest/check.ts';
import { CHECKS } from '../manifest/checks/index.ts';
import { cutList } from '../manifest/cutlist.ts';
import type { Plan } from '../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { DEFAULT_POLICY } from '../manifest/bins.ts';
import { plan } from '../manifest/plan.ts';
import { revertable } from '../manifest/revert.ts';
import { sync } from '../manifest/sync.ts';
import { splitWaived } from '../manifest/waivers.ts';
import type { Bench } from './commands/command.ts';
import { breather } from './breathe.ts';
import type { PanelState, Store } from './state.ts';

/** Manifest, project and sequence, in that order; what follows from the manifest is shown before the editor is asked. */
export async function readAll(bench: Bench): Promise<void> {
  const { store, editor, now } = bench;
  await readHandoff(bench);
  const { cut } = store.get();
  if (editor) say(store, 'Reading the project');
  const read = editor ? await readEditor(editor, cut.sequence).catch(silent(store)) : NO_EDITOR;
  const at = now();
  await plannedSoon(store);
  store.change((state) => {
    Object.assign(state, read);
    if (read.project) state.lastRead = clock(at);
    follow(state);
  });
}

/** The manifest alone, after a change to it: the editor is not asked. */
export async function readManifest(bench: Bench): Promise<void> {
  await readHandoff(bench);
  await plannedSoon(bench.store);
  bench.store.change(follow);
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

/** The words for what takes long are on the screen before it begins. */
async function plannedSoon(store: Store): Promise<void> {
  if ((store.get().opened?.handoff?.clips.length ?? 0) < MANY) return;
  say(store, 'Planning');
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** From this many clips on, what is being done is said and the page gets its turns. */
const MANY = 2000;

function say(store: Store, doing: string): void {
  store.change((state) => {
    if (state.work && !state.work.progress) state.work.doing = doing;
  });
}

async function readHandoff({ store, desk }: Bench): Promise<void> {
  const { path } = store.get();
  if (path === null) return;
  // Before it is read: a change in between is then seen as one.
  const seen = await desk.glance?.(path);
  const opened = await desk.open(path);
  const found = await workOut(store, opened);
  store.change((state) => {
    Object.assign(state, found);
    state.stamp = seen?.stamp ?? '';
    state.writable = seen?.writable ?? true;
    state.changedSince = '';
  });
}

type FromHandoff = Pick<PanelState, 'opened' | 'hash' | 'issues' | 'waived' | 'verdicts' | 'bins'>;

async function workOut(store: Store, opened: OpenedHandoff): Promise<FromHandoff> {
  const { handoff, choices, facts } = opened;
  const bins = choices?.bins ?? DEFAULT_POLICY;
  if (!handoff) return { opened, hash: '', issues: opened.issues, waived: [], verdicts: [], bins };
  const breathe = handoff.clips.length < MANY ? () => Promise.resolve() : breather();
  const checking = checkInParts(handoff, facts);
  let part = checking.next();
  for (let done = 1; !part.done; done++, part = checking.next()) {
    say(store, `Checking: ${done} of ${CHECKS.length}`);
    await breathe();
  }
  const { open, waived } = splitWaived(handoff, [...opened.issues, ...part.value]);
  say(store, 'Comparing timecode');
  await breathe();
  const verdicts = sync(handoff);
  await breathe();
  return { opened, hash: handoffHash(handoff), issues: open, waived, verdicts, bins };
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
  return plan(opened.handoff, project, {
    roots: opened.roots,
    importable: state.editor.importable,
    policy: state.bins,
    fileOf: (clip) => opened.files[clip.id],
  });
}

/** Brings plan, cut list and what can be taken back in line with manifest, project and sequence. */
export function follow(state: PanelState): void {
  const { opened, sequence, project } = state;
  state.plan = planFor(opened, state, project);
  state.troubles = {};
  state.revertable = opened?.handoff && project ? revertable(opened.handoff, project.project.id) : [];
  state.cutList = opened?.handoff && sequence ? cutList(sequence, opened.handoff, opened.roots) : null;
}

/** `12:04`, on this machine's clock. */
function clock(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
