/** `--bins` and `--apart`: how bins are laid out, where the panel's choice beside the manifest is not what is wanted. */
import type { OpenedHandoff } from '../bridge/desk.ts';
import { APART, DEFAULT_POLICY, LAYOUTS, type Apart, type BinPolicy } from '../manifest/bins.ts';
import { CannotDo, type CommandOption } from './command.ts';

export const BIN_OPTIONS: Record<'bins' | 'apart', CommandOption> = {
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
};

/** Undefined where neither was given, nor chosen in the panel. */
export function chosenBins(
  options: Record<string, unknown>,
  { choices }: OpenedHandoff,
): { scenes: BinPolicy['scenes']; apart: Apart[] } | undefined {
  const layout = options['bins'] as string | undefined;
  const kinds = options['apart'] as string | undefined;
  if (layout === undefined && kinds === undefined) return choices?.bins;
  const base = choices?.bins ?? DEFAULT_POLICY;
  return {
    scenes: layout === undefined ? base.scenes : layoutOf(layout),
    apart: kinds === undefined ? [...base.apart] : kindsOf(kinds),
  };
}

function layoutOf(text: string): BinPolicy['scenes'] {
  const layout = LAYOUTS.find((each) => each === text);
  if (!layout) throw new CannotDo(`--bins is one of ${LAYOUTS.join(', ')}; it was given "${text}"`);
  return layout;
}

function kindsOf(text: string): Apart[] {
  if (text === 'none') return [];
  return text.split(',').map((word) => {
    const kind = APART.find((each) => each === word.trim());
    if (!kind) throw new CannotDo(`--apart knows ${APART.join(', ')} and none, not "${word.trim()}"`);
    return kind;
  });
}
