/** baton rename: what the files should be called, and why; and on demand the renaming itself, all or nothing, with a way back. */
import { resolve } from 'node:path';
import {
  applyRenames,
  CannotRename,
  proposeRenames,
  undoRename,
  type Applied,
  type Proposal,
  type Recovered,
} from '../../bridge/local/rename.ts';
import {
  DEFAULT_NAMING,
  patternFault,
  productionNaming,
  readNaming,
  type Naming,
} from '../../manifest/patterns/defaults.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { CannotDo, type Command, type ExitCode, type Output } from '../command.ts';
import { openOrExplain, readRootOptions, ROOT_OPTION } from '../roots.ts';
import { counted } from '../words.ts';

export const renameCommand: Command = {
  id: 'rename',
  summary: 'propose names by scene and take, and why; --apply renames, --undo puts everything back',
  usage: 'MANIFEST [--pattern PATTERN]... [--apply [--force] | --undo] [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: {
    pattern: {
      type: 'string',
      multiple: true,
      value: 'PATTERN',
      help: 'as in SCENE_{scene:2}_TAKE_{take:2}_{kind}_{role} (repeatable); else the production’s own, else Baton’s',
    },
    apply: {
      type: 'boolean',
      help: 'rename, all or nothing; the undo file lies in .baton/renames beside the manifest',
    },
    undo: { type: 'boolean', help: 'give the files of the last rename their old names back' },
    force: {
      type: 'boolean',
      help: 'with --apply: rename although hash lists (MHL) know the files by their present names',
    },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const manifest = resolve(positionals[0]!);
    const roots = readRootOptions(options['root']);
    if (options['undo'] && (options['apply'] || options['pattern']))
      throw new CannotDo('--undo goes alone: it puts back what the last --apply renamed');
    try {
      if (options['undo']) return tellUndone(await undoRename(manifest, roots), output);
      const opened = await openOrExplain(manifest, options['root'], output);
      const naming = namingFor((options['pattern'] ?? []) as string[], opened.handoff);
      const patterns = naming.map(({ pattern }) => pattern.text);
      if (!options['apply']) {
        const proposal = await proposeRenames(opened, naming);
        tell(proposal, output, 'would be renamed');
        output.document({ manifest, patterns, ...asDocument(proposal), applied: null });
        return 0;
      }
      const applied = await applyRenames(manifest, roots, naming, { force: options['force'] === true });
      return tellApplied(applied, manifest, patterns, output);
    } catch (error) {
      throw error instanceof CannotRename ? new CannotDo(error.message) : error;
    }
  },
};

/** A pattern given now, else the production's own, else Baton's. Throws CannotDo where one is none, with its column marked. */
function namingFor(given: string[], handoff: Handoff): Naming[] {
  const read =
    given.length > 0 ? readNaming(given.map((pattern) => ({ pattern }))) : productionNaming(handoff);
  const [fault] = read.faults;
  if (fault) throw new CannotDo(patternFault(fault));
  return read.naming.length > 0 ? read.naming : DEFAULT_NAMING;
}

function asDocument({ plan, lists, notes }: Proposal) {
  return { ...plan, lists, notes };
}

function tell({ plan, notes }: Proposal, output: Output, words: string): void {
  for (const { from, to, why, along } of plan.renames) {
    output.say(`${from} → ${fileName(to)}`);
    if (why) output.say(`  ${why}`);
    for (const each of along) output.say(`  with it ${fileName(each.from)} → ${fileName(each.to)}`);
  }
  for (const { path, message, code } of plan.refused)
    output.say(`keeps its name: ${path} (${code}): ${message}`);
  for (const note of notes) output.warn(note);
  const files = plan.renames.reduce((sum, { along }) => sum + 1 + along.length, 0);
  const more = files > plan.renames.length ? ` (${counted(files, 'file')})` : '';
  output.say(
    `${plan.renames.length} ${plan.renames.length === 1 ? 'clip' : 'clips'}${more} ${words}, ${plan.right} right already, ${plan.refused.length} cannot be, ${plan.untouched} of kinds no pattern speaks of`,
  );
}

function tellApplied(applied: Applied, manifest: string, patterns: string[], output: Output): ExitCode {
  const { recovered, id, files } = applied;
  if (recovered) sayRecovered(recovered, output);
  tell(applied, output, id === null ? 'to rename' : 'renamed');
  if (id !== null) output.say(`baton rename --undo ${manifest} puts everything back`);
  output.document({
    manifest,
    patterns,
    ...asDocument(applied),
    applied: id === null ? null : { id, files },
    recovered,
  });
  return applied.plan.refused.length > 0 ? 1 : 0;
}

function sayRecovered({ id, outcome, files }: Recovered, output: Output): void {
  output.warn(
    outcome === 'finished'
      ? `the interrupted rename ${id} was whole on the disk; the manifest knows it now (${counted(files.length, 'file')})`
      : `the interrupted rename ${id} was taken back first (${counted(files.length, 'file')})`,
  );
}

function tellUndone(undone: Recovered, output: Output): ExitCode {
  for (const { from, to } of undone.files) output.say(`${to} → ${fileName(from)}`);
  output.say(
    `${undone.files.length === 1 ? '1 file has its old name' : `${undone.files.length} files have their old names`} again`,
  );
  output.document({ undone: { id: undone.id, files: undone.files } });
  return 0;
}
