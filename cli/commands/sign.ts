/** baton sign: signs the delivery as it stands. Any later change to it shows; imports, cuts and other history do not touch it. */
import { editHandoff } from '../../bridge/local/edit.ts';
import { readHandoff } from '../../bridge/local/store.ts';
import { check, countIssues } from '../../manifest/check.ts';
import { splitWaived } from '../../manifest/waivers.ts';
import { CannotDo, type Command } from '../command.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';

export const signCommand: Command = {
  id: 'sign',
  summary: 'sign the delivery as it stands; any later change to it shows',
  usage: 'MANIFEST --by NAME [--role ROLE] [--anyway] [--undo] [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: {
    by: { type: 'string', value: 'NAME', help: 'who signs' },
    role: { type: 'string', value: 'ROLE', help: 'as what: coordinator, assistant editor' },
    anyway: { type: 'boolean', help: 'sign although check still finds errors' },
    undo: { type: 'boolean', help: 'take the signature back' },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const [by, role] = [options['by'] as string | undefined, options['role'] as string | undefined];
    if (!options['undo'] && !by?.trim()) throw new CannotDo('say who signs: --by "Ada Lind"');
    const { handoff, facts, path } = await openOrExplain(positionals[0]!, options['root'], output);
    const { error } = countIssues(splitWaived(handoff, check(handoff, facts)).open);
    if (error > 0 && !options['anyway'] && !options['undo'])
      throw new CannotDo(
        `check finds ${error} ${error === 1 ? 'error' : 'errors'}: mend or waive them, or sign with --anyway`,
      );
    const edit = options['undo']
      ? { edit: 'sign' as const, by: null }
      : { edit: 'sign' as const, by: by!.trim(), ...(role ? { role } : {}) };
    const { revision } = await editHandoff(path, [edit]);
    const signOff = (await readHandoff(path)).handoff?.signOff ?? null;
    output.say(
      signOff
        ? `signed by ${signOff.by}: delivery ${signOff.hash.slice(0, 12)}`
        : 'the signature was taken back',
    );
    output.document({ revision, signOff });
    return 0;
  },
};
