/**
 * Who made a lock, a temporary file or a journal, and whether that process still runs. A process is its number, its
 * start time, the machine and the machine's boot: a number alone is given out again after a while.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

export interface Owner {
  pid: number;
  /** Start of the process in the kernel's ticks since boot; '' where the system does not say cheaply. */
  start: string;
  /** Eight hex digits for the machine (and container); never empty. */
  machine: string;
  /** Eight hex digits for the machine's current boot; '' where the system does not say cheaply. */
  boot: string;
  /** For people only; letters, digits and dashes, at most 40. */
  host: string;
}

/** `elsewhere`: another machine or container, whose processes cannot be asked; only age can tell. */
export type Life = 'alive' | 'dead' | 'elsewhere';

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);

function orEmpty(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

function bootName(): string {
  if (process.platform === 'linux')
    return orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  if (process.platform === 'darwin')
    return orEmpty(() =>
      execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], {
        encoding: 'utf8',
        timeout: 1000,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  return '';
}

/** From the text of /proc/PID/stat; the name that stands before these fields may hold spaces and brackets. */
function readStat(stat: string): { ended: boolean; start: string } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie answers signals for as long as its parent does not ask for it. It is dead when its last thread has
  // ended too: one may still be in the middle of a write.
  const ended = (fields[0] === 'Z' || fields[0] === 'X') && Number(fields[17]) <= 1;
  return { ended, start: fields[19] ?? '' };
}

let own: Owner | undefined;

/** This process. */
export function thisOwner(): Owner {
  if (own) return own;
  const boot = bootName();
  const space = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  const machine = orEmpty(() => readFileSync('/etc/machine-id', 'utf8'));
  own = {
    pid: process.pid,
    start: readStat(orEmpty(() => readFileSync('/proc/self/stat', 'utf8'))).start,
    machine: short([process.platform, hostname(), machine, space].join('\n')),
    boot: boot && short(boot),
    host:
      hostname()
        .replace(/[^A-Za-z0-9-]+/g, '-')
        .slice(0, 40) || 'unnamed',
  };
  return own;
}

/** Whether the owner runs. Never `dead` for a process that does: in doubt it is alive. */
export async function lifeOf(owner: Owner): Promise<Life> {
  const here = thisOwner();
  if (owner.machine !== here.machine) return 'elsewhere';
  if (owner.boot && here.boot && owner.boot !== here.boot) return 'dead';
  if (owner.pid === here.pid) return owner.start === here.start ? 'alive' : 'dead';
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'dead' : 'alive';
  }
  if (!owner.start) return 'alive';
  try {
    const { ended, start } = readStat(await readFile(`/proc/${owner.pid}/stat`, 'utf8'));
    return ended || start !== owner.start ? 'dead' : 'alive';
  } catch {
    return 'alive';
  }
}

/** The owner as part of a file name: `4711.88231.ab12cd34.99ff0011.EDIT-07`. */
export function ownerTag(owner: Owner): string {
  return [owner.pid, owner.start, owner.machine, owner.boot, owner.host].join('.');
}

/** Matches what `ownerTag` writes; five groups. */
export const OWNER_TAG = String.raw`(\d+)\.(\d*)\.([0-9a-f]{8})\.([0-9a-f]{8}|)\.([A-Za-z0-9-]{1,40})`;

/** An owner from the five groups of `OWNER_TAG`. */
export function ownerFrom(groups: readonly (string | undefined)[]): Owner {
  const [pid = '0', start = '', machine = '', boot = '', host = ''] = groups;
  return { pid: Number(pid), start, machine, boot, host };
}
