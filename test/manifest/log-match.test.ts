/** Which clips a row speaks of, and what a log keeps in the manifest from scan to scan. */
import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { LogMatcher, type Matchable, type Speaking } from '../../manifest/log/match.ts';
import { readName } from '../../manifest/names.ts';
import { csvLog } from '../../manifest/readers/csv-log.ts';
import { soundReport } from '../../manifest/readers/sound-report.ts';
import { frameioCsv } from '../../manifest/readers/frameio-csv.ts';
import { mergeScan, type FoundFile } from '../../manifest/scan.ts';
import { RATES } from '../../manifest/time/rate.ts';

/** Clips as their names alone make them; the id is the path. */
function clip(path: string, more: Partial<Matchable> = {}): Matchable {
  const kind = path.endsWith('.wav') ? 'sound' : 'picture';
  const { soundKind = 'unknown', pick: _pick, broll: _broll, ...identity } = readName(path, kind);
  return { id: path, kind, path, identity, soundKind, ...more };
}
const find = (paths: string[], row: Speaking) => new LogMatcher(paths.map((path) => clip(path))).find(row);

describe('by name', () => {
  const cards = [
    'A001/A001C003_230614_R1AB.mov',
    'A001/A001C004_230614_R1AB.mov',
    'B001/B001_C003_0614AB.mov',
  ];

  it('the part of a camera-made name that people write down is enough', () => {
    expect(find(cards, { file: 'A001C003' })).toEqual([cards[0]]);
    expect(find(cards, { file: 'B001C003' })).toEqual([cards[2]]);
    expect(find(cards, { file: 'C004', reel: 'A001' })).toEqual([cards[1]]);
    expect(find(['A001_06141234_C003.braw'], { file: 'A001C003' })).toEqual(['A001_06141234_C003.braw']);
  });

  it('a range, a list and two columns are several clips', () => {
    expect(find(cards, { file: 'A001C003-C007' })).toEqual([cards[0], cards[1]]);
    expect(find(cards, { file: 'A001C003; B001C003' })).toEqual([cards[0], cards[2]]);
    expect(find(['a, b.mov'], { file: 'a, b.mov' })).toEqual(['a, b.mov']);
  });

  it('X in a sound report stands for every file of a mono set', () => {
    const sounds = ['A101_1_1.wav', 'A101_1_2.wav', 'A101_2_1.wav', 'Sr001-2C-01_01.wav'];
    expect(find(sounds, { file: 'A101_1_X.WAV', about: 'sound' })).toEqual(['A101_1_1.wav', 'A101_1_2.wav']);
    expect(find(sounds, { file: 'Sr001-2C-01_X.WAV', about: 'sound' })).toEqual(['Sr001-2C-01_01.wav']);
  });

  it('a sound file named beside the picture is found with it', () => {
    expect(find(['7-3.mov', 'T0014.wav'], { scene: '7', take: '3', soundFile: 'T0014.wav' })).toEqual([
      '7-3.mov',
      'T0014.wav',
    ]);
  });
});

describe('by scene and take', () => {
  const both = ['SCENE_07_TAKE_03.mov', '7-3.wav'];

  it('a script row speaks of the picture, a sound report of the sound, a camera report never of sound', () => {
    expect(find(both, { scene: '7', take: '3' })).toEqual([both[0]]);
    expect(find(both, { scene: '7', take: '3', about: 'sound', file: 'gone.wav' })).toEqual([both[1]]);
    expect(find([both[1]!], { scene: '7', take: '3', about: 'picture' })).toEqual([]);
    expect(find(both, { scene: '7', take: '3', about: 'nothing' })).toEqual([]);
    expect(find(both, { scene: '7', take: '3', about: 'comment', file: 'CUT_V2.mov' })).toEqual([]);
  });

  it('a row of several takes speaks of each', () => {
    const takes = [1, 2, 3, 4].map((take) => `SCENE_07_TAKE_0${take}.mov`);
    expect(find(takes, { scene: '7', take: '2-4' })).toEqual(takes.slice(1));
  });

  it('a pickup is not the take it picks up', () => {
    const clips = [
      clip('a.mov', { identity: { scene: '27', take: '2' } }),
      clip('b.mov', { identity: { scene: '27', take: '2 PU' } }),
    ];
    const matcher = new LogMatcher(clips);
    expect(matcher.find({ scene: '27', take: '2PK' })).toEqual(['b.mov']);
    expect(matcher.find({ scene: '27', take: '2' })).toEqual(['a.mov']);
    expect(matcher.find({ scene: '27', take: '3PK' })).toEqual([]);
  });

  it('scene and setup apart or in one word are the same place', () => {
    const clips = [
      clip('a.mov', { identity: { scene: '72A', take: '3' } }),
      clip('b.mov', { identity: { scene: '72', setup: 'B', take: '3' } }),
    ];
    const matcher = new LogMatcher(clips);
    expect(matcher.find({ scene: '72', setup: 'A', take: '3' })).toEqual(['a.mov']);
    expect(matcher.find({ scene: '72', setup: '72A', take: '3' })).toEqual(['a.mov']);
    expect(matcher.find({ scene: '72B', take: '3' })).toEqual(['b.mov']);
  });

  it('British slates count apart from scenes: the way under which most rows find a clip is the sheet’s', () => {
    const clips = ['27-1.mov', '27-2.mov', '28-1.mov', '14-1.mov'].map((path) => clip(path));
    const matcher = new LogMatcher(clips);
    const rows = [
      { scene: '14', setup: '27', take: '1' },
      { scene: '14', setup: '27', take: '2' },
      { scene: '15', setup: '28', take: '1' },
    ];
    expect(matcher.convention(rows)).toBe('slate');
    expect(matcher.find(rows[0]!, 'slate')).toEqual(['27-1.mov']);
    expect(matcher.convention([{ scene: '27', setup: '1', take: '1' }])).toBe('scene');
    expect(matcher.convention([])).toBe('scene');
  });

  it('several cameras in one cell, and all of them', () => {
    const files = ['A/SCENE_01_TAKE_01_A.mov', 'B/SCENE_01_TAKE_01_B.mov', 'C/SCENE_01_TAKE_01_C.mov'];
    expect(find(files, { scene: '1', take: '1', camera: 'A + B' })).toEqual(files.slice(0, 2));
    expect(find(files, { scene: '1', take: '1', camera: 'alle' })).toEqual(files);
    expect(find(files, { scene: '1', take: '1', camera: 'Cam C' })).toEqual([files[2]]);
  });

  it('wild tracks go by their scene, and by their number where both sides have one', () => {
    const wild = (path: string, take: string) =>
      clip(path, { soundKind: 'wild', identity: { scene: '49', take } });
    const matcher = new LogMatcher([wild('a.wav', 'WT 1'), wild('b.wav', 'WT02')]);
    expect(matcher.find({ scene: '49', take: 'WT 02', soundKind: 'wild' })).toEqual(['b.wav']);
    expect(matcher.find({ scene: '49', soundKind: 'wild' })).toEqual(['a.wav', 'b.wav']);
  });
});

let given = 0;
const choices = { newId: () => `clip-${++given}`, at: '2026-03-14T00:00:00.000Z' };
const file = (path: string): FoundFile => ({
  root: 'media',
  path,
  size: path.length,
  kind: path.endsWith('.wav') ? 'sound' : 'picture',
  tech: { rate: RATES['25'], startTc: '10:00:00:00' },
  media: {},
});
const scan = (previous: Handoff | null, paths: string[], sheets: Parameters<typeof mergeScan>[1]['sheets']) =>
  mergeScan(
    previous,
    { title: 'T', roots: ['media'], files: paths.map(file), transcripts: [], taken: [], sheets },
    choices,
  );
const csv = (text: string, name = 'day1.csv', columns = {}) => csvLog.read(text, { name, ...columns }).value;

describe('in the manifest', () => {
  it('what each column was taken for is kept by sheet, and what a person chose is marked', () => {
    const sheet = csv('Nr,Bild,Weather\n3,7,rain\n', 'day1.csv', {
      columns: [{ heading: 'Nr', meaning: 'take' }],
    });
    expect(scan(null, ['SCENE_07_TAKE_03.mov'], [sheet]).log.mappings).toEqual({
      'day1.csv': {
        columns: [
          { heading: 'Nr', meaning: 'take', confidence: 'chosen' },
          { heading: 'Bild', meaning: 'scene', confidence: 'sure' },
          { heading: 'Weather', meaning: null, confidence: 'sure' },
        ],
      },
    });
  });

  it('a sheet that left its workbook speaks no more, and other files’ sheets keep their word', () => {
    const sheet = (tab: string) => ({ ...csv('Scene,Take\n7,3\n', `log.xlsx#${tab}`), workbook: 'log.xlsx' });
    const first = scan(
      null,
      ['SCENE_07_TAKE_03.mov'],
      [sheet('Day 1'), sheet('Day 2'), csv('Scene,Take\n7,3\n', 'other.csv')],
    );
    const next = scan(first, ['SCENE_07_TAKE_03.mov'], [sheet('Day 2')]);
    expect(next.log.sheets.map((each) => each.path)).toEqual(['other.csv', 'log.xlsx#Day 2']);
    expect(Object.keys(next.log.mappings!)).toEqual(['other.csv', 'log.xlsx#Day 2']);
    expect(next.log.entries).toHaveLength(2);
  });

  it('a row of several takes settles their scene, and not which take each is', () => {
    const manifest = scan(
      null,
      ['x/SCENE_07_TAKE_01.mov', 'x/SCENE_07_TAKE_02.mov'],
      [csv('Scene,Take,Circled\n07,1-2,x\n')],
    );
    expect(manifest.clips.map(({ identity, pick }) => [identity.scene, identity.take, pick])).toEqual([
      ['07', '01', 'circled'],
      ['07', '02', 'circled'],
    ]);
  });

  it('a sound report tells the sound its scene and roll, and the picture nothing', () => {
    const report = soundReport.read(
      'SOUND REPORT\nSound Mixer:,"Jo Low",Roll:,"S3"\n\nFile Name,Channels,Scene,Take,Start TC,Circled,Notes\nT14.WAV,2(POLY),7,3,10:00:00:00,x,plane\n',
      { name: 'sr.csv' },
    ).value;
    const manifest = scan(null, ['SCENE_07_TAKE_03.mov', 'T14.wav'], [report]);
    const [picture, sound] = [manifest.clips[0]!, manifest.clips[1]!];
    expect(sound).toMatchObject({ identity: { scene: '7', take: '3', soundRoll: 'S3' }, pick: 'circled' });
    expect(picture.witnesses?.log).toBeUndefined();
    expect(manifest.log.entries[0]!.notes[0]).toMatchObject({
      kind: 'sound',
      author: 'Jo Low',
      text: 'plane',
    });
  });

  it('a sound file named in a script row learns its scene and take, and no camera', () => {
    const manifest = scan(
      null,
      ['A001C003.mov', 'T14.wav'],
      [csv('Scene,Take,Camera,Clip,Sound File\n7,3,A,A001C003,T14.wav\n')],
    );
    expect(manifest.clips[1]!.identity).toEqual({ scene: '7', take: '3' });
    expect(manifest.clips[0]!.identity).toMatchObject({ camera: 'A', take: '3' });
  });

  it('remarks become offsets at the clip’s rate, keep their ids when others are added, and witness nothing', () => {
    const head = 'File,Commenter,Comment,Frame,Timecode,Timecode In,Timecode Source In\n';
    const early = 'SCENE_07_TAKE_03.mov,Bo,first,1,00:00:00:01,00:00:00:01,00:00:00:01\n';
    const late = 'SCENE_07_TAKE_03.mov,Ada,"""wow""",62,00:00:02:12,00:00:02:12,00:00:02:12\n';
    const sheet = (text: string) => frameioCsv.read(head + text, { name: 'fio.csv' }).value;
    const first = scan(null, ['SCENE_07_TAKE_03.mov'], [sheet(late)]);
    const [note] = first.log.entries[0]!.notes;
    expect(note).toMatchObject({ text: 'wow', author: 'Ada', offset: 62 });
    expect(first.clips[0]!.witnesses?.log).toBeUndefined();
    const next = scan(first, ['SCENE_07_TAKE_03.mov'], [sheet(early + late)]);
    expect(next.log.entries[1]!.notes[0]).toEqual(note);
  });
});
