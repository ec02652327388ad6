/** baton init: an empty handoff to fill, laid out as a scan will read it. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { layOut } from '../../bridge/local/template.ts';
import { CannotDo, type Command } from '../command.ts';

export const initCommand: Command = {
  id: 'init',
  summary: 'lay out an empty handoff: folders, a log sheet, a hand-over note and a checklist',
  usage: 'FOLDER [--json]',
  needs: ['FOLDER'],
  options: {},
  async run({ positionals }, output) {
    const folder = resolve(positionals[0]!);
    const there = await stat(folder).catch(() => null);
    if (there && !there.isDirectory())
      throw new CannotDo(`${folder} is a file; baton init wants a folder, new or there`);
    const { made, kept } = await layOut(folder);
    for (const path of made) output.say(`made  ${path}`);
    for (const path of kept) output.say(`kept  ${path}, as it was`);
    output.say(
      `Copy the cards into Camera/ and Sound/, fill Log/log.csv and HANDOVER.txt, then: baton scan ${positionals[0]}`,
    );
    output.document({ folder, made, kept });
    return 0;
  },
};
