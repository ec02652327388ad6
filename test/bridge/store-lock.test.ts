/** One writer at a time: the live are waited for, the dead are not, and nobody is inside with another. */
import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { take, topOf } from '../../bridge/local/lock-folder.ts';
import { withLock } from '../../bridge/local/lock.ts';
import { ownerTag, thisOwner, type Owner } from '../../bridge/local/owner.ts';
import { StoreError } from '../../bridge/local/store.ts';
import { folder, race, start } from './store-processes.ts';

const linux = process.platform === 'linux';

/** Whether the lock can be had: who waits for an owner in vain is told so (`locked`) and fails. */
async function isTaken(path: string, patience?: number): Promise<boolean> {
  return withLock(path, async () => true, patience);
}

function lockFiles(path: string): string[] {
  return readdirSync(join(path, '..', '.baton', 'handoff.json.lock'));
}

/** Leaves the lock as if this owner held it. */
async function heldBy(path: string, owner: Partial<Owner>): Promise<string> {
  await withLock(path, async () => {});
  const place = join(path, '..', '.baton', 'handoff.json.lock');
  const held = join(place, `00000002.held.${ownerTag({ ...thisOwner(), ...owner })}.0123456789ab`);
  renameSync(join(place, lockFiles(path)[0]!), held);
  return held;
}

describe('the lock', () => {
  test('an owner whose event loop is blocked for 3 s is not robbed', async () => {
    const path = join(folder(), 'handoff.json');
    const owner = await start(['hold', path, '3000']);
    await owner.line('held');
    expect(await isTaken(path)).toBe(true);
    expect(await owner.gone).toBe(0);
    expect(owner.lines).toContain('still held');
  });

  test('a killed owner is not waited for', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const path = join(folder(), 'handoff.json');
      const owner = await start(['hold for ever', path]);
      await owner.line('held');
      owner.kill();
      const began = performance.now();
      expect(await isTaken(path)).toBe(true);
      times.push(performance.now() - began);
      await owner.gone;
    }
    console.log(`killed owners were out after ${times.map(Math.round).join(', ')} ms`);
  });

  test('of eight who find a dead owner each gets the lock, one after the other', async () => {
    const path = join(folder(), 'handoff.json');
    const owner = await start(['hold for ever', path]);
    await owner.line('held');
    owner.kill();
    await owner.gone;
    const takers = await race(
      path,
      Array.from({ length: 8 }, () => ['take', path]),
    );
    for (const taker of takers) expect(taker.lines.join('\n')).toMatch(/^ready\ntaken after \d+$/);
    expect(lockFiles(path)).toEqual(['00000009.free']);
  });

  test('six processes are never inside together, while some of them are killed', async () => {
    const path = join(folder(), 'handoff.json');
    const said: string[] = [];
    let kills = 0;
    const lane = async (mortal: boolean) => {
      for (let life = 0; life < (mortal ? 8 : 1); life++) {
        const child = await start(['contend', path, mortal ? '1000' : '60']);
        if (mortal) {
          await child.line('counted');
          await new Promise((wake) => setTimeout(wake, Math.random() * 120));
          child.kill();
          kills++;
        }
        await child.gone;
        said.push(...child.lines);
      }
    };
    await Promise.all([lane(true), lane(true), lane(true), lane(false), lane(false), lane(false)]);
    expect(said.filter((line) => !line.startsWith('counted'))).toEqual([]);
    // Two who counted to the same number would have been inside together.
    expect(new Set(said).size).toBe(said.length);
    expect(kills).toBe(24);
    console.log(`${said.length} turns, ${kills} kills, lock files left: ${lockFiles(path).join(' ')}`);
  });

  test('whoever waits too long is told who holds it and where', async () => {
    const path = join(folder(), 'handoff.json');
    const owner = await start(['hold for ever', path]);
    await owner.line('held');
    const error = await withLock(path, async () => {}, 300).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).code).toBe('locked');
    const message = (error as StoreError).message;
    expect(message).toContain(
      `process ${owner.pid} on ${hostname()
        .replace(/[^A-Za-z0-9-]+/g, '-')
        .slice(0, 40)}`,
    );
    expect(message).toContain(join('.baton', 'handoff.json.lock'));
    owner.kill();
    await owner.gone;
  });

  test('writers of one process queue, in order, without a file lock between them and themselves', async () => {
    const path = join(folder(), 'handoff.json');
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 50 }, (_, number) => withLock(path, async () => void order.push(number), 1000)),
    );
    expect(order).toEqual(Array.from({ length: 50 }, (_, number) => number));
  });

  test('work that throws gives the lock back', async () => {
    const path = join(folder(), 'handoff.json');
    await expect(withLock(path, async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    expect(lockFiles(path)).toEqual(['00000001.free']);
  });

  test.skipIf(!linux)('a number given to another process since does not keep the lock', async () => {
    const path = join(folder(), 'handoff.json');
    await heldBy(path, { pid: process.ppid, start: '1' });
    expect(await isTaken(path)).toBe(true);
  });

  test.skipIf(!linux)(
    'a lock from before the last restart is broken, whoever has the number now',
    async () => {
      const path = join(folder(), 'handoff.json');
      await heldBy(path, { pid: process.ppid, start: '', boot: '00000000' });
      expect(await isTaken(path)).toBe(true);
    },
  );

  test("another machine's fresh lock is waited for, a stale one broken", async () => {
    const path = join(folder(), 'handoff.json');
    const held = await heldBy(path, { pid: 1, machine: '00000000' });
    utimesSync(held, new Date(), new Date(Date.now() - 30_000));
    let isFree = false;
    setTimeout(() => {
      isFree = true;
      renameSync(held, held.replace(/held.*/, 'free'));
    }, 2500);
    expect(await withLock(path, async () => isFree)).toBe(true);
    const stale = await heldBy(path, { pid: 1, machine: '00000000' });
    utimesSync(stale, new Date(), new Date(Date.now() - 90_000));
    expect(await isTaken(path)).toBe(true);
  });

  test('a live process that has not refreshed for ten minutes counts as dead', async () => {
    const path = join(folder(), 'handoff.json');
    const held = await heldBy(path, {});
    utimesSync(held, new Date(), new Date(Date.now() - 9 * 60_000));
    const early = await withLock(path, async () => {}, 2500).catch((thrown: StoreError) => thrown.code);
    expect(early).toBe('locked');
    utimesSync(held, new Date(), new Date(Date.now() - 11 * 60_000));
    expect(await isTaken(path)).toBe(true);
  });

  test('one who lost the lock learns it before committing', async () => {
    const place = folder();
    const path = join(place, 'handoff.json');
    const work = withLock(path, async (lock) => {
      await lock.verify();
      rmSync(join(place, '.baton'), { recursive: true });
      await lock.verify();
    });
    await expect(work).rejects.toMatchObject({ code: 'lock-lost' });
    expect(await isTaken(path)).toBe(true);
  });

  test('an empty folder, a Finder file and a double left by a power cut do no harm', async () => {
    const path = join(folder(), 'handoff.json');
    const place = join(path, '..', '.baton', 'handoff.json.lock');
    mkdirSync(place, { recursive: true });
    expect(await isTaken(path)).toBe(true);
    writeFileSync(join(place, '.DS_Store'), '');
    writeFileSync(join(place, '00000000.free'), '');
    const dead = await heldBy(path, { pid: 2 ** 22 + 1 });
    writeFileSync(dead.replace(/held.*/, 'free'), '');
    expect(await isTaken(path)).toBe(true);
    expect(lockFiles(path)).toEqual(['00000003.free']);
  });

  test('who acts on a double after another took the lock steps back', async () => {
    const path = join(folder(), 'handoff.json');
    const place = join(path, '..', '.baton', 'handoff.json.lock');
    const held = await heldBy(path, { pid: 1 });
    const double = { file: join(place, '00000001.free'), number: 1, owner: null };
    writeFileSync(double.file, '');
    expect(await take(place, double)).toBe(null);
    expect((await topOf(place))?.file).toBe(held);
    renameSync(held, held.replace(/held.*/, 'free'));
    expect(await isTaken(path)).toBe(true);
    expect(lockFiles(path)).toEqual(['00000003.free']);
  });

  test('a folder that holds something else than a lock is named', async () => {
    const path = join(folder(), 'handoff.json');
    const place = join(path, '..', '.baton', 'handoff.json.lock');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'notes.txt'), '');
    await expect(isTaken(path)).rejects.toMatchObject({
      code: 'lock-broken',
      message: expect.stringContaining(place),
    });
  });

  test('the longest name and a host with odd letters make a lock', async () => {
    const path = join(folder(), `${'ä'.repeat(110)}.json`);
    expect(await isTaken(path)).toBe(true);
  });
});
