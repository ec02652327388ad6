/** Files that are whole or not there, whoever fails, dies or races. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempName, writeAtomic, writeNew } from '../../bridge/local/atomic.ts';
import { thisOwner } from '../../bridge/local/owner.ts';
import { folder, race, start, type Child } from './store-processes.ts';

const windows = process.platform === 'win32';
const temps = (place: string) => readdirSync(place).filter((name) => name.endsWith('.baton-tmp'));

describe('an atomic write', () => {
  test('replaces the whole file and leaves nothing beside it', async () => {
    const path = join(folder(), 'cut.edl');
    await writeAtomic(path, 'long old text '.repeat(1000));
    await writeAtomic(path, new Uint8Array([0, 255, 10]));
    expect([...readFileSync(path)]).toEqual([0, 255, 10]);
    expect(readdirSync(join(path, '..'))).toEqual(['cut.edl']);
  });

  test.skipIf(windows)('keeps permissions, and a link stays a link', async () => {
    const place = folder();
    const real = join(place, 'real.json');
    const path = join(place, 'handoff.json');
    writeFileSync(real, 'old');
    chmodSync(real, 0o640);
    symlinkSync('real.json', path);
    await writeAtomic(path, 'new');
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
  });

  test.skipIf(windows)('does not replace a link whose drive is not there', async () => {
    const path = join(folder(), 'handoff.json');
    symlinkSync('/nowhere/handoff.json', path);
    await expect(writeAtomic(path, 'new')).rejects.toMatchObject({ code: 'write-failed' });
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
  });

  test('that cannot commit leaves the old file and no temporary one', async () => {
    const path = join(folder(), 'handoff.json');
    writeFileSync(path, 'old');
    const beforeCommit = async () => {
      expect(temps(join(path, '..'))).toHaveLength(1);
      throw new Error('not now');
    };
    await expect(writeAtomic(path, 'new', { beforeCommit })).rejects.toThrow('not now');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(temps(join(path, '..'))).toEqual([]);
  });

  test('onto a folder fails with its name and leaves the folder', async () => {
    const path = join(folder(), 'handoff.json');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), '');
    const error = await writeAtomic(path, 'new').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'StoreError',
      code: expect.stringMatching(/write-failed|not-writable/),
    });
    expect((error as Error).message).toContain(path);
    expect(readdirSync(path)).toEqual(['inside']);
    expect(temps(join(path, '..'))).toEqual([]);
  });

  test('into a folder that is not there says so', async () => {
    const path = join(folder(), 'gone', 'handoff.json');
    await expect(writeAtomic(path, 'new')).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('folder is not there'),
    });
  });

  test('has a temporary name that fits, however long the file is called', async () => {
    const path = join(folder(), `${'ß'.repeat(120)}.edl`);
    await writeAtomic(path, 'text');
    expect(readFileSync(path, 'utf8')).toBe('text');
  });
});

describe('what dead writers leave', () => {
  test('is cleared by the next writer of any file in that folder', async () => {
    const place = folder();
    const path = join(place, 'handoff.json');
    writeFileSync(path, 'old');
    const writer = await start(['stall before commit', path]);
    await writer.line('stalled');
    await writeAtomic(join(place, 'other.txt'), 'while it lives');
    expect(temps(place)).toHaveLength(1);
    writer.kill();
    await writer.gone;
    expect(temps(place)).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeAtomic(join(place, 'other.txt'), 'after its death');
    expect(temps(place)).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('on another machine is cleared after a day, and look-alikes never', async () => {
    const place = folder();
    const foreign = tempName(place, 'handoff.json').replace(`.${thisOwner().machine}.`, '.00000000.');
    const fresh = tempName(place, 'handoff.json').replace(`.${thisOwner().machine}.`, '.00000000.');
    const lookAlike = join(place, '.handoff.json.mine.baton-tmp');
    for (const path of [foreign, fresh, lookAlike]) writeFileSync(path, '');
    for (const path of [foreign, lookAlike])
      utimesSync(path, new Date(), new Date(Date.now() - 25 * 3600_000));
    await writeAtomic(join(place, 'other.txt'), '');
    expect([foreign, fresh, lookAlike].map((path) => existsSync(path))).toEqual([false, true, true]);
  });
});

describe('a new file', () => {
  test('is never written over an old one', async () => {
    const path = join(folder(), 'cut.edl');
    await writeNew(path, 'first');
    await expect(writeNew(path, 'second')).rejects.toMatchObject({ code: 'exists' });
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(join(path, '..'))).toEqual(['cut.edl']);
  });

  const winners = (children: Child[]) => children.filter((child) => child.lines.includes('won')).length;

  // `claim` is the way for volumes without hard links, such as exFAT.
  test.each(['new', 'claim'])('has one winner among racing processes (%s)', async (way) => {
    for (let round = 0; round < 6; round++) {
      const place = folder();
      const path = join(place, 'cut.edl');
      const tags = ['a', 'b', 'c', 'd'];
      const children = await race(
        path,
        tags.map((tag) => [way, path, tag, place]),
      );
      expect(winners(children)).toBe(1);
      const winner = tags[children.findIndex((child) => child.lines.includes('won'))]!;
      expect(readFileSync(path, 'utf8')).toBe(`${winner} `.repeat(50_000));
      const losers = children.flatMap((child) => child.lines.filter((line) => line.startsWith('StoreError')));
      expect(losers).toHaveLength(3);
      for (const line of losers) expect(line).toMatch(/^StoreError exists/);
      rmSync(path);
    }
  });
});
