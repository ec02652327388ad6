/** What one waiter has seen of a lock: how long he has waited for its owner, and whether the owner stopped refreshing it. */
import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { tempName } from './atomic.ts';
import type { LockFile } from './lock-folder.ts';
import type { Life } from './owner.ts';

/** Owners refresh their file this often, in milliseconds… */
export const REFRESH_EVERY = 5_000;
/** …and count as dead when they have not for this long: on this machine, where the process is seen to run, and elsewhere. */
const STALE_HERE = 10 * 60_000;
export const STALE_ELSEWHERE = 60_000;
/** A file must have stood unchanged for this many looks and milliseconds before its age is believed. */
const LOOKS = 10;
const LOOKED_FOR = 1_000;

export class LockWatch {
  private file = '';
  private firstSeen = 0;
  private changed = -1;
  private unchangedSince = 0;
  private lastLook = 0;
  private looks = 0;

  /** Tells the watch which file is the lock now; whether it is another one than before. */
  see(top: LockFile): boolean {
    if (top.file === this.file) return false;
    this.file = top.file;
    this.firstSeen = performance.now();
    this.changed = -1;
    return true;
  }

  /** Milliseconds since this very owner was first seen. */
  waited(): number {
    return performance.now() - this.firstSeen;
  }

  /** Whether the lock has gone unrefreshed for longer than its owner is allowed. */
  async isStale(life: Life): Promise<boolean> {
    const changed = (await stat(this.file).catch(() => null))?.mtimeMs;
    if (changed === undefined) return false;
    const now = performance.now();
    // A long gap between two looks: this machine slept, and so may have the owner, who refreshes when he wakes.
    if (changed !== this.changed || now - this.lastLook > LOOKED_FOR) {
      this.changed = changed;
      this.unchangedSince = now;
      this.looks = 0;
    }
    this.lastLook = now;
    if (++this.looks < LOOKS || now - this.unchangedSince < LOOKED_FOR) return false;
    this.looks = 0;
    return (
      (await volumeNow(dirname(this.file))) - changed > (life === 'alive' ? STALE_HERE : STALE_ELSEWHERE)
    );
  }
}

/** Now, by the clock of the volume: a server's may differ from ours by minutes. 0 where it cannot be asked. */
async function volumeNow(lockFolder: string): Promise<number> {
  const probe = tempName(dirname(lockFolder), 'clock');
  try {
    await writeFile(probe, '.');
    return (await stat(probe)).mtimeMs;
  } catch {
    return 0;
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}
