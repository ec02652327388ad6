/**
 * Everything the panel knows, in one plain object, changed only through change(). Documents in it (manifest, snapshot,
 * plan) are replaced whole, never edited.
 */
import { produce, setAutoFreeze } from 'immer';
import type { EditorAbout, SequenceName, Show } from '../bridge/contract.ts';
import type { CutWritten, OpenedHandoff, ProposedNames } from '../bridge/desk.ts';
import type { CutList } from '../manifest/documents/cutlist.ts';
import type { Issue, Loss, Severity } from '../manifest/documents/issue.ts';
import type { ColumnChoice } from '../manifest/documents/log.ts';
import type { Edit } from '../manifest/documents/edit.ts';
import type { Plan } from '../manifest/documents/plan.ts';
import type { Receipt } from '../manifest/documents/receipt.ts';
import type { ProjectSnapshot, SequenceSnapshot } from '../manifest/documents/snapshot.ts';
import type { Listened, SyncVerdict } from '../manifest/documents/sync.ts';
import { DEFAULT_POLICY, type BinPolicy } from '../manifest/bins.ts';
import { DEFAULT_FLAGS, type Flag } from '../manifest/plan/flags.ts';
import type { News } from '../manifest/news.ts';
import type { ImportedItems } from '../manifest/revert.ts';
import type { WaivedIssue } from '../manifest/waivers.ts';
import { NO_ABILITIES, type Abilities } from './abilities.ts';
import type { Dropped } from './drop.ts';
import type { Compared, ComparedCuts, CutChoices } from './cut/choices.ts';
import type { FormatName } from './heavy/answers.ts';
import type { VerdictFilter } from './sync-rows.ts';
import { Troubles } from './troubles.ts';

// Freezing walks the whole tree: some 300 ms for a manifest of 50,000 clips, each time it is read.
setAutoFreeze(false);

export const STEPS = ['handoff', 'bins', 'sync', 'markers', 'cut'] as const;
export type StepId = (typeof STEPS)[number];

/** What is being done now, and by which command. */
export interface Work {
  command: string;
  /** In words, for the person waiting: `Reading the project`. */
  doing: string;
  /** Steps done of all; absent while neither is known. */
  progress?: { done: number; total: number; current: string };
  /** Cancel was pressed: it ends after the chunk in hand. */
  stopping: boolean;
}

/** An error as shown: what was tried, what went wrong, what to do. */
export interface Failure {
  what: string;
  message: string;
  fix: string;
}

/** How a handoff is brought in: a choice beside the manifest, no part of it. */
export interface BroughtIn {
  bins: BinPolicy;
  /** How unsynced clips are shown. */
  flags: readonly Flag[];
}

/** A person's change to the manifest, or to how it is brought in, as one thing to undo: `MOS: A001C003`. */
export interface Change {
  label: string;
  edits: Edit[];
  /** What is to be chosen; `edits` is then empty. */
  chosen?: BroughtIn;
}

/** What is to be taken back, and what becomes of the items that were imported. */
export interface RevertAsked {
  which: 'last' | 'all';
  imported: ImportedItems;
}

/** The dry run of taking imports back, while it is looked at. */
export interface Reverting {
  plan: Plan;
  project: ProjectSnapshot;
  receipts: Receipt[];
}

/** File names that are proposed, while they are looked at. */
export interface ShownNames {
  names: ProposedNames;
  /** Paths of the clips an issue speaks of; null = all are shown. */
  about: readonly string[] | null;
  /** Ids of the clips to rename. */
  chosen: readonly string[];
  /** The person said that hash lists may know the files no more. */
  force: boolean;
}

export interface PanelState extends Abilities {
  /** The step whose view is open. */
  step: StepId;
  /** Whether the page about Baton is open instead of the steps. */
  about: boolean;
  work: Work | null;
  failure: Failure | null;
  /** Last thing that happened, in words, for screen readers. */
  said: string;
  /** Something a person must read though nothing failed; '' = nothing. */
  notice: string;
  /** Absolute path of the manifest to read; null = none was given. */
  path: string | null;
  /** Whether the panel runs inside an editor, not in a browser. */
  inEditor: boolean;
  /** Whether the first-run tour is shown. */
  touring: boolean;
  /** What a person said of the log sheets' columns, for the next scan. */
  columns: ColumnChoice[];
  opened: OpenedHandoff | null;
  /** The file as it was when it was read; '' where nobody can tell. */
  stamp: string;
  /** Whether the handoff can be written here. */
  writable: boolean;
  /** What changed since all this was read, in words; '' = nothing is known to have. */
  changedSince: string;
  /** Hash of the delivery as read; '' where it could not be. */
  hash: string;
  /** Those that somebody let stand are not among them. */
  issues: Issue[];
  waived: WaivedIssue[];
  verdicts: SyncVerdict[];
  /** Notes that have no place in any clip and were not let stand so. */
  placeless: number;
  editor: EditorAbout | null;
  /** Why the editor could not be reached when the panel opened; '' = it was, or there is none. */
  unreached: string;
  /** Why there is no editor; '' while there is one. */
  editorAbsent: string;
  project: ProjectSnapshot | null;
  /** When the editor was last read, `12:04`; '' = never. */
  lastRead: string;
  /** How bins are laid out. */
  bins: BinPolicy;
  /** How unsynced clips are shown in the project. */
  flags: readonly Flag[];
  plan: Plan | null;
  /** Steps of the plan in hand that were not written or not confirmed. */
  troubles: Troubles;
  receipt: Receipt | null;
  /** Imports into this project that are not taken back, oldest first. */
  revertable: Receipt[];
  /** What came in since the project was last filled; null = nothing, or it never was. */
  news: News | null;
  /** The import that came last, where it did not come to its end and something of it is still planned. */
  interrupted: Receipt | null;
  revertAsked: RevertAsked;
  reverting: Reverting | null;
  /** Whether the last thing done was to take imports back: the plan that makes them again is then no advice. */
  tookBack: boolean;
  /** What the person just changed, for the command `edit`. */
  toEdit: Change | null;
  /** What takes changes back, and what makes them again; the newest last. */
  undo: Change[];
  redo: Change[];
  sequences: SequenceName[];
  sequence: SequenceSnapshot | null;
  cutList: { value: CutList; losses: Loss[] } | null;
  /** What a cut can be written as. */
  formats: FormatName[];
  cut: CutChoices;
  written: CutWritten | null;
  toCompare: ComparedCuts;
  /** What became of the one on the way to the other; null = nothing was compared. */
  compared: Compared | null;
  /** The row of it that is looked at, in list and picture; null = none. */
  changed: number | null;
  /** What is typed into each step's filter. */
  filter: Record<StepId, string>;
  /** Which verdicts Sync shows. */
  verdictFilter: VerdictFilter;
  /** Id of the clip that is open in Sync; null = none. */
  syncClip: string | null;
  /** The shoot day shown in Sync; null = the first. */
  day: string | null;
  /** Paths of the pictures to listen to; null = all that timecode leaves open. */
  toListen: string[] | null;
  /** Paths of the clips whose names are asked for; null = all. */
  toName: string[] | null;
  names: ShownNames | null;
  /** What was dragged onto the panel, for the command `take-dropped`. */
  dropped: Dropped | null;
  /** What was heard, the newest answer for each picture. */
  heard: Listened[];
  /** What the editor is asked to show. */
  toShow: Show | null;
  /** Which issues Handoff shows. */
  severity: 'all' | Severity | 'waived';
  /** Rows of the trees that were opened or closed by hand: true = open. */
  toggled: Record<string, boolean>;
}

export function initialState(path: string | null = null): PanelState {
  return {
    step: 'handoff',
    about: false,
    work: null,
    failure: null,
    said: '',
    notice: '',
    path,
    ...NO_ABILITIES,
    inEditor: false,
    touring: false,
    columns: [],
    opened: null,
    stamp: '',
    writable: true,
    changedSince: '',
    hash: '',
    issues: [],
    waived: [],
    verdicts: [],
    placeless: 0,
    editor: null,
    unreached: '',
    editorAbsent: '',
    project: null,
    lastRead: '',
    bins: DEFAULT_POLICY,
    flags: DEFAULT_FLAGS,
    plan: null,
    troubles: new Troubles(),
    receipt: null,
    revertable: [],
    news: null,
    interrupted: null,
    revertAsked: { which: 'last', imported: 'gather' },
    reverting: null,
    tookBack: false,
    toEdit: null,
    undo: [],
    redo: [],
    sequences: [],
    sequence: null,
    cutList: null,
    formats: [],
    cut: { sequence: null, formats: ['edl', 'fcpxml'], name: '', lock: false, options: {} },
    written: null,
    toCompare: { before: '', after: 'active' },
    compared: null,
    changed: null,
    filter: { handoff: '', bins: '', sync: '', markers: '', cut: '' },
    verdictFilter: 'all',
    syncClip: null,
    day: null,
    toListen: null,
    toName: null,
    names: null,
    dropped: null,
    heard: [],
    toShow: null,
    severity: 'all',
    toggled: {},
  };
}

export interface Store {
  get(): PanelState;
  change(recipe: (state: PanelState) => void): void;
  /** Documents, whole: change() would look through all of each for what it had wrapped. */
  put(part: Partial<PanelState>): void;
  /** Called after every change; returns the way out. */
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: PanelState): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  const become = (next: PanelState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    change: (recipe) => become(produce(state, recipe)),
    put: (part) => become({ ...state, ...part }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
