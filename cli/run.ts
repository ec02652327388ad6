/** Runs one command line: finds the command, reads its options, and lets it work. The terminal and the demo both come this way. */
import { parseArgs } from 'node:util';
import {
  CannotDo,
  parseArgsOptions,
  type Command,
  type ExitCode,
  type OptionValues,
  type Output,
} from './command.ts';

/** Throws CannotDo where the line names no command, or the command wants other words. */
export function runCommand(
  commands: Command[],
  argv: string[],
  output: (json: boolean) => Output,
): Promise<ExitCode> {
  const [name, ...rest] = argv;
  const command = commands.find((each) => each.id === name);
  if (!command)
    throw new CannotDo(`"${name}" is not a command; there are ${commands.map((each) => each.id).join(', ')}`);
  const { values, positionals } = readArguments(command, rest);
  return command.run({ positionals, options: values }, output(values['json'] === true));
}

function readArguments(command: Command, rest: string[]): { values: OptionValues; positionals: string[] } {
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options: parseArgsOptions(command), allowPositionals: true });
  } catch (error) {
    throw new CannotDo(`${(error as Error).message.split('\n')[0]} (baton ${command.id} --help)`);
  }
  const { positionals } = parsed;
  const missing = command.needs[positionals.length];
  if (missing)
    throw new CannotDo(`baton ${command.id} needs ${missing}: baton ${command.id} ${command.usage}`);
  const surplus = positionals[command.most ?? command.needs.length];
  if (surplus !== undefined) throw new CannotDo(`baton ${command.id} does not take "${surplus}"`);
  // Repeatable options are declared as text, so their lists hold text only.
  return { values: parsed.values as OptionValues, positionals };
}
