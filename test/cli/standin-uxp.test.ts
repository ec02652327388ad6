/** One handoff through both doors of the in-memory Premiere, ExtendScript and UXP, with the built `baton`: the same receipts, project and cut. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { StandinState } from '../../host/standin/premiere/state.ts';
import { cutSequence } from '../../host/standin/premiere/edit.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

const dir = join(tempFolder(), 'shoot');
const manifest = join(dir, 'handoff.json');
const DOORS = ['standin', 'standin-uxp'] as const;
type Door = (typeof DOORS)[number];
const project = (door: Door) => join(dir, `${door}.json`);
const on = (door: Door) => [manifest, '--host', door, '--project', project(door)];
const state = (door: Door) => JSON.parse(readFileSync(project(door), 'utf8')) as StandinState;

/** What a receipt says, without what differs between any two runs. */
function said({ id: _id, at: _at, project: _project, reverts: _reverts, ...rest }: Receipt) {
  return { ...rest, steps: rest.steps.map(({ item: _item, ...step }) => withoutItem(step)) };
}
function withoutItem<Of extends { id: string; target: object }>({ id: _id, ...step }: Of) {
  const { item: _item, ...target } = step.target as { item?: string };
  return { ...step, target };
}

async function both(command: string, ...more: string[]): Promise<[Receipt, Receipt]> {
  const [es, uxp] = [
    await batonJson<Receipt>(command, ...on('standin'), ...more),
    await batonJson<Receipt>(command, ...on('standin-uxp'), ...more),
  ];
  expect([es.code, uxp.code]).toEqual([0, 0]);
  return [es.document, uxp.document];
}

beforeAll(async () => {
  await baton('demo', '--dir', dir);
});

test('an import has the same receipt through either, and nothing is left to do through the other', async () => {
  const [es, uxp] = await both('apply');
  expect(es.steps.length).toBeGreaterThan(50);
  expect(new Set(uxp.steps.map(({ result }) => result))).toEqual(new Set(['verified']));
  expect(said(uxp)).toEqual(said(es));
  const crossed = await baton('apply', manifest, '--host', 'standin', '--project', project('standin-uxp'));
  expect(crossed.stdout).toContain('0 changes');
  const { document } = await batonJson<Plan>('plan', manifest, '--project', project('standin-uxp'));
  expect(document.steps).toEqual([]);
});

test('a cut reads the same through either', async () => {
  const now = state('standin-uxp');
  const [first, second, third] = [...JSON.stringify(now.root).matchAll(/"path":"([^"]+\.mov)"/g)].map(
    (found) => found[1]!,
  );
  const cut = {
    rate: { num: 24000, den: 1001, drop: false },
    start: 86400,
    size: { width: 1920, height: 1080 },
  };
  cutSequence(now, {
    ...cut,
    name: 'Scene 7',
    items: [
      { file: first!, track: 'V1', recordIn: 0, duration: 12, sourceIn: 2 },
      { file: second!, track: 'V1', recordIn: 12, duration: 12, sourceIn: 3, speed: -1 },
    ],
  });
  cutSequence(now, {
    ...cut,
    name: 'Rough',
    items: [
      { file: first!, track: 'V1', recordIn: 0, duration: 24, sourceIn: 4 },
      { file: second!, track: 'V1', recordIn: 24, duration: 24, sourceIn: 4, speed: 0.5 },
      { sequence: 'Scene 7', track: 'V1', recordIn: 48, duration: 20, sourceIn: 0 },
      { file: third!, track: 'V2', recordIn: 30, duration: 10, sourceIn: 0, enabled: false },
    ],
    titles: [{ name: 'The End', track: 'V2', recordIn: 50, duration: 12 }],
  });
  writeFileSync(project('standin-uxp'), JSON.stringify(now));
  const texts: string[] = [];
  for (const door of DOORS) {
    const { code, document } = await batonJson<{ files: { path: string }[] }>(
      'cut',
      manifest,
      '--sequence',
      project('standin-uxp'),
      '--host',
      door,
      '--as',
      'edl,fcpxml,xmeml,otio',
      '--lock',
      '--name',
      'both',
      '--out',
      join(dir, door),
    );
    expect(code).toBe(0);
    texts.push(document.files.map(({ path }) => readFileSync(path, 'utf8')).join('\n'));
  }
  for (const told of [/^M2 .*012\.0/m, /The End/, /Scene 7/, /"OTIO_SCHEMA"/, /<xmeml/])
    expect(texts[0]).toMatch(told);
  expect(texts[1]).toBe(texts[0]);
  const { history } = JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
  expect(history.slice(-2).map(({ kind, lock }) => [kind, lock])).toEqual([
    ['cut', true],
    ['cut', true],
  ]);
});

test('taking it back has the same receipt, and leaves the same bins', async () => {
  const [es, uxp] = await both('revert', '--apply', '--receipt', 'all', '--imported', 'gather');
  expect(said(uxp).steps).toEqual(said(es).steps);
  for (const door of DOORS)
    expect(
      state(door)
        .root.children!.filter(({ kind }) => kind === 'bin')
        .map(({ name }) => name),
    ).toEqual(['_Reverted']);
});

test('without --project both open the one project beside the manifest', async () => {
  expect((await baton('apply', manifest, '--host', 'standin')).code).toBe(0);
  const { code, stdout } = await baton('apply', manifest, '--host', 'standin-uxp');
  expect([code, stdout.trim()]).toEqual([0, '0 changes: the project holds what the handoff says']);
});

test('a host that is none is refused with those there are', async () => {
  const { code, stderr } = await baton('apply', manifest, '--host', 'premiere-uxp');
  expect(code).toBe(2);
  expect(stderr).toContain(
    'needs --host standin, standin-uxp or standin-resolve; "premiere-uxp" is reached from its own panel',
  );
});
