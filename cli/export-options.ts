/** What a person can choose for the formats of a cut, on every command that writes one. */
import { DEFAULT_OPTIONS, type ExportOptions } from '../manifest/exports/export.ts';
import { CannotDo, type CommandOption, type OptionValues } from './command.ts';

export const EXPORT_OPTIONS: Record<string, CommandOption> = {
  target: { type: 'string', value: 'PROGRAM', help: 'who is to read it: premiere, resolve or avid' },
  reels: { type: 'string', value: 'N', help: 'characters a reel name may have in an EDL: 8, 32 or 129' },
  fcpxml: {
    type: 'string',
    value: 'VERSION',
    help: `FCPXML version; ${DEFAULT_OPTIONS.fcpxml} where absent`,
  },
  whole: { type: 'boolean', help: 'keep an EDL of more than 999 events in one file' },
};

/** Throws CannotDo where a word is not one of those the option takes. */
export function readExportOptions(options: OptionValues): ExportOptions {
  return {
    target: oneOf('target', options['target'], ['premiere', 'resolve', 'avid'], DEFAULT_OPTIONS.target),
    reels: Number(oneOf('reels', options['reels'], ['8', '32', '129'], '8')) as ExportOptions['reels'],
    fcpxml: (options['fcpxml'] as string | undefined) ?? DEFAULT_OPTIONS.fcpxml,
    split: options['whole'] !== true,
  };
}

function oneOf<Word extends string>(
  name: string,
  given: unknown,
  words: readonly Word[],
  fallback: Word,
): Word {
  if (given === undefined) return fallback;
  const word = words.find((each) => each === given);
  if (!word) throw new CannotDo(`--${name} is one of ${words.join(', ')}; it was given "${String(given)}"`);
  return word;
}
