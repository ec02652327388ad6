/** A small handoff, a desk in memory and an editor in memory that does what it is told: the panel's world without a disk. */
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { HostError } from '../../bridge/call.ts';
import type { Editor, EditorAbout, SequenceName } from '../../bridge/contract.ts';
import type { CutRequest, Desk } from '../../bridge/desk.ts';
import type { Choices } from '../../manifest/documents/choices.ts';
import type { Edit } from '../../manifest/documents/edit.ts';
import { applyEdit } from '../fixtures/edit.ts';
import type { Handoff, HistoryRecord } from '../../manifest/documents/handoff.ts';
import type { Step } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { ProjectItem, ProjectSnapshot, SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { answer } from '../../panel/heavy/answers.ts';
import { inTurns } from '../../panel/heavy/thread.ts';
import { createRunner, type Runner } from '../../panel/run.ts';
import { createStore, initialState, type Store } from '../../panel/state.ts';

const RATE = { num: 24000, den: 1001, drop: false };

function picture(id: string, path: string, take: string, more: object = {}) {
  return {
    id,
    kind: 'picture' as const,
    root: 'media',
    path,
    size: 1000,
    identity: { scene: '7', take, camera: 'A' },
    tech: { rate: RATE, startTc: `0${take}:00:00:00`, durationFrames: 240, channels: 0 },
    pick: 'good' as const,
    soundKind: 'sync' as const,
    ...more,
  };
}

/** Two pictures of scene 7: one MOS and circled, one without sound; a note on each, and one on a take that never came. */
export function smallHandoff(): Handoff {
  const row = (id: string, take: string, clips: string[], text: string) => ({
    id,
    sheet: 'log.csv',
    row: Number(take) + 1,
    scene: '7',
    take,
    clips,
    notes: [{ id: `note-${id}`, kind: 'director' as const, text, author: 'M. Reyes' }],
  });
  return {
    kind: 'handoff',
    version: 1,
    revision: 3,
    production: { title: 'Harbour' },
    rate: RATE,
    shootDays: [{ id: 'd1', label: 'Day 1' }],
    roots: [{ name: 'media' }],
    clips: [
      picture('c1', 'A/A001C001.mov', '1', { pick: 'circled', soundKind: 'mos' }),
      picture('c2', 'A/A001C002.mov', '2'),
    ],
    log: {
      sheets: [{ path: 'log.csv', reader: 'csv-log', rows: 3 }],
      entries: [
        row('e1', '1', ['c1'], 'Best one'),
        row('e2', '2', ['c2'], 'Focus late'),
        row('e3', '3', [], 'Was never copied'),
      ],
    },
    transcripts: [],
    history: [],
  };
}

export interface MemoryDesk extends Desk {
  handoff: Handoff;
  records: HistoryRecord[];
  /** Receipts as they were kept, one for each time. */
  kept: Receipt[];
  cuts: CutRequest[];
  choices: Choices[];
}

export function memoryDesk(handoff = smallHandoff()): MemoryDesk {
  const desk: MemoryDesk = {
    handoff,
    records: [],
    kept: [],
    cuts: [],
    choices: [],
    open: (path) =>
      Promise.resolve({
        path,
        handoff: desk.handoff,
        issues: [],
        roots: { media: '/shoot' },
        facts: {},
        files: {},
        ...(desk.choices.length > 0 ? { choices: desk.choices[desk.choices.length - 1]! } : {}),
      }),
    keepChoices: (_path, choices) => {
      desk.choices.push(choices);
      return Promise.resolve();
    },
    keep: (_path, receipt) => {
      desk.kept.push({ ...receipt, steps: [...receipt.steps] });
      return Promise.resolve();
    },
    settle: (path, receipt) =>
      desk.record(path, { kind: receipt.reverts ? 'revert' : 'import', at: receipt.at, receipt }),
    record: (_path, record) => {
      desk.records.push(record);
      desk.handoff = {
        ...desk.handoff,
        revision: desk.handoff.revision + 1,
        history: [...desk.handoff.history, record],
      };
      return Promise.resolve({ revision: desk.handoff.revision });
    },
    edit: (_path, edits) => {
      const undo: Edit[] = [];
      for (const edit of edits) {
        const edited = applyEdit(desk.handoff, edit, '2026-01-01T00:00:00Z');
        if ('refused' in edited) return Promise.reject(new HostError('refused', 'edit', edited.refused));
        desk.handoff = { ...edited.handoff, revision: desk.handoff.revision + 1 };
        undo.unshift(edited.undo);
      }
      return Promise.resolve({ revision: desk.handoff.revision, undo });
    },
    writeCut: (path, request) => {
      desk.cuts.push(request);
      const files = request.formats.map((format) => ({
        path: `/shoot/cuts/CUT.${format}`,
        format,
        hash: 'ab'.repeat(32),
      }));
      return desk
        .record(path, { kind: 'cut', at: '2026-01-01T00:00:00Z', lock: request.lock })
        .then(() => ({ files, losses: request.losses, refused: [] }));
    },
  };
  return desk;
}

export const ABOUT: EditorAbout = {
  editor: 'premiere',
  editorVersion: '25.0',
  adapter: 'stand-in',
  project: { id: 'p1', name: 'Harbour' },
  importable: ['mov', 'wav'],
  lacks: [],
};

export interface MemoryEditor extends Editor {
  project: ProjectSnapshot;
  cut: SequenceSnapshot | null;
  /** Steps of every call of apply. */
  calls: Step[][];
  /** Awaited inside apply; a test can hold the editor here. */
  hold: () => Promise<void>;
  /** What to answer for a step instead of doing it. */
  instead: (step: Step) => StepResult | null;
  closed: boolean;
}

export function memoryEditor(): MemoryEditor {
  const editor: MemoryEditor = {
    project: {
      kind: 'project',
      version: 1,
      editor: 'premiere',
      editorVersion: '25.0',
      project: ABOUT.project,
      bins: [],
      items: [],
    },
    cut: null,
    calls: [],
    hold: () => Promise.resolve(),
    instead: () => null,
    closed: false,
    about: () =>
      editor.closed
        ? Promise.reject(new HostError('not-open', 'about', 'No project is open.'))
        : Promise.resolve(ABOUT),
    snapshot: () => Promise.resolve(structuredClone(editor.project)),
    apply: async (steps) => {
      editor.calls.push(steps);
      await editor.hold();
      return steps.map((step) => editor.instead(step) ?? carryOut(editor.project, step));
    },
    readBack: (steps) => Promise.resolve(steps.map(({ id }) => ({ id, result: 'unverified' as const }))),
    sequences: () => Promise.resolve(editor.cut ? [sequenceName(editor.cut)] : []),
    sequence: () => Promise.resolve(editor.cut),
    exportInterchange: () => Promise.reject(new HostError('refused', 'exportInterchange', 'no')),
  };
  return editor;
}

function sequenceName({ id, name }: SequenceSnapshot): SequenceName {
  return { id, name, active: true };
}

function carryOut(project: ProjectSnapshot, step: Step): StepResult {
  if (step.kind === 'make-bin') {
    project.bins.push({ id: step.after.bin.join('/'), path: step.after.bin });
    return { id: step.id, result: 'verified' };
  }
  if (step.kind === 'remove-bin') {
    project.bins = project.bins.filter((bin) => bin.path.join('/') !== step.target.bin.join('/'));
    return { id: step.id, result: 'verified' };
  }
  if (step.kind === 'import') {
    const name = step.target.path.split('/').pop()!;
    const item: ProjectItem = {
      id: `item ${step.target.clip}`,
      name,
      file: step.target.file,
      bin: step.after.bin,
      kind: 'clip',
      offline: false,
      label: null,
      metadata: {},
      markers: [],
    };
    project.items.push(item);
    return { id: step.id, result: 'verified', item: item.id };
  }
  const item = project.items.find((each) => each.id === step.target.item);
  if (!item) return { id: step.id, result: 'failed', reason: 'there is no such item' };
  if (step.kind === 'move') item.bin = step.after.bin;
  if (step.kind === 'set-label') item.label = step.after.label;
  if (step.kind === 'set-metadata') item.metadata = { ...item.metadata, ...step.after.metadata };
  if (step.kind === 'remove-item') project.items = project.items.filter((each) => each !== item);
  if (step.kind === 'remove-marker')
    item.markers = item.markers.filter((marker) => marker.id !== step.after.gone);
  if (step.kind === 'add-marker') item.markers.push(step.after.marker);
  if (step.kind === 'update-marker')
    item.markers = item.markers.map((marker) =>
      marker.id === step.after.marker.id ? step.after.marker : marker,
    );
  return { id: step.id, result: 'verified', item: item.id };
}

/** In the test's own thread, without a wait. */
export const HEAVY = inTurns(() => Promise.resolve(answer));

export interface World {
  store: Store;
  runner: Runner;
  desk: MemoryDesk;
  editor: MemoryEditor;
  copied: string[];
}

export function world(
  options: { desk?: MemoryDesk; editor?: MemoryEditor | null; path?: string | null } = {},
): World {
  const desk = options.desk ?? memoryDesk();
  const editor = options.editor ?? memoryEditor();
  const store = createStore(initialState(options.path === undefined ? '/shoot/handoff.json' : options.path));
  const copied: string[] = [];
  const runner = createRunner({
    store,
    desk,
    editor: options.editor === null ? null : editor,
    heavy: HEAVY,
    now: () => new Date(2026, 2, 14, 12, 4),
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
  });
  return { store, runner, desk, editor, copied };
}

/** A sequence of one event of the first clip. */
export function smallSequence(): SequenceSnapshot {
  return {
    kind: 'sequence',
    version: 1,
    editor: 'premiere',
    editorVersion: '25.0',
    id: 's1',
    name: 'Scene 7',
    rate: RATE,
    start: 86400,
    size: { width: 1920, height: 1080 },
    tracks: [
      {
        type: 'video',
        index: 1,
        name: 'V1',
        enabled: true,
        items: [
          {
            id: 'v1',
            kind: 'clip',
            name: 'A001C001',
            in: 0,
            out: 48,
            source: {
              file: '/shoot/A/A001C001.mov',
              name: 'A001C001.mov',
              clip: 'c1',
              rate: RATE,
              in: 10,
              out: 58,
              start: 86400,
              duration: 240,
            },
            speed: { num: 1, den: 1 },
            enabled: true,
          },
        ],
        transitions: [],
      },
    ],
    markers: [],
  };
}
