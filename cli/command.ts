/** What a command looks like to the rest of the CLI. One file per command in commands/; the list is commands/index.ts. */
import type { ParseArgsConfig } from 'node:util';

/** Where a command's words go: with --json, stdout holds one document and everything else goes to stderr. */
export interface Output {
  json: boolean;
  /** A line for people: stdout, or nowhere with --json. */
  say(line?: string): void;
  /** Progress and warnings: stderr, always. */
  warn(line: string): void;
  /** The one document of --json; ignored without it. */
  document(value: unknown): void;
}

/** 0 done · 1 done and something needs a person · 2 could not be done. */
export type ExitCode = 0 | 1 | 2;

export type OptionValues = Record<string, string | boolean | string[] | undefined>;

export interface CommandOption {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** Word for the value in help: FILE, RATE. */
  value?: string;
  help: string;
}

export interface Command {
  id: string;
  summary: string;
  /** What follows the command's name: `FOLDER [options]`. */
  usage: string;
  /** Names of the positional arguments it must have. */
  needs: string[];
  /** How many positional arguments it takes at most; `needs.length` where absent. */
  most?: number;
  options: Record<string, CommandOption>;
  run(args: { positionals: string[]; options: OptionValues }, output: Output): Promise<ExitCode>;
}

/** Said on stderr in one line; the exit code is 2. */
export class CannotDo extends Error {}

export function parseArgsOptions(command: Command): NonNullable<ParseArgsConfig['options']> {
  const own = Object.entries(command.options).map(([name, { type, short, multiple }]) => [
    name,
    { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) },
  ]);
  return { ...Object.fromEntries(own), json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };
}
