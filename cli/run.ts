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
import { nearest } from './words.ts';

/** Throws CannotDo where the line names no command, or the command wants other words. */
export function runCommand(
  commands: Command[],
  argv: string[],
  output: (json: boolean) => Output,
): Promise<ExitCode> {
  const [name, ...rest] = argv;
  const command = commands.find((each) => each.id === name);
  if (!command) throw new CannotDo(unknownCommand(name ?? '', commands));
  const { values, positionals } = readArguments(command, rest);
  return command.run({ positionals, options: values }, output(values['json'] === true));
}

function unknownCommand(name: string, commands: Command[]): string {
  const ids = commands.map((each) => each.id);
  const meant = nearest(name, ids);
  const there = `there are ${ids.join(', ')}`;
  return `"${name}" is not a command; ${meant ? `did you mean baton ${meant}?` : there}`;
}

/** Node's own sentence speaks to programmers where an option is unknown. */
function optionFault(error: Error, command: Command): string {
  const unknown = /^Unknown option '-{1,2}([^']+)'/.exec(error.message)?.[1];
  if (unknown === undefined) return error.message.split('\n')[0]!;
  const meant = nearest(unknown, [...Object.keys(command.options), 'json', 'help']);
  return `baton ${command.id} has no option ${unknown.length === 1 ? '-' : '--'}${unknown}${meant ? `; did you mean --${meant}?` : ''}`;
}

function readArguments(command: Command, rest: string[]): { values: OptionValues; positionals: string[] } {
  let parsed;
  try {
    parsed = parseArgs({ args: rest, options: parseArgsOptions(command), allowPositionals: true });
  } catch (error) {
    throw new CannotDo(`${optionFault(error as Error, command)} (baton ${command.id} --help)`);
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
