/** What the panel says about each step, the sign-off, issues and notes. */
import { describe, expect, it } from 'vitest';
import { handoffHash } from '../../manifest/canonical.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { isUnsynced } from '../../manifest/documents/sync.ts';
import { issueRows } from '../../panel/issue-rows.ts';
import { markerRows } from '../../panel/marker-rows.ts';
import { whole } from '../../panel/parts.ts';
import { signOffSays, stepSays } from '../../panel/steps.ts';
import { isOfVerdict } from '../../panel/standing.ts';
import { initialState, STEPS, type PanelState } from '../../panel/state.ts';
import { counted } from '../../panel/words.ts';
import { smallHandoff, smallSequence, world, memoryEditor } from './fixture.ts';

function said(state: PanelState): Record<string, string> {
  return Object.fromEntries(
    STEPS.map((step) => [step, `${stepSays(step, state).word}: ${stepSays(step, state).detail}`]),
  );
}

describe('steps', () => {
  it('before anything is open every step is blocked', () => {
    expect(Object.values(said(initialState())).every((words) => words === 'Blocked: no handoff')).toBe(true);
  });

  it('a handoff just read says what needs a person', async () => {
    const { store, runner } = world();
    await runner.run('refresh');
    const words = said(store.get());
    expect(words['handoff']).toMatch(/^Needs you: \d+ (error|warning)s?$/);
    expect(words['bins']).toBe(`Needs you: ${store.get().plan!.steps.length} changes`);
    expect(words['sync']).toBe('Needs you: 1 unsynced');
    expect(words['markers']).toBe('Needs you: 2 to write');
    expect(words['cut']).toBe('Blocked: no sequence');
  });

  it('an unsynced clip that was let stand asks for nothing, until something else of it is open', async () => {
    const { store, runner } = world();
    await runner.run('refresh');
    const before = store.get();
    const { clip } = before.verdicts.find(({ verdict }) => isUnsynced(verdict))!;
    const own = before.issues.filter((issue) => isOfVerdict(issue, clip));
    const waived = own.map((issue) => ({
      ...issue,
      waived: { reason: 'Known', at: '2026-03-15T09:00:00Z' },
    }));
    expect(own).not.toEqual([]);
    const stands = said({ ...before, issues: [], waived });
    expect(stands['sync']).toBe('Done: 1 let stand');
    expect(stands['handoff']).toBe(`Done: ${waived.length} let stand`);
    expect(said({ ...before, issues: own, waived })['sync']).toBe('Needs you: 1 unsynced');
    expect(said({ ...before, issues: [] })['sync']).toBe('Needs you: 1 unsynced');
  });

  it('after applying and exporting bins, markers and cut are done', async () => {
    const editor = memoryEditor();
    editor.cut = smallSequence();
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    expect(said(store.get())['cut']).toBe('Needs you: not exported');
    await runner.run('apply');
    await runner.run('export-cut');
    expect(said(store.get())).toMatchObject({
      bins: 'Done: nothing to change',
      markers: 'Needs you: 1 unplaced',
      cut: 'Done: exported',
    });
  });
});

describe('sign-off', () => {
  const state = (signOff?: { by: string; at: string; hash: string }): PanelState => {
    const handoff = { ...smallHandoff(), ...(signOff ? { signOff } : {}) };
    const opened = { path: '/x', handoff, issues: [], roots: {}, facts: {}, files: {} };
    return { ...initialState('/x'), opened, hash: handoffHash(handoff) };
  };
  const hash = handoffHash(smallHandoff());

  it('is by whom, or not at all', () => {
    expect(signOffSays(state()).word).toBe('Not signed off');
    expect(signOffSays(state({ by: 'A. Lund', at: '2026-03-15T09:00:00Z', hash })).word).toBe(
      'Signed off by A. Lund',
    );
  });

  it('of another delivery is said to be out of date', () => {
    const words = signOffSays(state({ by: 'A. Lund', at: '2026-03-15T09:00:00Z', hash: 'f'.repeat(64) }));
    expect(words).toEqual({ word: 'Changed since A. Lund signed', tone: 'attention' });
  });
});

describe('issues', () => {
  const issue = (severity: Issue['severity'], code: string, message: string): Issue => ({
    severity,
    code,
    message,
    at: 'clips[0]',
    clips: [],
  });
  const issues = [
    issue('note', 'b', 'one'),
    issue('warning', 'a', 'two'),
    issue('error', 'c-d', 'three'),
    ...Array.from({ length: 4 }, (_, index) => issue('error', 'many', `nth ${index}`)),
  ];

  it('are grouped by code, errors first, and a large group starts closed', () => {
    const rows = whole(issueRows(issues, { toggled: {}, filter: '' }));
    expect(
      rows.map((row) =>
        row.kind === 'group' ? `${row.severity} ${row.title} ${row.count} ${row.open}` : row.issue.message,
      ),
    ).toEqual([
      'error C d 1 true',
      'three',
      'error Many 4 false',
      'warning A 1 true',
      'two',
      'note B 1 true',
      'one',
    ]);
  });

  it('a filter opens what it finds', () => {
    const rows = whole(issueRows(issues, { toggled: {}, filter: 'nth 2' }));
    expect(rows.map((row) => row.kind)).toEqual(['group', 'issue']);
  });
});

describe('notes', () => {
  it('say whether they are to add, in the project, or of a take that never came', async () => {
    const { store, runner } = world();
    await runner.run('refresh');
    const rows = () => markerRows(store.get().opened!.handoff!, store.get().plan, store.get().project);
    expect(rows().map(({ take, at, text, place }) => [take, at, text, place])).toEqual([
      ['7/1 A', '01:00:00:00', 'M. Reyes: Best one', 'to-add'],
      ['7/2 A', '02:00:00:00', 'M. Reyes: Focus late', 'to-add'],
      ['7/3', '', 'Was never copied', 'no-clip'],
    ]);
    expect(rows()[2]!.why).toContain('log.csv row 4');
    await runner.run('apply');
    expect(rows().map((row) => row.place)).toEqual(['there', 'there', 'no-clip']);
  });

  it('with no editor nothing is said to be planned', () => {
    expect(markerRows(smallHandoff(), null, null).map((row) => row.place)).toEqual([
      'waiting',
      'waiting',
      'no-clip',
    ]);
  });

  it('a note past the end of its clip is shown with the reason', () => {
    const handoff = smallHandoff();
    handoff.log.entries[0]!.notes[0]!.offset = 9999;
    const row = markerRows(handoff, null, null).find((each) => each.place === 'outside')!;
    expect(row.why).toContain('outside the clip');
  });
});

it('one is singular and a thousand has its comma', () => {
  expect([counted(1, 'change'), counted(143, 'change'), counted(1200, 'change')]).toEqual([
    '1 change',
    '143 changes',
    '1,200 changes',
  ]);
});
