import { describe, expect, it } from 'vitest';
import { isChaotic, readName } from '../../manifest/names.ts';
import { kindOf } from '../../manifest/kinds.ts';
import { comparable, sameLabel, settle } from '../../manifest/identity.ts';

describe('what a picture name says', () => {
  it.each([
    ['SCENE_07_TAKE_03_A.mov', { scene: '07', take: '03', camera: 'A' }],
    ['CAMERA_B/B001/SCENE_07_TAKE_02_B.mov', { scene: '07', take: '02', camera: 'B', reel: 'B001' }],
    ['Sc7A-Tk3.mov', { scene: '7A', take: '3' }],
    ['Szene 12 Take 4.mov', { scene: '12', take: '4' }],
    ['S07T03.mov', { scene: '07', take: '03' }],
    ['7A-T03.mov', { scene: '7A', take: '03' }],
    ['27-7.mov', { scene: '27', take: '7' }],
    ['A001C003_230614_R1AB.mxf', { reel: 'A001', camera: 'A' }],
    ['A001_C003_0614AB_001.R3D', { reel: 'A001', camera: 'A' }],
    ['B002_06141234_C003.braw', { reel: 'B002', camera: 'B' }],
    ['SCENE_07_TAKE_03_A_DO_NOT_USE.mov', { scene: '07', take: '03', camera: 'A', pick: 'rejected' }],
    ['SCENE_07_TAKE_04_A_ALTERNATE.mov', { scene: '07', take: '04', camera: 'A', pick: 'alternate' }],
    ['_REJECTED/SCENE_07_TAKE_05.mov', { scene: '07', take: '05', pick: 'rejected' }],
    ['SCENE_08_TAKE_01_MOS.mov', { scene: '08', take: '01', soundKind: 'mos' }],
    ['BROLL_EXT_HARBOUR_DUSK_WS_01.mov', { broll: true, place: 'EXT HARBOUR' }],
    ['B-Roll/clip12.mov', { broll: true }],
    ['C0001.MP4', {}],
    ['FINAL_TAKE_3_REV2.mov', {}],
    ['SCENE_02_TAKE_01_FINAL.mov', { scene: '02', take: '01' }],
  ])('%s', (path, says) => {
    expect(readName(path, 'picture')).toEqual(says);
  });
});

describe('what a sound name says', () => {
  it.each([
    ['SCENE_07_TAKE_03_AUDIO_MAIN.wav', { scene: '07', take: '03' }],
    ['SOUND/SR001/7A-T03_1.wav', { scene: '7A', take: '03', soundRoll: 'SR001' }],
    ['SCENE_31_WT_01.wav', { scene: '31', soundKind: 'wild' }],
    ['49WT.wav', { scene: '49', soundKind: 'wild' }],
    ['WT 49.wav', { scene: '49', soundKind: 'wild' }],
    ['Wild Tracks/WT_02.wav', { scene: '02', soundKind: 'wild' }],
  ])('%s', (path, says) => {
    expect(readName(path, 'sound')).toEqual(says);
  });
});

it.each([
  ['FINAL_TAKE_3_REV2.mov', true],
  ['interview (1).mov', true],
  ['edit_new.mov', true],
  ['SCENE_07_TAKE_03.mov', false],
  ['FINALE_HALL_SCENE_02_TAKE_01.mov', false],
  ['SCENE_02_TAKE_01_FINAL.mov', true],
  ['NEWSROOM_SCENE_02_TAKE_01.mov', false],
  ['A001C003_230614.mxf', false],
])('%s is a name made by hand in haste: %s', (path, chaotic) => {
  expect(isChaotic(path)).toBe(chaotic);
});

it.each([
  ['A001C001.mov', 'picture'],
  ['x.WAV', 'sound'],
  ['Music/theme.wav', 'music'],
  ['title.psd', 'graphic'],
  ['notes.pdf', 'document'],
  ['a.srt', 'transcript'],
  ['a.xyz', null],
  ['noending', null],
])('%s is %s', (path, kind) => {
  expect(kindOf(path)).toBe(kind);
});

describe('identity', () => {
  it('labels are compared without leading zeros, case and spaces', () => {
    expect(comparable(' 07a ')).toBe('7A');
    expect(sameLabel('007', '7')).toBe(true);
    expect(sameLabel('7A', '7B')).toBe(false);
    expect(sameLabel(undefined, undefined)).toBe(false);
  });

  it('the log outweighs the media, the media the name', () => {
    const { identity, pick } = settle({
      name: { scene: '1', take: '1', camera: 'A' },
      media: { scene: '2', take: '2', pick: 'circled' },
      log: { scene: '3', pick: 'unknown' },
    });
    expect(identity).toEqual({ scene: '3', take: '2', camera: 'A' });
    expect(pick).toBe('circled');
  });

  it('a name that says DO NOT USE outweighs a circle in the log', () => {
    expect(settle({ name: { pick: 'rejected' }, log: { pick: 'circled' } }).pick).toBe('rejected');
  });
});
