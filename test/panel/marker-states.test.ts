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
  expect(placelessNotes(handoff, [])).toBe(rows.filter(({ place }) => isPlaceless(place)).length);
});

it('a note is placed where one clip of its row takes it, and asks for nothing once its row was let stand', () => {
  const handoff = smallHandoff();
  const noted = handoff.log.entries.filter(({ notes }) => notes.length > 0);
  const lost = noted.find(({ clips }) => clips.length === 0)!;
  const before = placelessNotes(handoff, []);
  expect(before).toBeGreaterThan(0);
  const issue = { severity: 'warning' as const, clips: [], message: '' };
  const at = `${lost.sheet} row ${lost.row}`;
  expect(placelessNotes(handoff, [{ ...issue, code: 'log-row-no-clip', at }])).toBe(
    before - lost.notes.length,
  );
  expect(placelessNotes(handoff, [{ ...issue, code: 'log-row-twice', at }])).toBe(before);
  const other = noted.find(({ clips }) => clips.length > 0)!;
  lost.clips = [...other.clips];
  expect(placelessNotes(handoff, [])).toBe(0);
});

it('a note whose timecode is no address of its clip has no place, and says the rule', () => {
  const handoff = smallHandoff();
  handoff.log.entries[0]!.notes[0]!.timecode = 'half way';
  const [row] = markerRows(handoff, null, null);
  expect(row!.place).toBe('no-place');
  expect(row!.why).not.toBe('');
});
