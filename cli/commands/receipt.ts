/** baton receipt: what a script in Resolve did comes home into the manifest's history, once, so that it can be taken back. */
import { text as textFrom } from 'node:stream/consumers';
import { countResults } from '../../bridge/apply.ts';
import { bringHome, receiptsAtHome, textOf, type BroughtHome } from '../../bridge/local/receipts.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import { needsAPerson } from '../receipts.ts';
import { openOrExplain } from '../roots.ts';

export const receiptCommand: Command = {
  id: 'receipt',
  summary: 'record what Baton Apply or Baton Revert did in DaVinci Resolve',
  usage: 'MANIFEST [FILE...] [--json]',
  needs: ['MANIFEST'],
  most: 1000,
  options: {},
  async run({ positionals: [manifest, ...named] }, output) {
    const { path } = await openOrExplain(manifest!, undefined, output);
    const files = named.length > 0 ? named : await receiptsAtHome();
    if (files.length === 0)
      throw new CannotDo(
        'no receipt lies in .baton in your home folder; name the file, or - for text that is piped in',
      );
    const texts = [];
    for (const file of files) {
      const read =
        file === '-' ? { file: 'the text given', text: await textFrom(process.stdin) } : await textOf(file);
      if (typeof read === 'string') throw new CannotDo(read);
      texts.push(read);
    }
    const brought = await bringHome(path, texts);
    // Unasked, every receipt that lies there is looked at: those of other manifests are no trouble.
    const shown = named.length > 0 ? brought : brought.filter((each) => each.result !== 'other');
    for (const each of shown) sayOne(each, output);
    if (shown.length === 0) output.say('no receipt of this manifest lies in .baton in your home folder');
    output.document({ receipts: shown.map(inShort) });
    return shown.some(mustBeSeen) ? 1 : 0;
  },
};

function mustBeSeen(each: BroughtHome): boolean {
  if (!('receipt' in each)) return true;
  return each.result === 'recorded' && needsAPerson(each.receipt);
}

function inShort(each: BroughtHome) {
  if (!('receipt' in each)) return each;
  const { receipt, ...rest } = each;
  const { id, at, project, reverts, stopped } = receipt;
  return { ...rest, id, at, project, reverts, stopped, counts: countResults(receipt) };
}

function sayOne(each: BroughtHome, output: Output): void {
  if (!('receipt' in each)) return output.warn(`${each.file}: ${each.why}`);
  const { id, at, project, reverts, stopped } = each.receipt;
  const counts = Object.entries(countResults(each.receipt))
    .filter(([, count]) => count > 0)
    .map(([result, count]) => `${count} ${result}`);
  const what = reverts ? 'taking back' : 'import';
  const said =
    each.result === 'known' ? 'is recorded already' : `recorded: ${what} in ${project.name}, ${at}`;
  output.say(`${id} ${said}${each.result === 'known' ? '' : `\n  ${counts.join(', ') || 'no steps'}`}`);
  if (each.result === 'known') return;
  if (stopped !== undefined) output.warn(`it stopped before its end: ${stopped}`);
  if (each.changed)
    output.warn('the delivery has changed since this job was made; make a new one with: baton job');
  for (const path of each.gone) output.warn(`${path} is no longer in the manifest`);
}
