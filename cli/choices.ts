/** `--bins`, `--apart` and `--flag`: how a handoff is brought in, where the panel's choice beside the manifest is not what is wanted. */
import type { OpenedHandoff } from '../bridge/desk.ts';
import { APART, DEFAULT_POLICY, LAYOUTS, type BinPolicy } from '../manifest/bins.ts';
import type { Choices } from '../manifest/documents/choices.ts';
import { FLAGS } from '../manifest/plan/flags.ts';
import { CannotDo, type CommandOption } from './command.ts';

export const CHOICE_OPTIONS: Record<'bins' | 'apart' | 'flag', CommandOption> = {
  bins: {
    type: 'string',
    value: 'LAYOUT',
    help: `how bins are laid out: ${LAYOUTS.join(', ')}; what was chosen in the panel where absent`,
  },
  apart: {
    type: 'string',
    value: 'KINDS',
    help: `what has bins of its own, with commas between: ${APART.join(', ')}, or none`,
  },
  flag: {
    type: 'string',
    value: 'HOW',
    help: `how an unsynced clip is shown, with commas between: ${FLAGS.join(', ')}, or none; label,field where absent`,
  },
};

/** What is chosen for this run: the options where they are given, what was chosen in the panel where they are not. */
export function chosen(options: Record<string, unknown>, { choices }: OpenedHandoff): Choices {
  const [layout, kinds, flags] = [options['bins'], options['apart'], options['flag']] as (
    | string
    | undefined
  )[];
  const base = choices?.bins ?? DEFAULT_POLICY;
  const bins = {
    scenes: layout === undefined ? base.scenes : layoutOf(layout),
    apart: kinds === undefined ? [...base.apart] : wordsOf('--apart', APART, kinds),
  };
  return {
    ...choices,
    kind: 'choices',
    version: 1,
    bins,
    ...(flags === undefined ? {} : { flags: wordsOf('--flag', FLAGS, flags) }),
  };
}

function layoutOf(text: string): BinPolicy['scenes'] {
  const layout = LAYOUTS.find((each) => each === text);
  if (!layout) throw new CannotDo(`--bins is one of ${LAYOUTS.join(', ')}; it was given "${text}"`);
  return layout;
}

/** Words with commas between, or `none`. */
function wordsOf<Word extends string>(option: string, known: readonly Word[], text: string): Word[] {
  if (text === 'none') return [];
  return text.split(',').map((each) => {
    const word = known.find((one) => one === each.trim());
    if (!word) throw new CannotDo(`${option} knows ${known.join(', ')} and none, not "${each.trim()}"`);
    return word;
  });
}
