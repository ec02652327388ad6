/** Checks of names, versions, B-roll and reels; each says what is wrong once, and nothing where nothing is. */
import { describe, expect, it } from 'vitest';
import { check } from '../../manifest/check.ts';
import { brollLabel } from '../../manifest/checks/broll-label.ts';
import { cameraDefault } from '../../manifest/checks/camera-default.ts';
import { namePortable } from '../../manifest/checks/name-portable.ts';
import { names } from '../../manifest/checks/names.ts';
import { naming } from '../../manifest/checks/naming.ts';
import { reels } from '../../manifest/checks/reels.ts';
import { versions } from '../../manifest/checks/versions.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { readName } from '../../manifest/names.ts';
import { entry, handoff, picture, sound } from '../fixtures/handoff.ts';
import { issues, codes, said } from './name-checks-stage.ts';

const called = (...paths: string[]) => paths.map((path) => picture({ path, scene: '1', take: '1' }));

describe('names the camera gave', () => {
  it('a card of them is one issue, with every clip in it', () => {
    const card = ['DCIM/MVI_1234.MOV', 'DCIM/MVI_1235.MOV', 'DCIM/MVI_1236.MOV'].map((path) =>
      picture({ path }),
    );
    const found = issues(cameraDefault, [
      ...card,
      picture({ path: 'B/GX010123.MP4' }),
      sound({ path: 'B/ZOOM0001.WAV' }),
    ]);
    expect(found.map(({ clips }) => clips.length)).toEqual([3, 1, 1]);
    expect(found[0]!.message).toBe(
      '3 picture files in DCIM (MVI_1234.MOV and on) go by the name the Canon camera or recorder gave, and nothing else tells scene or take: not the metadata, not the log.',
    );
  });

  it.each([
    'A001C003_230614_R1AB.mxf',
    'A001_C003_0614AB_001.R3D',
    'MVI_1234.MOV',
    'GX010123.MP4',
    'DJI_0001.MP4',
    'C0001.MP4',
    'IMG_0042.MOV',
    '00001.MTS',
  ])('%s', (path) => {
    expect(codes(cameraDefault, [picture({ path })])).toEqual(['name-camera']);
    expect(codes(names, [picture({ path })])).toEqual([]);
  });

  it('nobody is asked where log, metadata or folder tell what it is', () => {
    const known = [
      picture({ path: 'MVI_1234.MOV', scene: '7', take: '3' }),
      picture({ path: 'B-Roll/MVI_1235.MOV', clip: { broll: true } }),
      picture({ path: 'x/MVI_1236.MOV', clip: { pick: 'rejected' } }),
      sound({ path: 'ZOOM0002.WAV', clip: { soundKind: 'wild' } }),
    ];
    expect(codes(cameraDefault, known)).toEqual([]);
  });
});

describe('names made in haste', () => {
  it('several of one thing are one issue, one alone is one', () => {
    const clips = called(
      'a/edit_FINAL.mov',
      'a/edit_FINAL_v2.mov',
      'a/copy of edit_final_final.mov',
      'a/REALLY_final edit.mov',
      'b/scene (1).mov',
    );
    const found = issues(names, clips);
    expect(found.map(({ code, clips: of }) => [code, of.length])).toEqual([
      ['name-unclear', 4],
      ['name-unclear', 1],
    ]);
    expect(found[0]!.message).toContain('are 4 names for what looks like one thing');
    expect(found[0]!.fix).toContain('baton rename');
  });

  it('a place called New York is no haste', () => {
    expect(
      codes(names, [picture({ path: 'BROLL_EXT_NEW-YORK_DUSK_WS_01.mov', clip: { broll: true } })]),
    ).toEqual([]);
  });
});

describe('the production’s patterns', () => {
  const set = (...patterns: string[]) => ({ naming: { patterns: patterns.map((pattern) => ({ pattern })) } });
  const TAKE = 'SCENE_{scene:2}_TAKE_{take:2}_{kind}_{role}';

  it('are asked for only where they are set, and only of what they speak of', () => {
    const clips = [
      ...called('x.mov'),
      picture({ path: 'b.mov', clip: { broll: true } }),
      sound({ path: 'w.wav', clip: { soundKind: 'wild' } }),
    ];
    expect(codes(naming, clips)).toEqual([]);
    expect(codes(naming, clips, set(TAKE))).toEqual(['naming']);
    expect(codes(naming, clips, set(TAKE, 'BROLL_{place}_{n:2}'))).toEqual(['naming', 'naming']);
  });

  it('say where a name stops following the nearest of them; marks at its end are no part of it', () => {
    const wrong = issues(
      naming,
      called('SCENE_07_TAKE_3_CAM_A.mov', 'SCENE_07_TAKE_03_CAM_A_DO_NOT_USE.mov'),
      set('{scene}-{take}', TAKE),
    );
    expect(wrong).toHaveLength(1);
    expect(wrong[0]!.message).toContain(`does not follow ${TAKE} from letter 15 on: "3_CAM_A" stands there`);
  });

  it('one that is none is an error with its column, and the others are asked', () => {
    const found = issues(naming, called('x.mov'), set('SCENE_{sceen}', TAKE));
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['naming-pattern', 'error'],
      ['naming', 'warning'],
    ]);
    expect(found[0]!.message).toBe(
      'The pattern SCENE_{sceen} goes wrong at column 8: "sceen" is not a field; the nearest is {scene}.',
    );
  });
});

describe('versions', () => {
  it('a hole between two, and one number twice', () => {
    expect(codes(versions, called('SCENE_05_V01.mov', 'SCENE_05_V03.mov'))).toEqual(['version-missing']);
    expect(issues(versions, called('a/SCENE_05_V01.mov', 'b/scene 05 v1.mov'))[0]!.message).toBe(
      'a/SCENE_05_V01.mov and b/scene 05 v1.mov are both version 1 of one thing.',
    );
    const [hole] = issues(versions, called('t_v01.mov', 't_v900.mov'));
    expect(hole!.message).toContain('no V02, V03, V04, V05, V06, V07, V08, V09, V10, V11, ….');
    expect(hole!.severity).toBe('note');
  });

  it('the newest alone, picture and sound of one version, other things and proven copies are in order', () => {
    expect(codes(versions, called('SCENE_05_V07.mov'))).toEqual([]);
    expect(
      codes(versions, [
        ...called('SCENE_05_V03.mov', 'SCENE_05_V03_comp.mov', 'SCENE_06_V03.mov'),
        sound({ path: 'SCENE_05_V03.wav' }),
      ]),
    ).toEqual([]);
    const copy = { ...called('b/SCENE_05_V03.mov')[0]! };
    const first = called('a/SCENE_05_V03.mov')[0]!;
    expect(codes(versions, [first, { ...copy, duplicateOf: { clip: first.id, proof: 'hash' } }])).toEqual([]);
  });
});

describe('B-roll', () => {
  const broll = (path: string): Clip => {
    const { place } = readName(path, 'picture');
    return picture({ path, clip: { broll: true, identity: place ? { place } : {} } });
  };

  it('that says nothing is said once a folder; that says place and size is in order', () => {
    const found = issues(brollLabel, [
      broll('B-Roll/MVI_1.MOV'),
      broll('B-Roll/MVI_2.MOV'),
      broll('BROLL_EXT_HARBOUR_DUSK_WS_01.mov'),
      broll('BROLL_INT_MILL_CU.mov'),
    ]);
    expect(found.map(({ message }) => message)).toEqual([
      '2 B-roll clips in B-Roll (MVI_1.MOV and on) do not say their place, shot size, time of day.',
    ]);
  });

  it('with a place and no size is a note, with a note in the log it is in order', () => {
    const clip = broll('BROLL_EXT_HARBOUR_01.mov');
    expect(issues(brollLabel, [clip])).toMatchObject([{ code: 'broll-unlabelled', severity: 'note' }]);
    const row = entry({ row: 2, clips: [clip.id], notes: [{ id: 'n', kind: 'note', text: 'ferry leaves' }] });
    expect(codes(brollLabel, [clip], { log: { sheets: [], entries: [row] } })).toEqual([]);
  });
});

describe('names on every system', () => {
  it('a folder is said once, however much lies in it', () => {
    const found = issues(namePortable, called('Day 1: harbour/a.mov', 'Day 1: harbour/b.mov', 'NUL.mov'));
    expect(found.map(({ code, at, clips }) => [code, at, clips.length])).toEqual([
      ['name-illegal', 'Day 1: harbour', 2],
      ['name-illegal', 'NUL.mov', 1],
    ]);
    expect(found[0]!.message).toBe('Day 1: harbour (a folder with 2 clips): Windows refuses ":".');
  });

  it('long paths and letters no delivery takes are one issue each, the latter a note', () => {
    const deep = `${'folder/'.repeat(30)}a.mov`;
    const found = issues(namePortable, called(deep, 'Szene 1.mov', 'Größe.mov'));
    expect(found.map(({ code, severity, clips }) => [code, severity, clips.length])).toEqual([
      ['name-long', 'warning', 1],
      ['name-delivery', 'note', 2],
    ]);
    expect(found[1]!.message).toContain('2 names hold " " "ö" "ß" (Szene 1.mov, Größe.mov)');
  });

  it('plain names are in order', () => {
    expect(issues(namePortable, called('CAMERA_A/A001/SCENE_07_TAKE_03-A.mov'))).toEqual([]);
  });
});

describe('reels', () => {
  const onReel = (reel: string) => picture({ path: `${reel}.mov`, clip: { identity: { reel } } });

  it('that are one in eight characters are said, with their clips', () => {
    const found = issues(reels, [onReel('A001R1AB_0614'), onReel('A001R1AB_0615'), onReel('A002')]);
    expect(found).toMatchObject([
      { code: 'reel-collision', clips: ['A001R1AB_0614.mov', 'A001R1AB_0615.mov'] },
    ]);
    expect(found[0]!.message).toContain('A001R1AB_0614 and A001R1AB_0615 are both A001R1AB');
  });

  it('the same reel in another case, and reels that differ, are in order', () => {
    expect(
      codes(reels, [
        onReel('A001'),
        onReel('a001'),
        onReel('B001'),
        sound({ path: 's.wav', clip: { identity: { soundRoll: 'SR001' } } }),
      ]),
    ).toEqual([]);
  });
});

// Whatever looked through all of them for each would not end within the time a test has.
it('a clean shoot of 100,000 clips has nothing to say', () => {
  const clips = Array.from({ length: 100_000 }, (_, at) => {
    const take = String((at % 40) + 1).padStart(2, '0');
    const scene = String(Math.floor(at / 40) + 1).padStart(2, '0');
    return said(`A/SCENE_${scene}_TAKE_${take}_CAM_A.mov`, { log: { scene, take, camera: 'A' } });
  });
  const found = check(handoff(clips), {}).filter(({ code }) => !/^(no-timecode|unsynced)/.test(code));
  expect(found).toEqual([]);
});
