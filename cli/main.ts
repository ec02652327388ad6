/** The `baton` command: finds the command, reads its options, and is the one place where errors become words and an exit code. */
import { version } from '../package.json';
import { HostError } from '../bridge/call.ts';
import { StoreError } from '../bridge/local/store.ts';
import { CannotDo, type Command, type ExitCode, type Output } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { runCommand } from './run.ts';

/** A file's name may hold what a terminal takes for a command: colours, bells, a cleared screen. */
function harmless(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  return text.replace(/\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
}

function terminal(json: boolean): Output {
  return {
    json,
    say: (line = '') => {
      if (!json) process.stdout.write(harmless(`${line}\n`));
    },
    warn: (line) => process.stderr.write(harmless(`${line}\n`)),
    document: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.id.length));
  const lines = COMMANDS.map((command) => `  ${command.id.padEnd(width)}  ${command.summary}`);
  return `baton: a shoot handed over to the edit, and the cut handed back\n\n${lines.join('\n')}\n\nFirst: baton scan FOLDER, then baton check FOLDER/handoff.json. To look around: baton demo.\nbaton COMMAND --help says more. Exit codes: 0 done, 1 done and something needs a person, 2 could not be done.`;
}

function help(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const flag = `${option.short ? `-${option.short}, ` : ''}--${name}${option.value ? ` ${option.value}` : ''}`;
    return [flag, option.help] as const;
  });
  const all = [...rows, ['--json', 'one JSON document on stdout'] as const];
  const width = Math.max(...all.map(([flag]) => flag.length));
  const options = all.map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}`).join('\n');
  return `baton ${command.id} ${command.usage}\n  ${command.summary}\n\n${options}`;
}

async function main(argv: string[]): Promise<ExitCode> {
  // `baton help scan` is how other tools are asked.
  const [name, ...rest] = argv[0] === 'help' && argv[1] !== undefined ? [argv[1], '--help'] : argv;
  if (name === '--version' || name === '-v') {
    process.stdout.write(`baton ${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  const asked = COMMANDS.find((each) => each.id === name);
  if (asked && (rest.includes('--help') || rest.includes('-h'))) {
    process.stdout.write(`${help(asked)}\n`);
    return 0;
  }
  return runCommand(COMMANDS, argv, terminal);
}

/** One clear line for what a person can mend; a stack only for a fault of our own. */
function explain(error: unknown): string {
  if (error instanceof CannotDo || error instanceof StoreError || error instanceof HostError)
    return error.message;
  const { code, path, message, stack } = error as NodeJS.ErrnoException;
  if (code && path) return `${path}: ${message}`;
  if (error instanceof RangeError && /call stack/.test(message))
    return 'something in it is nested thousands of levels deep, which no document of Baton is; take that part out';
  return stack ?? String(error);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `baton … | head` closes our stdout early; that is the reader's choice, not a failure.
  if (error.code === 'EPIPE') process.exit(0);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`baton: ${explain(error)}\n`);
    process.exitCode = 2;
  },
);
