/** The receipt of an import that was killed half way. */
import { appendFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../manifest/documents/issue.ts';
import {
  closeJournal,
  extendJournal,
  journalled,
  saveJournal,
  startJournal,
  unfinishedJournals,
} from '../../bridge/local/journal.ts';
import { appendHistory } from '../../bridge/local/store.ts';
import { someHandoff, someReceipt } from './store-documents.ts';
import { folder, start } from './store-processes.ts';

function placed(): { path: string; receipts: string } {
  const home = folder();
  const path = join(home, 'handoff.json');
  writeFileSync(path, JSON.stringify(someHandoff()));
  return { path, receipts: join(home, '.baton', 'receipts') };
}

/** The journal as a process on another machine, or one long gone, would have left it. */
function leftBy(file: string, owner: Record<string, unknown>): void {
  const [first, ...more] = readFileSync(file, 'utf8').split('\n');
  const journal = JSON.parse(first!);
  const changed = JSON.stringify({ ...journal, owner: { ...journal.owner, ...owner } });
  writeFileSync(file, [changed, ...more].join('\n'));
}

const imported = (id: string, steps: number) => ({
  kind: 'import',
  at: '2026-03-02T08:00:00Z',
  receipt: someReceipt(id, steps),
});

describe('the journal of an import', () => {
  test('is started once, saved after each chunk, and gone when its receipt is recorded', async () => {
    const { path, receipts } = placed();
    await startJournal(path, someReceipt('r-1', 0));
    await expect(startJournal(path, someReceipt('r-1', 0))).rejects.toMatchObject({ code: 'exists' });
    await saveJournal(path, someReceipt('r-1', 3));
    await saveJournal(path, someReceipt('r-1', 5));
    expect(await journalled(path, 'r-1')).toEqual(someReceipt('r-1', 5));
    const lines = readFileSync(join(receipts, 'r-1.json'), 'utf8').trimEnd().split('\n');
    expect(lines.slice(1).map((line) => JSON.parse(line).steps.length)).toEqual([3, 2]);
    await expect(closeJournal(path, 'r-1')).rejects.toMatchObject({ code: 'receipt-not-recorded' });
    expect(readdirSync(receipts)).toEqual(['r-1.json']);
    await appendHistory(path, imported('r-1', 3));
    await closeJournal(path, 'r-1');
    expect(readdirSync(receipts)).toEqual([]);
  });

  test('what a kill cut short is left out, and what a page sends piece by piece is whole', async () => {
    const { path, receipts } = placed();
    await startJournal(path, someReceipt('r', 2));
    const whole = someReceipt('r', 6);
    await extendJournal(path, { ...whole, steps: whole.steps.slice(2) }, 2);
    expect(await journalled(path, 'r')).toEqual(whole);
    await expect(extendJournal(path, whole, 9)).rejects.toMatchObject({ code: 'receipt-not-recorded' });
    appendFileSync(join(receipts, 'r.json'), '{"steps":[{"id":"cut sh');
    expect(await journalled(path, 'r')).toEqual(whole);
  });

  test('a running import is not unfinished; a killed one is, with every chunk that was saved', async () => {
    const { path } = placed();
    for (let round = 0; round < 10; round++) {
      const id = `r-${round}`;
      const child = await start(['journal', path, id]);
      await child.line('saved 2');
      expect((await unfinishedJournals(path)).map((receipt) => receipt.id)).not.toContain(id);
      await new Promise((wake) => setTimeout(wake, Math.random() * 40));
      child.kill();
      await child.gone;
      const saved = Number(child.lines.at(-1)!.split(' ')[1]);
      const left = (await unfinishedJournals(path)).find((receipt) => receipt.id === id)!;
      expect(left).toEqual(someReceipt(id, left.steps.length));
      expect(left.steps.length).toBeGreaterThanOrEqual(saved);
    }
    expect(await unfinishedJournals(path)).toHaveLength(10);
    await appendHistory(path, imported('r-4', 2));
    // Recorded, and killed before it was closed: recording it again would say everything was done twice.
    expect((await unfinishedJournals(path)).map((receipt) => receipt.id)).not.toContain('r-4');
    await closeJournal(path, 'r-4');
    expect(await unfinishedJournals(path)).toHaveLength(9);
  });

  test('one this program has open is not unfinished, one that an earlier program of this process left is', async () => {
    const { path, receipts } = placed();
    await startJournal(path, someReceipt('open', 1));
    writeFileSync(
      join(receipts, 'left.json'),
      readFileSync(join(receipts, 'open.json'), 'utf8').replace('"open"', '"left"'),
    );
    expect((await unfinishedJournals(path)).map((receipt) => receipt.id)).toEqual(['left']);
  });

  test("another machine's is unfinished when it was not saved for ten minutes", async () => {
    const { path, receipts } = placed();
    await startJournal(path, someReceipt('r', 1));
    const file = join(receipts, 'r.json');
    leftBy(file, { machine: '00000000' });
    expect(await unfinishedJournals(path)).toEqual([]);
    utimesSync(file, new Date(), new Date(Date.now() - 11 * 60_000));
    expect(await unfinishedJournals(path)).toHaveLength(1);
  });

  test('of several manifests in one folder each has its own, oldest first', async () => {
    const { path, receipts } = placed();
    for (const [id, at] of [
      ['late', '2026-03-03T00:00:00Z'],
      ['early', '2026-03-01T00:00:00Z'],
    ] as const) {
      await startJournal(path, { ...someReceipt(id, 1), at });
      leftBy(join(receipts, `${id}.json`), { boot: '', start: '', pid: 2 ** 22 + 1 });
    }
    expect((await unfinishedJournals(path)).map((receipt) => receipt.id)).toEqual(['early', 'late']);
    expect(await unfinishedJournals(join(path, '..', 'day 2.json'))).toEqual([]);
  });

  test('a damaged journal is reported, and the others are read', async () => {
    const { path, receipts } = placed();
    await startJournal(path, someReceipt('good', 1));
    leftBy(join(receipts, 'good.json'), { boot: '', start: '', pid: 2 ** 22 + 1 });
    writeFileSync(join(receipts, 'half.json'), '{"kind":"journal",');
    writeFileSync(
      join(receipts, 'odd.json'),
      JSON.stringify({ kind: 'journal', version: 1, manifest: 'handoff.json' }),
    );
    const issues: Issue[] = [];
    expect(await unfinishedJournals(path, (issue) => issues.push(issue))).toHaveLength(1);
    expect(issues.map((issue) => [issue.code, issue.at])).toEqual([
      ['journal-unreadable', join(receipts, 'half.json')],
      ['journal-unreadable', join(receipts, 'odd.json')],
    ]);
  });

  test('an id that is no file name stays in the folder', async () => {
    const { path, receipts } = placed();
    for (const id of ['../../../evil', 'a/b', '..', 'CON:', 'x'.repeat(500), '']) {
      await startJournal(path, someReceipt(id, 1));
      await saveJournal(path, someReceipt(id, 2));
    }
    expect(readdirSync(receipts)).toHaveLength(6);
    expect(existsSync(join(path, '..', '..', 'evil.json'))).toBe(false);
  });
});
