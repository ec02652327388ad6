/** baton job: the dry run as a Lua file that "Baton Apply" carries out inside DaVinci Resolve, Free or Studio. */
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { writeAtomic } from '../../bridge/local/atomic.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { JOB_HEAD, jobText } from '../../manifest/job.ts';
import { plan } from '../../manifest/plan.ts';
import { CannotDo, type Command } from '../command.ts';
import { openProject } from '../project.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';

/** Where "Baton Apply" looks: a script in Resolve's menu knows no folder but the person's own. */
export const jobPlace = () => join(homedir(), '.baton', 'job.lua');

export const jobCommand: Command = {
  id: 'job',
  summary: 'write the dry run as a job for DaVinci Resolve (Workspace > Scripts > Baton Apply)',
  usage: 'MANIFEST [--project FILE] [--root NAME=PATH]... [-o FILE] [--json]',
  needs: ['MANIFEST'],
  options: {
    project: {
      type: 'string',
      value: 'FILE',
      help: 'a snapshot of the Resolve project; an empty project where absent',
    },
    root: ROOT_OPTION,
    out: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: 'the job file; .baton/job.lua in your home folder where absent',
    },
  },
  async run({ positionals, options }, output) {
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const file = options['project'] as string | undefined;
    const snapshot =
      file === undefined ? null : await (await openProject(file, opened, { mayBeMissing: false })).snapshot();
    refuseOtherEditor(snapshot, file);
    const { handoff, roots, files } = opened;
    const made = plan(handoff, snapshot, { roots, fileOf: (clip) => files[clip.id] });
    const path = resolve((options['out'] as string | undefined) ?? jobPlace());
    await refuseOtherFile(path);
    await mkdir(dirname(path), { recursive: true });
    await writeAtomic(path, jobText(made, { handoff, ...(snapshot ? { project: snapshot.project } : {}) }));
    for (const { path: clip, why } of made.blocked) output.warn(`blocked  ${clip}: ${why}`);
    for (const { path: clip, why } of made.kept) output.warn(`kept  ${clip}: ${why}`);
    output.say(`${path}\n${made.steps.length} steps, ${made.blocked.length} clips blocked`);
    if (path !== jobPlace())
      output.say(`Resolve finds it there only if it is started with BATON_JOB=${path}`);
    output.say('In DaVinci Resolve, with the project open: Workspace > Scripts > Baton Apply');
    output.document({
      path,
      steps: made.steps.length,
      counts: made.counts,
      blocked: made.blocked,
      kept: made.kept,
    });
    return 0;
  },
};

function refuseOtherEditor(snapshot: ProjectSnapshot | null, file: string | undefined): void {
  if (snapshot && snapshot.editor !== 'resolve')
    throw new CannotDo(`${file} is a project of ${snapshot.editor}; a job is carried out in DaVinci Resolve`);
}

/** A job is made anew each time; anything else that lies there is somebody's. */
async function refuseOtherFile(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new CannotDo(`${path} cannot be written (${error.code})`);
  });
  if (text !== null && !text.startsWith(JOB_HEAD))
    throw new CannotDo(`${path} is there and is not a job of Baton's; give another name with -o`);
}
