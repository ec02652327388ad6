/** Renaming and undoing, killed at random moments: the next run gives exactly the old names or exactly the new ones. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../../bridge/local/atomic.ts';
import { openHandoff } from '../../bridge/local/desk.ts';
import { withLock } from '../../bridge/local/lock.ts';
import type { RenameJournal } from '../../bridge/local/rename-journal.ts';
import { applyRenames, proposeRenames, undoRename } from '../../bridge/local/rename.ts';
import { isLitter } from '../../manifest/kinds.ts';
import {
  delivery,
  freshFolder,
  namingOf,
  PATTERN,
  readManifest,
  remove,
  stage,
  tree,
  undoFiles,
  type Staged,
} from './rename-stage.ts';

const home = freshFolder();
let script = '';
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('rename-child.ts', import.meta.url)),
      outDir: join(home, 'bin'),
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'rename-child.mjs' } },
    },
  });
  script = join(home, 'bin', 'rename-child.mjs');
});
afterAll(() => remove(home));

interface Ended {
  lines: string[];
  killed: boolean;
}

/** Kills the child so many milliseconds after its first step; null = lets it end. */
function run(
  word: string,
  manifest: string,
  wait: number,
  killAfter: number | null,
  as: { uid?: number; gid?: number } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, word, manifest, String(wait)], as);
    let text = '';
    let armed = false;
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (armed || killAfter === null || !text.includes('step')) return;
      armed = true;
      setTimeout(() => child.kill('SIGKILL'), killAfter);
    });
    child.on('close', (_code, signal) => resolve({ lines: text.split('\n'), killed: signal === 'SIGKILL' }));
  });
}

/** A chain, a ring, a change of case, sidecars, and files that are only renamed. */
const CLIPS: Staged[] = [
  ['SCENE_01_TAKE_01_CAM_A.mov', '1', '2'],
  ['SCENE_01_TAKE_02_CAM_A.mov', '1', '3'],
  ['SCENE_02_TAKE_01_CAM_A.mov', '2', '2'],
  ['SCENE_02_TAKE_02_CAM_A.mov', '2', '1'],
  ['scene_03_take_01_cam_a.mov', '3', '1'],
  ...[1, 2, 3, 4, 5, 6].map((n) => [`A/MVI_000${n}.MOV`, '4', String(n)]),
].map(([path, scene, take]): Staged => ({ path: path!, scene: scene!, take: take!, camera: 'A' }));
const OTHERS = { 'A/MVI_0001.THM': 'thumb', 'A/MVI_0002.MOV.xml': 'xml' };
/** Longer than all its steps take. */
const STEPS = 17;
const WAIT = 3;

function fresh() {
  const dir = freshFolder();
  const manifest = stage(dir, CLIPS, OTHERS);
  return { dir, manifest, old: { files: tree(dir), delivery: delivery(manifest) } };
}
const now = (dir: string, manifest: string) => ({ files: tree(dir), delivery: delivery(manifest) });

/** What a rename that nobody disturbs makes of it. */
async function whole() {
  const { dir, manifest } = fresh();
  await applyRenames(manifest, {}, namingOf(PATTERN));
  const state = now(dir, manifest);
  remove(dir);
  return state;
}

test('24 renames killed at random moments: undone, everything is as it was; applied again, everything is new', async () => {
  const target = await whole();
  let partWay = 0;
  for (let round = 0; round < 24; round++) {
    const { dir, manifest, old } = fresh();
    const { killed } = await run('apply', manifest, WAIT, Math.random() * STEPS * (WAIT + 1));
    // What a killed writer of the manifest left half written goes with the next writer.
    const between = Object.fromEntries(
      Object.entries(tree(dir)).filter(([path]) => !/^\.handoff\.json\..*\.baton-tmp$/.test(path)),
    );
    if (
      killed &&
      JSON.stringify(between) !== JSON.stringify(old.files) &&
      JSON.stringify(between) !== JSON.stringify(target.files)
    )
      partWay++;
    // Whatever the moment, no file is lost; between two names one may stand under both.
    expect(new Set(Object.values(between))).toEqual(new Set(Object.values(old.files)));
    if (round % 2) {
      await applyRenames(manifest, {}, namingOf(PATTERN));
      expect(now(dir, manifest)).toEqual(target);
      expect(undoFiles(dir)).toHaveLength(1);
    }
    await undoRename(manifest, {}).catch((error: Error) => expect(error.message).toContain('to undo'));
    expect(now(dir, manifest)).toEqual(old);
    expect(undoFiles(dir)).toEqual([]);
    remove(dir);
  }
  console.log(`${partWay} of 24 were killed with some files renamed and some not`);
  expect(partWay).toBeGreaterThan(5);
});

test('12 undos killed at random moments are finished by the next one, and say once that they were', async () => {
  for (let round = 0; round < 12; round++) {
    const { dir, manifest, old } = fresh();
    await applyRenames(manifest, {}, namingOf(PATTERN));
    const { killed } = await run('undo', manifest, WAIT, Math.random() * STEPS * (WAIT + 1));
    if (undoFiles(dir).length > 0) await undoRename(manifest, {});
    expect(now(dir, manifest)).toEqual(old);
    const kinds = readManifest(manifest).history.map(({ kind }) => kind);
    expect(kinds, `killed: ${killed}`).toEqual(['rename', 'rename-undone']);
    remove(dir);
  }
});

test('a kill while one file has both names loses neither and doubles neither; until then nothing else is proposed', async () => {
  const dir = freshFolder();
  const manifest = stage(
    dir,
    ['a', 'b', 'c', 'd'].map((name, at) => ({
      path: `${name}.mov`,
      scene: '1',
      take: String(at + 1),
      camera: 'A',
    })),
  );
  const old = now(dir, manifest);
  const { killed } = await run('half', manifest, 0, null);
  expect(killed).toBe(true);
  expect(Object.keys(tree(dir))).toHaveLength(5);
  const opened = await openHandoff(manifest);
  await expect(proposeRenames({ ...opened, handoff: opened.handoff! }, namingOf(PATTERN))).rejects.toThrow(
    'was interrupted',
  );
  const copy = freshFolder();
  // Elsewhere and with other numbers on the drive, as a copied folder is; there the two names are two files, and nobody guesses.
  cpSync(dir, copy, { recursive: true });
  await expect(undoRename(join(copy, 'handoff.json'), {})).rejects.toThrow('two files');
  await undoRename(manifest, {});
  expect(now(dir, manifest)).toEqual(old);
  remove(dir);
  remove(copy);
});

test('media wait under a name that no sweep of temporary files takes; an undo file of the older spelling is followed', async () => {
  const swapped: Staged[] = [
    { path: 'SCENE_01_TAKE_01_CAM_A.mov', scene: '1', take: '2', camera: 'A' },
    { path: 'SCENE_01_TAKE_02_CAM_A.mov', scene: '1', take: '1', camera: 'A' },
  ];
  const dir = freshFolder();
  const manifest = stage(dir, swapped);
  const old = now(dir, manifest);
  const journalOf = () => join(dir, '.baton', 'renames', undoFiles(dir)[0]!);
  let [journal, path] = ['', ''];
  const beforeStep = async (step: number) => {
    if (step !== 1) return;
    const [parked, ...more] = Object.keys(tree(dir)).filter((each) => each.startsWith('.'));
    expect([parked, more]).toEqual([expect.stringMatching(/\.baton-way$/), []]);
    expect(isLitter(parked!)).toBe(true);
    await sweep(dir);
    expect(Object.keys(tree(dir))).toContain(parked);
    path = journalOf();
    journal = readFileSync(path, 'utf8');
    throw new Error('enough seen');
  };
  await expect(applyRenames(manifest, {}, namingOf(PATTERN), { beforeStep })).rejects.toThrow('enough seen');
  expect(now(dir, manifest)).toEqual(old);
  // As an earlier Baton left it when it was killed there.
  writeFileSync(path, journal.replaceAll('.baton-way', '.baton-tmp'));
  const [first] = (JSON.parse(readFileSync(path, 'utf8')) as RenameJournal).files;
  renameSync(join(dir, first!.from), join(dir, first!.way!));
  await sweep(dir);
  const { outcome } = await undoRename(manifest, {});
  expect([outcome, now(dir, manifest), undoFiles(dir)]).toEqual(['taken-back', old, []]);
  remove(dir);
});

test('killed after its last file and before the manifest knew: the next run tells it, --undo takes it back', async () => {
  const target = await whole();
  for (const goOn of [true, false]) {
    const { dir, manifest, old } = fresh();
    // While this process holds the manifest, the child waits with every file renamed.
    await withLock(manifest, async () => {
      const ended = run('apply', manifest, 0, 1500);
      await expect.poll(() => tree(dir), { timeout: 20_000 }).toEqual(target.files);
      expect(await ended).toMatchObject({ killed: true });
    });
    expect(delivery(manifest)).toEqual(old.delivery);
    if (goOn) {
      const { recovered, id } = await applyRenames(manifest, {}, namingOf(PATTERN));
      expect([recovered?.outcome, id]).toEqual(['finished', null]);
      expect(now(dir, manifest)).toEqual(target);
      expect(readManifest(manifest).history.map(({ kind }) => kind)).toEqual(['rename']);
    }
    await undoRename(manifest, {});
    expect(now(dir, manifest)).toEqual(old);
    remove(dir);
  }
});

test('a folder in which this user may not rename is said, and everything else is renamed', async () => {
  const { dir, manifest } = fresh();
  const root = process.getuid?.() === 0;
  chmodSync(dir, 0o777);
  chmodSync(manifest, 0o666);
  if (root) for (const path of Object.keys(tree(dir))) chownSync(join(dir, path), 65534, 65534);
  chmodSync(join(dir, 'A'), 0o555);
  const before = Object.keys(tree(dir)).filter((path) => path.startsWith('A/'));
  chmodSync(home, 0o755);
  const { lines } = await run('apply', manifest, 0, null, root ? { uid: 65534, gid: 65534 } : {});
  expect(lines).toContain('done');
  const after = Object.keys(tree(dir));
  expect(after.filter((path) => path.startsWith('A/'))).toEqual(before);
  expect(after).toContain('SCENE_03_TAKE_01_CAM_A.mov');
  chmodSync(join(dir, 'A'), 0o755);
  remove(dir);
});
