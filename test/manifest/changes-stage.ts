/** A small reel and its changes in words, for the tests of change lists. */
import { expect } from 'vitest';
import { applyChanges, canonicalCut, changes } from '../../manifest/changes.ts';
import type { Change, ChangeWord } from '../../manifest/changes.ts';
import type { CutEvent, CutList, CutTrack } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { event, list, pictureSource, soundSource, track } from './cutlist-samples.ts';

export const copy = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

/** The list, as it would come back from a file; it must lead from the one cut to the other. */
export function arrives(before: CutList, after: CutList): Change[] {
  const said = copy(changes(before, after));
  expect(applyChanges(before, said)).toEqual(canonicalCut(after));
  return said.changes;
}

export const rate = RATES['25'];

/** Events of 50 frames each, every one of its own range of one of seven sources. */
export function row(name: string, count: number): CutTrack {
  return track(
    name,
    Array.from({ length: count }, (_, nth) => {
      const source =
        name[0] === 'V'
          ? pictureSource(`A00${nth % 7}`, rate, '10:00:00:00', { duration: 100_000 })
          : soundSource(`S${nth % 7}`, rate, '10:00:00:00', { duration: 1e9 });
      return event(source, nth * 50, 50, nth * 60, rate);
    }),
  );
}
export const reel = (count: number, ...tracks: CutTrack[]) =>
  list(rate, '01:00:00:00', [row('V1', count), ...tracks]);
export const cutTail = (each: CutEvent) =>
  Object.assign(each, { recordOut: each.recordOut - 5, sourceOut: each.sourceOut - 5 });

/** A reel of four whose second event was edited. */
export function reelWith(edit: (each: CutEvent) => void): CutList {
  const cut = reel(4);
  edit(cut.tracks[0]!.events[1]!);
  return cut;
}

export const told = <Word extends ChangeWord>(lines: Change[], what: Word) =>
  lines.filter((line): line is Extract<Change, { what: Word }> => line.what === what);
