/** Renames or undoes in a process of its own, slowly, to be killed. `node rename-child.js WORD MANIFEST MILLISECONDS`; says each step. */
import { linkSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyRenames, undoRename } from '../../bridge/local/rename.ts';
import { namingOf, PATTERN } from './rename-stage.ts';

const [word = '', manifest = '', wait = '0'] = process.argv.slice(2);

async function beforeStep(step: number): Promise<void> {
  process.stdout.write(`step ${step}\n`);
  await new Promise((wake) => setTimeout(wake, Number(wait)));
}

/** Dies between a file's second name and the loss of its first. */
function dieHalfWay(step: number): void {
  if (step !== 2) return;
  const folder = join(dirname(manifest), '.baton', 'renames');
  const name = readdirSync(folder).find((each) => each.endsWith('.json'))!;
  const { files } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    files: { from: string; to: string }[];
  };
  linkSync(join(dirname(manifest), files[2]!.from), join(dirname(manifest), files[2]!.to));
  process.kill(process.pid, 'SIGKILL');
}

const words: Record<string, () => Promise<unknown>> = {
  apply: () => applyRenames(manifest, {}, namingOf(PATTERN), { beforeStep }),
  half: () => applyRenames(manifest, {}, namingOf(PATTERN), { beforeStep: dieHalfWay }),
  undo: () => undoRename(manifest, {}, { beforeStep }),
};

words[word]!().then(
  () => process.stdout.write('done\n'),
  (error: Error) => {
    process.stdout.write(`failed: ${error.message}\n`);
    process.exitCode = 2;
  },
);
