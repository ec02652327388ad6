/** The editor's own file of a cut stands beside ours, under a name of its own, and in the manifest's history. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localDesk } from '../../bridge/local/desk.ts';
import { readHandoff } from '../../bridge/local/store.ts';
import { exportWitness } from '../../bridge/witness.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { cutStage } from './premiere-stage.ts';
import { someHandoff } from './store-documents.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-witness-'));
  writeFileSync(join(folder, 'handoff.json'), JSON.stringify(someHandoff()));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function cut() {
  const manifest = join(folder, 'handoff.json');
  const open = await cutStage({
    rate: RATES['25'],
    start: 90000,
    items: [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50 }],
  });
  const sequence = (await open.editor.sequence())!;
  const desk = localDesk();
  const list = cutList(sequence, someHandoff(), {});
  const request = { cutList: list.value, formats: ['edl'], lock: true, losses: [], name: 'v1.2 lock' };
  const write = async () => {
    const written = await desk.writeCut(manifest, request);
    return exportWitness(open.editor, desk, { manifest, sequence, written });
  };
  return { manifest, open, desk, sequence, write };
}

test('it is hashed and recorded, and a second cut has a second one', async () => {
  const { manifest, write } = await cut();
  const first = await write();
  const text = readFileSync(join(folder, 'cuts', 'v1.2 lock.premiere.xml'));
  const hash = createHash('sha256').update(text).digest('hex');
  expect(String(text)).toContain('<xmeml version="4">');
  expect(first).toEqual({ path: join(folder, 'cuts', 'v1.2 lock.premiere.xml'), format: 'fcp7-xml', hash });
  await write();
  expect(readdirSync(join(folder, 'cuts')).sort()).toEqual([
    'v1.2 lock-2.edl',
    'v1.2 lock-2.premiere.xml',
    'v1.2 lock.edl',
    'v1.2 lock.premiere.xml',
  ]);
  const { handoff } = await readHandoff(manifest);
  expect(handoff!.history.map(({ kind }) => kind)).toEqual(['cut', 'cut-witness', 'cut', 'cut-witness']);
  expect(handoff!.history[1]).toMatchObject({
    name: 'v1.2 lock',
    sequence: 'Cut 1',
    editor: 'premiere',
    files: [{ path: 'cuts/v1.2 lock.premiere.xml', format: 'fcp7-xml', hash }],
  });
});

test('what stands there already is never written over', async () => {
  const { write } = await cut();
  mkdirSync(join(folder, 'cuts'));
  writeFileSync(join(folder, 'cuts', 'v1.2 lock.premiere.xml'), 'mine');
  expect(await write()).toMatchObject({ path: join(folder, 'cuts', 'v1.2 lock-2.premiere.xml') });
  expect(readFileSync(join(folder, 'cuts', 'v1.2 lock.premiere.xml'), 'utf8')).toBe('mine');
});

test('where Premiere cannot write it the cut stands without it, and the reason is said', async () => {
  const { open, desk, sequence, manifest } = await cut();
  const written = {
    files: [{ path: '/nowhere/at/all.edl', format: 'edl', hash: '' }],
    losses: [],
    refused: [],
  };
  expect(await exportWitness(open.editor, desk, { manifest, sequence, written })).toEqual({
    refused: expect.stringContaining('Is the folder there'),
  });
  expect(existsSync('/nowhere')).toBe(false);
});
