/** Where a note stands once the editor has been at it: changed, deleted, or without a place, each as its own state. */
import { expect, it } from 'vitest';
import { isPlaceless, markerRows, placelessNotes } from '../../panel/marker-rows.ts';
import { smallHandoff, world } from './fixture.ts';

it('a marker changed in the editor and one deleted there are told apart, and neither is written again', async () => {
  const { store, runner, editor } = world();
  await runner.run('refresh');
  await runner.run('apply');
  const [first, second] = editor.project.items;
  first!.markers[0] = { ...first!.markers[0]!, comment: 'My own words' };
  second!.markers = [];
  await runner.run('refresh');
  const { opened, plan, project } = store.get();
  const rows = markerRows(opened!.handoff!, plan, project);
  expect(rows.map(({ place }) => place)).toEqual(['changed', 'deleted', 'no-clip']);
  expect(rows[0]!.why).toContain('My own words');
  expect(plan!.steps.filter(({ kind }) => kind.endsWith('-marker'))).toEqual([]);
});

it('every note is one row, with the frame to jump to unless it has no place', () => {
  const handoff = smallHandoff();
  handoff.log.entries[0]!.notes[0]!.timecode = '01:00:02:00';
  handoff.log.entries[1]!.notes[0]!.offset = 240;
  const rows = markerRows(handoff, null, null);
  expect(rows.map(({ place, jump }) => [place, jump?.frame])).toEqual([
    ['waiting', 48],
    ['outside', undefined],
    ['no-clip', undefined],
  ]);
  expect(placelessNotes(handoff)).toBe(rows.filter(({ place }) => isPlaceless(place)).length);
});

it('a note whose timecode is no address of its clip has no place, and says the rule', () => {
  const handoff = smallHandoff();
  handoff.log.entries[0]!.notes[0]!.timecode = 'half way';
  const [row] = markerRows(handoff, null, null);
  expect(row!.place).toBe('no-place');
  expect(row!.why).not.toBe('');
});
