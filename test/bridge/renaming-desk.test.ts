/** File names behind a face, on a real folder: shown, chosen, given, stopped, taken back, and held inside the folder that is served. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RenamingDesk, RenamingState } from '../../bridge/desk.ts';
import { applyRenames, lastRename } from '../../bridge/local/rename.ts';
import { localRenaming } from '../../bridge/local/renaming-desk.ts';
import { admit, ask as askCep } from '../../bridge/local/cep/desk.ts';
import { loopbackRenaming, unwrap, type Ask, type Envelope } from '../../bridge/loopback.ts';
import { pluginService } from '../../host/resolve/service.ts';
import { apiMethods } from '../../bridge/local/service-api.ts';
import { DEFAULT_NAMING } from '../../manifest/patterns/defaults.ts';
import { delivery, freshFolder, put, readManifest, remove, stage, tree, undoFiles } from './rename-stage.ts';

let dir: string;
beforeEach(() => {
  dir = freshFolder();
});
afterEach(() => remove(dir));

const take = (path: string, number: string) => ({ path, scene: '7', take: number, camera: 'A' });
const messy = () =>
  stage(dir, [take('A/MVI_1.MOV', '3'), take('A/final.mov', '4'), { path: 'A/who knows.mov' }], {
    'A/MVI_1.MOV.xml': 'xml',
  });

async function over(desk: RenamingDesk, manifest: string): Promise<RenamingState> {
  for (;;) {
    const state = await desk.renaming(manifest);
    if (!state!.running) return state!;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Asks for these clips under the names that are proposed for them. */
async function asked(desk: RenamingDesk, manifest: string, ...clips: string[]) {
  const { renames } = await desk.proposeNames(manifest);
  return renames.filter(({ clip }) => clips.includes(clip)).map(({ clip, to }) => ({ clip, to }));
}

describe('file names for a face', () => {
  it('are shown with why, what goes along and what keeps its name; nothing is written', async () => {
    const manifest = messy();
    const [before, was] = [tree(dir), readFileSync(manifest, 'utf8')];
    const shown = await localRenaming().proposeNames(manifest);
    expect(shown.renames).toMatchObject([
      {
        clip: 'clip-0',
        from: 'A/MVI_1.MOV',
        to: 'A/SCENE_07_TAKE_03_CAM_A.MOV',
        along: [{ from: 'A/MVI_1.MOV.xml', to: 'A/SCENE_07_TAKE_03_CAM_A.MOV.xml' }],
        lists: [],
      },
      { clip: 'clip-1', from: 'A/final.mov', to: 'A/SCENE_07_TAKE_04_CAM_A.mov' },
    ]);
    expect(shown.renames[0]!.why).toContain('log');
    expect(shown.refused).toMatchObject([{ path: 'A/who knows.mov', code: 'missing-field' }]);
    expect(shown.last).toBeNull();
    expect(tree(dir)).toEqual(before);
    expect(readFileSync(manifest, 'utf8')).toBe(was);
    expect(undoFiles(dir)).toEqual([]);
  });

  it('only what was chosen gets another name, and taking it back is exact', async () => {
    const manifest = messy();
    const [before, was] = [tree(dir), delivery(manifest)];
    const told: string[] = [];
    const desk = localRenaming({ afterRename: () => Promise.resolve(void told.push('told')) });
    expect(await desk.renaming(manifest)).toBeNull();
    await desk.rename(manifest, { renames: await asked(desk, manifest, 'clip-1'), force: false });
    const done = await over(desk, manifest);
    expect(done).toMatchObject({
      progress: { done: 0, total: 1, current: 'final.mov' },
      renamed: {
        files: [{ root: 'media', from: 'A/final.mov', to: 'A/SCENE_07_TAKE_04_CAM_A.mov' }],
        undone: false,
      },
    });
    expect(Object.keys(tree(dir))).toEqual([
      'A/MVI_1.MOV',
      'A/MVI_1.MOV.xml',
      'A/SCENE_07_TAKE_04_CAM_A.mov',
      'A/who knows.mov',
    ]);
    expect(readManifest(manifest).clips[1]).toMatchObject({ id: 'clip-1', formerNames: ['final.mov'] });
    const { last, right } = await desk.proposeNames(manifest);
    expect([last!.files, last!.interrupted, right]).toEqual([1, false, 1]);
    await desk.undoRename(manifest);
    expect((await over(desk, manifest)).renamed).toMatchObject({ undone: true, files: [{}] });
    expect(tree(dir)).toEqual(before);
    expect(delivery(manifest)).toEqual(was);
    expect(told).toEqual(['told', 'told']);
    await desk.undoRename(manifest);
    expect((await over(desk, manifest)).failed).toContain('there is no rename');
  });

  it('one of two that want each other’s names stays where the other does, and both together change', async () => {
    const [a, b] = ['A/SCENE_07_TAKE_03_CAM_A.mov', 'A/SCENE_07_TAKE_04_CAM_A.mov'];
    const manifest = stage(dir, [take(a, '4'), take(b, '3')]);
    const before = tree(dir);
    const desk = localRenaming();
    const both = await asked(desk, manifest, 'clip-0', 'clip-1');
    await desk.rename(manifest, { renames: both.slice(0, 1), force: false });
    expect((await over(desk, manifest)).failed).toMatch(/nothing was renamed: .*is there already/);
    expect(tree(dir)).toEqual(before);
    await desk.rename(manifest, { renames: both, force: false });
    expect((await over(desk, manifest)).failed).toBeUndefined();
    expect(tree(dir)).toEqual({ [a]: `media of ${b}`, [b]: `media of ${a}` });
  });

  it('what would come out otherwise than it was shown is not done', async () => {
    const manifest = messy();
    const desk = localRenaming();
    const renames = await asked(desk, manifest, 'clip-0', 'clip-1');
    const before = readManifest(manifest);
    before.clips[1]!.identity.take = '9';
    writeFileSync(manifest, JSON.stringify(before));
    const was = tree(dir);
    await desk.rename(manifest, { renames, force: false });
    expect((await over(desk, manifest)).failed).toBe(
      'nothing was renamed: SCENE_07_TAKE_04_CAM_A.mov is no longer what is proposed; look at the names again',
    );
    expect(tree(dir)).toEqual(was);
  });

  it('a stop in the middle puts everything back', async () => {
    const clips = Array.from({ length: 200 }, (_, at) => take(`A/MVI_${at}.MOV`, String(at + 1)));
    const manifest = stage(dir, clips);
    const before = tree(dir);
    const desk = localRenaming();
    const renames = (await desk.proposeNames(manifest)).renames.map(({ clip, to }) => ({ clip, to }));
    await desk.rename(manifest, { renames, force: false });
    while (((await desk.renaming(manifest))!.progress?.done ?? 0) < 3)
      await new Promise((resolve) => setImmediate(resolve));
    const stopped = await desk.stopRenaming(manifest);
    expect(stopped).toMatchObject({
      running: false,
      renamed: null,
      failed: 'Stopped: every file has the name it had.',
    });
    expect(tree(dir)).toEqual(before);
    expect(undoFiles(dir)).toEqual([]);
  });

  it('hash lists are named for each file they know, and only --force, said by the person, goes past them', async () => {
    const manifest = stage(dir, [take('A/x.mov', '3'), take('B/y.mov', '4')]);
    put(dir, 'B/card.mhl', '<hashlist version="1.1"></hashlist>');
    const desk = localRenaming();
    const shown = await desk.proposeNames(manifest);
    expect(shown.lists).toEqual([join(dir, 'B', 'card.mhl')]);
    expect(shown.renames.map(({ lists }) => lists)).toEqual([[], [0]]);
    const renames = await asked(desk, manifest, 'clip-1');
    await desk.rename(manifest, { renames, force: false });
    expect((await over(desk, manifest)).failed).toContain('card.mhl knows the files');
    await desk.rename(manifest, { renames: await asked(desk, manifest, 'clip-0'), force: false });
    expect((await over(desk, manifest)).renamed!.files).toHaveLength(1);
    await desk.rename(manifest, { renames, force: true });
    expect((await over(desk, manifest)).renamed!.files).toHaveLength(1);
  });

  it('a rename that was cut short is said before anything else is proposed, and taken back', async () => {
    const manifest = messy();
    const before = tree(dir);
    await applyRenames(manifest, {}, DEFAULT_NAMING);
    const file = join(dir, '.baton', 'renames', undoFiles(dir)[0]!);
    const journal = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...journal, phase: 'moving', goal: 'old' }));
    const desk = localRenaming();
    const shown = await desk.proposeNames(manifest);
    expect([shown.renames, shown.last!.interrupted]).toEqual([[], true]);
    await desk.undoRename(manifest);
    expect((await over(desk, manifest)).renamed).toMatchObject({ undone: true });
    expect(tree(dir)).toEqual(before);
    expect(await lastRename(manifest)).toBeNull();
  });

  it('a pattern that is none is a refusal in words', async () => {
    const manifest = messy();
    const handoff = readManifest(manifest);
    writeFileSync(
      manifest,
      JSON.stringify({ ...handoff, naming: { patterns: [{ pattern: 'SCENE_{sceen}' }] } }),
    );
    await expect(localRenaming().proposeNames(manifest)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('"sceen" is not a field') as unknown,
    });
  });
});

describe('whatever is chosen', () => {
  const NAMES = ['SCENE_07_TAKE_01_CAM_A', 'SCENE_07_TAKE_02_CAM_A', 'SCENE_07_TAKE_03_CAM_A', 'x', 'y'];
  const shoot = fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...NAMES), number: fc.integer({ min: 1, max: 4 }) }),
    {
      selector: ({ name }) => name,
      minLength: 1,
    },
  );

  it('those files alone have their new names, or no file has one and it is said why; and back is exact', async () => {
    let [done, refused] = [0, 0];
    const property = fc.asyncProperty(
      shoot,
      fc.array(fc.boolean(), { minLength: 5 }),
      async (clips, picks) => {
        remove(dir);
        const manifest = stage(
          dir,
          clips.map(({ name, number }) => take(`A/${name}.mov`, String(number))),
        );
        const before = tree(dir);
        const desk = localRenaming();
        const { renames } = await desk.proposeNames(manifest);
        const chosen = renames.filter((_each, at) => picks[at]);
        await desk.rename(manifest, { renames: chosen.map(({ clip, to }) => ({ clip, to })), force: false });
        const { failed, renamed } = await over(desk, manifest);
        if (failed !== undefined) {
          refused++;
          expect(failed).toMatch(/^nothing was renamed: A\/.* cannot be SCENE/);
          expect(tree(dir)).toEqual(before);
          return;
        }
        const moved = new Map(chosen.map(({ from, to }) => [from, to]));
        const after = Object.entries(before).map(([path, content]) => [moved.get(path) ?? path, content]);
        expect(tree(dir)).toEqual(Object.fromEntries(after));
        expect(renamed!.files).toHaveLength(chosen.length);
        if (chosen.length === 0) return;
        done++;
        await desk.undoRename(manifest);
        expect((await over(desk, manifest)).failed).toBeUndefined();
        expect(tree(dir)).toEqual(before);
      },
    );
    await fc.assert(property, { numRuns: 60 });
    expect([done > 5, refused > 0]).toEqual([true, true]);
  });
});

describe('a page that asks the service', () => {
  const methodsOf = (manifest: string, roots: Record<string, string> = {}) =>
    apiMethods({
      manifests: [manifest],
      desk: {} as never,
      editor: {} as never,
      renaming: localRenaming({ roots }),
    });
  const ask = async (methods: Awaited<ReturnType<typeof methodsOf>>, method: string, ...args: unknown[]) =>
    methods.get(`desk/${method}`)!(args) as Promise<never>;

  it('names no manifest but those that are served, and asks in the right form', async () => {
    const manifest = messy();
    const methods = await methodsOf(manifest);
    const elsewhere = join(dir, '..', 'handoff.json');
    for (const method of ['proposeNames', 'undoRename', 'renaming', 'stopRenaming'])
      await expect(ask(methods, method, elsewhere)).rejects.toThrow('reaches only');
    await expect(ask(methods, 'rename', elsewhere, { renames: [], force: true })).rejects.toThrow(
      'reaches only',
    );
    await expect(ask(methods, 'rename', manifest, { renames: 'all', force: true })).rejects.toThrow(
      'args.1.renames',
    );
  });

  it('gives no other names to files outside their folder: of a root elsewhere, and behind a link', async () => {
    const elsewhere = freshFolder();
    put(elsewhere, 'x.mov', 'media of OUT/x.mov');
    const manifest = stage(dir, [take('A/in.mov', '3')]);
    symlinkSync(elsewhere, join(dir, 'OUT'));
    const handoff = readManifest(manifest);
    const [clip] = handoff.clips;
    const outside = { ...clip!, id: 'out', identity: { ...clip!.identity, take: '5' } };
    const size = 'media of OUT/x.mov'.length;
    handoff.clips.push({ ...outside, path: 'OUT/x.mov', size });
    handoff.clips.push({ ...outside, id: 'far', root: 'far', path: 'x.mov', size });
    handoff.roots.push({ name: 'far' });
    writeFileSync(manifest, JSON.stringify(handoff));
    const methods = await methodsOf(manifest, { media: dir, far: elsewhere });
    const shown: Awaited<ReturnType<RenamingDesk['proposeNames']>> = await ask(
      methods,
      'proposeNames',
      manifest,
    );
    expect(shown.renames.map((each) => each.clip)).toEqual(['clip-0']);
    expect(shown.refused.map(({ clip: id, code }) => [id, code])).toEqual([
      ['out', 'outside'],
      ['far', 'outside'],
    ]);
    await ask(methods, 'rename', manifest, {
      renames: [{ clip: 'out', to: 'OUT/SCENE_07_TAKE_05_CAM_A.mov' }],
      force: true,
    });
    const refused: RenamingState = await ask(methods, 'stopRenaming', manifest);
    expect(refused.failed).toContain('lies outside the folder of the manifest');
    expect(Object.keys(tree(elsewhere))).toEqual(['x.mov']);
    remove(elsewhere);
  });

  it('takes no rename back that happened outside their folder', async () => {
    const elsewhere = freshFolder();
    put(elsewhere, 'x.mov', 'media of x.mov');
    const manifest = stage(dir, [take('x.mov', '3')]);
    const roots = { media: elsewhere };
    await applyRenames(manifest, roots, DEFAULT_NAMING);
    const renamed = tree(elsewhere);
    const methods = await methodsOf(manifest, roots);
    await ask(methods, 'undoRename', manifest);
    const refused: RenamingState = await ask(methods, 'stopRenaming', manifest);
    expect(refused.failed).toContain('lies outside the folder of the manifest');
    expect(tree(elsewhere)).toEqual(renamed);
    remove(elsewhere);
  });
});

describe('the desks inside the editors', () => {
  const through =
    (say: (room: string, method: string, args: string) => Promise<string>): Ask =>
    async <Value>(room: string, method: string, args: unknown[]) =>
      unwrap(method, JSON.parse(await say(room, method, JSON.stringify(args))) as Envelope<Value>);
  const plugin = (manifest: string) => {
    const service = pluginService({
      editor: () => Promise.reject(new Error('no Resolve here')),
      memory: join(dir, '.baton', 'memory.json'),
      pick: () => Promise.resolve(manifest),
    });
    return service.choose('manifest').then(() => through(service.ask));
  };
  const cep = (manifest: string) => {
    admit(manifest);
    return Promise.resolve(through((room, method, args) => askCep(`${room}/${method}`, args)));
  };

  it.each([
    ['Premiere’s own Node', cep],
    ['Resolve’s plugin', plugin],
  ])('%s shows, renames and takes back', async (_where, askThere) => {
    const manifest = messy();
    const before = tree(dir);
    const desk = loopbackRenaming(await askThere(manifest));
    const renames = await asked(desk, manifest, 'clip-0');
    await desk.rename(manifest, { renames, force: false });
    expect((await over(desk, manifest)).renamed!.files).toHaveLength(2);
    expect(Object.keys(tree(dir))).toContain('A/SCENE_07_TAKE_03_CAM_A.MOV');
    await desk.undoRename(manifest);
    expect((await over(desk, manifest)).renamed!.undone).toBe(true);
    expect(tree(dir)).toEqual(before);
  });
});
