/** baton revert: takes an import back in an editor's project, shown first; what the editor changed since stays. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { planRevert, revertImport, type RevertRequest } from '../../bridge/local/revert.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import {
  chosenHost,
  HOST_OPTION,
  HOSTS_USAGE,
  openProject,
  saveStandin,
  standinStatePath,
} from '../project.ts';
import { revertRequest } from '../reverting.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';
import { needsAPerson, sayReceipt } from '../receipts.ts';
import { sayPlan } from './plan.ts';

export const revertCommand: Command = {
  id: 'revert',
  summary: 'take an import back: markers, labels, fields and places as they were (a dry run without --apply)',
  usage: `MANIFEST --host ${HOSTS_USAGE} [--project FILE] [--receipt ID|all] [--imported gather|remove|keep] [--apply] [--root NAME=PATH]... [--json]`,
  needs: ['MANIFEST'],
  options: {
    host: HOST_OPTION,
    project: { type: 'string', value: 'FILE', help: "the stand-in's saved state" },
    receipt: {
      type: 'string',
      value: 'ID|all',
      help: 'one receipt, or every one of this project that is not taken back; default: the newest import, in all its parts',
    },
    imported: {
      type: 'string',
      value: 'WHAT',
      help: 'items that Baton imported: gather them in the bin _Reverted (default), remove them from the project, or keep them',
    },
    apply: { type: 'boolean', help: 'do it; without this the changes are only shown' },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const host = chosenHost(options['host'], 'revert');
    const request = revertRequest(options);
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const file = resolve((options['project'] as string | undefined) ?? standinStatePath(opened.path, host));
    if (!existsSync(file)) throw new CannotDo(`the project ${file} is not there`);
    const { standin } = await openProject(file, opened, { mayBeMissing: false, host });
    if (!standin)
      throw new CannotDo(
        `${file} is a project snapshot: a picture of a project that nothing can be written to`,
      );
    if (!options['apply']) {
      const dry = await planRevert(opened, standin.editor, request);
      explainNothing(dry.receipts, dry.open, request);
      sayParts(dry.receipts, output);
      sayPlan(dry.plan, output);
      output.document(dry.plan);
      return 0;
    }
    const done = await revertImport(opened, standin.editor, request, {
      onProgress: ({ done: count, total, current }) =>
        current && output.warn(`${count} of ${total}  ${current}`),
      saveProject: () => saveStandin(file, standin),
    });
    explainNothing(done.receipts, done.open, request);
    sayParts(done.receipts, output);
    sayKept(done.plan, output);
    const receipt = done.receipt!;
    sayReceipt(receipt, output, '0 changes: nothing of it is left in the project');
    output.document(receipt);
    return needsAPerson(receipt) ? 1 : 0;
  },
};

function explainNothing(receipts: Receipt[], open: Receipt[], { receipt }: RevertRequest): void {
  if (receipts.length > 0) return;
  if (open.length === 0)
    throw new CannotDo('the manifest knows of no import into this project that is not taken back already');
  const known = open.map(({ id, at }) => `${id} (${at})`).join(', ');
  throw new CannotDo(`there is no receipt "${receipt}" to take back in this project; there is ${known}`);
}

/** An import that was stopped and gone on with has a receipt for each part. */
function sayParts(receipts: Receipt[], output: Output): void {
  if (receipts.length > 1)
    output.say(`takes back ${receipts.length} receipts: ${receipts.map(({ id }) => id).join(', ')}`);
}

function sayKept(
  { blocked, kept }: { blocked: { path: string; why: string }[]; kept: { path: string; why: string }[] },
  output: Output,
): void {
  for (const { path, why } of blocked) output.say(`! cannot be taken back  ${path}\n          ${why}`);
  for (const { path, why } of kept) output.say(`= kept  ${path}\n          ${why}`);
}
