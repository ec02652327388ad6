import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeBwf } from '../../cli/demo/bwf.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { baton, batonJson, startBaton, tempFolder } from './baton.ts';

const CLIPS = 240;
const STEPS_SEEN = /^(\d+) of (\d+) {2}/m;

async function makeShoot(): Promise<string> {
  const folder = tempFolder();
  mkdirSync(join(folder, 'S'));
  for (let take = 1; take <= CLIPS; take++)
    writeBwf(join(folder, 'S', `SCENE_${1 + (take % 12)}_TAKE_${take}.wav`), {
      scene: String(1 + (take % 12)),
      take: String(take),
      soundRoll: 'SR1',
      rate: RATES['25'],
      start: take * 100,
      frames: 1,
      tracks: ['Boom'],
      circled: take % 3 === 0,
      wild: take % 2 === 0,
      note: '',
      family: '',
      index: 1,
      files: 1,
      project: 'Kill',
      originator: 'R',
      date: '2026-03-14',
      late: 0,
    });
  expect((await baton('scan', folder)).code).toBe(0);
  return folder;
}

/** Kills an apply as soon as it has said that it is past `steps`; true where it had not ended by then. */
function killAfter(steps: number, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = startBaton(...args);
    let killed = false;
    child.stderr.on('data', (data: Buffer) => {
      const done = Number(STEPS_SEEN.exec(String(data))?.[1] ?? -1);
      if (!killed && done >= steps) killed = child.kill('SIGKILL');
    });
    child.on('exit', (_code, signal) => resolve(signal === 'SIGKILL'));
  });
}

const read = <Document>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as Document;

describe('kill -9 while baton apply is at work', () => {
  let folder = '';
  let manifest = '';
  let project = '';
  let kills = 0;
  beforeAll(async () => {
    folder = await makeShoot();
    manifest = join(folder, 'handoff.json');
    project = join(folder, 'project.json');
    for (const steps of [1, 60, 120, 200, 30, 90])
      if (await killAfter(steps, ['apply', manifest, '--host', 'standin', '--project', project])) {
        kills++;
        expect(read<{ kind: string }>(project).kind).toBe('standin-premiere');
        expect(read<Handoff>(manifest).clips).toHaveLength(CLIPS);
      }
  });

  it('it was really killed, more than once, with progress made', () => {
    expect(kills).toBeGreaterThan(1);
  });

  it('the import goes on where it was, and ends with every clip in the project once', async () => {
    const { code, document } = await batonJson<Receipt>(
      'apply',
      manifest,
      '--host',
      'standin',
      '--project',
      project,
    );
    expect(code).toBe(0);
    expect(document.steps.every((step) => step.result === 'verified')).toBe(true);
    const { document: rest } = await batonJson<{ steps: unknown[]; counts: Record<string, number> }>(
      'plan',
      manifest,
      '--project',
      project,
    );
    expect([rest.steps, rest.counts['unchanged']]).toEqual([[], CLIPS]);
    const paths = [...readFileSync(project, 'utf8').matchAll(/SCENE_\d+_TAKE_\d+\.wav"/g)].map(
      (match) => match[0],
    );
    expect(new Set(paths).size).toBe(CLIPS);
  });

  it('what the killed imports did stands in the history, each with its receipt', () => {
    const imports = read<Handoff>(manifest).history.filter((record) => record.kind === 'import');
    const receipts = imports.map((record) => record['receipt'] as Receipt);
    expect(new Set(receipts.map((receipt) => receipt.id)).size).toBe(receipts.length);
    const imported = receipts.flatMap((receipt) =>
      receipt.steps.filter((step) => step.kind === 'import' && step.result === 'verified'),
    );
    expect(imported).toHaveLength(CLIPS);
    expect(receipts.some((receipt) => receipt.stopped !== undefined)).toBe(true);
  });
});

it('two panels and a command line append to one manifest and lose nothing', async () => {
  const folder = tempFolder();
  await baton('scan', folder);
  const manifest = join(folder, 'handoff.json');
  const sequence = join(process.cwd(), 'examples', 'sequence.json');
  const cuts = await Promise.all(
    Array.from({ length: 6 }, (_, nth) =>
      baton('cut', manifest, '--sequence', sequence, '--as', 'edl', '--name', `cut ${nth % 2}`),
    ),
  );
  expect(cuts.map((ran) => ran.code)).toEqual([0, 0, 0, 0, 0, 0]);
  const { history, revision } = read<Handoff>(manifest);
  expect(history.filter((record) => record.kind === 'cut')).toHaveLength(6);
  expect(revision).toBe(7);
  const files = history.flatMap((record) =>
    ((record['files'] as { path: string }[] | undefined) ?? []).map((file) => file.path),
  );
  expect(new Set(files).size).toBe(files.length);
});
