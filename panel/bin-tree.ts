/**
 * The dry run as a tree: every bin the plan touches or the project holds, and in it each clip with what happens to it and
 * why. Built from plan and snapshot alone, so the tree shows what apply will do and nothing else.
 */
import { fileName } from '../manifest/documents/paths.ts';
import type { BinPath, ClipTarget, Plan, Step } from '../manifest/documents/plan.ts';
import type { ProjectItem, ProjectSnapshot } from '../manifest/documents/snapshot.ts';
import { markLeftOver } from './left-over.ts';
import { PART, sorted, type Parts } from './parts.ts';
import { labelWords } from './words.ts';

/**
 * add: comes in. move: changes bin. remove: leaves the project. change: stays, gets label, log fields or markers.
 * keep: untouched. blocked: cannot be done.
 */
export type Mark = 'add' | 'move' | 'remove' | 'change' | 'keep' | 'blocked';

export interface ClipRow {
  key: string;
  name: string;
  mark: Mark;
  /** A sentence each. */
  why: string[];
  /** What else is written on it: `label circled`, `4 log fields`, `2 markers`. */
  also: string[];
  /** Whether the editor's undo takes all of it back. */
  undoable: boolean;
  /** Ids of its steps. */
  steps: string[];
  /** How many of the plan's steps are made when what the mark says is done; 0 where there is nothing to do. */
  doneAt: number;
}

export interface BinNode {
  /** `Scenes/07`; '' for the root. */
  key: string;
  name: string;
  /** Whether the plan makes it. */
  made: boolean;
  /** Whether the plan takes it away. */
  gone: boolean;
  /** Whether taking back made it and nothing is in it now or by the plan, which never takes it away. */
  leftOver: boolean;
  bins: BinNode[];
  clips: ClipRow[];
  /** Clips in it and below, by mark. */
  counts: Record<Mark, number>;
  /** Whether bins and clips stand in reading order yet: a bin is sorted when it is first opened. */
  sorted: boolean;
}

type ClipStep = Exclude<Step, { kind: 'make-bin' | 'remove-bin' }>;

const key = (path: BinPath) => path.join('/');

class Tree {
  readonly root: BinNode = emptyBin([], false);
  private readonly nodes = new Map<string, BinNode>([['', this.root]]);

  bin(path: BinPath, made = false): BinNode {
    const known = this.nodes.get(key(path));
    if (known) {
      if (made) known.made = true;
      return known;
    }
    const node = emptyBin(path, made);
    this.nodes.set(node.key, node);
    this.bin(path.slice(0, -1)).bins.push(node);
    return node;
  }
}

function emptyBin(path: BinPath, made: boolean): BinNode {
  const counts = { add: 0, move: 0, remove: 0, change: 0, keep: 0, blocked: 0 };
  return {
    key: key(path),
    name: path[path.length - 1] ?? '',
    made,
    gone: false,
    leftOver: false,
    bins: [],
    clips: [],
    counts,
    sorted: false,
  };
}

/** Blocked clips stand in the root, where they are seen first. */
export function* binTree(plan: Plan, project: ProjectSnapshot): Parts<BinNode> {
  const tree = new Tree();
  for (const bin of project.bins) tree.bin(bin.path);
  const items = new Map(project.items.map((item) => [item.id, item]));
  const byClip = new Map<string, ClipStep[]>();
  const doneAt = new Map<Step, number>();
  for (let index = 0; index < plan.steps.length; index++) {
    if (index % PART === PART - 1) yield;
    const step = plan.steps[index]!;
    doneAt.set(step, index + 1);
    if (step.kind === 'make-bin') tree.bin(step.after.bin, true);
    else if (step.kind === 'remove-bin') tree.bin(step.target.bin).gone = true;
    else group(byClip, step.target.clip, step);
  }
  const whyKept = reasonsToKeep(plan);
  const touched = new Set<string>();
  let taken = 0;
  for (const steps of byClip.values()) {
    if (++taken % PART === 0) yield;
    const { row, bin, item } = clipRow(steps, items, doneAt);
    row.why.push(...(whyKept.get(steps[0]!.target.clip) ?? []));
    tree.bin(bin).clips.push(row);
    if (item !== undefined) touched.add(item);
  }
  yield* addKept(tree, project, { touched, whyKept });
  for (const blocked of plan.blocked)
    tree.root.clips.push({
      key: `blocked ${blocked.clip}`,
      name: fileName(blocked.path),
      mark: 'blocked',
      why: [withoutName(blocked.why, blocked.path)],
      ...NOTHING,
    });
  markLeftOver(tree.root, project);
  yield;
  return yield* counted(tree.root);
}

/** What a row has that nothing is done to. */
const NOTHING = { also: [], undoable: true, steps: [], doneAt: 0 };

function group(byClip: Map<string, ClipStep[]>, clip: string, step: ClipStep): void {
  const steps = byClip.get(clip);
  if (steps) steps.push(step);
  else byClip.set(clip, [step]);
}

function clipRow(steps: ClipStep[], items: Map<string, ProjectItem>, doneAt: Map<Step, number>) {
  const target: ClipTarget = steps[0]!.target;
  const item = target.item;
  const place = steps.find(isPlace);
  const stays = (item === undefined ? undefined : items.get(item)?.bin) ?? [];
  const bin = !place ? stays : place.kind === 'remove-item' ? place.before.bin : place.after.bin;
  // Most reasons to move name the bin it comes from.
  const told =
    place?.kind !== 'move' || place.why.includes(` ${key(place.before.bin) || 'the project root'} `);
  const from = told ? [] : [`from ${key(place.before.bin) || 'the project root'}`];
  const row: ClipRow = {
    key: `clip ${target.clip}`,
    name: fileName(target.path),
    mark: place ? PLACE_MARK[place.kind] : 'change',
    why: [...new Set((place ? [place] : steps).map((step) => withoutName(step.why, target.path)))],
    also: [...from, ...written(steps)],
    undoable: steps.every((step) => step.undoable),
    steps: steps.map((step) => step.id),
    doneAt: doneAt.get(place ?? steps[steps.length - 1]!)!,
  };
  return { row, bin, item };
}

const PLACE_MARK = { import: 'add', move: 'move', 'remove-item': 'remove' } as const;

function isPlace(step: ClipStep): step is Extract<ClipStep, { kind: keyof typeof PLACE_MARK }> {
  return step.kind in PLACE_MARK;
}

/** The row is named after the clip already: `A/x.mov is not in the project yet.` → `Not in the project yet.` */
function withoutName(why: string, path: string): string {
  if (!why.startsWith(`${path} `)) return why;
  const rest = why.slice(path.length + 1).replace(/^is /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function written(steps: ClipStep[]): string[] {
  const words: string[] = [];
  let [markers, gone] = [0, 0];
  for (const step of steps) {
    if (step.kind === 'set-label') words.push(`label ${labelWords(step.after.label)}`);
    if (step.kind === 'set-metadata') {
      const fields = Object.keys(step.after.metadata).filter((field) => field !== 'batonId').length;
      if (fields > 0) words.push(`${fields} log ${fields === 1 ? 'field' : 'fields'}`);
    }
    if (step.kind === 'add-marker' || step.kind === 'update-marker') markers++;
    if (step.kind === 'remove-marker') gone++;
  }
  if (markers > 0) words.push(`${markers} ${markers === 1 ? 'marker' : 'markers'}`);
  if (gone > 0) words.push(`takes ${gone} ${gone === 1 ? 'marker' : 'markers'} away`);
  return words;
}

function reasonsToKeep(plan: Plan): Map<string, string[]> {
  const whyKept = new Map<string, string[]>();
  for (const kept of plan.kept) whyKept.set(kept.clip, [...(whyKept.get(kept.clip) ?? []), kept.why]);
  return whyKept;
}

/** Items no step touches; a reason stands only where a person's own change is left alone. */
function* addKept(
  tree: Tree,
  project: ProjectSnapshot,
  { touched, whyKept }: { touched: Set<string>; whyKept: Map<string, string[]> },
): Parts<void> {
  let taken = 0;
  for (const item of project.items) {
    if (++taken % PART === 0) yield;
    if (touched.has(item.id)) continue;
    const why = (item.metadata.batonId && whyKept.get(item.metadata.batonId)) || [];
    tree.bin(item.bin).clips.push({ key: `item ${item.id}`, name: item.name, mark: 'keep', why, ...NOTHING });
  }
}

const ORDER: Record<Mark, number> = { blocked: 0, add: 1, move: 2, remove: 3, change: 4, keep: 5 };

const MARKS = Object.keys(ORDER) as Mark[];

/** One for all: an own one for each comparison takes seconds at 50,000 clips. */
const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sums the counts upwards. */
function* counted(node: BinNode): Parts<BinNode> {
  for (const clip of node.clips) node.counts[clip.mark]++;
  if (node.clips.length > PART) yield;
  for (const [nth, bin] of node.bins.entries()) {
    if (nth % PART === PART - 1) yield;
    yield* counted(bin);
    for (const mark of MARKS) node.counts[mark] += bin.counts[mark];
  }
  return node;
}

/** A bin's own bins and clips the way people read numbers, put so once. */
export function* inOrder(node: BinNode): Parts<void> {
  if (node.sorted) return;
  const byName = (a: { name: string }, b: { name: string }) => NAMES.compare(a.name, b.name);
  const bins = yield* sorted(node.bins, byName);
  const clips = yield* sorted(node.clips, (a, b) => ORDER[a.mark] - ORDER[b.mark] || byName(a, b));
  // Another turn may have done the same meanwhile; what is put in is the same.
  [node.bins, node.clips, node.sorted] = [bins, clips, true];
}
