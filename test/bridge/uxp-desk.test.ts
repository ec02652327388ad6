/** The desk over UXP's fs: beside every other Baton, killed at any write, and never over what somebody else wrote. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { localDesk } from '../../bridge/local/desk.ts';
import { withLock as nodeLock } from '../../bridge/local/lock.ts';
import { rememberRoots } from '../../bridge/local/roots.ts';
import { appendHistory } from '../../bridge/local/store.ts';
import type { Desk } from '../../bridge/desk.ts';
import { uxpDesk } from '../../bridge/uxp/desk.ts';
import { beside, folderOf, nameOf, uxpFs, within, type UxpFs } from '../../bridge/uxp/fs.ts';
import { withLock } from '../../bridge/uxp/lock.ts';
import { standinFs, type StandinFsOptions } from '../../host/standin/uxp/fs.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { uxpCutStage } from '../host/uxp-stage.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { someReceipt } from './store-documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-uxp-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function place(): string {
  const home = mkdtempSync(join(folder, 'm-'));
  mkdirSync(join(home, 'cards'));
  writeFileSync(join(home, 'cards', 'a.mov'), 'moving');
  const path = join(home, 'handoff.json');
  writeFileSync(path, JSON.stringify(handoff([{ ...picture({ path: 'cards/a.mov' }), id: 'p' }])));
  return path;
}

const fsOf = (options: StandinFsOptions = {}): UxpFs => uxpFs(standinFs(options).module)!;
const onDisk = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Handoff;
const left = (path: string) =>
  [folderOf(path), join(folderOf(path), '.baton'), join(folderOf(path), '.baton', 'receipts')]
    .flatMap((each) => (existsSync(each) ? readdirSync(each) : []))
    .filter((name) => name.includes('tmp'));
const receiptIds = ({ history }: { history: Handoff['history'] }) =>
  history.map((record) => (record['receipt'] as Receipt).id);

describe('opening', () => {
  test('reads what a desk in Node reads, and says that it works alone', async () => {
    const path = place();
    const opened = await uxpDesk(fsOf()).open(path);
    const other = await localDesk().open(path);
    expect(opened.issues.map(({ code }) => code)).toEqual(['works-alone']);
    expect({ ...opened, issues: [] }).toEqual({ ...other, issues: [] });
    expect(opened.facts.disk).toEqual({ p: { size: 6 } });
  });

  test('a root lies where roots.json says, if it is here; else beside the manifest', async () => {
    const path = place();
    const elsewhere = mkdtempSync(join(folder, 'drive-'));
    cpSync(join(folderOf(path), 'cards'), join(elsewhere, 'cards'), { recursive: true });
    const name = onDisk(path).roots[0]!.name;
    await rememberRoots(path, { [name]: elsewhere });
    expect((await uxpDesk(fsOf()).open(path)).files).toEqual({ p: join(elsewhere, 'cards', 'a.mov') });
    rmSync(elsewhere, { recursive: true });
    expect((await uxpDesk(fsOf()).open(path)).files).toEqual({ p: join(folderOf(path), 'cards', 'a.mov') });
    expect(readFileSync(join(folderOf(path), '.baton', 'roots.json'), 'utf8')).toContain(hostname());
  });

  test.each([
    ['nothing', (path: string) => rmSync(path), 'manifest-missing'],
    ['a folder', (path: string) => (rmSync(path), mkdirSync(path)), 'manifest-unreadable'],
    [
      'bytes that are no text',
      (path: string) => writeFileSync(path, Buffer.of(0x7b, 0xff, 0xfe)),
      'manifest-unreadable',
    ],
  ])('%s where the manifest should be is an issue', async (_what, make, code) => {
    const path = place();
    make(path);
    const opened = await uxpDesk(fsOf()).open(path);
    expect([opened.handoff, opened.issues[0]!.code]).toEqual([null, code]);
    await expect(uxpDesk(fsOf()).record(path, { kind: 'note', at: 'x' })).rejects.toMatchObject({
      code: 'refused',
    });
  });
});

describe('writing', () => {
  test('one revision higher, the previous one kept, nothing left lying about', async () => {
    const path = place();
    const before = readFileSync(path, 'utf8');
    const { revision } = await uxpDesk(fsOf()).record(path, { kind: 'note', at: 'now' });
    expect(revision).toBe((JSON.parse(before) as Handoff).revision + 1);
    expect(onDisk(path)).toMatchObject({ revision, history: [{ kind: 'note' }] });
    expect(readFileSync(join(folderOf(path), '.baton', 'handoff.json.previous'), 'utf8')).toBe(before);
    expect(left(path)).toEqual([]);
  });

  test('unknown fields go through', async () => {
    const path = place();
    writeFileSync(path, JSON.stringify({ ...onDisk(path), x_house: { deep: [1] } }));
    await uxpDesk(fsOf()).record(path, { kind: 'note', at: 'now' });
    expect(onDisk(path)).toMatchObject({ x_house: { deep: [1] } });
  });

  test('over somebody who writes without the lock: theirs is read again and both stand', async () => {
    const path = place();
    let rude = 1;
    const fs = fsOf();
    const copyFile = fs.copyFile.bind(fs);
    const readFile = fs.readFile.bind(fs);
    // In the moment between reading and writing, somebody saves the file in a text editor.
    fs.readFile = async (which, how) => {
      const text = await readFile(which, how);
      if (which === path && rude-- === 1)
        writeFileSync(path, JSON.stringify({ ...onDisk(path), x_rude: true }));
      return text;
    };
    fs.copyFile = copyFile;
    await uxpDesk(fs).record(path, { kind: 'note', at: 'now' });
    expect(onDisk(path)).toMatchObject({ x_rude: true, history: [{ kind: 'note' }] });
  });

  test('a disk that gives back something else than it was given changes nothing', async () => {
    const path = place();
    const before = readFileSync(path, 'utf8');
    const fs = fsOf();
    const garbling = fsOf({ garbles: true });
    fs.readFile = (which, how) =>
      which === path ? fsOf().readFile(which, how) : garbling.readFile(which, how);
    await expect(uxpDesk(fs).record(path, { kind: 'note', at: 'x' })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(left(path)).toEqual([]);
  });

  test('killed at any write the manifest is whole, old or new, and the next writer goes on', async () => {
    for (let lives = 0; lives < 14; lives++) {
      const path = place();
      const old = onDisk(path).revision;
      const standin = standinFs({ lives });
      await uxpDesk(uxpFs(standin.module)!)
        .record(path, { kind: 'note', at: 'first' })
        .catch(() => {});
      const now = onDisk(path);
      expect([old, old + 1]).toContain(now.revision);
      expect(now.history).toHaveLength(now.revision - old);
      const locks = join(folderOf(path), '.baton', 'handoff.json.lock');
      // The dead owner stopped refreshing more than a minute ago.
      const past = new Date(Date.now() - 120_000);
      for (const name of existsSync(locks) ? readdirSync(locks) : [])
        utimesSync(join(locks, name), past, past);
      await uxpDesk(fsOf()).record(path, { kind: 'note', at: 'second' });
      expect(onDisk(path).history).toHaveLength(now.history.length + 1);
    }
  });
});

describe('the lock', () => {
  test('UXP and Node wait for each other: no record is lost', async () => {
    const path = place();
    const records = Array.from({ length: 12 }, (_, nth) => ({ kind: 'note', at: String(nth) }));
    const fs = fsOf();
    await Promise.all(
      records.map((record, nth) =>
        nth % 2 ? appendHistory(path, record) : uxpDesk(fs).record(path, record),
      ),
    );
    expect(
      onDisk(path)
        .history.map(({ at }) => Number(at))
        .sort((a, b) => a - b),
    ).toEqual(records.map((_, nth) => nth));
  });

  test('one that Node holds is waited for, then refused in words; one that UXP holds Node waits for', async () => {
    const path = place();
    await nodeLock(path, async () => {
      await expect(withLock(fsOf(), path, async () => 'in', 300)).rejects.toMatchObject({ code: 'busy' });
    });
    const order: string[] = [];
    let waiting: Promise<unknown> = Promise.resolve();
    await withLock(fsOf(), path, async () => {
      waiting = nodeLock(path, async () => void order.push('Node'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      order.push('UXP');
    });
    await waiting;
    expect(order).toEqual(['UXP', 'Node']);
    expect(await withLock(fsOf(), path, async () => 'in', 300)).toBe('in');
    expect(await nodeLock(path, async () => 'in', 300)).toBe('in');
  });
});

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

describe('paths', () => {
  test.each([
    ['/a/b/c.json', '/a/b', 'c.json', '/a/b/x', '/a/b/c.json/y'],
    ['C:\\a\\c.json', 'C:\\a', 'c.json', 'C:\\a\\x', 'C:\\a\\c.json\\y'],
    ['\\\\nas\\s\\c.json', '\\\\nas\\s', 'c.json', '\\\\nas\\s\\x', '\\\\nas\\s\\c.json\\y'],
    ['/c.json', '/', 'c.json', '/x', '/c.json/y'],
  ])('%s falls into its parts in its system\u2019s own form', (path, home, name, sibling, inner) => {
    expect([folderOf(path), nameOf(path), beside(path, 'x'), within(path, 'y')]).toEqual([
      home,
      name,
      sibling,
      inner,
    ]);
  });
});
