/** baton waive: lets an issue stand, with the reason; it stays visible and no longer counts. */
import { editHandoff } from '../../bridge/local/edit.ts';
import { check } from '../../manifest/check.ts';
import type { Edit } from '../../manifest/documents/edit.ts';
import { issueKey, splitWaived } from '../../manifest/waivers.ts';
import { CannotDo, type Command } from '../command.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';
import { findClip } from './mark.ts';

export const waiveCommand: Command = {
  id: 'waive',
  summary: 'let an issue stand, with the reason; --undo takes it back',
  usage: 'MANIFEST CODE [CLIP...] --reason TEXT [--by NAME] [--undo] [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST', 'CODE'],
  most: Infinity,
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why it may stand' },
    by: { type: 'string', value: 'NAME', help: 'who says so' },
    undo: { type: 'boolean', help: 'let it count again' },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const [manifest, code, ...named] = positionals as [string, string, ...string[]];
    const [reason, by] = [options['reason'] as string | undefined, options['by'] as string | undefined];
    if (!options['undo'] && !reason?.trim())
      throw new CannotDo('a waiver needs its reason: --reason "camera B ran MOS all day"');
    const { handoff, facts, path } = await openOrExplain(manifest, options['root'], output);
    const { open, waived } = splitWaived(handoff, check(handoff, facts));
    const paths = new Set(named.map((each) => findClip(handoff, each).path));
    const all = options['undo'] ? waived : open;
    const meant = all.filter(
      (issue) => issue.code === code && (paths.size === 0 || issue.clips.some((clip) => paths.has(clip))),
    );
    if (meant.length === 0) {
      const codes = [...new Set(all.map((issue) => issue.code))].join(', ') || 'none';
      throw new CannotDo(
        `there is no ${options['undo'] ? 'waived' : 'open'} issue ${code} of these clips; there are: ${codes}`,
      );
    }
    const edits = meant.map((issue): Edit => ({
      edit: 'waive',
      issue: issueKey(handoff, issue),
      reason: options['undo'] ? null : reason!.trim(),
      ...(by ? { by } : {}),
    }));
    const { revision, undo } = await editHandoff(path, edits);
    for (const issue of meant) output.say(`${options['undo'] ? 'counts again' : 'waived'}: ${issue.message}`);
    output.document({ revision, edits, undo });
    return 0;
  },
};
