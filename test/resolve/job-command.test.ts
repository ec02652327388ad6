/** `baton job`: from a manifest on disk to a job that the script carries out in the stand-in. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '../../cli/command.ts';
import { jobCommand } from '../../cli/commands/job.ts';
import { EDITIONS, SHOTS, clipsIn, handoffOf, runScript, standinOf } from './stage.ts';

let folder: string;
const home = process.env['HOME'];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-job-'));
  process.env['HOME'] = folder;
  writeFileSync(join(folder, 'handoff.json'), JSON.stringify(handoffOf(SHOTS)));
});
afterAll(() => {
  process.env['HOME'] = home;
  rmSync(folder, { recursive: true, force: true });
});

async function job(options: Record<string, string | string[]>) {
  const said: string[] = [];
  const documents: unknown[] = [];
  const output: Output = {
    json: false,
    say: (line = '') => said.push(line),
    warn: () => {},
    document: (value) => documents.push(value),
  };
  const code = await jobCommand.run({ positionals: [join(folder, 'handoff.json')], options }, output);
  return { code, said: said.join('\n'), document: documents[0] };
}

test('the job is written where the script looks, and brings every clip into its bin', async () => {
  const { code, said, document } = await job({ root: ['main=/media'] });
  expect(code).toBe(0);
  const path = join(folder, '.baton', 'job.lua');
  expect(document).toMatchObject({ path, counts: { import: SHOTS.length } });
  expect(said).toContain('Workspace > Scripts > Baton Apply');
  const edition = EDITIONS[2]!;
  const standin = standinOf(edition);
  const run = await runScript(standin, readFileSync(path, 'utf8'), edition.sandboxed);
  expect(run.receipt!.steps.filter((step) => step.result !== 'verified')).toEqual([]);
  expect(
    clipsIn(standin.state)
      .map(({ clip }) => clip.file)
      .sort(),
  ).toEqual(SHOTS.map((shot) => `/media/day1/${shot.name}`.normalize('NFC')).sort());
});

test('another place is named together with what Resolve needs to find it', async () => {
  const path = join(folder, 'monday.lua');
  expect((await job({ out: path })).said).toContain(`BATON_JOB=${path}`);
  const first = readFileSync(path, 'utf8');
  await job({ out: path });
  expect(readFileSync(path, 'utf8')).toBe(first);
});

test('a file that is not a job is not written over', async () => {
  const path = join(folder, 'precious.lua');
  writeFileSync(path, 'return 42\n');
  await expect(job({ out: path })).rejects.toThrow("is not a job of Baton's");
  expect(readFileSync(path, 'utf8')).toBe('return 42\n');
});

test('a Premiere project is refused, and a Resolve project binds the job to itself', async () => {
  const snapshot = (editor: string) => ({
    kind: 'project',
    version: 1,
    editor,
    editorVersion: '1',
    project: { id: 'project-9', name: 'Reel 9' },
    bins: [],
    items: [],
  });
  const project = join(folder, 'project.json');
  writeFileSync(project, JSON.stringify(snapshot('premiere')));
  await expect(job({ project })).rejects.toThrow('is a project of premiere');
  writeFileSync(project, JSON.stringify(snapshot('resolve')));
  await job({ project });
  const edition = EDITIONS[3]!;
  const run = await runScript(
    standinOf(edition),
    readFileSync(join(folder, '.baton', 'job.lua'), 'utf8'),
    false,
  );
  expect(run.receipt!.stopped).toBe('the job was made for the project Reel 9 and Stand-in is open');
});
