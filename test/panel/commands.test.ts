/** What the panel's commands do to the state, the desk and the editor. */
import { describe, expect, it } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import { COMMANDS } from '../../panel/commands/index.ts';
import { stepSays } from '../../panel/steps.ts';
import { memoryDesk, memoryEditor, smallSequence, world } from './fixture.ts';

describe('refresh', () => {
  it('reads manifest and project, and works out issues, verdicts and the plan', async () => {
    const { store, runner, editor } = world();
    await runner.run('refresh');
    const state = store.get();
    expect(state.opened?.handoff?.production.title).toBe('Harbour');
    expect(state.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(state.verdicts.map((verdict) => verdict.verdict)).toEqual(['mos', 'no-sound']);
    expect(state.plan!.steps.length).toBeGreaterThan(0);
    expect(state.lastRead).toBe('12:04');
    expect(state.work).toBeNull();
    expect(editor.calls).toEqual([]);
  });

  it('while the project is first read no step says that there is none', async () => {
    const { store, runner, editor } = world();
    const snapshot = editor.snapshot;
    let go = () => {};
    let asked = false;
    editor.snapshot = async () => {
      asked = true;
      await new Promise<void>((resolve) => (go = resolve));
      return snapshot();
    };
    const reading = runner.run('refresh');
    await until(() => asked);
    expect(stepSays('bins', store.get()).word).toBe('Reading…');
    go();
    await reading;
    expect(stepSays('bins', store.get()).word).toBe('Needs you');
  });

  it('an editor with no project open is a state with its reason, not a failure', async () => {
    const editor = memoryEditor();
    editor.closed = true;
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    expect(store.get()).toMatchObject({
      failure: null,
      editorAbsent: 'No project is open.',
      plan: null,
      lastRead: '',
    });
    expect(store.get().verdicts).toHaveLength(2);
    expect(stepSays('bins', store.get())).toMatchObject({ word: 'Blocked', detail: 'no project' });
  });

  it('without any editor the handoff is still read', async () => {
    const { store, runner } = world({ editor: null });
    await runner.run('refresh');
    expect(store.get().opened?.handoff).not.toBeNull();
    expect(store.get().editorAbsent).toContain('No editor was found');
  });

  it('a wire that fails is shown with what was tried and what to do', async () => {
    const editor = memoryEditor();
    editor.snapshot = () => Promise.reject(new HostError('timeout', 'snapshot', 'Premiere did not answer'));
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    expect(store.get().failure).toEqual({
      what: 'Refresh',
      message: 'Premiere did not answer',
      fix: 'Look whether the editor waits for an answer in a dialog, then press Refresh.',
    });
    expect(store.get().work).toBeNull();
  });

  it('a manifest that cannot be read leaves its issues to be seen', async () => {
    const desk = memoryDesk();
    const issue = {
      code: 'manifest-not-json',
      severity: 'error' as const,
      at: 'line 1',
      clips: [],
      message: 'no',
    };
    desk.open = (path) =>
      Promise.resolve({ path, handoff: null, issues: [issue], roots: {}, facts: {}, files: {} });
    const { store, runner } = world({ desk });
    await runner.run('refresh');
    expect(store.get()).toMatchObject({ issues: [issue], verdicts: [], plan: null, hash: '' });
  });
});

describe('apply', () => {
  it("makes the plan's changes, records the receipt, and then nothing is left to do", async () => {
    const { store, runner, desk, editor } = world();
    await runner.run('refresh');
    const planned = store.get().plan!.steps.length;
    await runner.run('apply');
    const { receipt, plan } = store.get();
    expect(receipt!.steps.map((step) => step.result)).toEqual(
      Array.from({ length: planned }, () => 'verified'),
    );
    expect(editor.project.items.map((item) => item.bin)).toEqual([
      ['Scenes', '07', 'Take 01'],
      ['Scenes', '07', 'Take 02'],
    ]);
    expect(desk.records).toEqual([{ kind: 'import', at: receipt!.at, receipt }]);
    expect(plan!.steps).toEqual([]);
    expect(COMMANDS.find((each) => each.id === 'apply')!.when(store.get())).toBe(
      'There is nothing to change',
    );
  });

  it('a project that changed since it was read gets a new plan and no write', async () => {
    const { store, runner, desk, editor } = world();
    await runner.run('refresh');
    editor.project.bins.push({ id: 'b', path: ['Scenes'] });
    await runner.run('apply');
    expect(editor.calls).toEqual([]);
    expect(desk.records).toEqual([]);
    expect(store.get().notice).toContain('nothing was applied');
    await runner.run('apply');
    expect(store.get().plan!.steps).toEqual([]);
  });

  it('cancel while it still plans ends it before anything is applied or taken back, and says so', async () => {
    const { store, runner, editor, desk } = world();
    await runner.run('refresh');
    const stopped = async (id: string) => {
      const running = runner.run(id);
      await runner.run('cancel');
      await running;
      expect(store.get()).toMatchObject({ work: null, failure: null, receipt: null });
      return store.get().notice;
    };
    const { plan } = store.get();
    expect(await stopped('apply')).toMatch(/nothing was applied/);
    expect(store.get().plan).toBe(plan);
    expect([editor.calls, desk.records]).toEqual([[], []]);
    await runner.run('apply');
    const applied = [editor.calls.length, desk.records.length];
    await runner.run('plan-revert');
    const { reverting } = store.get();
    expect(await stopped('revert')).toMatch(/nothing was taken back/);
    expect(store.get().reverting).toBe(reverting);
    expect([editor.calls.length, desk.records.length]).toEqual(applied);
  });

  it('cancel ends it after the chunk in hand; the rest stays planned', async () => {
    const { store, runner, editor } = world();
    await runner.run('refresh');
    let go = () => {};
    editor.hold = () => new Promise((resolve) => (go = resolve));
    const applying = runner.run('apply');
    await until(() => editor.calls.length === 1);
    expect(store.get().work).toMatchObject({ command: 'apply', stopping: false });
    await runner.run('cancel');
    expect(store.get().work).toMatchObject({ stopping: true });
    go();
    await applying;
    const results = store.get().receipt!.steps.map((step) => step.result);
    expect(editor.calls).toHaveLength(1);
    expect(results.filter((result) => result === 'verified')).toHaveLength(editor.calls[0]!.length);
    expect(results.at(-1)).toBe('skipped');
    expect(store.get().plan!.steps).toHaveLength(results.filter((result) => result === 'skipped').length);

    // It is said to have been broken off until the rest is made, and not again once all of it is taken back.
    expect(store.get().interrupted?.id).toBe(store.get().receipt!.id);
    editor.hold = () => Promise.resolve();
    await runner.run('apply');
    expect(store.get().interrupted).toBeNull();
    await runner.run('plan-revert');
    expect(store.get().reverting!.receipts).toHaveLength(2);
    await runner.run('revert');
    expect(editor.project.items.map((item) => item.bin)).toEqual([['_Reverted'], ['_Reverted']]);
    expect(store.get().tookBack).toBe(true);
    await runner.run('refresh');
    expect(store.get().tookBack).toBe(false);
    expect(store.get().plan!.steps.length).toBeGreaterThan(0);
    expect(store.get().interrupted).toBeNull();
  });

  it('a failed step stands in the receipt with its reason, and stays planned', async () => {
    const { store, runner, editor } = world();
    await runner.run('refresh');
    editor.instead = (step) =>
      step.kind === 'set-label' ? { id: step.id, result: 'failed', reason: 'the item is locked' } : null;
    await runner.run('apply');
    const failed = store.get().receipt!.steps.filter((step) => step.result === 'failed');
    expect(failed.map((step) => step.reason)).toEqual(failed.map(() => 'the item is locked'));
    expect(failed.length).toBeGreaterThan(0);
    expect(store.get().plan!.steps.map((step) => step.kind)).toEqual(failed.map(() => 'set-label'));
  });

  it('a second command does not start while one is at work', async () => {
    const { store, runner, editor } = world();
    await runner.run('refresh');
    let go = () => {};
    editor.hold = () => new Promise((resolve) => (go = resolve));
    const applying = runner.run('apply');
    await until(() => editor.calls.length === 1);
    await runner.run('refresh');
    expect(store.get().work!.command).toBe('apply');
    expect(store.get().said).toBe('Something is being done');
    editor.hold = () => Promise.resolve();
    go();
    await applying;
  });
});

describe('export', () => {
  it('writes the sequence in the chosen formats under the chosen name, and the step is done', async () => {
    const editor = memoryEditor();
    editor.cut = smallSequence();
    const { store, runner, desk } = world({ editor });
    await runner.run('refresh');
    store.change((state) => {
      state.cut = { ...state.cut, formats: ['edl'], name: '  Scene 7 v2 ', lock: true };
    });
    await runner.run('export-cut');
    expect(desk.cuts).toHaveLength(1);
    expect(desk.cuts[0]).toMatchObject({ formats: ['edl'], name: 'Scene 7 v2', lock: true });
    expect(desk.cuts[0]!.cutList.tracks[0]!.events).toHaveLength(1);
    expect(store.get().written!.files).toHaveLength(1);
    expect(store.get().opened!.handoff!.history.at(-1)).toMatchObject({ kind: 'cut', lock: true });
  });

  it("without a name it is the sequence's own with the next version", async () => {
    const editor = memoryEditor();
    editor.cut = smallSequence();
    const { runner, desk } = world({ editor });
    await runner.run('refresh');
    await runner.run('export-cut');
    expect(desk.cuts[0]!.name).toBe('Scene 7 V01');
  });

  it('with no sequence or no format it says why it cannot', async () => {
    const { store, runner } = world();
    const when = () => COMMANDS.find((each) => each.id === 'export-cut')!.when(store.get());
    expect(when()).toBe('Open a handoff first');
    await runner.run('refresh');
    expect(when()).toBe('No sequence is open');
  });
});

describe('choose-sequence', () => {
  it('reads the chosen sequence and works out its cut list; what was written of another is put away', async () => {
    const editor = memoryEditor();
    editor.cut = smallSequence();
    const { store, runner } = world({ editor });
    await runner.run('refresh');
    await runner.run('export-cut');
    const asked: (string | undefined)[] = [];
    editor.sequence = (id) => {
      asked.push(id);
      return Promise.resolve({ ...smallSequence(), id: 's2', name: 'Scene 8' });
    };
    store.change((state) => {
      state.cut.sequence = 's2';
    });
    await runner.run('choose-sequence');
    expect(asked).toEqual(['s2']);
    expect(store.get().cutList!.value.name).toBe('Scene 8');
    expect(store.get().written).toBeNull();
  });
});

describe('copy report', () => {
  it('counts everything and names no file, take or person', async () => {
    const editor = memoryEditor();
    editor.instead = (step) =>
      step.kind === 'import'
        ? {
            id: step.id,
            result: 'failed',
            reason: `Premiere cannot open ${step.target.file} at ${step.target.path} or /Volumes/Secret/x.mov: "M. Reyes"`,
          }
        : null;
    const { runner, copied } = world({ editor });
    await runner.run('refresh');
    await runner.run('apply');
    await runner.run('copy-report');
    expect(copied).toHaveLength(1);
    expect(copied[0]).toContain('Editor: premiere 25.0 through stand-in');
    expect(copied[0]).toContain('picture 2');
    expect(copied[0]).toMatch(/Receipt: .*failed 2/);
    for (const secret of ['Secret', 'A001', 'Reyes', 'Harbour', 'Focus', '/shoot'])
      expect(copied[0]).not.toContain(secret);
  });
});

it('every command has a label, and one that takes time says what it does', () => {
  expect(new Set(COMMANDS.map((each) => each.id)).size).toBe(COMMANDS.length);
  for (const command of COMMANDS) expect([command.id, command.label.length > 0]).toEqual([command.id, true]);
});

async function until(test: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !test(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(test()).toBe(true);
}
