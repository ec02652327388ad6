/** baton doctor: one plain text about this machine, its editors and a handoff, to read or to send; it names no file, place or person. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { diagnosis } from '../../bridge/diagnosis.ts';
import { lookAtHandoff } from '../../bridge/local/install/look-handoff.ts';
import {
  lookAtBaton,
  lookAtPremiere,
  lookAtPrograms,
  lookAtResolve,
  packagesIn,
} from '../../bridge/local/install/look.ts';
import { thisMachine } from '../../bridge/local/install/machine.ts';
import { CannotDo, type Command } from '../command.ts';

export const doctorCommand: Command = {
  id: 'doctor',
  summary: 'say what is installed and what is wrong, in a text that names nobody and can be sent',
  usage: '[MANIFEST] [--json]',
  needs: [],
  most: 1,
  options: {},
  async run({ positionals }, output) {
    const manifest = positionals[0] === undefined ? null : resolve(positionals[0]);
    if (manifest !== null && !existsSync(manifest)) throw new CannotDo(`${manifest} is not there`);
    const machine = thisMachine();
    const dist = join(dirname(fileURLToPath(import.meta.url)), '..');
    const parts = [
      lookAtBaton(version, await packagesIn(dist)),
      await lookAtPrograms(machine),
      await lookAtPremiere(machine, version),
      await lookAtResolve(machine, version),
    ];
    const handoff = manifest === null ? null : await lookAtHandoff(manifest);
    const all = handoff ? [...parts, handoff] : parts;
    const found = diagnosis(
      all,
      all.flatMap(({ advice }) => advice),
      [...(handoff?.names ?? []), machine.home],
    );
    output.say(found.text.trimEnd());
    output.document(found);
    return found.advice.length > 0 ? 1 : 0;
  },
};
