/** baton job: a dry run, or taking an import back, as a Lua file that a script of Resolve's menu carries out, Free or Studio. */
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { writeAtomic } from '../../bridge/local/atomic.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { JOB_HEAD, jobScript, jobText } from '../../manifest/job.ts';
import { openInResolve, revertJob } from '../../manifest/job/revert.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { sync } from '../../manifest/sync.ts';
import { plan } from '../../manifest/plan.ts';
import { CannotDo, type Command, type OptionValues, type Output } from '../command.ts';
import { openProject } from '../project.ts';
import { revertRequest } from '../reverting.ts';
import { openOrExplain, ROOT_OPTION, type Opened } from '../roots.ts';
import { counted } from '../words.ts';

/** Where the scripts look: a script in Resolve's menu knows no folder but the person's own. */
const jobPlace = (made: Pick<Plan, 'reverts'>) =>
  join(homedir(), '.baton', made.reverts ? 'revert.lua' : 'job.lua');

export const jobCommand: Command = {
  id: 'job',
  summary: 'write the dry run, or taking it back, as a job for DaVinci Resolve (Workspace > Scripts)',
  usage:
    'MANIFEST [--project FILE] [--sync] [--revert [--receipt ID|all] [--imported gather|remove|keep]] [--root NAME=PATH]... [-o FILE] [--json]',
  needs: ['MANIFEST'],
  options: {
    project: {
      type: 'string',
      value: 'FILE',
      help: 'a snapshot of the Resolve project; absent: an empty project, or what the receipts say they left',
    },
    revert: {
      type: 'boolean',
      help: 'take an import back: a job for Baton Revert. Bring its receipt home first: baton receipt MANIFEST',
    },
    receipt: {
      type: 'string',
      value: 'ID|all',
      help: 'with --revert: one receipt, or every one of the project; default: the newest import, in all its parts',
    },
    imported: {
      type: 'string',
      value: 'WHAT',
      help: 'with --revert: imported items: gather them in the bin _Reverted (default), remove them, or keep them',
    },
    sync: {
      type: 'boolean',
      help: 'have Resolve (19.1 and up) link the sound to every picture that is in sync by timecode; no script can unlink it',
    },
    root: ROOT_OPTION,
    out: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: 'the job file; .baton/job.lua (--revert: .baton/revert.lua) in your home folder where absent',
    },
  },
  async run({ positionals, options }, output) {
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const snapshot = await snapshotOf(options['project'] as string | undefined, opened);
    const { made, project } = options['revert']
      ? takingBack(opened, snapshot, options, output)
      : bringingIn(opened, snapshot, options);
    const path = resolve((options['out'] as string | undefined) ?? jobPlace(made));
    await refuseOtherFile(path);
    await mkdir(dirname(path), { recursive: true });
    await writeAtomic(
      path,
      jobText(made, {
        handoff: opened.handoff,
        ...(project ? { project } : {}),
        ...(options['sync'] ? { sync: pairsIn(opened.handoff) } : {}),
      }),
    );
    sayJob(made, path, output);
    const { counts, blocked, kept, reverts } = made;
    output.document({
      path,
      steps: made.steps.length,
      counts,
      blocked,
      kept,
      ...(reverts ? { reverts } : {}),
    });
    return 0;
  },
};

/** Only sound that is known to fit is linked. */
function pairsIn(handoff: Handoff): { clip: string; sound: string[] }[] {
  return sync(handoff)
    .filter(({ verdict, soundIds }) => verdict === 'in-sync' && soundIds.length > 0)
    .map(({ clipId, soundIds }) => ({ clip: clipId, sound: soundIds }));
}

type Job = { made: Plan; project: ProjectSnapshot['project'] | undefined };

function bringingIn(
  { handoff, roots, files }: Opened,
  snapshot: ProjectSnapshot | null,
  options: OptionValues,
): Job {
  for (const only of ['receipt', 'imported'])
    if (options[only] !== undefined)
      throw new CannotDo(`--${only} says what to take back: it needs --revert`);
  const made = plan(handoff, snapshot, { roots, keywords: true, fileOf: (clip) => files[clip.id] });
  return { made, project: snapshot?.project };
}

function takingBack(
  { handoff }: Opened,
  snapshot: ProjectSnapshot | null,
  options: OptionValues,
  output: Output,
): Job {
  const { receipt: which, imported } = revertRequest(options);
  const open = openInResolve(handoff);
  const job = revertJob(open, { which, imported, snapshot });
  if (!job) {
    const known = open.map(({ id, at, project }) => `${id} (${at}, ${project.name})`).join(', ');
    throw new CannotDo(
      known === ''
        ? 'the manifest knows of no import into Resolve that is not taken back already; bring its receipt home with: baton receipt MANIFEST'
        : `there is no receipt "${which}" to take back${snapshot ? ` in ${snapshot.project.name}` : ''}; there is ${known}`,
    );
  }
  const { plan: made, project, receipts } = job;
  output.say(`takes back ${receipts.map(({ id, at }) => `${id} (${at})`).join(', ')} in ${project.name}`);
  return { made, project };
}

function sayJob(made: Plan, path: string, output: Output): void {
  for (const { path: clip, why } of made.blocked) output.warn(`blocked  ${clip}: ${why}`);
  for (const { path: clip, why } of made.kept) output.warn(`kept  ${clip}: ${why}`);
  output.say(
    `${path}\n${counted(made.steps.length, 'step')}, ${counted(made.blocked.length, 'clip')} blocked`,
  );
  if (path !== jobPlace(made))
    output.say(`Resolve finds it there only if it is started with BATON_JOB=${path}`);
  output.say(`In DaVinci Resolve, with the project open: Workspace > Scripts > ${jobScript(made)}`);
}

async function snapshotOf(file: string | undefined, opened: Opened): Promise<ProjectSnapshot | null> {
  if (file === undefined) return null;
  const snapshot = await (await openProject(file, opened, { mayBeMissing: false })).snapshot();
  if (snapshot.editor !== 'resolve')
    throw new CannotDo(`${file} is a project of ${snapshot.editor}; a job is carried out in DaVinci Resolve`);
  return snapshot;
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
