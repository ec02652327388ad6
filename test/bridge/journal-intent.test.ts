/** What was about to be written when an import was killed stands in its journal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import {
  extendJournal,
  intendJournal,
  journalled,
  saveJournal,
  startJournal,
} from '../../bridge/local/journal.ts';
import type { ReceiptStep } from '../../manifest/documents/receipt.ts';
import { importTo, label, makeBin, metadata, stage } from './premiere-stage.ts';
import { someHandoff, someReceipt } from './store-documents.ts';
import { folder } from './store-processes.ts';

const pending = (from: number, to: number): ReceiptStep[] =>
  someReceipt('r', to)
    .steps.slice(from)
    .map((step) => ({ ...step, result: 'unverified', reason: 'being written' }));

test('an intent stands until what came of it is saved, also when a page saves it', async () => {
  const path = join(folder(), 'handoff.json');
  writeFileSync(path, JSON.stringify(someHandoff()));
  await startJournal(path, someReceipt('r', 0));
  await intendJournal(path, 'r', pending(0, 3));
  expect((await journalled(path, 'r'))!.steps.map(({ result }) => result)).toEqual(
    Array(3).fill('unverified'),
  );
  await saveJournal(path, someReceipt('r', 3));
  expect(await journalled(path, 'r')).toEqual(someReceipt('r', 3));
  await intendJournal(path, 'r', pending(3, 5));
  await intendJournal(path, 'r', pending(3, 4));
  expect((await journalled(path, 'r'))!.steps).toEqual([...someReceipt('r', 3).steps, ...pending(3, 4)]);
  const whole = someReceipt('r', 6);
  await extendJournal(path, { ...whole, steps: whole.steps.slice(3) }, 3);
  expect(await journalled(path, 'r')).toEqual(whole);
});

test('each write is announced before it happens, with what the plan saw there', async () => {
  const open = stage();
  await open.editor.apply([importTo('/Shoot/A001.mov')]);
  const item = (await open.editor.snapshot()).items[0]!.id;
  const aimed = <S extends ReturnType<typeof label>>(step: S) => ({
    ...step,
    target: { ...step.target, item },
  });
  const steps = [
    makeBin('A'),
    { ...aimed(label('/Shoot/A001.mov', 'circled')), before: { label: 'Iris' } },
    aimed(metadata('/Shoot/A001.mov', { scene: '7' })),
  ];
  const said: unknown[] = [];
  await applyPlan(
    { kind: 'plan', version: 1, manifest: 'x', steps: steps as never, blocked: [], kept: [], counts: {} },
    open.editor,
    {
      onIntent: (receipt, [step]) =>
        void said.push([step!.kind, step!.result, step!.before, receipt.steps.length]),
    },
  );
  expect(said).toEqual([
    ['make-bin', 'unverified', undefined, 0],
    ['set-label', 'unverified', { label: 'Iris' }, 1],
    ['set-metadata', 'unverified', { metadata: {} }, 2],
  ]);
});
