/** Manifests in folders of their own and the desk's fs over them, for the tests of the desk in UXP. */
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
import { afterAll } from 'vitest';
import { folderOf, uxpFs, type UxpFs } from '../../bridge/uxp/fs.ts';
import { standinFs, type StandinFsOptions } from '../../host/standin/uxp/fs.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

export const folder = mkdtempSync(join(tmpdir(), 'baton-uxp-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export function place(): string {
  const home = mkdtempSync(join(folder, 'm-'));
  mkdirSync(join(home, 'cards'));
  writeFileSync(join(home, 'cards', 'a.mov'), 'moving');
  const path = join(home, 'handoff.json');
  writeFileSync(path, JSON.stringify(handoff([{ ...picture({ path: 'cards/a.mov' }), id: 'p' }])));
  return path;
}

export const fsOf = (options: StandinFsOptions = {}): UxpFs => uxpFs(standinFs(options).module)!;
export const onDisk = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Handoff;
export const left = (path: string) =>
  [folderOf(path), join(folderOf(path), '.baton'), join(folderOf(path), '.baton', 'receipts')]
    .flatMap((each) => (existsSync(each) ? readdirSync(each) : []))
    .filter((name) => name.includes('tmp'));
export const receiptIds = ({ history }: { history: Handoff['history'] }) =>
  history.map((record) => (record['receipt'] as Receipt).id);
