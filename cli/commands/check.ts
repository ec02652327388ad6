/** baton check: what is wrong with a handoff, where, and what to do about it. */
import { lookAtDrive } from '../../bridge/local/received.ts';
import { check, countIssues } from '../../manifest/check.ts';
import { handoffHash } from '../../manifest/canonical.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { countReceived, received } from '../../manifest/received.ts';
import { splitWaived } from '../../manifest/waivers.ts';
import type { Command } from '../command.ts';
import { receivedTable } from '../received.ts';
import { issueLine, openOrExplain, ROOT_OPTION } from '../roots.ts';
import { counted } from '../words.ts';

export const checkCommand: Command = {
  id: 'check',
  summary: 'say what is wrong with a handoff, and what to do about it',
  usage: 'MANIFEST [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: { root: ROOT_OPTION },
  async run({ positionals, options }, output) {
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const { handoff } = opened;
    const facts = { ...opened.facts, drive: await lookAtDrive(opened.path, handoff, opened.roots) };
    const { open: issues, waived } = splitWaived(handoff, check(handoff, facts));
    const counts = countIssues(issues);
    for (const issue of issues) output.say(issueLine(issue));
    for (const issue of waived) output.say(`waived   ${issue.message}\n         ${issue.waived.reason}`);
    const came = countReceived(received(handoff, facts));
    output.say(receivedTable(came));
    output.say(
      `${counted(counts.error, 'error')}, ${counted(counts.warning, 'warning')}, ${counted(counts.note, 'note')} in ${counted(handoff.clips.length, 'clip')}`,
    );
    if (handoff.signOff) output.say(signature(handoff.signOff, handoffHash(handoff)));
    output.document({ issues, counts, received: came, ...(waived.length > 0 ? { waived } : {}) });
    return counts.error > 0 ? 1 : 0;
  },
};

/** A signature is of one delivery: whoever checks another must see that. */
function signature({ by, role, hash }: NonNullable<Handoff['signOff']>, now: string): string {
  const who = role ? `${by} (${role})` : by;
  return hash === now
    ? `signed by ${who}, and as it was signed`
    : `changed since ${who} signed it: look it over and sign again`;
}
