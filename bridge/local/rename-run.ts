/**
 * Carries the steps of a rename out, or back, and tells the manifest. Whatever fails half way is rolled back at once; what a kill left half
 * way is finished or rolled back by whoever comes next.
 */
import { basename, dirname, join } from 'node:path';
import type { Clip } from '../../manifest/documents/handoff.ts';
import {
  isRecorded,
  withRenames,
  type MovedFile,
  type RenameRecord,
} from '../../manifest/patterns/renamed.ts';
import { sweep } from './atomic.ts';
import { flushFolders, moveExclusive, settleHalf, stampsOf } from './rename-disk.ts';
import {
  dropRename,
  readRenames,
  saveRename,
  type JournalFile,
  type RenameJournal,
} from './rename-journal.ts';
import type { Reach } from './rename-look.ts';
import { findProgress, orderSteps, type Progress, type Step } from './rename-steps.ts';
import type { RootPlaces } from './roots.ts';
import { isNoPermission, isRefusal, StoreError } from './store-error.ts';
import { updateHandoff } from './store.ts';

/** It cannot be done, in one sentence; every file has the name it had. */
export class CannotRename extends Error {}

export interface RenameOptions {
  /** Renames although hash lists will not know the files any more. */
  force?: boolean;
  /** Called before each step of all; throwing stops there, and everything is rolled back. */
  beforeStep?(nth: number, step: Step, of: number): Promise<void> | void;
  /** Clip ids and the paths they are to have; whoever is not among them keeps its name. All that can be where absent. */
  only?: ReadonlyMap<string, string>;
  /** Which folders may be touched; every one where absent. */
  reach?: Reach;
}

export interface Recovered {
  id: string;
  /** `finished`: every file had its new name, and now the manifest knows. `taken-back`: every file has its old name again. */
  outcome: 'finished' | 'taken-back';
  files: MovedFile[];
}

export const manifestPath = ({ folder }: JournalFile, name: string) =>
  (folder ? `${folder}/${name}` : name).normalize('NFC');

export function movedFiles({ files }: RenameJournal): MovedFile[] {
  return files.map((file) => ({
    root: file.root,
    from: manifestPath(file, file.from),
    to: manifestPath(file, file.to),
  }));
}

/** The same steps every time they are asked for, on whichever machine. */
export function stepsOf({ files }: RenameJournal, roots: RootPlaces): Step[] {
  const place = ({ root, folder }: JournalFile, name: string) => {
    const at = roots[root];
    if (at === undefined)
      throw new CannotRename(`nobody says where the root "${root}" lies; give --root ${root}=PATH`);
    return join(at, ...folder.split('/'), name);
  };
  const moves = files.map((file) => ({ from: place(file, file.from), to: place(file, file.to) }));
  return orderSteps(moves, (at) => place(files[at]!, files[at]!.way!));
}

export async function progressOf(journal: RenameJournal, steps: Step[]): Promise<Progress> {
  const there = await stampsOf(new Set(steps.flatMap(({ from, to }) => [from, to])));
  const found = findProgress(
    steps,
    journal.files.map(({ stamp }) => stamp),
    there,
  );
  if (!found) throw strangers(journal, steps);
  return found;
}

export function strangers({ id }: RenameJournal, steps: Step[]): CannotRename {
  return new CannotRename(
    `the files of rename ${id} are not where it left them (${steps[0]!.from} and ${steps.length - 1} more steps): somebody moved, removed or added some since. Nothing was changed; put them back, or rename by hand what is listed in .baton/renames/${id}.json`,
  );
}

export async function forward(
  manifest: string,
  steps: Step[],
  journal: RenameJournal,
  options: RenameOptions,
): Promise<void> {
  let done = 0;
  try {
    for (; done < steps.length; done++) {
      await options.beforeStep?.(done, steps[done]!, steps.length);
      await moveExclusive(steps[done]!.from, steps[done]!.to);
    }
    await flushFolders(steps.map(({ to }) => dirname(to)));
    await record(manifest, journal);
  } catch (error) {
    await rollBack(steps, done);
    // Where even the manifest cannot be set right the undo file stays, and the next run does it.
    const left = await unrecord(manifest, journal).then(
      () => false,
      () => true,
    );
    if (!left) await dropRename(manifest, journal.id);
    throw explained(error, steps[done]);
  }
}

async function record(manifest: string, journal: RenameJournal): Promise<void> {
  const moved = movedFiles(journal);
  const { id } = journal;
  const entry: RenameRecord = { kind: 'rename', at: new Date().toISOString(), id, files: moved };
  const handoff = await updateHandoff(manifest, (now) =>
    isRecorded(now, id) ? now : withRenames(now, moved, entry, false),
  );
  const ids = new Set(journal.before.map((clip) => clip.id));
  const after = handoff.clips.filter((clip) => ids.has(clip.id));
  await saveRename(manifest, { ...journal, phase: 'done', after });
}

/** What changed since by other hands stays; a clip that is as the rename left it becomes exactly what it was. */
async function unrecord(manifest: string, journal: RenameJournal): Promise<void> {
  const moved = movedFiles(journal).map(({ root, from, to }) => ({ root, from: to, to: from }));
  const { id } = journal;
  const entry: RenameRecord = { kind: 'rename-undone', at: new Date().toISOString(), id, files: moved };
  const after = new Map(journal.after?.map((clip) => [clip.id, JSON.stringify(clip)]));
  const before = new Map(journal.before.map((clip) => [clip.id, clip]));
  await updateHandoff(manifest, (now) => {
    if (!isRecorded(now, id)) return now;
    const same = new Set(
      now.clips.flatMap((clip) => (after.get(clip.id) === JSON.stringify(clip) ? [clip.id] : [])),
    );
    const next = withRenames(now, moved, entry, true);
    const clips = next.clips.map((clip) => (same.has(clip.id) ? before.get(clip.id)! : clip));
    return { ...next, clips: inOrder(clips, journal.order ?? []) };
  });
}

/** As they were listed; where clips came or went since, as they are. */
function inOrder(clips: Clip[], order: string[]): Clip[] {
  const byId = new Map(clips.map((clip) => [clip.id, clip]));
  const same = order.length === clips.length && order.every((id) => byId.has(id));
  return same ? order.map((id) => byId.get(id)!) : clips;
}

async function rollBack(steps: Step[], done: number): Promise<void> {
  for (let at = done - 1; at >= 0; at--)
    await moveExclusive(steps[at]!.to, steps[at]!.from).catch((error: unknown) => {
      throw new CannotRename(
        `${steps[at]!.to} cannot be given its old name ${basename(steps[at]!.from)} back: ${(error as Error).message}. Mend that, then baton rename --undo goes on`,
      );
    });
  await flushFolders(steps.map(({ to }) => dirname(to)));
}

export async function back(
  manifest: string,
  steps: Step[],
  journal: RenameJournal,
  from: Progress,
  options: RenameOptions = {},
): Promise<void> {
  let at = from.done;
  try {
    if (from.half) await settleHalf(steps[at]!.from, steps[at]!.to);
    for (; at > 0; at--) {
      await options.beforeStep?.(at, steps[at - 1]!, steps.length);
      await moveExclusive(steps[at - 1]!.to, steps[at - 1]!.from);
    }
  } catch (error) {
    // An undo that was whole before goes forward again; one taken up after a kill stays where it is, for another try.
    if (from.done === steps.length && journal.after) {
      for (; at < steps.length; at++) await moveExclusive(steps[at]!.from, steps[at]!.to);
      await saveRename(manifest, { ...journal, phase: 'done', goal: 'new' });
    }
    throw explained(error, steps[at - 1]);
  }
  await flushFolders(steps.map(({ to }) => dirname(to)));
  await unrecord(manifest, journal);
  await dropRename(manifest, journal.id);
}

/** What a killed run left, if it left anything: finished where only the manifest was still to be told, else taken back. */
export async function recover(
  manifest: string,
  roots: RootPlaces,
  wish: 'finish' | 'undo',
): Promise<Recovered | null> {
  const journal = (await readRenames(manifest)).find(({ phase }) => phase === 'moving');
  if (!journal) return null;
  // The manifest may not need to be written again, and then nobody else clears what its killed writer left.
  await sweep(dirname(manifest));
  const steps = stepsOf(journal, roots);
  const at = await progressOf(journal, steps);
  const whole = at.done === steps.length && !at.half;
  const outcome = journal.goal === 'new' && wish === 'finish' && whole ? 'finished' : 'taken-back';
  if (outcome === 'finished') await record(manifest, journal);
  else {
    // Said first, so that a second kill goes on in the same direction.
    await saveRename(manifest, { ...journal, goal: 'old' });
    await back(manifest, steps, journal, at);
  }
  return { id: journal.id, outcome, files: movedFiles(journal) };
}

/** The system's refusal in words; what is no refusal of the system is passed on. */
function explained(error: unknown, step: Step | undefined): unknown {
  if (error instanceof StoreError || error instanceof CannotRename || !step) return error;
  const name = `${step.from} → ${basename(step.to)}`;
  if (isRefusal(error, 'EEXIST'))
    return new CannotRename(`nothing was renamed: ${step.to} appeared meanwhile, and is never overwritten`);
  if (isNoPermission(error))
    return new CannotRename(
      `nothing was renamed: ${name} is not allowed for this user, or the volume is read-only`,
    );
  if (isRefusal(error, 'ENOENT'))
    return new CannotRename(`nothing was renamed: ${step.from} has gone meanwhile; scan again`);
  if (isRefusal(error, 'EBUSY', 'ETXTBSY'))
    return new CannotRename(`nothing was renamed: ${step.from} is in use; close it in the other program`);
  if (typeof (error as NodeJS.ErrnoException).syscall === 'string')
    return new CannotRename(`nothing was renamed: ${name}: ${(error as Error).message}`);
  return error;
}
