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
import type { CutItem } from '../../host/standin/premiere/edit.ts';
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

const PLAIN: CutItem[] = [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50 }];

async function cut(items = PLAIN) {
  const manifest = join(folder, 'handoff.json');
  const open = await cutStage({ rate: RATES['25'], start: 90000, items });
  const sequence = (await open.editor.sequence())!;
  const desk = localDesk();
  const list = cutList(sequence, someHandoff(), {});
  const request = { cutList: list.value, formats: ['edl'], lock: true, losses: [], name: 'v1.2 lock' };
  const write = async () => {
    const written = await desk.writeCut(manifest, request);
    return exportWitness(open.editor, desk, { manifest, sequence, cut: list.value, written });
  };
  return { manifest, open, desk, sequence, list, write };
}

test('it is hashed and recorded, and a second cut has a second one', async () => {
  const { manifest, write } = await cut();
  const first = await write();
  const text = readFileSync(join(folder, 'cuts', 'v1.2 lock.premiere.xml'));
  const hash = createHash('sha256').update(text).digest('hex');
  expect(String(text)).toContain('<xmeml version="4">');
  expect(first).toEqual({
    path: join(folder, 'cuts', 'v1.2 lock.premiere.xml'),
    format: 'fcp7-xml',
    hash,
    differs: [],
  });
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

test('where it says otherwise than the cut, that is told and recorded, and the cut stands', async () => {
  const { manifest, open, desk, sequence, list } = await cut();
  const request = { cutList: list.value, formats: ['edl'], lock: true, losses: [], name: 'lock' };
  const written = await desk.writeCut(manifest, request);
  const editor = {
    ...open.editor,
    async exportInterchange(id: string, path: string) {
      const file = await open.editor.exportInterchange(id, path);
      writeFileSync(path, readFileSync(path, 'utf8').replace('<end>50</end>', '<end>49</end>'));
      return file;
    },
  };
  const own = await exportWitness(editor, desk, { manifest, sequence, cut: list.value, written });
  const said = "A003.mov is 50 frames long; Premiere's own XML says 49.";
  expect(own).toMatchObject({ differs: [{ severity: 'warning', at: 'V1 at 01:00:00:00', message: said }] });
  const { handoff } = await readHandoff(manifest);
  expect(handoff!.history.at(-1)).toMatchObject({ differs: [`V1 at 01:00:00:00: ${said}`] });
});

test("Premiere's XML agrees about other rates, tracks, retimes and what is disabled", async () => {
  const { write } = await cut([
    { file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50, sourceIn: 7 },
    { file: '/Shoot/A003.mov', track: 'V1', recordIn: 60, duration: 10, sourceIn: 70 },
    { file: '/Shoot/HFR.mov', track: 'V2', recordIn: 10, duration: 31, sourceIn: 33 },
    { file: '/Shoot/A001.mov', track: 'V2', recordIn: 41, duration: 20, sourceIn: 9 },
    { file: '/Shoot/A003.mov', track: 'V2', recordIn: 70, duration: 8, sourceIn: 40, speed: -1 },
    { file: '/Shoot/A003.mov', track: 'V2', recordIn: 80, duration: 8, sourceIn: 40, enabled: false },
    { file: '/Shoot/S001.wav', track: 'A1', recordIn: 0, duration: 50, sourceIn: 12 },
  ]);
  expect(await write()).toMatchObject({ differs: [] });
});

test('one that is no cut is kept all the same, and what was not compared is said', async () => {
  const { manifest, open, desk, sequence, list } = await cut();
  const request = { cutList: list.value, formats: ['edl'], lock: true, losses: [], name: 'lock' };
  const written = await desk.writeCut(manifest, request);
  const editor = {
    ...open.editor,
    async exportInterchange(_id: string, path: string) {
      writeFileSync(path, 'nothing that anybody reads');
      return { path, format: 'fcp7-xml' as const };
    },
  };
  const own = await exportWitness(editor, desk, { manifest, sequence, cut: list.value, written });
  expect(own).toMatchObject({
    path: join(folder, 'cuts', 'lock.premiere.xml'),
    differs: [
      {
        severity: 'note',
        message: expect.stringContaining("Premiere's own file of the cut was not compared"),
      },
    ],
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
  const { open, desk, sequence, list, manifest } = await cut();
  const written = {
    files: [{ path: '/nowhere/at/all.edl', format: 'edl', hash: '' }],
    losses: [],
    refused: [],
  };
  expect(await exportWitness(open.editor, desk, { manifest, sequence, cut: list.value, written })).toEqual({
    refused: expect.stringContaining('Is the folder there'),
  });
  expect(existsSync('/nowhere')).toBe(false);
});
