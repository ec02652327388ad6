/** File names from the panel, over a desk on a real folder: seen, chosen, given, stopped, refused with words, and taken back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RenamingDesk } from '../../bridge/desk.ts';
import { localDesk } from '../../bridge/local/desk.ts';
import { localRenaming } from '../../bridge/local/renaming-desk.ts';
import { check } from '../../manifest/check.ts';
import { actionsFor } from '../../panel/issue-actions.ts';
import { filesOf, listsOf, nameRows } from '../../panel/name-rows.ts';
import { createRunner } from '../../panel/run.ts';
import { createStore, initialState } from '../../panel/state.ts';
import { freshFolder, put, readManifest, remove, stage, tree } from '../bridge/rename-stage.ts';
import { COMMANDS } from '../../panel/commands/index.ts';
import { HEAVY } from './fixture.ts';

let dir: string;
beforeEach(() => {
  dir = freshFolder();
});
afterEach(() => remove(dir));

const take = (path: string, number: string) => ({ path, scene: '7', take: number, camera: 'A' });
const messy = (others: Record<string, string> = {}) =>
  stage(dir, [take('A/MVI_1.MOV', '3'), take('A/final.mov', '4'), { path: 'A/who knows.mov' }], {
    'A/MVI_1.MOV.xml': 'xml',
    ...others,
  });

async function panel(manifest: string, naming: RenamingDesk = localRenaming()) {
  const store = createStore({ ...initialState(manifest), canRename: true });
  const parts = { store, desk: localDesk(), editor: null, naming, heavy: HEAVY };
  const runner = createRunner({ ...parts, now: () => new Date(), copy: () => Promise.resolve() });
  await runner.run('refresh');
  const why = (id: string) => COMMANDS.find((each) => each.id === id)!.when(store.get());
  return { store, runner, why };
}

describe('file names', () => {
  it('are shown as a dry run, all chosen, and nothing is written', async () => {
    const manifest = messy();
    const [before, was] = [tree(dir), readFileSync(manifest, 'utf8')];
    const { store, runner } = await panel(manifest);
    await runner.run('propose-names');
    const names = store.get().names!;
    expect(nameRows(names, '').map((row) => row.heading ?? row.rename?.to ?? row.refused?.path)).toEqual([
      'Would be renamed · 2',
      'A/SCENE_07_TAKE_03_CAM_A.MOV',
      'A/SCENE_07_TAKE_04_CAM_A.mov',
      'Keep their names · 1',
      'A/who knows.mov',
    ]);
    expect([names.chosen, filesOf(names)]).toEqual([['clip-0', 'clip-1'], 3]);
    expect(nameRows(names, 'take_04').map(({ key }) => key)).toEqual(['Would be renamed', 'clip-1']);
    expect(tree(dir)).toEqual(before);
    expect(readFileSync(manifest, 'utf8')).toBe(was);
  });

  it('an issue about names shows those of its clips only', async () => {
    const manifest = messy();
    const { store, runner } = await panel(manifest);
    const { handoff } = store.get().opened!;
    const issue = check(handoff!, {}).find(({ code }) => code === 'name-unclear')!;
    const { names: about } = actionsFor(handoff!, issue);
    expect(about).toEqual(['A/final.mov']);
    store.change((state) => {
      state.toName = about;
    });
    await runner.run('propose-names');
    const names = store.get().names!;
    expect([names.chosen, nameRows(names, '').length]).toEqual([['clip-1'], 2]);
    await runner.run('propose-names');
    expect(store.get().names!.about).toBeNull();
  });

  it('only the chosen files are renamed; the handoff is read again, and the old names come back exactly', async () => {
    const manifest = messy();
    const before = tree(dir);
    const { store, runner, why } = await panel(manifest);
    expect(why('rename-files')).toBe('Look at the names first');
    await runner.run('propose-names');
    store.change((state) => {
      state.names!.chosen = ['clip-0'];
    });
    await runner.run('rename-files');
    expect(Object.keys(tree(dir))).toEqual([
      'A/SCENE_07_TAKE_03_CAM_A.MOV',
      'A/SCENE_07_TAKE_03_CAM_A.MOV.xml',
      'A/final.mov',
      'A/who knows.mov',
    ]);
    const { opened, names, said, failure } = store.get();
    expect(failure).toBeNull();
    expect(opened!.handoff!.clips[0]!.path).toBe('A/SCENE_07_TAKE_03_CAM_A.MOV');
    expect(said).toBe('2 files renamed; the old names can be given back');
    expect([names!.names.renames.map(({ clip }) => clip), names!.chosen, names!.names.last!.files]).toEqual([
      ['clip-1'],
      [],
      2,
    ]);
    expect(why('rename-files')).toBe('Choose what to rename');
    await runner.run('undo-rename');
    expect(tree(dir)).toEqual(before);
    expect(store.get().opened!.handoff!.clips[0]!.path).toBe('A/MVI_1.MOV');
    expect(store.get().names!.names.last).toBeNull();
    expect(why('undo-rename')).toBe('No file was renamed');
  });

  it('hash lists that would be stale are named, and nothing is renamed until the person says so', async () => {
    const manifest = messy({ 'A/card.mhl': '<hashlist version="1.1"></hashlist>' });
    const before = tree(dir);
    const { store, runner, why } = await panel(manifest);
    await runner.run('propose-names');
    expect(listsOf(store.get().names!)).toEqual([join(dir, 'A', 'card.mhl')]);
    expect(why('rename-files')).toContain('hash lists');
    await runner.run('rename-files');
    expect(tree(dir)).toEqual(before);
    store.change((state) => {
      state.names!.force = true;
    });
    await runner.run('rename-files');
    expect(Object.keys(tree(dir))).toContain('A/SCENE_07_TAKE_04_CAM_A.mov');
  });

  it('a file that somebody changed since it was shown is a refusal in words, and no file is renamed', async () => {
    const manifest = messy();
    const { store, runner } = await panel(manifest);
    await runner.run('propose-names');
    put(dir, 'A/final.mov', 'a longer file than it was');
    const before = tree(dir);
    await runner.run('rename-files');
    expect(store.get().failure!.message).toMatch(/^nothing was renamed: A\/final\.mov .*scan again/);
    expect(tree(dir)).toEqual(before);
    expect(readManifest(manifest).history).toEqual([]);
  });

  it('Cancel puts every name back and says so', async () => {
    const clips = Array.from({ length: 300 }, (_, at) => take(`A/MVI_${at}.MOV`, String(at + 1)));
    const manifest = stage(dir, clips);
    const before = tree(dir);
    const naming = localRenaming();
    const { store, runner } = await panel(manifest, naming);
    await runner.run('propose-names');
    const renaming = runner.run('rename-files');
    while (!(await naming.renaming(manifest))?.progress)
      await new Promise((resolve) => setImmediate(resolve));
    await runner.run('cancel');
    await renaming;
    expect(tree(dir)).toEqual(before);
    expect(store.get()).toMatchObject({
      failure: null,
      notice: 'Stopped: every file has the name it had.',
      work: null,
    });
    expect(store.get().names!.names.last).toBeNull();
  });

  it('where a face has no way to rename, nothing is offered, and the command says what does it', async () => {
    const { store, why } = await panel(messy());
    store.change((state) => {
      state.canRename = false;
    });
    expect(why('propose-names')).toBe('Here files are renamed with baton rename');
    expect(why('undo-rename')).toBe('Here files are renamed with baton rename');
  });

  it('a handoff that cannot be written is not renamed under', async () => {
    const manifest = messy();
    const { store, runner, why } = await panel(manifest);
    await runner.run('propose-names');
    store.change((state) => {
      state.writable = false;
    });
    expect(why('rename-files')).toBe('The handoff cannot be written here');
  });
});
