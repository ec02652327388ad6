/**
 * The dry run: what must change in an editor's project so that it holds what the handoff says. Asks nothing of the
 * editor; the snapshot says it all. Planning against what a plan produced gives no steps.
 */
import { binsOf, type BinPolicy } from './bins.ts';
import { handoffHash } from './canonical.ts';
import { isUnusable, type Clip, type Handoff, type LogEntry } from './documents/handoff.ts';
import { comparablePath, joinRoot, suffix } from './documents/paths.ts';
import type { BinPath, Blocked, ClipTarget, Kept, Plan } from './documents/plan.ts';
import type { ProjectItem, ProjectSnapshot } from './documents/snapshot.ts';
import type { SyncVerdict } from './documents/sync.ts';
import { choose, lastWritten, sameBin, withOwnWord, type Written } from './plan/base.ts';
import { clipSteps } from './plan/clip.ts';
import { DEFAULT_FLAGS, type Flag } from './plan/flags.ts';
import { binFollower, receiptsOf, type Follower } from './plan/follow.ts';
import { asEditorsSee, entriesOf } from './plan/parts.ts';
import { chooseCopies } from './plan/copies.ts';
import { countKinds, inOrder, withId, type BareStep } from './plan/step.ts';
import { entriesByClip } from './plan/wanted.ts';
import { sync } from './sync.ts';

export interface PlanOptions {
  /** Where each named root lies on the editor's machine, absolute. */
  roots: Record<string, string>;
  /** Suffixes the editor imports; where absent every picture, sound, graphic and music file is taken for importable. */
  importable?: string[];
  policy?: BinPolicy;
  /** Whether the editor's clips have keywords; where absent, as the snapshot's editor has them (Resolve). */
  keywords?: boolean;
  /** How an unsynced clip is shown; DEFAULT_FLAGS where absent. */
  flags?: readonly Flag[];
  /** Absolute path of a clip where it is not simply root + path (a drive that spells names in NFD). */
  fileOf?: (clip: Clip) => string | undefined;
}

/** What is known about one clip while its steps are made. */
export interface ClipPlan {
  clip: Clip;
  target: ClipTarget;
  bin: BinPath;
  /** What the editor made of that bin's name since, as a sentence with a space before it; '' where nothing. */
  told: string;
  item: ProjectItem | undefined;
  written: Written | undefined;
  entries: LogEntry[];
  verdict: SyncVerdict | undefined;
  flags: readonly Flag[];
  keywords: boolean;
}

export function plan(handoff: Handoff, snapshot: ProjectSnapshot | null, options: PlanOptions): Plan {
  const verdicts = sync(handoff);
  const bins = binsOf(handoff, verdicts, options.policy);
  const written = snapshot ? lastWritten(handoff, snapshot.project.id) : new Map<string, Written>();
  const follow = snapshot ? binFollower(receiptsOf(handoff.history, snapshot.project.id), snapshot) : STAYS;
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.clipId, verdict]));
  const items = itemIndex(snapshot);
  const { out, entries } = chooseCopies(handoff, entriesByClip(handoff), {
    isIn: (clip) => items.find(clip, targetOf(clip, options).file) !== undefined,
    isReachable: (clip) => options.roots[clip.root] !== undefined,
  });
  const [steps, blocked, kept]: [BareStep[], Blocked[], Kept[]] = [[], [], []];
  let unchanged = 0;
  for (const { whole, clip } of handoff.clips.flatMap(asEditorsSee)) {
    if (out.has(whole.id)) continue;
    const target = targetOf(clip, options);
    const item = items.find(clip, target.file);
    const why = item ? null : whyBlocked(clip, options);
    if (why) {
      blocked.push({ clip: clip.id, path: clip.path, why });
      continue;
    }
    const last = written.get(clip.id);
    const made = planClip(
      {
        clip,
        target: item ? { ...target, item: item.id } : target,
        bin: follow.now(bins.get(whole.id)!),
        told: follow.told(bins.get(whole.id)!),
        item,
        // What was written to an item that has gone says nothing about the one that is there now.
        written:
          item &&
          withOwnWord(
            last && (last.item === undefined || last.item === item.id)
              ? { ...last, bin: last.bin && follow.now(last.bin) }
              : undefined,
            item,
          ),
        entries: entriesOf(whole, clip, entries.get(whole.id) ?? []),
        verdict: verdictOf.get(whole.id),
        flags: options.flags ?? DEFAULT_FLAGS,
        keywords: options.keywords ?? snapshot?.editor === 'resolve',
      },
      handoff,
    );
    steps.push(...made.steps);
    kept.push(...made.kept);
    if (made.steps.length === 0) unchanged++;
  }
  const all = inOrder([...binSteps(steps, snapshot), ...steps].map(withId));
  return {
    kind: 'plan',
    version: 1,
    manifest: handoffHash(handoff),
    ...(handoff.rate ? { rate: handoff.rate } : {}),
    steps: all,
    blocked,
    kept,
    ...(out.size > 0 ? { keptOut: [...out.values()] } : {}),
    counts: {
      ...countKinds(all),
      blocked: blocked.length,
      kept: kept.length,
      keptOut: out.size,
      unchanged,
    },
  };
}

/** A project that nobody has written to. */
const STAYS: Follower = { now: (bin) => bin, told: () => '' };

function planClip(about: ClipPlan, handoff: Handoff): { steps: BareStep[]; kept: Kept[] } {
  const { clip, target, bin, told, item, written } = about;
  const details = clipSteps(about, handoff.rate);
  if (!item) {
    const why = `${clip.path} is not in the project yet.${told}`;
    return {
      steps: [{ kind: 'import', target, after: { bin }, why, undoable: false }, ...details.steps],
      kept: details.kept,
    };
  }
  const choice = choose(bin, item.bin, written?.bin, sameBin);
  if (choice === 'same') return details;
  if (choice === 'keep') {
    const why = `It was moved to ${item.bin.join('/') || 'the project root'} after Baton put it into ${written!.bin!.join('/')}; it stays.`;
    return {
      steps: details.steps,
      kept: [{ clip: clip.id, path: clip.path, what: 'move', why }, ...details.kept],
    };
  }
  const why = `It lies in ${item.bin.join('/') || 'the project root'} and belongs in ${bin.join('/')}.${told}`;
  const move: BareStep = {
    kind: 'move',
    target,
    before: { bin: item.bin },
    after: { bin },
    why,
    undoable: true,
  };
  return { steps: [move, ...details.steps], kept: details.kept };
}

function targetOf(clip: Clip, options: PlanOptions): ClipTarget {
  const root = options.roots[clip.root];
  const file = options.fileOf?.(clip) ?? (root === undefined ? clip.path : joinRoot(root, clip.path));
  const target: ClipTarget = { clip: clip.id, path: clip.path, file };
  if (!clip.sequence) return target;
  const { first, last, digits } = clip.sequence;
  return { ...target, frames: { first, last, digits } };
}

const MADE_FOR_EDITORS: ReadonlySet<Clip['kind']> = new Set(['picture', 'sound', 'graphic', 'music']);

function whyBlocked(clip: Clip, { roots, importable }: PlanOptions): string | null {
  if (roots[clip.root] === undefined)
    return `Nobody has said where the root "${clip.root}" lies on this machine; give it with --root ${clip.root}=PATH.`;
  if (isUnusable(clip)) return `The file cannot be used: ${clip.problem!.message}.`;
  const ending = suffix(clip.path);
  const can = importable ? importable.includes(ending) : MADE_FOR_EDITORS.has(clip.kind);
  return can ? null : `An editor's project cannot hold a .${ending} file; it stays on the drive.`;
}

/** Finds a clip's project item by its media path, or by Baton's id where the media was relinked. */
function itemIndex(snapshot: ProjectSnapshot | null) {
  const byFile = new Map<string, ProjectItem>();
  const byId = new Map<string, ProjectItem>();
  for (const item of snapshot?.items ?? []) {
    if (item.kind !== 'clip') continue;
    const { batonId } = item.metadata;
    if (batonId && !byId.has(batonId)) byId.set(batonId, item);
    if (item.file === null) continue;
    const file = comparablePath(item.file);
    // Of two items with one file the one that carries Baton's id is Baton's; the other is the editor's own copy.
    if (!byFile.has(file) || (batonId && !byFile.get(file)!.metadata.batonId)) byFile.set(file, item);
  }
  return { find: (clip: Clip, file: string) => byFile.get(comparablePath(file)) ?? byId.get(clip.id) };
}

/** The bins that imports and moves need and the project lacks, each after its parent. */
function binSteps(steps: BareStep[], snapshot: ProjectSnapshot | null): BareStep[] {
  const key = (path: BinPath) => JSON.stringify(path);
  const have = new Set((snapshot?.bins ?? []).map((bin) => key(bin.path)));
  const made: BareStep[] = [];
  for (const step of steps) {
    if (step.kind !== 'import' && step.kind !== 'move') continue;
    step.after.bin.forEach((_, depth) => {
      const bin = step.after.bin.slice(0, depth + 1);
      if (have.has(key(bin))) return;
      have.add(key(bin));
      made.push({
        kind: 'make-bin',
        target: { bin },
        after: { bin },
        why: `No bin ${bin.join('/')} yet.`,
        undoable: true,
      });
    });
  }
  return made;
}
