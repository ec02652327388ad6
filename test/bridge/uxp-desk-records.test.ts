/** What the desk over UXP's fs records for every other Baton: receipts, edits, choices and cuts. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localDesk } from '../../bridge/local/desk.ts';
import type { Desk } from '../../bridge/desk.ts';
import { uxpDesk } from '../../bridge/uxp/desk.ts';
import { folderOf, nameOf } from '../../bridge/uxp/fs.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { uxpCutStage } from '../host/uxp-stage.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { someReceipt } from './store-documents.ts';
import { place, fsOf, onDisk, left, receiptIds } from './uxp-desk-stage.ts';

describe('receipts', () => {
  test('what a closed panel kept is in the history, also for a desk in Node once it was quiet for a while', async () => {
    const path = place();
    const receipt = someReceipt('r1', 2);
    const desk: Desk = uxpDesk(fsOf());
    await desk.keep(path, { ...receipt, steps: receipt.steps.slice(0, 1) });
    await desk.intend!(path, 'r1', [{ ...receipt.steps[1]!, result: 'unverified', reason: 'being written' }]);
    const opened = await uxpDesk(fsOf()).open(path);
    expect(opened.handoff!.history).toMatchObject([
      {
        kind: 'import',
        receipt: { id: 'r1', stopped: 'it was interrupted', steps: [{}, { result: 'unverified' }] },
      },
    ]);
    expect(onDisk(path).history).toEqual([]);
    const journal = join(folderOf(path), '.baton', 'receipts', 'r1.json');
    const past = new Date(Date.now() - 3_600_000);
    utimesSync(journal, past, past);
    expect(receiptIds((await localDesk().open(path)).handoff!)).toEqual(['r1']);
  });

  test('the next import takes it up before its own receipt, and both files are gone', async () => {
    const path = place();
    await uxpDesk(fsOf()).keep(path, someReceipt('r1', 1));
    const desk = uxpDesk(fsOf());
    await desk.keep(path, someReceipt('r2', 1));
    expect(receiptIds((await desk.open(path)).handoff!)).toEqual(['r1']);
    await desk.settle(path, someReceipt('r2', 2));
    expect(receiptIds(onDisk(path))).toEqual(['r1', 'r2']);
    expect(readdirSync(join(folderOf(path), '.baton', 'receipts'))).toEqual([]);
  });
});

describe('edits and choices', () => {
  test('all or none, and the way back', async () => {
    const path = place();
    const desk = uxpDesk(fsOf());
    const { undo } = await desk.edit(path, [{ edit: 'pick', clip: 'p', to: 'circled' }]);
    expect(onDisk(path).clips[0]!.pick).toBe('circled');
    await expect(
      desk.edit(path, [
        { edit: 'pick', clip: 'p', to: 'good' },
        { edit: 'pick', clip: 'none', to: 'good' },
      ]),
    ).rejects.toMatchObject({ code: 'refused' });
    expect(onDisk(path).clips[0]!.pick).toBe('circled');
    await desk.edit(path, undo);
    expect(onDisk(path).clips[0]!.pick).not.toBe('circled');
  });

  test('what a person chose is there for a desk in Node too', async () => {
    const path = place();
    const choices = { kind: 'choices', version: 1 } as const;
    await uxpDesk(fsOf()).keepChoices!(path, choices);
    expect((await localDesk().open(path)).choices).toEqual(choices);
    expect((await uxpDesk(fsOf()).open(path)).choices).toEqual(choices);
  });
});

describe('a cut', () => {
  const someCut = async (path: string): Promise<CutList> => {
    const { editor } = await uxpCutStage({
      rate: RATES['25'],
      start: 90000,
      items: [{ file: '/Shoot/A003.mov', track: 'V1', recordIn: 0, duration: 50 }],
    });
    return cutList((await editor.sequence())!, onDisk(path), { media: folderOf(path) }).value;
  };

  test('is written as new files with their hashes, recorded, and never over one that is there', async () => {
    const path = place();
    const request = {
      cutList: await someCut(path),
      formats: ['edl', 'fcpxml', 'none'],
      lock: true,
      losses: [],
    };
    const first = await uxpDesk(fsOf()).writeCut(path, request);
    const second = await uxpDesk(fsOf()).writeCut(path, request);
    expect(first.files.map((file) => nameOf(file.path))).toEqual(['Cut 1.edl', 'Cut 1.fcpxml']);
    expect(second.files.map((file) => nameOf(file.path))).toEqual(['Cut 1-2.edl', 'Cut 1-2.fcpxml']);
    expect(first.refused).toMatchObject([{ format: 'none' }]);
    for (const file of first.files)
      expect(createHash('sha256').update(readFileSync(file.path)).digest('hex')).toBe(file.hash);
    const other = await localDesk().writeCut(path, request);
    const [mine, , nodes] = onDisk(path).history;
    const bare = (record: Handoff['history'][number] | undefined) =>
      JSON.stringify({ ...record, at: '' }).replace(/Cut 1-3/g, 'Cut 1');
    expect(bare(nodes)).toBe(bare(mine));
    expect(other.files).toHaveLength(2);
    expect(left(path)).toEqual([]);
  });
});
