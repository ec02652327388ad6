/**
 * Renames media as a plan says, all or nothing, and takes it back. The undo file is on the disk before the first file moves; whatever fails
 * half way is rolled back at once, and what a kill left half way is finished or rolled back by the next run.
 */
import { basename, dirname, join } from 'node:path';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Naming } from '../../manifest/patterns/defaults.ts';
import { planRenames, type ClipRename, type RenamePlan } from '../../manifest/patterns/rename.ts';
import type { MovedFile } from '../../manifest/patterns/renamed.ts';
import type { LastRename, OpenedHandoff } from '../desk.ts';
import { openHandoff } from './desk.ts';
import { withLock } from './lock.ts';
import { stampOf } from './rename-disk.ts';
import {
  newRenameId,
  readRenames,
  saveRename,
  type JournalFile,
  type RenameJournal,
} from './rename-journal.ts';
import { belowRoot, lookAround, staleLists, type Looked } from './rename-look.ts';
import {
  back,
  CannotRename,
  forward,
  manifestPath,
  movedFiles,
  progressOf,
  recover,
  stepsOf,
  strangers,
  type Recovered,
  type RenameOptions,
} from './rename-run.ts';
import { readRoots, type RootPlaces } from './roots.ts';
import { readHandoff } from './store.ts';

export { CannotRename, type Recovered, type RenameOptions };

export interface Proposal {
  plan: RenamePlan;
  /** Hash lists that would no longer know the files; absolute. */
  lists: string[];
  /** The same for each rename, in the plan's order. */
  listsOf: string[][];
  /** What else a person should know before applying. */
  notes: string[];
}

export interface Applied extends Proposal {
  /** Null where there was nothing to rename. */
  id: string | null;
  files: MovedFile[];
  /** What a killed run had left, and what became of it. */
  recovered: Recovered | null;
}

type Opened = OpenedHandoff & { handoff: Handoff };

/** Writes nothing. Throws CannotRename where a killed rename waits to be finished first. */
export async function proposeRenames(
  opened: Opened,
  naming: Naming[],
  options: Pick<RenameOptions, 'reach'> = {},
): Promise<Proposal> {
  const left = (await readRenames(opened.path)).find(isMoving);
  if (left)
    throw new CannotRename(
      `a rename of ${left.at.slice(0, 16).replace('T', ' ')} UTC was interrupted; baton rename --undo puts its files back, and --apply does so before it goes on`,
    );
  return (await propose(opened, naming, options)).proposal;
}

async function propose(
  opened: Opened,
  naming: Naming[],
  { reach, only }: RenameOptions,
): Promise<{ proposal: Proposal; looked: Looked }> {
  const { handoff, roots, facts } = opened;
  const looked = await lookAround(handoff, roots, facts.disk ?? {}, reach);
  const plan = planRenames(handoff, { naming, ...looked, ...(only ? { only } : {}) });
  const listsOf = await staleLists(plan.renames, looked, roots);
  const lists = [...new Set(listsOf.flat())].sort();
  const notes = plan.renames.length > 0 ? notesOf(handoff, lists) : [];
  return { proposal: { plan, lists, listsOf, notes }, looked };
}

function notesOf({ history, signOff }: Handoff, lists: string[]): string[] {
  const notes: string[] = [];
  if (lists.length > 0)
    notes.push(
      `${lists.length === 1 ? 'a hash list knows' : `${lists.length} hash lists know`} these files by their present names and would be stale: ${lists.join(', ')}; --apply needs --force, and to baton verify the old names are missing from then on: rename before the first list is made`,
    );
  if (signOff)
    notes.push(
      `the handoff was signed off by ${signOff.by}; with other names it is another delivery, to be signed again`,
    );
  if (history.some(({ kind }) => kind === 'import'))
    notes.push('it was imported into a project already; the editor will ask to relink what is renamed');
  return notes;
}

/** Throws CannotRename, or StoreError where undo file or manifest cannot be written; then every file has its old name. */
export async function applyRenames(
  manifest: string,
  overrides: RootPlaces,
  naming: Naming[],
  options: RenameOptions = {},
): Promise<Applied> {
  return locked(manifest, async () => {
    const roots = await rootsOf(manifest, overrides);
    await mustReach((await readRenames(manifest)).filter(isMoving), roots, options.reach);
    const recovered = await recover(manifest, roots, 'finish');
    const opened = await reopen(manifest, overrides);
    const { proposal, looked } = await propose(opened, naming, options);
    const { renames } = proposal.plan;
    if (options.only) mustBeAsShown(options.only, proposal.plan);
    if (renames.length === 0) return { ...proposal, id: null, files: [], recovered };
    if (proposal.lists.length > 0 && options.force !== true)
      throw new CannotRename(
        `nothing was renamed: ${proposal.lists[0]} knows the files by their present names${proposal.lists.length > 1 ? `, and so do ${proposal.lists.length - 1} more lists` : ''}; --force renames all the same`,
      );
    const journal = await journalOf(opened, renames, looked);
    const steps = stepsOf(journal, opened.roots);
    await saveRename(manifest, journal);
    await forward(manifest, steps, journal, options);
    return { ...proposal, id: journal.id, files: movedFiles(journal), recovered };
  });
}

/** The rename that was interrupted, else the last one that was done, is taken back. Throws CannotRename where there is none. */
export async function undoRename(
  manifest: string,
  overrides: RootPlaces,
  options: RenameOptions = {},
): Promise<Recovered> {
  return locked(manifest, async () => {
    const roots = await rootsOf(manifest, overrides);
    await mustReach(newest(await readRenames(manifest)), roots, options.reach);
    const recovered = await recover(manifest, roots, 'undo');
    if (recovered) return recovered;
    const [last] = await readRenames(manifest);
    if (!last) throw new CannotRename(`there is no rename of ${basename(manifest)} to undo`);
    const steps = stepsOf(last, roots);
    const at = await progressOf(last, steps);
    if (at.done < steps.length || at.half) throw strangers(last, steps);
    const journal: RenameJournal = { ...last, phase: 'moving', goal: 'old' };
    await saveRename(manifest, journal);
    await back(manifest, steps, journal, { done: steps.length, half: false }, options);
    return { id: journal.id, outcome: 'taken-back', files: movedFiles(journal) };
  });
}

const isMoving = ({ phase }: RenameJournal) => phase === 'moving';

/** The one an undo begins with, if there is one. */
function newest(journals: RenameJournal[]): RenameJournal[] {
  return [journals.find(isMoving) ?? journals[0]].flatMap((journal) => journal ?? []);
}

/** A person chose from what was shown: what would come out otherwise by now is not done. */
function mustBeAsShown(asked: ReadonlyMap<string, string>, { renames, refused }: RenamePlan): void {
  const now = new Map(renames.map(({ clip, to }) => [clip, to]));
  for (const [clip, to] of asked) {
    if (now.get(clip) === to) continue;
    const why = refused.find((each) => each.clip === clip);
    throw new CannotRename(
      why
        ? `nothing was renamed: ${why.path} cannot be ${basename(to)}: ${why.message}`
        : `nothing was renamed: ${basename(to)} is no longer what is proposed; look at the names again`,
    );
  }
}

async function mustReach(
  journals: RenameJournal[],
  roots: RootPlaces,
  reach: RenameOptions['reach'],
): Promise<void> {
  const folders = journals.flatMap((journal) => stepsOf(journal, roots).map(({ from }) => dirname(from)));
  for (const folder of reach ? new Set(folders) : [])
    if (!(await reach!(folder)))
      throw new CannotRename(
        `nothing was renamed: ${folder} lies outside the folder of the manifest, where this panel may not rename; baton rename may`,
      );
}

/** The rename that an undo would take back: one that a kill interrupted before any other. Throws StoreError where an undo file cannot be read. */
export async function lastRename(manifest: string): Promise<LastRename | null> {
  const [last] = newest(await readRenames(manifest));
  if (!last) return null;
  return { id: last.id, at: last.at, files: last.files.length, interrupted: isMoving(last) };
}

function locked<T>(manifest: string, work: () => Promise<T>): Promise<T> {
  return withLock(join(dirname(manifest), 'renames'), work);
}

async function reopen(manifest: string, overrides: RootPlaces): Promise<Opened> {
  const opened = await openHandoff(manifest, overrides);
  if (!opened.handoff) throw new CannotRename(opened.issues[0]?.message ?? `${manifest} cannot be read`);
  return { ...opened, handoff: opened.handoff };
}

async function rootsOf(manifest: string, overrides: RootPlaces): Promise<RootPlaces> {
  const { handoff, issues } = await readHandoff(manifest);
  if (!handoff) throw new CannotRename(issues[0]!.message);
  return readRoots(
    manifest,
    handoff.roots.map(({ name }) => name),
    overrides,
  );
}

async function journalOf(opened: Opened, renames: ClipRename[], looked: Looked): Promise<RenameJournal> {
  const at = new Date().toISOString();
  const id = newRenameId(at);
  const files: JournalFile[] = [];
  for (const rename of renames)
    for (const { from, to } of [rename, ...rename.along]) {
      if (from === to) continue;
      const path = looked.spelled.get(`${rename.root}\n${from}`);
      const stamp = path === undefined ? null : await stampOf(path);
      if (path === undefined || !stamp)
        throw new CannotRename(`nothing was renamed: ${from} has gone meanwhile; scan again`);
      const folder = belowRoot(opened.roots[rename.root]!, dirname(path));
      files.push({
        root: rename.root,
        folder,
        from: basename(path),
        to: to.slice(to.lastIndexOf('/') + 1),
        stamp,
      });
    }
  const named = withWays(files, id);
  const clips = new Set(renames.map(({ clip }) => clip));
  const moved = new Set(files.map((file) => `${file.root}\n${manifestPath(file, file.from)}`));
  const before = opened.handoff.clips.filter(
    (clip) => clips.has(clip.id) || moved.has(`${clip.root}\n${clip.path}`),
  );
  return {
    kind: 'rename',
    version: 1,
    id,
    manifest: basename(opened.path),
    at,
    phase: 'moving',
    goal: 'new',
    files: named,
    before,
    order: opened.handoff.clips.map(({ id: clip }) => clip),
  };
}

/** Names to wait under: a scan passes over them, and their ending is not that of temporary files, which `sweep` may delete. */
function withWays(files: JournalFile[], id: string): JournalFile[] {
  return files.map((file, at) => ({ ...file, way: `.${id}.${at}.baton-way` }));
}
