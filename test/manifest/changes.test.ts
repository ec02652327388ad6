import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, canonicalCut, changes, countChanges } from '../../manifest/changes.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { anyEdit, edited } from './changes-mutations.ts';
import { event, filmCut, list, pictureSource, track } from './cutlist-samples.ts';

const everything = { mixed: true, transitions: true, retimes: true, made: true, markers: true };
const anyCut = anyCutList(everything);

function arrives(before: CutList, after: CutList): void {
  const said = JSON.parse(JSON.stringify(changes(before, after))) as ReturnType<typeof changes>;
  expect(applyChanges(before, said)).toEqual(canonicalCut(after));
}

describe('a change list', () => {
  it('applied to the old cut gives the new one, whatever the two are', () => {
    fc.assert(
      fc.property(anyCut, anyCut, (before, after) => arrives(before, after)),
      { numRuns: 400 },
    );
  });

  it('applied to the old cut gives the new one after any edits', () => {
    fc.assert(
      fc.property(anyCut, fc.array(anyEdit, { minLength: 1, maxLength: 6 }), (before, edits) =>
        arrives(before, edits.reduce(edited, before)),
      ),
      { numRuns: 2000 },
    );
  });

  it('is empty for a cut and itself, whatever its ids and link numbers', () => {
    fc.assert(
      fc.property(anyCut, fc.array(anyEdit, { maxLength: 3 }), (cut, edits) => {
        const before = edits.reduce(edited, cut);
        const after = JSON.parse(JSON.stringify(before)) as CutList;
        after.tracks.reverse();
        for (const { events } of after.tracks)
          for (const each of events) {
            each.id = `x${each.id}`;
            if (each.link !== undefined) each.link = 1000 - each.link;
          }
        expect(changes(before, after).changes).toEqual([]);
      }),
    );
  });
});
