/** The desk over UXP's fs: beside every other Baton, killed at any write, and never over what somebody else wrote. */
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
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localDesk } from '../../bridge/local/desk.ts';
import { withLock as nodeLock } from '../../bridge/local/lock.ts';
import { rememberRoots } from '../../bridge/local/roots.ts';
import { appendHistory } from '../../bridge/local/store.ts';
import { uxpDesk } from '../../bridge/uxp/desk.ts';
import { beside, folderOf, nameOf, uxpFs, within } from '../../bridge/uxp/fs.ts';
import { withLock } from '../../bridge/uxp/lock.ts';
import { standinFs } from '../../host/standin/uxp/fs.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { folder, place, fsOf, onDisk, left } from './uxp-desk-stage.ts';

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
