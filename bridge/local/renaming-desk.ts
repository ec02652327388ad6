/** File names for a face: proposed in one call; renaming and taking it back begun, asked after and stopped by separate calls. */
import { basename, resolve } from 'node:path';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import {
  DEFAULT_NAMING,
  patternFault,
  productionNaming,
  type Naming,
} from '../../manifest/patterns/defaults.ts';
import { HostError } from '../call.ts';
import type { ProposedNames, RenameAsked, RenamingDesk, RenamingState } from '../desk.ts';
import { openHandoff } from './desk.ts';
import type { Reach } from './rename-look.ts';
import { runs, type Run } from './runs.ts';
import {
  applyRenames,
  CannotRename,
  lastRename,
  proposeRenames,
  undoRename,
  type RenameOptions,
} from './rename.ts';

export interface RenamingOptions {
  /** Where roots lie, over what is remembered. */
  roots?: Record<string, string>;
  /** Awaited after files were renamed, before the face hears of it. */
  afterRename?: () => Promise<void>;
}

/** As a service offers it: `reach` says which folders its page may touch; every one where absent. */
export interface LocalRenaming extends RenamingDesk {
  proposeNames(path: string, reach?: Reach): Promise<ProposedNames>;
  rename(path: string, asked: RenameAsked, reach?: Reach): Promise<RenamingState>;
  undoRename(path: string, reach?: Reach): Promise<RenamingState>;
}

export function localRenaming({ roots = {}, afterRename }: RenamingOptions = {}): LocalRenaming {
  const renames = runs<RenamingState>();
  const begin = (path: string, work: (manifest: string, watch: RenameOptions) => Promise<Renamed>) =>
    renames.begin(path, { running: true, progress: null, renamed: null }, async (run) => {
      const renamed = await work(run.manifest, watched(run));
      await afterRename?.();
      run.state.renamed = renamed;
    });
  return {
    proposeNames: (path, reach) => inWords(propose(resolve(path), roots, reach)),
    rename: (path, { renames: chosen, force }, reach) =>
      begin(path, async (manifest, watch) => {
        const only = new Map(chosen.map(({ clip, to }) => [clip, to]));
        const { handoff } = await openHandoff(manifest, roots);
        const naming = handoff ? namingOf(handoff) : [];
        const options = { ...watch, ...within(reach), only, force };
        return { files: (await applyRenames(manifest, roots, naming, options)).files, undone: false };
      }),
    undoRename: (path, reach) =>
      begin(path, async (manifest, watch) => {
        const { files, outcome } = await undoRename(manifest, roots, { ...watch, ...within(reach) });
        return { files, undone: outcome === 'taken-back' };
      }),
    renaming: renames.now,
    stopRenaming: renames.stop,
  };
}

const within = (reach: Reach | undefined) => (reach ? { reach } : {});

type Renamed = NonNullable<RenamingState['renamed']>;

/** A stop throws, and what was done by then is put back. */
function watched({ state, signal }: Run<RenamingState>): RenameOptions {
  let done = 0;
  return {
    beforeStep(_nth, { from }, total) {
      if (signal.aborted) throw new Error('Stopped: every file has the name it had.');
      state.progress = { done: done++, total, current: basename(from) };
    },
  };
}

async function propose(manifest: string, roots: Record<string, string>, reach?: Reach) {
  const last = await lastRename(manifest);
  const none: ProposedNames = { renames: [], refused: [], right: 0, untouched: 0, lists: [], last };
  if (last?.interrupted) return none;
  const opened = await openHandoff(manifest, roots);
  const { handoff } = opened;
  if (!handoff) throw new CannotRename(opened.issues[0]?.message ?? `${manifest} cannot be read`);
  const { plan, lists, listsOf } = await proposeRenames(
    { ...opened, handoff },
    namingOf(handoff),
    within(reach),
  );
  const nth = new Map(lists.map((list, at) => [list, at]));
  const renames = plan.renames.map((rename, at) => ({
    ...rename,
    lists: [...new Set(listsOf[at])].map((list) => nth.get(list)!),
  }));
  return { ...plan, renames, lists, last };
}

/** The production's own patterns, else Baton's. Throws CannotRename where one is none. */
function namingOf(handoff: Handoff): Naming[] {
  const { naming, faults } = productionNaming(handoff);
  if (faults.length > 0) throw new CannotRename(patternFault(faults[0]!));
  return naming.length > 0 ? naming : DEFAULT_NAMING;
}

async function inWords<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof CannotRename ? new HostError('refused', 'proposeNames', error.message) : error;
  }
}
