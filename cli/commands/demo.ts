/** baton demo: the whole way on an example shoot of real media, through the same commands a person would type. */
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeAtomic } from '../../bridge/local/atomic.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import { makeDemoHandoff } from '../demo/media.ts';
import { roughCut } from '../demo/rough-cut.ts';
import { TITLE } from '../demo/shoot.ts';
import { standinStatePath } from '../project.ts';
import { openOrExplain } from '../roots.ts';
import { runCommand } from '../run.ts';
import { applyCommand } from './apply.ts';
import { checkCommand } from './check.ts';
import { cutCommand } from './cut.ts';
import { planCommand } from './plan.ts';
import { scanCommand } from './scan.ts';
import { syncCommand } from './sync.ts';

const STEPS = [scanCommand, checkCommand, syncCommand, planCommand, applyCommand, cutCommand];

export const demoCommand: Command = {
  id: 'demo',
  summary: 'make a small shoot of real media and take it the whole way, with no editor installed',
  usage: '[--dir DIR] [--json]',
  needs: [],
  options: {
    dir: {
      type: 'string',
      value: 'DIR',
      help: 'a new or empty folder; baton-demo here where absent (baton-demo-2 if that is taken)',
    },
  },
  async run({ options }, output) {
    const dir = options['dir'] === undefined ? freeFolder() : resolve(options['dir'] as string);
    if (existsSync(join(dir, 'handoff.json')))
      throw new CannotDo(`${dir} holds a manifest already; name another folder with --dir`);
    if (existsSync(dir) && !statSync(dir).isDirectory())
      throw new CannotDo(`${dir} is a file; name a new or empty folder with --dir`);
    await mkdir(dir, { recursive: true });
    output.say(`Making the shoot "${TITLE}" in ${dir}`);
    await makeDemoHandoff(dir, (line) => output.warn(line)).catch((error: Error) => {
      throw new CannotDo(error.message);
    });
    const manifest = join(dir, 'handoff.json');
    const project = standinStatePath(manifest);
    const walk = new Walk(output);
    await walk.step(
      `scan ${dir} --rate 23.976 --title`,
      ['scan', dir, '--rate', '23.976', '--title', TITLE],
      TITLE,
    );
    await walk.step(`check ${manifest}`, ['check', manifest]);
    await walk.step(`sync ${manifest}`, ['sync', manifest]);
    await walk.step(`plan ${manifest}`, ['plan', manifest]);
    const apply = ['apply', manifest, '--host', 'standin', '--project', project];
    await walk.step(apply.join(' '), apply);
    output.say('\nThe same again: a second import must change nothing.');
    await walk.step(apply.join(' '), apply);
    await mustChangeNothing(walk.last as Receipt);
    await editorCuts(manifest, project, output);
    const cut = ['cut', manifest, '--sequence', project, '--as', 'fcpxml,edl', '--lock'];
    await walk.step(cut.join(' '), cut);
    await tellHistory(manifest, output);
    output.say(`\nEverything is left in ${dir}: the media, handoff.json, and cuts/ with the locked cut.`);
    output.document({ dir, manifest, steps: walk.documents });
    return 0;
  },
};

function freeFolder(): string {
  for (let nth = 1; ; nth++) {
    const dir = resolve(nth === 1 ? 'baton-demo' : `baton-demo-${nth}`);
    if (!existsSync(join(dir, 'handoff.json'))) return dir;
  }
}

/** Lines of one command that are shown; the rest are counted, and the command itself shows them. */
const MOST_LINES = 46;

/** Types each command as a person would, shows what it said, and keeps its document. */
class Walk {
  readonly documents: { command: string; exit: number; document: unknown }[] = [];
  last: unknown;
  private readonly output: Output;

  constructor(output: Output) {
    this.output = output;
  }

  async step(line: string, argv: string[], quoted?: string): Promise<void> {
    const command = quoted === undefined ? line : `${line} "${quoted}"`;
    this.output.say(`\n$ baton ${command}`);
    const lines: string[] = [];
    const exit = await runCommand(STEPS, argv, () => ({
      json: false,
      say: (text = '') => lines.push(...text.split('\n')),
      warn: () => undefined,
      document: (document) => (this.last = document),
    }));
    this.show(lines);
    if (exit === 2) throw new CannotDo(`baton ${argv[0]} could not be done`);
    this.documents.push({ command: argv[0]!, exit, document: this.last });
  }

  /** The head, and the last line, which sums up. */
  private show(lines: string[]): void {
    const hidden = lines.length - MOST_LINES;
    const shown =
      hidden > 0
        ? [...lines.slice(0, MOST_LINES - 2), `… ${hidden + 1} more lines`, ...lines.slice(-1)]
        : lines;
    for (const line of shown) this.output.say(`  ${line}`);
  }
}

async function mustChangeNothing(receipt: Receipt): Promise<void> {
  if (receipt.steps.length > 0) throw new Error(`the second import made ${receipt.steps.length} changes`);
}

/** Here an editor would work for some weeks. */
async function editorCuts(manifest: string, project: string, output: Output): Promise<void> {
  const opened = await openOrExplain(manifest, [], output);
  const state = roughCut(JSON.parse(await readFile(project, 'utf8')), opened);
  if (!state) throw new Error('the example project holds no clips to cut with');
  await writeAtomic(project, `${JSON.stringify(state)}\n`);
  output.say(
    "\nThe stand-in's editor cuts a first assembly: two picture tracks, sound, a dissolve, a title.",
  );
}

async function tellHistory(manifest: string, output: Output): Promise<void> {
  const { handoff } = await openOrExplain(manifest, [], output);
  output.say('\nThe manifest remembers:');
  for (const record of handoff.history) {
    const lock = record['lock'] === true ? ', locked' : '';
    const what = record.kind === 'cut' ? ` ${String(record['name'])}${lock}` : '';
    output.say(`  ${record.at}  ${record.kind}${what}`);
  }
}
