/** A handoff that goes the whole way through the stand-in Resolve: in, out as a cut, and taken back. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cutTimeline } from '../../host/standin/resolve/edit.ts';
import { folders, type ResolveState } from '../../host/standin/resolve/state.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const dir = join(tempFolder(), 'shoot');
const manifest = join(dir, 'handoff.json');
const project = join(dir, 'resolve.json');
const onProject = [manifest, '--host', 'standin-resolve', '--project', project];
const state = () => JSON.parse(readFileSync(project, 'utf8')) as ResolveState;

beforeAll(async () => {
  await baton('demo', '--dir', dir);
});

test('apply makes the project at the handoff rate, and a second apply changes nothing', async () => {
  const { code, document } = await batonJson<Receipt>('apply', ...onProject);
  expect(code).toBe(0);
  expect(new Set(document.steps.map(({ result }) => result))).toEqual(new Set(['verified']));
  expect(document.host).toMatchObject({ editor: 'resolve', adapter: 'stand-in' });
  expect(state()).toMatchObject({
    kind: 'standin-resolve',
    project: { settings: { timelineFrameRate: '23.976' } },
  });
  const before = readFileSync(project, 'utf8');
  expect((await baton('apply', ...onProject)).stdout).toContain('0 changes');
  expect(readFileSync(project, 'utf8')).toBe(before);
  const { document: plan } = await batonJson<Plan>('plan', manifest, '--project', project);
  expect(plan.steps).toEqual([]);
});

test('a timeline cut there becomes an EDL of the handoff, with the own export of Resolve beside it', async () => {
  const now = state();
  const pictures = [...folders(now.root)]
    .flatMap(({ folder }) => folder.clips)
    .filter(({ type }) => type !== 'Audio');
  cutTimeline(
    now,
    'Cut',
    pictures
      .slice(0, 3)
      .map(({ file }, at) => ({ file, track: 'V1' as const, at: at * 24, duration: 24, in: 10 })),
  );
  writeFileSync(project, JSON.stringify(now));
  const { code, document } = await batonJson<{
    files: { path: string; format: string }[];
    witness?: { path: string; differs: unknown[] };
  }>('cut', manifest, '--sequence', project, '--as', 'edl', '--witness');
  expect(code).toBe(0);
  const edl = readFileSync(document.files[0]!.path, 'utf8');
  expect(edl.match(/^00[123] /gm)).toHaveLength(3);
  expect(edl).toContain('01:00:00:00 01:00:01:00');
  expect(JSON.parse(readFileSync(document.witness!.path, 'utf8'))).toMatchObject({
    OTIO_SCHEMA: 'Timeline.1',
  });
  expect(document.witness!.differs).toEqual([]);
  const said = await baton('cut', manifest, '--sequence', project, '--as', 'edl', '--witness');
  expect(said.stdout).toContain("the editor's own file agrees with them");
});

test('a project with a timeline at another rate is refused in one sentence', async () => {
  const other = join(dir, 'other.json');
  const now = state();
  now.root.folders = [];
  now.project = {
    ...now.project,
    id: 'another',
    settings: { ...now.project.settings, timelineFrameRate: '25' },
  };
  writeFileSync(other, JSON.stringify(now));
  const { code, document } = await batonJson<Receipt>(
    'apply',
    manifest,
    '--host',
    'standin-resolve',
    '--project',
    other,
  );
  expect(code).toBe(1);
  expect(document.stopped).toContain('runs at 25 and the handoff at 23.976');
  expect(new Set(document.steps.map(({ result }) => result))).toEqual(new Set(['skipped']));
});

test('revert keeps what the timeline uses and takes out the rest', async () => {
  const { code } = await batonJson<Receipt>(
    'revert',
    ...onProject,
    '--receipt',
    'all',
    '--imported',
    'remove',
    '--apply',
  );
  expect(code).toBe(0);
  expect([...folders(state().root)].flatMap(({ folder }) => folder.clips)).toHaveLength(3);
});

test('another host is refused by name', async () => {
  const { code, stderr } = await baton('apply', manifest, '--host', 'resolve');
  expect(code).toBe(2);
  expect(stderr).toContain('"resolve" is reached from its own panel');
});
