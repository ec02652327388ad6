/**
 * Reads the manifest from the desk and the project from the editor into the state, and works out everything that follows:
 * issues, sync verdicts, the plan, the cut list. Nothing here writes to either.
 */
import { HostError } from '../bridge/call.ts';
import type { Editor } from '../bridge/contract.ts';
import type { Desk, OpenedHandoff } from '../bridge/desk.ts';
import { handoffHash } from '../manifest/canonical.ts';
import { check } from '../manifest/check.ts';
import { cutList } from '../manifest/cutlist.ts';
import type { Plan } from '../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { DEFAULT_POLICY } from '../manifest/bins.ts';
import { plan } from '../manifest/plan.ts';
import { revertable } from '../manifest/revert.ts';
import { sync } from '../manifest/sync.ts';
import { splitWaived } from '../manifest/waivers.ts';
import type { Bench } from './commands/command.ts';
import type { PanelState } from './state.ts';

/** Manifest, project and sequence, in that order; what follows from the manifest is shown before the editor is asked. */
export async function readAll(bench: Bench): Promise<void> {
  const { store, desk, editor, now } = bench;
  const { path, cut } = store.get();
  if (path !== null) {
    const opened = await readHandoff(desk, path);
    store.change((state) => Object.assign(state, opened));
  }
  const read = editor ? await readEditor(editor, cut.sequence) : NO_EDITOR;
  const at = now();
  store.change((state) => {
    Object.assign(state, read);
    if (read.project) state.lastRead = clock(at);
    follow(state);
  });
}

/** The manifest alone, after a change to it: the editor is not asked. */
export async function readManifest({ store, desk }: Bench): Promise<void> {
  const { path } = store.get();
  if (path === null) return;
  const opened = await readHandoff(desk, path);
  store.change((state) => {
    Object.assign(state, opened);
    follow(state);
  });
}

type FromHandoff = Pick<PanelState, 'opened' | 'hash' | 'issues' | 'waived' | 'verdicts' | 'bins'>;

async function readHandoff(desk: Desk, path: string): Promise<FromHandoff> {
  const opened = await desk.open(path);
  const { handoff } = opened;
  const bins = opened.choices?.bins ?? DEFAULT_POLICY;
  if (!handoff) return { opened, hash: '', issues: opened.issues, waived: [], verdicts: [], bins };
  const { open, waived } = splitWaived(handoff, [...opened.issues, ...check(handoff, opened.facts)]);
  return { opened, hash: handoffHash(handoff), issues: open, waived, verdicts: sync(handoff), bins };
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
