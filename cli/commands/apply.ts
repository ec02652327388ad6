/** baton apply: carries the plan out in an editor's project, reads every write back, and gives the receipt. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { importHandoff } from '../../bridge/local/import.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import { CHOICE_OPTIONS, chosen } from '../choices.ts';
import { CannotDo, type Command } from '../command.ts';
import {
  chosenHost,
  HOST_OPTION,
  HOSTS_USAGE,
  openProject,
  saveStandin,
  standinStatePath,
  type Standin,
  type StandinHost,
} from '../project.ts';
import { needsAPerson, sayReceipt } from '../receipts.ts';
import { openOrExplain, ROOT_OPTION, type Opened } from '../roots.ts';
import { counted } from '../words.ts';

export const applyCommand: Command = {
  id: 'apply',
  summary: 'import into a project: bins, media, labels, fields and markers, each read back',
  usage: `MANIFEST --host ${HOSTS_USAGE} [--project FILE] [--bins LAYOUT] [--apart KINDS] [--flag HOW] [--root NAME=PATH]... [--json]`,
  needs: ['MANIFEST'],
  options: {
    host: HOST_OPTION,
    project: { type: 'string', value: 'FILE', help: "the stand-in's saved state, made where it is missing" },
    ...CHOICE_OPTIONS,
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const host = chosenHost(options['host'], 'apply');
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const file = resolve((options['project'] as string | undefined) ?? standinStatePath(opened.path, host));
    const standin = await openStandinProject(file, opened, host);
    const asked = { ...opened, choices: chosen(options, opened) };
    const { plan, receipt, takenUp } = await importHandoff(asked, standin.editor, {
      onProgress: ({ done, total, current }) => current && output.warn(`${done} of ${total}  ${current}`),
      saveProject: () => saveStandin(file, standin),
    });
    for (const each of takenUp)
      output.warn(
        `took up the import of ${each.at}, which was interrupted after ${counted(each.steps.length, 'change')}`,
      );
    sayReceipt(receipt, output, `0 changes: ${standing(plan)}`);
    output.document(receipt);
    return needsAPerson(receipt) ? 1 : 0;
  },
};

/** Why nothing was to be changed. */
function standing({ blocked, kept }: Plan): string {
  if (blocked.length + kept.length === 0) return 'the project holds what the handoff says';
  const left = [
    ...(blocked.length > 0 ? [`${counted(blocked.length, 'clip')} blocked`] : []),
    ...(kept.length > 0 ? [`${kept.length} kept as the editor left them`] : []),
  ];
  return `nothing else is to be done; ${left.join(', ')}: baton plan says which and why`;
}

async function openStandinProject(file: string, opened: Opened, host: StandinHost): Promise<Standin> {
  await mkdir(dirname(file), { recursive: true });
  const { standin } = await openProject(file, opened, { mayBeMissing: true, host });
  if (!standin)
    throw new CannotDo(
      `${file} is a project snapshot: a picture of a project that nothing can be written to`,
    );
  // Saved before the first write, so that a state stands there whatever happens next.
  await saveStandin(file, standin);
  return standin;
}
