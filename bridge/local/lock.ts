/**
 * One writer at a time, over processes and machines. A live owner is waited for, however busy it is; a dead one's lock
 * is broken at once, and never by two. How the lock lies on the disk is in lock-folder.ts.
 */
import { realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { followLink } from './atomic.ts';
import { plant, release, take, topOf, touch, type LockFile } from './lock-folder.ts';
import { LockWatch, REFRESH_EVERY, STALE_ELSEWHERE } from './lock-watch.ts';
import { lifeOf } from './owner.ts';
import { stateFolder } from './state-folder.ts';
import { isRefusal, StoreError, storeError } from './store-error.ts';

/** How long one waits for a live owner, in milliseconds. */
export const PATIENCE = 30_000;

/** Milliseconds between two looks at a lock: at first, and at last. */
const QUICK = 3;
const SLOW = 60;

export interface HeldLock {
  /** Throws StoreError `lock-lost` if somebody took the lock away; to be called just before committing. */
  verify(): Promise<void>;
}

/** The end of this process's own queue, by path: its writers come in order. By another spelling the disk decides. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while holding the lock of the file `path`, which need not exist. Throws StoreError `locked` after
 * waiting `patience` milliseconds for one live owner. `work` must not ask for the same lock again.
 */
export async function withLock<T>(
  path: string,
  work: (lock: HeldLock) => Promise<T>,
  patience: number = PATIENCE,
): Promise<T> {
  const key = resolve(path);
  const turn = (queues.get(key) ?? Promise.resolve()).then(async () => {
    const mine = await acquire(await lockFolder(path), path, patience);
    const refresh = setInterval(() => void touch(mine).catch(() => {}), REFRESH_EVERY);
    try {
      return await work({ verify: () => verify(mine, path) });
    } finally {
      clearInterval(refresh);
      await release(mine);
    }
  });
  const settled = turn.catch(() => {});
  queues.set(key, settled);
  try {
    return await turn;
  } finally {
    if (queues.get(key) === settled) queues.delete(key);
  }
}

/** `.baton/NAME.lock` beside the real file, by whichever link or spelling of its folder it was asked for. */
async function lockFolder(path: string): Promise<string> {
  const target = await followLink(resolve(path));
  const folder = await stateFolder(target);
  return join(await realpath(folder), `${basename(target)}.lock`);
}

async function acquire(folder: string, path: string, patience: number): Promise<string> {
  const began = performance.now();
  const watch = new LockWatch();
  let plants = 0;
  for (let pause = QUICK; ; pause = Math.min(pause * 1.5, SLOW)) {
    const top = await topOf(folder);
    if (top) {
      plants = 0;
      // It goes from hand to hand just now: look often, or one busy writer takes it back every time.
      if (watch.see(top)) pause = QUICK;
      const life = top.owner && (await lifeOf(top.owner));
      if (!life || life === 'dead' || (await watch.isStale(life))) {
        const mine = await take(folder, top);
        if (mine) return mine;
      }
      // A dead owner elsewhere is known by age only: waiting ends after that age, not before.
      const wait = life === 'elsewhere' ? Math.max(patience, STALE_ELSEWHERE + 5_000) : patience;
      // A lock that goes from writer to writer is no reason to give up, unless one is passed over for ever.
      if (watch.waited() > wait || performance.now() - began > 10 * wait) throw occupied(top, path, began);
    } else {
      if (++plants > 50) throw broken(folder);
      await plant(folder);
      pause = QUICK;
    }
    await new Promise((wake) => setTimeout(wake, pause * (0.5 + Math.random())));
  }
}

async function verify(mine: string, path: string): Promise<void> {
  await touch(mine).catch((error: unknown) => {
    if (!isRefusal(error, 'ENOENT', 'ENOTDIR', 'ESTALE')) throw storeError(error, path);
    throw new StoreError(
      'lock-lost',
      `${path} was not written: its lock ${mine} was taken away, because this process did not answer for too long or the folder was removed. Try again.`,
    );
  });
}

function occupied(top: LockFile, path: string, began: number): StoreError {
  const seconds = Math.round((performance.now() - began) / 1000);
  const who = top.owner ? `process ${top.owner.pid} on ${top.owner.host}` : 'one process after another';
  return new StoreError(
    'locked',
    `${path} is being written by ${who}; waited ${seconds} s. If that process hangs, end it, and its lock ends with it: ${top.file}`,
  );
}

function broken(folder: string): StoreError {
  return new StoreError(
    'lock-broken',
    `${folder} holds no lock and cannot be made anew, because something else lies in it. Remove that folder while nothing writes.`,
  );
}
