import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { localDesk } from '../../bridge/local/desk.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let nth = 0;
function manifest(): string {
  const path = join(mkdtempSync(join(folder, 'm')), 'handoff.json');
  writeFileSync(path, JSON.stringify(handoff([picture({ path: 'a.mov' })])));
  return path;
}
function receipt(): Receipt {
  return {
    kind: 'receipt',
    version: 1,
    id: `receipt-${++nth}`,
    plan: 'x',
    host: { editor: 'premiere', editorVersion: '25', adapter: 'test' },
    project: { id: 'p', name: 'P' },
    at: `2026-03-14T00:00:0${nth}.000Z`,
    steps: [],
  };
}
const onDisk = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Handoff;
const ids = (history: Handoff['history']) => history.map((record) => (record['receipt'] as Receipt).id);

describe('a page that was closed in the middle of an import', () => {
  it('finds what it kept in the history, though nothing was recorded', async () => {
    const path = manifest();
    const half = receipt();
    await localDesk().keep(path, half);
    await localDesk().keep(path, half);
    const opened = await localDesk().open(path);
    expect(ids(opened.handoff!.history)).toEqual([half.id]);
    expect((opened.handoff!.history[0]!['receipt'] as Receipt).stopped).toContain('interrupted');
    expect(onDisk(path).history).toEqual([]);
  });

  it('the next import takes it up before its own receipt', async () => {
    const path = manifest();
    const [half, whole] = [receipt(), receipt()];
    const desk = localDesk();
    await desk.keep(path, half);
    await desk.keep(path, whole);
    await desk.settle(path, whole);
    expect(ids(onDisk(path).history)).toEqual([half.id, whole.id]);
    expect(ids((await desk.open(path)).handoff!.history)).toEqual([half.id, whole.id]);
  });
});
