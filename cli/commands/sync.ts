/** baton sync: each picture against its sound by timecode, one verdict each, with the reason. */
import { isUnsynced } from '../../manifest/documents/sync.ts';
import { sync } from '../../manifest/sync.ts';
import type { Command } from '../command.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';

export const syncCommand: Command = {
  id: 'sync',
  summary: 'compare picture and sound by timecode, and say which do not fit',
  usage: 'MANIFEST [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: { root: ROOT_OPTION },
  async run({ positionals, options }, output) {
    const { handoff } = await openOrExplain(positionals[0]!, options['root'], output);
    const verdicts = sync(handoff);
    const width = Math.max(0, ...verdicts.map((verdict) => verdict.verdict.length));
    for (const verdict of verdicts)
      output.say(
        `${verdict.verdict.padEnd(width)}  ${verdict.clip}\n${' '.repeat(width + 2)}${verdict.reason}`,
      );
    const unsynced = verdicts.filter((verdict) => isUnsynced(verdict.verdict)).length;
    output.say(`${unsynced} of ${verdicts.length} unsynced`);
    output.document({ verdicts });
    const pictures = new Set(handoff.clips.filter((clip) => clip.kind === 'picture').map((clip) => clip.id));
    const person = verdicts.some(
      ({ clipId, verdict }) => pictures.has(clipId) && verdict !== 'in-sync' && verdict !== 'mos',
    );
    return person ? 1 : 0;
  },
};
