/**
 * Reel names as CMX3600 holds them: eight capitals, digits or underscores. Two reels never share a name, and the same cut
 * list always gives the same names.
 */
import type { CutList } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';

/** AX: a source with no reel. BL: black. Neither may be a real reel's name. */
export const NO_REEL = 'AX';
const RESERVED = [NO_REEL, 'BL'];
const WIDTH = 8;

/** A reel's name in the list, and whether it is more than the full name in capitals. */
export interface ReelName {
  short: string;
  changed: boolean;
}

/** By the reel as the sources write it, for every reel in the cut; with a loss for each that had to change. */
export function reelNames(list: CutList): { names: Map<string, ReelName>; losses: Loss[] } {
  const full = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const track of list.tracks)
    for (const { source } of track.events) {
      const reel = source?.reel;
      if (!reel?.trim() || keys.has(reel)) continue;
      const key = reelKey(reel);
      keys.set(reel, key);
      if (!full.has(key)) full.set(key, reel);
    }
  const short = new Map<string, string>();
  const taken = new Set(RESERVED);
  // Reels that fit come first, so that a shortened one can never take the name of one that is right as it is.
  const [fitting, others] = [[...full.keys()].filter(fits), [...full.keys()].filter((key) => !fits(key))];
  for (const key of fitting) {
    short.set(key, key);
    taken.add(key);
  }
  const losses: Loss[] = [];
  for (const key of others) {
    const name = freeName(key, taken);
    taken.add(name);
    short.set(key, name);
    losses.push({
      what: 'reel',
      where: `reel ${full.get(key)!}`,
      count: 1,
      message: `reel "${full.get(key)!}" is ${name} in the list: CMX3600 holds eight capitals, digits or underscores, and each reel its own`,
    });
  }
  const names = new Map<string, ReelName>();
  for (const [reel, key] of keys)
    names.set(reel, { short: short.get(key)!, changed: short.get(key) !== key });
  return { names, losses };
}

/** The same reel in another case is the same reel. */
function reelKey(reel: string): string {
  return reel.trim().normalize('NFC').toUpperCase();
}

function fits(key: string): boolean {
  return /^[A-Z0-9_]{1,8}$/.test(key) && !RESERVED.includes(key);
}

function freeName(key: string, taken: Set<string>): string {
  const plain = key
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const base = plain || 'REEL';
  if (!taken.has(base.slice(0, WIDTH))) return base.slice(0, WIDTH);
  for (let n = 2; ; n++) {
    const name = base.slice(0, WIDTH - String(n).length - 1) + `_${n}`;
    if (!taken.has(name)) return name;
  }
}
