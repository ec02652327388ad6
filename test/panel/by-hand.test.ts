/** What a person changes in the panel: the handoff with undo and redo, how bins are laid out, and taking an import back. */
import { describe, expect, it } from 'vitest';
import { issueKey } from '../../manifest/waivers.ts';
import type { Flag } from '../../manifest/plan/flags.ts';
import type { Change, Store } from '../../panel/state.ts';
import { memoryDesk, memoryEditor, world } from './fixture.ts';

const mos: Change = { label: 'MOS: A001C002', edits: [{ edit: 'sound-kind', clip: 'c2', to: 'mos' }] };

async function ready(options: Parameters<typeof world>[0] = {}) {
  const made = world(options);
  await made.runner.run('refresh');
  const edit = async (change: Change) => {
    toEdit(made.store, change);
    await made.runner.run('edit');
  };
  return { ...made, edit };
}

function toEdit(store: Store, change: Change) {
  store.change((state) => {
    state.toEdit = change;
  });
}

describe('edit', () => {
  it('writes the handoff, and what follows from it is shown', async () => {
    const { store, edit } = await ready();
    await edit(mos);
    expect(store.get().opened!.handoff!.clips[1]!.soundKind).toBe('mos');
    expect(store.get().verdicts.map(({ verdict }) => verdict)).toEqual(['mos', 'mos']);
    expect(store.get().undo.map(({ label }) => label)).toEqual(['MOS: A001C002']);
  });

  it('undo gives back what stood there, redo the change, however often', async () => {
    const { store, runner, edit, desk } = await ready();
    const before = structuredClone(desk.handoff.clips);
    await edit(mos);
    for (let round = 0; round < 3; round++) {
      await runner.run('undo');
      expect(desk.handoff.clips).toEqual(before);
      await runner.run('redo');
      expect(desk.handoff.clips[1]!.soundKind).toBe('mos');
    }
    expect(store.get()).toMatchObject({ redo: [], failure: null });
  });

  it('a new change forgets what was undone', async () => {
    const { store, runner, edit } = await ready();
    await edit(mos);
    await runner.run('undo');
    await edit({ label: 'Circled', edits: [{ edit: 'pick', clip: 'c2', to: 'circled' }] });
    expect(store.get().redo).toEqual([]);
  });

  it("undo keeps a colleague's change to another clip", async () => {
    const { runner, edit, desk } = await ready();
    await edit(mos);
    await desk.edit('', [{ edit: 'pick', clip: 'c1', to: 'rejected' }]);
    await runner.run('undo');
    expect(desk.handoff.clips.map(({ pick, soundKind }) => [pick, soundKind])).toEqual([
      ['rejected', 'mos'],
      ['good', 'sync'],
    ]);
  });

  it('a clip that has gone since is a refusal in words, and nothing is written', async () => {
    const { store, edit, desk } = await ready();
    desk.handoff = { ...desk.handoff, clips: desk.handoff.clips.slice(0, 1) };
    await edit(mos);
    expect(store.get().failure!.message).toContain('has no clip c2');
    expect(store.get().undo).toEqual([]);
    expect(desk.handoff.revision).toBe(3);
  });

  it('an issue that is waived leaves the issues and stands among the waived, with its reason', async () => {
    const { store, runner, edit } = await ready();
    const { issues, opened } = store.get();
    const [first] = issues;
    const issue = issueKey(opened!.handoff!, first!);
    await edit({ label: 'Waived', edits: [{ edit: 'waive', issue, reason: 'Shot so', by: 'Ada' }] });
    expect(store.get().issues).toHaveLength(issues.length - 1);
    expect(store.get().waived).toMatchObject([
      { code: first!.code, waived: { reason: 'Shot so', by: 'Ada' } },
    ]);
    await runner.run('undo');
    expect(store.get().issues).toHaveLength(issues.length);
  });
});

describe('how bins are laid out', () => {
  it('is kept with the handoff and found again', async () => {
    const desk = memoryDesk();
    const { store, runner } = await ready({ desk });
    store.change((state) => {
      state.bins = { scenes: 'scene', apart: ['sound'] };
    });
    await runner.run('keep-bins');
    const again = await ready({ desk });
    expect(again.store.get().bins).toEqual({ scenes: 'scene', apart: ['sound'] });
    const bins = again.store
      .get()
      .plan!.steps.flatMap((step) => (step.kind === 'import' ? [step.after.bin] : []));
    expect(bins).toEqual([
      ['Scenes', '07'],
      ['Scenes', '07'],
    ]);
  });
});

describe('how unsynced clips are shown', () => {
  const flagged = (store: Store) => {
    const steps = store.get().plan!.steps.filter(({ target }) => 'clip' in target && target.clip === 'c2');
    return steps.flatMap((step): string[] => {
      if (step.kind === 'set-label') return step.after.label === 'unsynced' ? ['label'] : [];
      if (step.kind === 'set-metadata') return 'description' in step.after.metadata ? ['field'] : [];
      return step.kind === 'add-marker' && step.after.marker.comment.includes('Sync: ') ? ['marker'] : [];
    });
  };
  const choose = (store: Store, flags: Flag[]) =>
    store.change((state) => {
      state.undo.push({ label: 'Flags', edits: [], chosen: { bins: state.bins, flags: state.flags } });
      state.flags = flags;
    });

  it('is label and description where nobody chose; a choice is planned at once, kept and found again', async () => {
    const desk = memoryDesk();
    const { store, runner } = await ready({ desk });
    expect(flagged(store)).toEqual(['label', 'field']);
    choose(store, ['marker']);
    await runner.run('lay-out');
    expect(flagged(store)).toEqual(['marker']);
    expect(desk.choices).toMatchObject([{ flags: ['marker'], bins: { scenes: 'scene-take' } }]);
    const again = await ready({ desk });
    expect([again.store.get().flags, flagged(again.store)]).toEqual([['marker'], ['marker']]);
    choose(again.store, []);
    await again.runner.run('lay-out');
    expect(flagged(again.store)).toEqual([]);
    expect((await ready({ desk })).store.get().flags).toEqual([]);
  });

  it('is taken back by Undo and made again by Redo, in the plan and in what is kept; the manifest stays', async () => {
    const { store, runner, desk } = await ready();
    choose(store, ['marker']);
    await runner.run('lay-out');
    await runner.run('undo');
    expect([flagged(store), store.get().said]).toEqual([['label', 'field'], 'Taken back: Flags']);
    await runner.run('redo');
    expect([flagged(store), store.get().undo.length, store.get().redo]).toEqual([['marker'], 1, []]);
    expect(desk.choices.map(({ flags }) => flags)).toEqual([['marker'], ['label', 'field'], ['marker']]);
    expect(desk.handoff.revision).toBe(3);
  });
});

describe('taking an import back', () => {
  it('is shown first and writes nothing; then the project holds none of it, and Apply brings it back', async () => {
    const { store, runner, editor, desk } = await ready();
    expect(store.get().revertable).toEqual([]);
    await runner.run('apply');
    const applied = store.get().receipt!.id;
    const calls = editor.calls.length;
    store.change((state) => {
      state.revertAsked = { which: 'last', imported: 'remove' };
    });
    await runner.run('plan-revert');
    expect(store.get().reverting!.plan.reverts).toEqual([applied]);
    expect(editor.calls).toHaveLength(calls);
    await runner.run('revert');
    expect(editor.project.items).toEqual([]);
    expect(editor.project.bins).toEqual([]);
    expect(desk.records.map(({ kind }) => kind)).toEqual(['import', 'revert']);
    expect(store.get()).toMatchObject({ reverting: null, revertable: [], failure: null });
    await runner.run('apply');
    expect(editor.project.items).toHaveLength(2);
  });

  it('a project that changed since it was looked at gets a new list and no write', async () => {
    const { store, runner, editor } = await ready();
    await runner.run('apply');
    await runner.run('plan-revert');
    const calls = editor.calls.length;
    editor.project.items = editor.project.items.slice(1);
    await runner.run('revert');
    expect(editor.calls).toHaveLength(calls);
    expect(store.get().notice).toContain('nothing was taken back');
    expect(store.get().reverting!.plan.blocked).toHaveLength(1);
  });

  it('an editor that refuses a step is told apart while the rest goes on', async () => {
    const editor = memoryEditor();
    const { store, runner } = await ready({ editor });
    editor.instead = (step) =>
      step.kind === 'add-marker' ? { id: step.id, result: 'failed', reason: 'locked' } : null;
    let seen: string[] = [];
    store.subscribe(() => {
      const now = store.get().troubles.all();
      if (now.length > seen.length) seen = now;
    });
    await runner.run('apply');
    expect(seen).toEqual(['failed', 'failed']);
  });
});
