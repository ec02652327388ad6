/** Renaming on a real disk: rings, case, collisions, sidecars, failures in the middle; and back again, exactly. */
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHandoff } from '../../bridge/local/desk.ts';
import { applyRenames, CannotRename, proposeRenames, undoRename } from '../../bridge/local/rename.ts';
import type { RefusalCode } from '../../manifest/patterns/rename.ts';
import {
  apply,
  delivery,
  freshFolder,
  naming,
  namingOf,
  put,
  readManifest,
  remove,
  stage,
  take,
  tree,
  undoFiles,
} from './rename-stage.ts';

let dir: string;
beforeEach(() => {
  dir = freshFolder();
});
afterEach(() => remove(dir));

async function propose(manifest: string, by = naming) {
  const opened = await openHandoff(manifest);
  return proposeRenames({ ...opened, handoff: opened.handoff! }, by);
}

describe('there and back', () => {
  it('a clip, its sidecars and a Mac’s own file get new names and their old ones again; ids stay', async () => {
    const clips = [take('A/MVI_1.MOV', '7', '3'), take('A/x.mov', '7', '4')];
    const others = {
      'A/MVI_1.THM': 'thumb',
      'A/MVI_1.MOV.xml': 'xml',
      'A/._MVI_1.MOV': 'mac',
      'A/MVI_12.THM': 'another',
    };
    const manifest = stage(dir, clips, others);
    const [before, was] = [tree(dir), delivery(manifest)];
    const applied = await apply(manifest);
    expect(Object.keys(tree(dir))).toEqual([
      'A/._SCENE_07_TAKE_03_CAM_A.MOV',
      'A/MVI_12.THM',
      'A/SCENE_07_TAKE_03_CAM_A.MOV',
      'A/SCENE_07_TAKE_03_CAM_A.MOV.xml',
      'A/SCENE_07_TAKE_03_CAM_A.THM',
      'A/SCENE_07_TAKE_04_CAM_A.mov',
    ]);
    const now = readManifest(manifest);
    expect(now.clips.map(({ id, path, formerNames }) => [id, path, formerNames])).toEqual([
      ['clip-0', 'A/SCENE_07_TAKE_03_CAM_A.MOV', ['MVI_1.MOV']],
      ['clip-1', 'A/SCENE_07_TAKE_04_CAM_A.mov', ['x.mov']],
    ]);
    expect(now.revision).toBe(2);
    expect(now.history.map(({ kind, id }) => [kind, id])).toEqual([['rename', applied.id]]);
    expect(undoFiles(dir)).toEqual([`${applied.id}.json`]);
    await undoRename(manifest, {});
    expect([tree(dir), delivery(manifest), undoFiles(dir)]).toEqual([before, was, []]);
    expect(readManifest(manifest).history.map(({ kind }) => kind)).toEqual(['rename', 'rename-undone']);
  });

  it('two that bear each other’s names change them, a ring of three too, and case alone changes', async () => {
    const manifest = stage(dir, [
      take('SCENE_01_TAKE_01_CAM_A.mov', '1', '2'),
      take('SCENE_01_TAKE_02_CAM_A.mov', '1', '1'),
      take('SCENE_02_TAKE_01_CAM_A.mov', '2', '2'),
      take('SCENE_02_TAKE_02_CAM_A.mov', '2', '3'),
      take('SCENE_02_TAKE_03_CAM_A.mov', '2', '1'),
      take('scene_03_take_01_cam_a.mov', '3', '1'),
    ]);
    const before = tree(dir);
    await apply(manifest);
    expect(tree(dir)).toEqual({
      'SCENE_01_TAKE_01_CAM_A.mov': 'media of SCENE_01_TAKE_02_CAM_A.mov',
      'SCENE_01_TAKE_02_CAM_A.mov': 'media of SCENE_01_TAKE_01_CAM_A.mov',
      'SCENE_02_TAKE_01_CAM_A.mov': 'media of SCENE_02_TAKE_03_CAM_A.mov',
      'SCENE_02_TAKE_02_CAM_A.mov': 'media of SCENE_02_TAKE_01_CAM_A.mov',
      'SCENE_02_TAKE_03_CAM_A.mov': 'media of SCENE_02_TAKE_02_CAM_A.mov',
      'SCENE_03_TAKE_01_CAM_A.mov': 'media of scene_03_take_01_cam_a.mov',
    });
    await undoRename(manifest, {});
    expect(tree(dir)).toEqual(before);
  });

  it('two renames are undone one after the other, and a third time there is nothing to undo', async () => {
    const manifest = stage(dir, [take('a.mov', '1', '1')]);
    const first = tree(dir);
    await apply(manifest);
    const second = tree(dir);
    await applyRenames(manifest, {}, namingOf('{scene:3}-{take:3}'), {});
    expect(Object.keys(tree(dir))).toEqual(['001-001.mov']);
    expect(readManifest(manifest).clips[0]!.formerNames).toEqual(['a.mov', 'SCENE_01_TAKE_01_CAM_A.mov']);
    await undoRename(manifest, {});
    expect(tree(dir)).toEqual(second);
    await undoRename(manifest, {});
    expect(tree(dir)).toEqual(first);
    await expect(undoRename(manifest, {})).rejects.toThrow('no rename of handoff.json to undo');
  });

  it('a name a Mac stored in its own form comes back in that form; a link is moved as a link', async () => {
    const decomposed = 'A/Küste.mov'.normalize('NFD');
    const manifest = stage(dir, [take(decomposed, '1', '1'), take('b.mov', '1', '2')]);
    put(dir, 'elsewhere/real.mov', 'media of b.mov');
    renameSync(join(dir, 'b.mov'), join(dir, 'gone'));
    symlinkSync('elsewhere/real.mov', join(dir, 'b.mov'));
    const before = tree(dir);
    expect(Object.keys(before)).toContain(decomposed);
    await apply(manifest);
    expect(tree(dir)['SCENE_01_TAKE_02_CAM_A.mov']).toBe('→ elsewhere/real.mov');
    await undoRename(manifest, {});
    expect(tree(dir)).toEqual(before);
  });

  it('what others wrote into the manifest meanwhile stays when it is undone', async () => {
    const manifest = stage(dir, [take('a.mov', '1', '1')]);
    await apply(manifest);
    const now = readManifest(manifest);
    now.clips[0]!.pick = 'circled';
    now.clips[0]!['mine'] = 1;
    writeFileSync(manifest, JSON.stringify(now));
    await undoRename(manifest, {});
    expect(readManifest(manifest).clips[0]).toMatchObject({ path: 'a.mov', pick: 'circled', mine: 1 });
    expect(readManifest(manifest).clips[0]).not.toHaveProperty('formerNames');
  });

  it('proposing and refusing write nothing at all', async () => {
    const manifest = stage(dir, [take('a.mov', '1', '1')], { 'media.mhl': '<hashlist/>' });
    const before = [tree(dir), readFileSync(manifest, 'utf8')];
    await propose(manifest);
    await expect(apply(manifest)).rejects.toThrow(CannotRename);
    expect([tree(dir), readFileSync(manifest, 'utf8')]).toEqual(before);
    expect(undoFiles(dir)).toEqual([]);
  });
});

describe('what is refused', () => {
  const refusals = async (manifest: string): Promise<[string, RefusalCode][]> =>
    (await propose(manifest)).plan.refused.map(({ path, code }) => [path, code]);

  it('two that want one name, a name that is taken, and what stands in another’s way for it', async () => {
    const manifest = stage(
      dir,
      [
        take('a.mov', '1', '1'),
        take('b.mov', '1', '1'),
        take('c.mov', '1', '2'),
        // It would move out of the way, but cannot itself.
        take('SCENE_01_TAKE_03_CAM_A.mov', '1', '2', 'B'),
        take('d.mov', '1', '3'),
      ],
      { 'scene_01_take_02_cam_a.mov': 'nobody knows me', 'SCENE_01_TAKE_02_CAM_B.mov': 'nor me' },
    );
    expect((await refusals(manifest)).sort()).toEqual([
      ['SCENE_01_TAKE_03_CAM_A.mov', 'collision'],
      ['a.mov', 'collision'],
      ['b.mov', 'collision'],
      ['c.mov', 'collision'],
      ['d.mov', 'collision'],
    ]);
    const before = tree(dir);
    expect((await apply(manifest)).id).toBeNull();
    expect(tree(dir)).toEqual(before);
  });

  it('two of one name in two folders; copies of one clip may share theirs', async () => {
    const clips = [take('x/a.mov', '1', '1'), take('y/b.mov', '1', '1')];
    expect(await refusals(stage(dir, clips))).toEqual([
      ['x/a.mov', 'collision'],
      ['y/b.mov', 'collision'],
    ]);
    const copies = [
      clips[0]!,
      { ...clips[1]!, clip: { duplicateOf: { clip: 'clip-0', proof: 'hash' as const } } },
    ];
    expect(await refusals(stage(dir, copies))).toEqual([]);
  });

  it('a missing file, one of another size, one in a camera card, one with a field nobody knows', async () => {
    const manifest = stage(dir, [
      take('a.mov', '1', '1'),
      take('b.mov', '1', '2'),
      take('PRIVATE/M4ROOT/CLIP/C0001.MP4', '1', '3'),
      { path: 'd.mov', scene: '1', take: '4' },
      { path: 'e.mov', scene: '1.5', take: '4', camera: 'A' },
    ]);
    remove(join(dir, 'a.mov'));
    writeFileSync(join(dir, 'b.mov'), 'grown since');
    expect(await refusals(manifest)).toEqual([
      ['a.mov', 'not-there'],
      ['b.mov', 'changed'],
      ['PRIVATE/M4ROOT/CLIP/C0001.MP4', 'card'],
      ['d.mov', 'missing-field'],
      ['e.mov', 'unwritable'],
    ]);
    const { refused } = (await propose(manifest)).plan;
    expect(refused[3]).toMatchObject({ missing: ['camera'], message: 'nothing says {camera}' });
  });

  it.skipIf(process.platform !== 'linux')('a file that another program is writing', async () => {
    const manifest = stage(dir, [take('a.mov', '1', '1'), take('b.mov', '1', '2')]);
    const script =
      "require('fs').openSync(process.argv[1], 'r+'); console.log('open'); setInterval(() => {}, 1000)";
    const writer = spawn(process.execPath, ['-e', script, join(dir, 'a.mov')]);
    await new Promise((ready) => writer.stdout.once('data', ready));
    expect(await refusals(manifest)).toEqual([['a.mov', 'being-written']]);
    writer.kill('SIGKILL');
    await new Promise((gone) => writer.once('close', gone));
    expect(await refusals(manifest)).toEqual([]);
  });

  it.each([
    ['media.mhl', 'media.mhl'],
    ['ascmhl/0001_x.mhl', 'ascmhl'],
    ['A/MHL/old.mhl', 'A/MHL'],
  ])('hash lists beside the media (%s) stop it, unless it is forced', async (list, named) => {
    const manifest = stage(dir, [take('A/a.mov', '1', '1')], { [list]: '<hashlist/>' });
    const { lists, notes } = await propose(manifest);
    expect(lists).toEqual([join(dir, named)]);
    expect(notes.join()).toContain('--force');
    await expect(apply(manifest)).rejects.toThrow(
      `${join(dir, named)} knows the files by their present names`,
    );
    const { files } = await apply(manifest, { force: true });
    expect(files).toHaveLength(1);
    await undoRename(manifest, {});
    expect(Object.keys(tree(dir))).toContain('A/a.mov');
  });
});

describe('failures in the middle', () => {
  const clips = [take('a.mov', '1', '1'), take('b.mov', '1', '2'), take('c.mov', '1', '3')];

  it('a name that is taken meanwhile: everything is put back, and the stranger is not touched', async () => {
    const manifest = stage(dir, clips);
    const [before, was] = [tree(dir), readFileSync(manifest, 'utf8')];
    const stranger = 'SCENE_01_TAKE_03_CAM_A.mov';
    const beforeStep = (step: number) => void (step === 2 && put(dir, stranger, 'I was here'));
    await expect(apply(manifest, { beforeStep })).rejects.toThrow(
      'appeared meanwhile, and is never overwritten',
    );
    expect(tree(dir)).toEqual({ ...before, [stranger]: 'I was here' });
    expect([readFileSync(manifest, 'utf8'), undoFiles(dir)]).toEqual([was, []]);
  });

  it('a file that goes meanwhile, and any other failure', async () => {
    const manifest = stage(dir, clips);
    const before = tree(dir);
    const away = (step: number) => void (step === 1 && renameSync(join(dir, 'b.mov'), join(dir, 'away')));
    await expect(apply(manifest, { beforeStep: away })).rejects.toThrow('b.mov has gone meanwhile');
    renameSync(join(dir, 'away'), join(dir, 'b.mov'));
    const broken = (step: number) => {
      if (step === 2) throw new Error('pulled the plug');
    };
    await expect(apply(manifest, { beforeStep: broken })).rejects.toThrow('pulled the plug');
    expect([tree(dir), undoFiles(dir)]).toEqual([before, []]);
  });

  it('a manifest that cannot be written: the files are put back', async () => {
    const manifest = stage(dir, clips);
    const before = tree(dir);
    const spoil = (step: number) => void (step === 2 && writeFileSync(manifest, '{'));
    await expect(apply(manifest, { beforeStep: spoil })).rejects.toThrow(
      'was not changed, because it cannot be read',
    );
    expect(tree(dir)).toEqual(before);
  });

  it('an undo that fails leaves the new names, and can be tried again', async () => {
    const manifest = stage(dir, clips);
    const before = tree(dir);
    await apply(manifest);
    const after = tree(dir);
    const stop = (step: number) => {
      if (step === 1) throw new Error('not now');
    };
    await expect(undoRename(manifest, {}, { beforeStep: stop })).rejects.toThrow('not now');
    expect([tree(dir), undoFiles(dir).length]).toEqual([after, 1]);
    await undoRename(manifest, {});
    expect(tree(dir)).toEqual(before);
  });

  it('files that somebody moved since are not undone, and nothing is changed', async () => {
    const manifest = stage(dir, clips);
    await apply(manifest);
    renameSync(join(dir, 'SCENE_01_TAKE_02_CAM_A.mov'), join(dir, 'mine.mov'));
    const before = tree(dir);
    await expect(undoRename(manifest, {})).rejects.toThrow('somebody moved, removed or added some');
    expect(tree(dir)).toEqual(before);
  });

  it('an undo file nobody can read stops everything and is kept', async () => {
    const manifest = stage(dir, clips);
    put(dir, '.baton/renames/x.json', '{"kind":"rename"');
    await expect(apply(manifest)).rejects.toThrow('should hold the undo file of a rename');
    chmodSync(dir, 0o755);
    expect(undoFiles(dir)).toEqual(['x.json']);
  });

  it('an undo file cannot lead out of its folder', async () => {
    const manifest = stage(dir, clips);
    await apply(manifest);
    const file = join(dir, '.baton', 'renames', undoFiles(dir)[0]!);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"a.mov"', '"../a.mov"'));
    await expect(undoRename(manifest, {})).rejects.toThrow('is no file name');
    for (const folder of ['..', 'day-1/../../..', '/etc']) {
      writeFileSync(file, text.replaceAll('"folder": ""', `"folder": "${folder}"`));
      await expect(undoRename(manifest, {})).rejects.toThrow('is no folder below a root');
    }
  });
});
