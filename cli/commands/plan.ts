/** baton plan: the dry run. What an import would change, and why; nothing is written. */
import type { Plan, Step } from '../../manifest/documents/plan.ts';
import { plan } from '../../manifest/plan.ts';
import { CHOICE_OPTIONS, chosen } from '../choices.ts';
import type { Command, Output } from '../command.ts';
import { openProject } from '../project.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';
import { counted } from '../words.ts';

export const planCommand: Command = {
  id: 'plan',
  summary: 'show what an import would change in the project (dry run)',
  usage:
    'MANIFEST [--project FILE] [--bins LAYOUT] [--apart KINDS] [--flag HOW] [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: {
    project: {
      type: 'string',
      value: 'FILE',
      help: "a project snapshot, or a stand-in's saved state; an empty project where absent",
    },
    ...CHOICE_OPTIONS,
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const file = options['project'] as string | undefined;
    const project = file === undefined ? null : await openProject(file, opened, { mayBeMissing: false });
    const { handoff, roots, files } = opened;
    const { bins, flags } = chosen(options, opened);
    const made = plan(handoff, project ? await project.snapshot() : null, {
      roots,
      fileOf: (clip) => files[clip.id],
      ...(bins ? { policy: bins } : {}),
      ...(flags ? { flags } : {}),
      ...(project?.importable ? { importable: project.importable } : {}),
    });
    sayPlan(made, output);
    output.document(made);
    return 0;
  },
};

const SIGNS: Record<Step['kind'], string> = {
  'make-bin': '+ bin   ',
  import: '+ import',
  move: '→ move  ',
  'set-label': '~ label ',
  'set-metadata': '~ fields',
  'add-marker': '+ marker',
  'update-marker': '~ marker',
  'remove-marker': '- marker',
  'remove-item': '- item  ',
  'remove-bin': '- bin   ',
};

function stepLine(step: Step): string {
  const what = 'clip' in step.target ? step.target.path : step.target.bin.join('/');
  const to = step.kind === 'import' || step.kind === 'move' ? `  to ${step.after.bin.join('/')}` : '';
  return `${SIGNS[step.kind]}  ${what}${to}\n          ${step.why}`;
}

export function sayPlan(made: Plan, output: Output): void {
  for (const step of made.steps) output.say(stepLine(step));
  for (const { path, why } of made.blocked) output.say(`! blocked  ${path}\n          ${why}`);
  for (const { path, why } of made.kept) output.say(`= keep    ${path}\n          ${why}`);
  for (const { path, why } of made.keptOut ?? []) output.say(`. out     ${path}\n          ${why}`);
  const { blocked, kept, keptOut, unchanged } = made.counts;
  const copies = keptOut ? `, ${counted(keptOut, 'duplicate')} kept out` : '';
  output.say(
    `${counted(made.steps.length, 'change')}, ${counted(unchanged!, 'clip')} as ${unchanged === 1 ? 'it' : 'they'} should be, ${kept} kept as the editor left them, ${blocked} blocked${copies}`,
  );
}
