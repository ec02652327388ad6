/** What goes along with a clip that is renamed, and the manifest afterwards. */
import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../manifest/documents/handoff.ts';
import { LogMatcher } from '../../../manifest/log/match.ts';
import { readName } from '../../../manifest/names.ts';
import { DEFAULT_NAMING, readNaming } from '../../../manifest/patterns/defaults.ts';
import { planRenames } from '../../../manifest/patterns/rename.ts';
import { withRenames } from '../../../manifest/patterns/renamed.ts';
import { mergeScan, type FoundFile } from '../../../manifest/scan.ts';
import { picture, sound } from '../../fixtures/handoff.ts';
import { folders, plan, names } from './rename-stage.ts';

describe('what goes along', () => {
  const clip = picture({
    path: 'A/C0001.MP4',
    scene: '7',
    take: '3',
    camera: 'A',
    clip: { sidecars: ['A/C0001M01.XML', 'A/ROLL.XML'] },
  });

  it('sidecars by name or by the manifest, a Mac’s own file, and never another clip or its own', () => {
    const wav = sound({ path: 'A/C0001.WAV', scene: '7', take: '3' });
    const others = [
      'A/C0001.THM',
      'A/C0001.MP4.md5',
      'A/._C0001.MP4',
      'A/._C0001.WAV',
      'A/C0001M01.XML',
      'A/C00011.THM',
      'A/ROLL.XML',
      'B/C0001.THM',
    ];
    const [video, audio] = plan([clip, wav], { others }).renames;
    expect(video!.along.map(({ to }) => to).sort()).toEqual([
      'A/._SCENE_07_TAKE_03_CAM_A.MP4',
      'A/SCENE_07_TAKE_03_CAM_A.MP4.md5',
      'A/SCENE_07_TAKE_03_CAM_A.THM',
      'A/SCENE_07_TAKE_03_CAM_AM01.XML',
    ]);
    expect(audio!.along.map(({ to }) => to)).toEqual(['A/._SCENE_07_TAKE_03_AUDIO_MAIN.WAV']);
  });

  it('a sound does not take the sidecar of a picture that keeps its name, and a log sheet stays', () => {
    const right = picture({ path: 'A/x.mov' });
    const wav = sound({ path: 'A/x.wav', scene: '7', take: '3' });
    expect(names([right, wav], { others: ['A/x.xml'] })).toEqual([
      ['A/x.wav', 'A/SCENE_07_TAKE_03_AUDIO_MAIN.wav'],
    ]);
    const log = { log: { sheets: [{ path: 'A/C0001.csv', reader: 'csv-log', rows: 1 }], entries: [] } };
    expect(
      plan([{ ...clip, sidecars: [] }], { others: ['A/C0001.csv'], more: log }).renames[0]!.along,
    ).toEqual([]);
  });

  it('spanned parts keep the camera’s count, and read as right afterwards', () => {
    const parts = [1, 3].map((number) => ({ path: `A/GX0${number}0042.MP4`, size: 1, number }));
    const spanned = picture({ path: parts[0]!.path, scene: '7', take: '3', camera: 'A', clip: { parts } });
    expect(names([spanned], { others: ['A/GX030042.THM'] })).toEqual([
      [
        'A/GX010042.MP4',
        'A/SCENE_07_TAKE_03_CAM_A_P01.MP4',
        'A/SCENE_07_TAKE_03_CAM_A_P03.MP4',
        'A/SCENE_07_TAKE_03_CAM_A_P03.THM',
      ],
    ]);
    const after = [1, 3].map((number) => ({
      path: `SCENE_07_TAKE_03_CAM_A_P0${number}.MP4`,
      size: 1,
      number,
    }));
    expect(plan([{ ...spanned, path: after[0]!.path, parts: after }])).toMatchObject({
      renames: [],
      right: 1,
    });
  });

  it.each([
    ['PRIVATE/M4ROOT/CLIP/C0001.MP4', 'card'],
    ['A001/A001.RDM/A001_C001.RDC/A001_C001_0614AB_001.R3D', 'card'],
    ['A001_C001_0614AB_001.R3D', 'card'],
    ['CONTENTS/CLIPS001/X.MXF', 'card'],
  ])('%s keeps its name (%s)', (path, code) => {
    expect(plan([picture({ path, scene: '7', take: '3', camera: 'A' })]).refused).toMatchObject([{ code }]);
  });

  it('clips a card was found to hold, and image sequences, keep theirs', () => {
    const clips = [
      picture({ path: 'x/a.mov', scene: '7', take: '3', camera: 'A', clip: { card: 'card-1' } }),
      picture({
        path: 'seq/f_0001.tif',
        scene: '7',
        take: '4',
        camera: 'A',
        clip: { sequence: { first: 1, last: 9, digits: 4 } },
      }),
    ];
    expect(plan(clips).refused.map(({ code }) => code)).toEqual(['card', 'sequence']);
  });
});

describe('the manifest afterwards', () => {
  const at = '2026-03-14T10:00:00.000Z';
  const found = (path: string): FoundFile => ({
    root: 'media',
    path,
    size: 9,
    kind: 'picture',
    tech: {},
    media: {},
  });
  const scanned = (paths: string[], previous: Handoff | null) =>
    mergeScan(
      previous,
      {
        title: 'T',
        roots: ['media'],
        files: paths.sort().map(found),
        transcripts: [],
        taken: [],
        sheets: [],
      },
      { newId: () => `clip-${Math.random()}`, at },
    );

  it('is what a scan makes of the new names: it finds nothing to change, and ids stay', () => {
    const before = scanned(['b_scene_07_take_03.mov', 'a_scene_08_take_01_NG.mov'], null);
    const { renames } = planRenames(before, { naming: DEFAULT_NAMING, folders: folders(before.clips) });
    const files = renames.map(({ root, from, to }) => ({ root, from, to }));
    expect(files).toHaveLength(2);
    const record = { kind: 'rename' as const, at, id: 'r', files };
    const after = withRenames(before, files, record, false);
    const again = scanned(
      after.clips.map(({ path }) => path),
      after,
    );
    expect(again.clips).toEqual(after.clips);
    const ids = (each: Handoff) =>
      each.clips.map(({ id, pick, identity }) => [id, pick, identity.scene]).sort();
    expect(ids(after)).toEqual(ids(before));
    const back = files.map(({ root, from, to }) => ({ root, from: to, to: from }));
    const undone = withRenames(after, back, { ...record, kind: 'rename-undone' }, true);
    expect(undone.clips).toEqual(before.clips);
  });

  it('still knows the names that stand in the log', () => {
    const clip = {
      id: 'c',
      kind: 'picture' as const,
      path: 'SCENE_07_TAKE_03_CAM_A.MOV',
      identity: {},
      soundKind: 'unknown' as const,
      formerNames: ['MVI_0042.MOV'],
    };
    const other = { ...clip, id: 'd', path: 'MVI_0042.MOV', formerNames: ['x.MOV'] };
    expect(new LogMatcher([clip]).find({ file: 'MVI_0042.MOV' })).toEqual(['c']);
    expect(new LogMatcher([clip]).find({ file: 'mvi_0042' })).toEqual(['c']);
    // Who bore the name when the paper was written is meant, not who bears it now.
    expect(new LogMatcher([clip, other]).find({ file: 'MVI_0042.MOV' })).toEqual(['c']);
  });

  it('reads names by the production’s own patterns', () => {
    const set = readNaming([{ pattern: '{camera}-{scene}-{take}' }]).naming;
    expect(readName('B-007A-3.mov', 'picture', set)).toEqual({ camera: 'B', scene: '007A', take: '3' });
    expect(readName('B-007A-3_NG.mov', 'picture', set)).toEqual({
      camera: 'B',
      scene: '007A',
      take: '3',
      pick: 'rejected',
    });
    expect(readName('else.mov', 'picture', set)).toEqual(readName('else.mov', 'picture'));
    const first = mergeScan(
      null,
      {
        title: 'T',
        roots: ['media'],
        files: [found('B-007A-3.mov')],
        transcripts: [],
        taken: [],
        sheets: [],
        naming: ['{camera}-{scene}-{take}'],
      },
      { newId: () => 'x', at },
    );
    expect(first.clips[0]!.identity).toEqual({ camera: 'B', scene: '007A', take: '3' });
    expect(scanned(['B-007A-3.mov'], first).clips).toEqual(first.clips);
    expect(first.naming).toEqual({ patterns: [{ pattern: '{camera}-{scene}-{take}' }] });
  });
});
