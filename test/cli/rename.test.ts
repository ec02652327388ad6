/** baton rename and baton init as a person types them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHandoff } from '../../manifest/readers/handoff.ts';
import { HEADINGS } from '../../manifest/log/headings.ts';
import { TEMPLATE_FILES } from '../../manifest/template.ts';
import { tree } from '../bridge/rename-stage.ts';
import { baton, batonJson, tempFolder } from './baton.ts';

interface Document {
  patterns: string[];
  renames: { from: string; to: string; why: string; along: { from: string; to: string }[] }[];
  refused: { path: string; code: string; missing: string[] }[];
  right: number;
  lists: string[];
  applied: { id: string; files: unknown[] } | null;
}

/** A drive as it comes: two cards' names, a log, a name of haste, sidecars. The files hold a few words each. */
function messy(): { dir: string; manifest: string } {
  const dir = join(tempFolder(), 'FINAL_RAW');
  for (const path of [
    'CARD/MVI_0001.MOV',
    'CARD/MVI_0001.THM',
    'CARD/MVI_0002.MOV',
    'CARD/FINAL (1).mov',
    'CARD/MVI_0003.MOV',
    'WAV/ZOOM0001.WAV',
  ]) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), `this is ${path}`);
  }
  writeFileSync(
    join(dir, 'log.csv'),
    'Scene,Take,Camera,File,Circled\n7,1,A,MVI_0001.MOV,x\n7,2,A,MVI_0002.MOV,\n7,3,A,FINAL (1).mov,\n7,1,,ZOOM0001.WAV,\n',
  );
  return { dir, manifest: join(dir, 'handoff.json') };
}

describe('rename', () => {
  it('proposes and writes nothing, renames on demand, and puts everything back', async () => {
    const { dir, manifest } = messy();
    await baton('scan', dir);
    const [before, text] = [tree(dir), readFileSync(manifest, 'utf8')];
    const proposed = await batonJson<Document>('rename', manifest);
    expect(proposed.code).toBe(0);
    expect(proposed.document.renames.map(({ from, to, along }) => [from, to, along.length])).toEqual([
      ['CARD/FINAL (1).mov', 'CARD/SCENE_07_TAKE_03_CAM_A.mov', 0],
      ['CARD/MVI_0001.MOV', 'CARD/SCENE_07_TAKE_01_CAM_A.MOV', 1],
      ['CARD/MVI_0002.MOV', 'CARD/SCENE_07_TAKE_02_CAM_A.MOV', 0],
      ['WAV/ZOOM0001.WAV', 'WAV/SCENE_07_TAKE_01_AUDIO_MAIN.WAV', 0],
    ]);
    expect(proposed.document.renames[1]!.why).toBe('scene 7, take 1, camera A from the log');
    expect(proposed.document.refused).toMatchObject([
      { path: 'CARD/MVI_0003.MOV', code: 'missing-field', missing: ['scene', 'take', 'role'] },
    ]);
    expect([tree(dir), readFileSync(manifest, 'utf8')]).toEqual([before, text]);

    const applied = await batonJson<Document>('rename', manifest, '--apply');
    // One file needs a person.
    expect(applied.code).toBe(1);
    expect(applied.document.applied!.files).toHaveLength(5);
    expect(Object.keys(tree(dir)).filter((path) => path.startsWith('CARD'))).toEqual([
      'CARD/MVI_0003.MOV',
      'CARD/SCENE_07_TAKE_01_CAM_A.MOV',
      'CARD/SCENE_07_TAKE_01_CAM_A.THM',
      'CARD/SCENE_07_TAKE_02_CAM_A.MOV',
      'CARD/SCENE_07_TAKE_03_CAM_A.mov',
    ]);
    const renamed = readFileSync(manifest, 'utf8');
    const scan = await baton('scan', dir);
    expect(scan.stdout).toContain('0 new since revision 2');
    expect(readFileSync(manifest, 'utf8')).toBe(renamed);

    const undone = await baton('rename', manifest, '--undo');
    expect([undone.code, undone.stdout]).toEqual([
      0,
      expect.stringContaining('5 files have their old names again'),
    ]);
    expect(tree(dir)).toEqual(before);
    expect((await baton('rename', manifest, '--undo')).code).toBe(2);
  });

  it('--pattern is checked, used, and not kept; scan --pattern keeps it, and check asks for it', async () => {
    const { dir, manifest } = messy();
    await baton('scan', dir, '--pattern', '{scene:3}-{take:2}_{role}');
    const wrong = await baton('rename', manifest, '--pattern', '{scene}_{tkae}');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('column 10: "tkae" is not a field; the nearest is {take}');
    expect((await baton('scan', dir, '--pattern', '{')).stderr).toContain('column 1');
    const own = await batonJson<Document>('rename', manifest);
    expect(own.document.patterns).toEqual(['{scene:3}-{take:2}_{role}']);
    expect(own.document.renames[0]!.to).toBe('CARD/007-03_A.mov');
    const given = await batonJson<Document>('rename', manifest, '--pattern', 'S{scene}T{take}_{role}');
    expect(given.document.renames[0]!.to).toBe('CARD/S7T3_A.mov');
    const { stdout } = await baton('check', manifest, '--json');
    const issues = (JSON.parse(stdout) as { issues: { code: string }[] }).issues;
    expect(issues.filter(({ code }) => code === 'naming')).toHaveLength(5);
  });

  it('hash lists stop it in one line; --undo goes alone; a drive that is not here is told with the names it would have', async () => {
    const { dir, manifest } = messy();
    writeFileSync(join(dir, 'CARD', 'card.mhl'), '<hashlist version="1.1"></hashlist>');
    await baton('scan', dir);
    const stopped = await baton('rename', manifest, '--apply');
    expect(stopped).toMatchObject({ code: 2, stdout: '' });
    expect(stopped.stderr.trim().split('\n')).toHaveLength(1);
    expect(stopped.stderr).toContain(
      'card.mhl knows the files by their present names; --force renames all the same',
    );
    expect((await baton('rename', manifest, '--undo', '--apply')).code).toBe(2);
    renameSync(join(dir, 'CARD'), join(dir, '..', 'gone'));
    const { document } = await batonJson<{ refused: { code: string; message: string }[] }>(
      'rename',
      manifest,
    );
    expect(document.refused.find(({ code }) => code === 'not-there')!.message).toBe(
      'the file is not there; it would be called SCENE_07_TAKE_03_CAM_A.mov',
    );
  });
});

describe('init', () => {
  it('lays out what a scan reads as an empty handoff, and says what to do next', async () => {
    const dir = join(tempFolder(), 'NEW SHOOT');
    const { code, document } = await batonJson<{ made: string[]; kept: string[] }>('init', dir);
    expect([code, document.kept]).toEqual([0, []]);
    expect(readdirSync(dir).sort()).toEqual([
      'B-Roll',
      'CHECKLIST.md',
      'Camera',
      'Documents',
      'Graphics',
      'HANDOVER.txt',
      'Log',
      'Music',
      'Sound',
    ]);
    const scan = await baton('scan', dir);
    expect([scan.code, scan.stderr]).toEqual([0, '']);
    expect(scan.stdout).toContain('No picture and no sound was found: copy the cards into');
    const { value, issues } = parseHandoff(readFileSync(join(dir, 'handoff.json'), 'utf8'));
    expect(issues).toEqual([]);
    expect(value!.note).toBeUndefined();
    expect(value!.log.entries).toEqual([]);
    expect((await baton('check', join(dir, 'handoff.json'))).code).toBe(0);
  });

  it('a filled one is read: the log by its headings, the note, clips by their folders', async () => {
    const dir = join(tempFolder(), 'SHOOT');
    await baton('init', dir);
    const heads = readFileSync(join(dir, 'Log', 'log.csv'), 'utf8').trim();
    const row = heads
      .split(',')
      .map(
        (head) => ({ Scene: '7', Take: '3', Camera: 'A', File: 'MVI_0001.MOV', Circled: 'x' })[head] ?? '',
      );
    writeFileSync(join(dir, 'Log', 'log.csv'), `${heads}\n${row.join(',')}\n`);
    writeFileSync(join(dir, 'Camera', 'MVI_0001.MOV'), 'no media');
    writeFileSync(join(dir, 'HANDOVER.txt'), 'Day 2 comes on Tuesday.');
    await baton('scan', dir);
    const { value } = parseHandoff(readFileSync(join(dir, 'handoff.json'), 'utf8'));
    expect(value!.note).toEqual({ text: 'Day 2 comes on Tuesday.' });
    expect(value!.clips.find(({ kind }) => kind === 'picture')).toMatchObject({
      pick: 'circled',
      identity: { scene: '7', take: '3', camera: 'A' },
    });
  });

  it('overwrites nothing, and makes what is missing', async () => {
    const dir = join(tempFolder(), 'OLD SHOOT');
    mkdirSync(join(dir, 'Log'), { recursive: true });
    writeFileSync(join(dir, 'Log', 'log.csv'), 'mine');
    const { document } = await batonJson<{ made: string[]; kept: string[] }>('init', dir);
    expect(document.kept).toEqual(['Log/', 'Log/log.csv']);
    expect(readFileSync(join(dir, 'Log', 'log.csv'), 'utf8')).toBe('mine');
    expect(existsSync(join(dir, 'HANDOVER.txt'))).toBe(true);
    const file = join(dir, 'HANDOVER.txt');
    expect(await baton('init', file)).toMatchObject({ code: 2, stdout: '' });
  });

  it('every heading of its log is one the mapper is sure of', () => {
    const known = new Set(Object.values(HEADINGS).flatMap((list) => list.split(', ')));
    const heads = TEMPLATE_FILES.find(([path]) => path.endsWith('.csv'))![1]
      .trim()
      .toLowerCase()
      .split(',');
    expect(heads.filter((head) => !known.has(head))).toEqual([]);
    expect(heads.length).toBeGreaterThan(15);
  });
});
