/**
 * Reel names as a list's reel column holds them: eight capitals, digits or underscores in CMX3600, 32 or 129 characters in
 * wider lists. Two reels never share a name, and the same cut list always gives the same names.
 */
import { ascii } from './ascii.ts';
import { csvText } from '../sheet/csv.ts';
import type { CutList } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import type { ExportOptions } from '../export.ts';

/** AX: a source with no reel. BL: black. Neither may be a real reel's name. */
export const NO_REEL = 'AX';
export const BLACK = 'BL';
const RESERVED = [NO_REEL, BLACK];

/** A reel's name in the list, and whether it is more than the full name in capitals. */
export interface ReelName {
  short: string;
  changed: boolean;
}

/** By the reel as the sources write it, for every reel in the cut; with a loss for each that had to change. */
export function reelNames(
  list: CutList,
  width: ExportOptions['reels'] = 8,
): { names: Map<string, ReelName>; losses: Loss[] } {
  const full = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const track of list.tracks)
    for (const { source } of track.events) {
      const reel = source?.reel;
      if (reel === undefined || keys.has(reel) || !reel.trim()) continue;
      const key = reelKey(reel);
      keys.set(reel, key);
      if (!full.has(key)) full.set(key, reel.trim().normalize('NFC'));
    }
  const short = new Map<string, string>();
  const taken = new Set(RESERVED);
  // Reels that fit come first, so that a shortened one can never take the name of one that is right as it is.
  const [fitting, others] = [
    [...full.keys()].filter(fits(width)),
    [...full.keys()].filter((key) => !fits(width)(key)),
  ];
  for (const key of fitting) {
    // Wide columns keep small letters; of two spellings the first one's.
    short.set(key, width === 8 ? key : full.get(key)!);
    taken.add(key);
  }
  const losses: Loss[] = [];
  const next = new Map<string, number>();
  for (const key of others) {
    const name = freeName(key, taken, width, next);
    taken.add(name);
    short.set(key, name);
    const holds =
      width === 8
        ? 'CMX3600 holds eight capitals, digits or underscores'
        : `the column holds ${width} plain characters without spaces`;
    losses.push({
      what: 'reel',
      where: `reel ${full.get(key)!}`,
      count: 1,
      message: `reel "${full.get(key)!}" is ${name} in the list: ${holds}, and each reel its own`,
    });
  }
  const names = new Map<string, ReelName>();
  for (const [reel, key] of keys)
    names.set(reel, { short: short.get(key)!, changed: short.get(key)!.toUpperCase() !== key });
  return { names, losses };
}

/** The same reel in another case is the same reel. */
export function reelKey(reel: string): string {
  return reel.trim().normalize('NFC').toUpperCase();
}

function fits(width: number): (key: string) => boolean {
  const pattern = width === 8 ? /^[A-Z0-9_]{1,8}$/ : new RegExp(`^[A-Z0-9_.-]{1,${width}}$`);
  return (key) => pattern.test(key) && !RESERVED.includes(key);
}

/** What is left of a reel in a column so wide, before anybody tells two of them apart. `key` is in capitals. */
export function reelBase(key: string, width: number): string {
  const plain = key
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return (plain || 'REEL').slice(0, width);
}

/** `next` remembers how far the numbers of a name have gone, so that thousands of like reels take no longer each. */
function freeName(key: string, taken: Set<string>, width: number, next: Map<string, number>): string {
  const base = reelBase(key, width);
  if (!taken.has(base)) return base;
  for (let n = next.get(base) ?? 2; ; n++) {
    const name = base.slice(0, width - String(n).length - 1) + `_${n}`;
    if (taken.has(name)) continue;
    next.set(base, n + 1);
    return name;
  }
}

/** `* REEL A001C003 IS A001C003_200101_R1AB`, for each reel that goes by a shorter name. */
export function reelComments(reels: Iterable<string>, names: Map<string, ReelName>): string[] {
  const comments = new Set<string>();
  for (const reel of reels) {
    const name = names.get(reel);
    if (name?.changed) comments.add(`* REEL ${name.short} IS ${ascii(reel)}`);
  }
  return [...comments];
}

/** The same as a table that a spreadsheet opens, whole names in their own script; null where no name was changed. */
export function reelTable(names: Map<string, ReelName>, lose: (loss: Loss) => void): string | null {
  const changed = [...names].filter(([, name]) => name.changed);
  if (changed.length === 0) return null;
  const rows = changed.map(([reel, name]) => [name.short, reel]);
  return csvText(['Reel in the list', 'Reel'], rows, lose);
}
