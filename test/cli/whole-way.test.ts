import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import { baton, batonJson, tempFolder, type Ran } from './baton.ts';

interface Heard {
  clip: string;
  sound?: string;
  heard: string;
  offsetSamples?: number;
}

const dir = join(tempFolder(), 'shoot');
const manifest = join(dir, 'handoff.json');
const project = join(dir, '.baton', 'standin-premiere.json');
const handoff = () => JSON.parse(readFileSync(manifest, 'utf8')) as Handoff;
let demo: Ran;

beforeAll(async () => {
  demo = await baton('demo', '--dir', dir);
});

describe('the demo', () => {
  it('ends by itself with 0 and says where everything lies', () => {
    expect(demo.code, demo.stderr).toBe(0);
    expect(demo.stdout).toContain(`Everything is left in ${dir}`);
  });

  it('goes through every command a person would type', () => {
    const typed = demo.stdout.match(/^\$ baton \w+/gm)?.map((line) => line.slice(8));
    expect(typed).toEqual(['scan', 'check', 'sync', 'plan', 'apply', 'apply', 'cut']);
  });

  it('leaves a manifest that remembers the scan, one import and the locked cut', () => {
    const { history, revision } = handoff();
    expect(history.map((record) => record.kind)).toEqual(['scan', 'import', 'cut']);
    expect(history[2]).toMatchObject({ lock: true, formats: ['fcpxml', 'edl'] });
    expect(revision).toBe(3);
  });
});

describe('check', () => {
  it('reports every planted fault and nothing else', async () => {
    const { code, document } = await batonJson<{ issues: Issue[]; counts: object }>('check', manifest);
    const found = document.issues.map(({ code: what, clips, at }) => [
      what,
      clips[0]?.split('/').pop() ?? at,
    ]);
    expect(found.sort()).toEqual(
      [
        ['name-unclear', 'FINAL_TAKE_3_REV2.mov'],
        ['log-row-no-clip', 'LOGS/day1.csv row 11'],
        ['log-clip-no-row', 'SCENE_31_TAKE_04_A.mov'],
        ['no-timecode', 'SCENE_31_TAKE_03_A.mov'],
        ['unsynced-no-overlap', 'SCENE_31_TAKE_01_A.mov'],
        ['unsynced-no-sound', 'SCENE_31_TAKE_02_A.mov'],
      ].sort(),
    );
    expect(document.counts).toEqual({ error: 0, warning: 6, note: 0 });
    expect(code).toBe(0);
  });
});

describe('sync', () => {
  it('gives one verdict for each picture and for the wild track', async () => {
    const { code, document } = await batonJson<{ verdicts: SyncVerdict[] }>('sync', manifest);
    const words = Object.fromEntries(
      document.verdicts.map(({ clip, verdict }) => [clip.split('/').pop(), verdict]),
    );
    expect(words).toEqual({
      'FINAL_TAKE_3_REV2.mov': 'in-sync',
      'SCENE_07_TAKE_01_A.mov': 'in-sync',
      'SCENE_07_TAKE_02_A.mov': 'in-sync',
      'SCENE_07_TAKE_02_B.mov': 'in-sync',
      'SCENE_07_TAKE_03_A_DO_NOT_USE.mov': 'in-sync',
      'SCENE_07_TAKE_04_A_ALTERNATE.mov': 'in-sync',
      'SCENE_12_TAKE_01_B.mov': 'in-sync',
      'SCENE_12_TAKE_02_B.mov': 'in-sync',
      'SCENE_12_TAKE_03_B.mov': 'mos',
      'SCENE_31_TAKE_01_A.mov': 'no-overlap',
      'SCENE_31_TAKE_02_A.mov': 'no-sound',
      'SCENE_31_TAKE_03_A.mov': 'no-timecode',
      'SCENE_31_TAKE_04_A.mov': 'in-sync',
      'BROLL_EXT_HARBOUR_DUSK_WS_01.mov': 'mos',
      'SCENE_31_WT_01.wav': 'wild',
    });
    expect(code).toBe(1);
  });

  it('names the hour, the midnight and both files of the mono set', async () => {
    const { document } = await batonJson<{ verdicts: SyncVerdict[] }>('sync', manifest);
    const of = (name: string) => document.verdicts.find(({ clip }) => clip.endsWith(name))!;
    expect(of('SCENE_31_TAKE_01_A.mov').reason).toContain('hour');
    expect(of('SCENE_12_TAKE_02_B.mov').reason).toContain('midnight');
    expect(of('SCENE_12_TAKE_01_B.mov').sound).toHaveLength(2);
  });

  it('by ear finds the sound of the two pictures that timecode leaves alone, to the sample', async () => {
    const { document } = await batonJson<{ listened: Heard[] }>('sync', manifest, '--listen');
    const found = document.listened.filter(({ heard }) => heard === 'match');
    expect(found.map(({ clip, sound }) => [clip, sound].map((path) => path!.split('/').pop()))).toEqual([
      ['SCENE_31_TAKE_01_A.mov', 'SCENE_31_TAKE_01_AUDIO_MAIN.wav'],
      ['SCENE_31_TAKE_03_A.mov', 'SCENE_31_TAKE_03_AUDIO_MAIN.wav'],
    ]);
    // The recorder rolls a second of labels earlier, and begins two samples after a frame's edge.
    expect(found.map(({ offsetSamples }) => offsetSamples)).toEqual([-48_046, -48_046]);
  });

  it('keeps circled and MOS apart: one take is both', () => {
    const take = handoff().clips.find(({ path }) => path.endsWith('SCENE_12_TAKE_03_B.mov'));
    expect(take).toMatchObject({ pick: 'circled', soundKind: 'mos' });
  });
});

describe('plan and apply', () => {
  it('a plan for an empty project has a step for everything, in bins by scene and take', async () => {
    const { code, document } = await batonJson<Plan>('plan', manifest);
    expect(code).toBe(0);
    const binOf = Object.fromEntries(
      document.steps.flatMap((step) =>
        step.kind === 'import' ? [[step.target.path.split('/').pop(), step.after.bin.join('/')]] : [],
      ),
    );
    expect(Object.keys(binOf)).toHaveLength(26);
    expect(binOf).toMatchObject({
      'SCENE_07_TAKE_02_A.mov': 'Scenes/07/Take 02',
      'SCENE_07_TAKE_02_B.mov': 'Scenes/07/Take 02',
      'SCENE_07_TAKE_02_AUDIO_MAIN.wav': 'Scenes/07/Take 02',
      'SCENE_07_TAKE_04_A_ALTERNATE.mov': 'Scenes/07/Take 04',
      'SCENE_07_TAKE_03_A_DO_NOT_USE.mov': '_Rejected',
      'SCENE_31_WT_01.wav': 'Sound/Wild',
      'BROLL_EXT_HARBOUR_DUSK_WS_01.mov': 'B-roll/EXT HARBOUR',
      'FINAL_TAKE_3_REV2.mov': 'Scenes/31/Take 06',
    });
  });

  it('against the project as it is now there is nothing to do, and planning writes nothing', async () => {
    const before = readFileSync(manifest, 'utf8');
    const { document } = await batonJson<Plan>('plan', manifest, '--project', project);
    expect(document.steps).toEqual([]);
    expect(document.counts['unchanged']).toBe(26);
    expect(readFileSync(manifest, 'utf8')).toBe(before);
  });

  it('applying again changes neither project nor manifest', async () => {
    const before = [manifest, project].map((file) => readFileSync(file, 'utf8'));
    const { code, document } = await batonJson<Receipt>(
      'apply',
      manifest,
      '--host',
      'standin',
      '--project',
      project,
    );
    expect([code, document.steps]).toEqual([0, []]);
    expect([manifest, project].map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  it('says that an editor’s own label is kept, instead of that all is as the handoff says', async () => {
    const edited = join(tempFolder(), 'edited.json');
    const text = readFileSync(project, 'utf8');
    // The label of the first clip: 4, B-roll, becomes 3.
    writeFileSync(edited, text.replace(/("name":"BROLL_[^"]+","label":)4/, '$13'));
    const again = async (file: string) =>
      (await baton('apply', manifest, '--host', 'standin', '--project', file)).stdout.trim();
    expect(await again(project)).toBe('0 changes: the project holds what the handoff says');
    expect(await again(edited)).toBe(
      '0 changes: nothing else is to be done; 1 kept as the editor left them: baton plan says which and why',
    );
  });

  it('notes with a timecode lie on their frame, verified', () => {
    const { receipt } = handoff().history[1] as unknown as { receipt: Receipt };
    expect(receipt.steps.every((step) => step.result === 'verified')).toBe(true);
    const markers = receipt.steps.flatMap((step) => ('marker' in step.after ? [step.after.marker] : []));
    expect(markers.length).toBeGreaterThan(3);
    expect(markers.some((marker) => marker.frame > 0)).toBe(true);
  });
});

describe('cut', () => {
  it('writes the same cut again under another name, over nothing', async () => {
    const first = join(dir, 'cuts', 'Harbour Lights assembly.edl');
    const before = readFileSync(first, 'utf8');
    const { code, document } = await batonJson<{
      files: { path: string; format: string; hash: string }[];
      losses: unknown[];
    }>('cut', manifest, '--sequence', project, '--as', 'edl,fcpxml');
    expect(code).toBe(0);
    expect(document.files.map(({ path }) => path.slice(dir.length + 1))).toEqual([
      'cuts/Harbour Lights assembly-2.edl',
      'cuts/Harbour Lights assembly-2_V2.edl',
      'cuts/Harbour Lights assembly-2.fcpxml',
    ]);
    expect(document.files.every(({ path, hash }) => existsSync(path) && /^[0-9a-f]{64}$/.test(hash))).toBe(
      true,
    );
    expect(document.losses.length).toBeGreaterThan(0);
    expect(readFileSync(first, 'utf8')).toBe(before);
  });

  it('a second scan ignores cuts and Baton’s own files, and changes nothing', async () => {
    const before = handoff();
    const { code } = await baton('scan', dir);
    expect(code).toBe(0);
    expect(handoff()).toEqual(before);
  });
});
