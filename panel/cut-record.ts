/** The cuts in a manifest's history, the name of the next one, and what was lost, by kind. */
import type { CutFile } from '../bridge/desk.ts';
import type { HistoryRecord } from '../manifest/documents/handoff.ts';
import type { Loss } from '../manifest/documents/issue.ts';

export interface CutRecord {
  at: string;
  name: string;
  sequence: string;
  lock: boolean;
  files: CutFile[];
}

/** Newest first. A record of another shape than Baton writes is passed over. */
export function cutRecords(history: readonly HistoryRecord[]): CutRecord[] {
  return history
    .flatMap((record): CutRecord[] => {
      const { kind, at, name, sequence, lock, files } = record;
      if (kind !== 'cut' || typeof name !== 'string' || !Array.isArray(files)) return [];
      const known = (files as Partial<CutFile>[]).filter(
        (file): file is CutFile =>
          typeof file.path === 'string' && typeof file.hash === 'string' && typeof file.format === 'string',
      );
      const of = typeof sequence === 'string' ? sequence : name;
      return [{ at, name, sequence: of, lock: lock === true, files: known }];
    })
    .reverse();
}

const VERSION = /[ _-]*v(\d+)$/i;

/** `Reel 1 V01`, then `Reel 1 V02`. A sequence that carries a version in its name keeps it while nothing was exported as that. */
export function proposedName(sequence: string, history: readonly HistoryRecord[]): string {
  const base = sequence.replace(VERSION, '') || sequence;
  const own = Number(VERSION.exec(sequence)?.[1] ?? 1);
  const taken = cutRecords(history)
    .filter(({ name }) => name.replace(VERSION, '') === base)
    .map(({ name }) => Number(VERSION.exec(name)?.[1] ?? 1));
  const version = taken.length === 0 ? own : Math.max(own, Math.max(...taken) + 1);
  return `${base} V${String(version).padStart(2, '0')}`;
}

/** Of a cut's files the one that says most: what a comparison should read. */
const TELLING = ['xmeml', 'fcpxml', 'otio', 'edl'];

export function tellingFile({ files }: CutRecord): CutFile | null {
  for (const format of TELLING) {
    const file = files.find((each) => each.format === format);
    if (file) return file;
  }
  return null;
}

export interface LossKind {
  what: string;
  count: number;
  message: string;
  places: string[];
}

/** Losses of one kind in one format as one line, with the places of all of them; the most first. */
export function lossKinds(losses: readonly Loss[]): LossKind[] {
  const kinds = new Map<string, LossKind>();
  for (const { what, count, message, where, format = '' } of losses) {
    // Each format has a reason of its own.
    const key = `${format} ${what}`;
    const kind = kinds.get(key);
    if (kind) {
      kind.count += count;
      kind.places.push(where);
    } else kinds.set(key, { what, count, message, places: [where] });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}
