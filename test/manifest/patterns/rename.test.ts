/** What a rename proposes: what names rest on, marks, numbers, parts, sidecars, cards; and what the manifest says afterwards. */
import { describe, expect, it } from 'vitest';
import { binsOf } from '../../../manifest/bins.ts';
import type { Clip, Handoff } from '../../../manifest/documents/handoff.ts';
import { settle } from '../../../manifest/identity.ts';
import { LogMatcher } from '../../../manifest/log/match.ts';
import { readName } from '../../../manifest/names.ts';
import { DEFAULT_NAMING, readNaming, type Naming } from '../../../manifest/patterns/defaults.ts';
import { planRenames } from '../../../manifest/patterns/rename.ts';
import { withRenames } from '../../../manifest/patterns/renamed.ts';
import { marksOf, withoutMarks } from '../../../manifest/patterns/words.ts';
import { mergeScan, type FoundFile } from '../../../manifest/scan.ts';
import { sync } from '../../../manifest/sync.ts';
import { handoff, picture, sound } from '../../fixtures/handoff.ts';

/** Folders that hold the clips' files and these. */
function folders(clips: Clip[], others: string[] = []): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of [
    ...clips.flatMap((clip) => [clip.path, ...(clip.parts ?? []).map((part) => part.path)]),
    ...others,
  ]) {
    const at = path.lastIndexOf('/');
    const key = `media\n${path.slice(0, Math.max(0, at))}`;
    found.set(key, [...new Set([...(found.get(key) ?? []), path.slice(at + 1)])]);
  }
  return found;
}

function plan(
  clips: Clip[],
  {
    others = [],
    patterns,
    more = {},
  }: { others?: string[]; patterns?: string[]; more?: Partial<Handoff> } = {},
) {
  const naming: Naming[] = patterns
    ? readNaming(patterns.map((pattern) => ({ pattern }))).naming
    : DEFAULT_NAMING;
  return planRenames(handoff(clips, more), { naming, folders: folders(clips, others) });
}
const names = (...args: Parameters<typeof plan>) =>
  plan(...args).renames.map(({ from, to, along }) => [from, to, ...along.map((each) => each.to)]);

describe('names', () => {
  it('say what they rest on, by witness', () => {
    const clip = picture({
      path: 'A/MVI_1.MOV',
      clip: {
        identity: { scene: '7', take: '3', camera: 'A' },
        witnesses: { log: { scene: '7', take: '3' }, name: { camera: 'A' } },
      },
    });
    expect(plan([clip]).renames).toMatchObject([
      { to: 'A/SCENE_07_TAKE_03_CAM_A.MOV', why: 'scene 7, take 3 from the log; camera A from its name' },
    ]);
  });

  it('right already are left alone, in any of the default ways, unless they say what is known to be otherwise', () => {
    const right = [
      'SCENE_07_TAKE_03_CAM_A.mov',
      'SCENE_07_TAKE_03_A.mov',
      'SCENE_07_TAKE_03.mov',
      'SCENE_07_TAKE_03_A_DO_NOT_USE.mov',
    ];
    for (const path of right)
      expect(plan([picture({ path, scene: '7', take: '3', camera: 'A' })])).toMatchObject({
        renames: [],
        right: 1,
      });
    expect(names([picture({ path: right[1]!, scene: '8', take: '3', camera: 'A' })])).toEqual([
      [right[1], 'SCENE_08_TAKE_03_CAM_A.mov'],
    ]);
    expect(
      names([picture({ path: 'scene_07_take_03_cam_a.mov', scene: '7', take: '3', camera: 'A' })]),
    ).toEqual([['scene_07_take_03_cam_a.mov', 'SCENE_07_TAKE_03_CAM_A.mov']]);
  });

  it('keep the mark that forbids them, and MOS, in plain spelling', () => {
    const clips = ['x ng.mov', 'y_ALT.mov', 'z_muet rejeté MOS.mov'].map((path, at) =>
      picture({ path, scene: '7', take: String(at + 1), camera: 'A' }),
    );
    expect(names(clips).map(([, to]) => to)).toEqual([
      'SCENE_07_TAKE_01_CAM_A_DO_NOT_USE.mov',
      'SCENE_07_TAKE_02_CAM_A_ALTERNATE.mov',
      'SCENE_07_TAKE_03_CAM_A_DO_NOT_USE_MOS.mov',
    ]);
  });

  it('of B-roll are numbered where they have no number, and two that have one keep the first', () => {
    const broll = (path: string) =>
      picture({ path, clip: { broll: true, identity: { place: 'EXT HARBOUR' } } });
    const clips = [
      'BROLL_EXT_HARBOUR_DUSK_WS_02.mov',
      'b harbour dusk ws.mov',
      'c harbour dusk ws 2.mov',
    ].map(broll);
    expect(names(clips)).toEqual([
      ['b harbour dusk ws.mov', 'BROLL_EXT_HARBOUR_DUSK_WS_01.mov'],
      ['c harbour dusk ws 2.mov', 'BROLL_EXT_HARBOUR_DUSK_WS_03.mov'],
    ]);
    expect(plan([broll('d harbour dusk.mov')]).refused).toMatchObject([
      { code: 'missing-field', missing: ['size'] },
    ]);
  });

  it('of sound go by the track where there is one, by MAIN where it has all; wild tracks are WT', () => {
    const clips = [
      sound({ path: 'a.wav', scene: '7', take: '3', tech: { tracks: ['Lav Mara'] } }),
      sound({ path: 'b.wav', scene: '7', take: '3', tech: { tracks: ['Boom', 'Lav'] } }),
      sound({ path: 'w.wav', scene: '7', clip: { soundKind: 'wild' } }),
    ];
    expect(names(clips).map(([, to]) => to)).toEqual([
      'SCENE_07_TAKE_03_AUDIO_LAV-MARA.wav',
      'SCENE_07_TAKE_03_AUDIO_MAIN.wav',
      'SCENE_07_WT_01.wav',
    ]);
  });

  it('follow the pattern given; of several the first that can be built', () => {
    const clip = picture({ path: 'x.mov', scene: '7a', take: '3', tech: { recordedOn: '2026-03-14' } });
    const title = { production: { title: 'Harbour Lights' } };
    expect(names([clip], { patterns: ['{title}_{date}_{scene:3}-{take:2}'], more: title })).toEqual([
      ['x.mov', 'HARBOURLIGHTS_20260314_007A-03.mov'],
    ]);
    expect(names([clip], { patterns: ['{reel}_{take}', '{scene}-{take}'] })).toEqual([['x.mov', '7A-3.mov']]);
    expect(plan([clip], { patterns: ['{place}_{n}'] })).toMatchObject({ renames: [], untouched: 1 });
  });
});

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

describe('picks by name and folder', () => {
  it.each([
    'x_DO_NOT_USE.mov',
    'x DO NOT USE.mov',
    'x_DONTUSE.mov',
    '_REJECTED/x.mov',
    'REJECTS/x.mov',
    'x_NG.mov',
    'x-n.g..mov',
    'no good/x.mov',
    'NICHT VERWENDEN/x.mov',
    'x_Ausschuss.mov',
    'x_verworfen.mov',
    'x_NE_PAS_UTILISER.mov',
    'Rejetées/x.mov',
    'rejeté/x.mov'.normalize('NFD'),
    'x_NO_USAR.mov',
    'Descartes/x.mov',
    'x_non usare.mov',
    'SCARTI/x.mov',
    'x_NÃO_USAR.mov',
    'Rejeitados/x.mov',
  ])('%s is rejected', (path) => {
    expect(readName(path, 'picture').pick).toBe('rejected');
  });

  it.each([
    'x_ALT.mov',
    'x_ALTERNATE.mov',
    'ALTS/x.mov',
    'x_Alternativ.mov',
    'x_alternative.mov',
    'Alternativas/x.mov',
    'x_ALT2.mov',
  ])('%s is an alternate', (path) => {
    expect(readName(path, 'picture').pick).toBe('alternate');
  });

  it.each(['REJECTION_HALL.mov', 'SALTO.mov', 'ANGELA_NGUYEN.mov', 'altar.mov', 'SCARTON.mov'])(
    '%s is neither',
    (path) => {
      expect(readName(path, 'picture').pick).toBeUndefined();
    },
  );

  it('a rejected clip is in no scene bin, whatever it is and whatever else is known of it; an alternate stays with its take', () => {
    const all = (pick: Clip['pick']) => [
      picture({ path: 'a.mov', scene: '7', take: '3', clip: { pick } }),
      picture({ path: 'b.mov', clip: { pick, broll: true, identity: { place: 'EXT X' } } }),
      sound({ path: 'c.wav', scene: '7', take: '3', clip: { pick } }),
      picture({ path: 'd.png', scene: '7', clip: { pick, kind: 'graphic' } }),
      picture({ path: 'e.wav', clip: { pick, kind: 'music' } }),
    ];
    const bins = (clips: Clip[]) => {
      const whole = handoff(clips);
      const of = binsOf(whole, sync(whole));
      return clips.map(({ id }) => of.get(id)!.join('/'));
    };
    expect(new Set(bins(all('rejected')))).toEqual(new Set(['_Rejected']));
    expect(bins(all('alternate')).slice(0, 3)).toEqual([
      'Scenes/07/Take 03',
      'B-roll/EXT X',
      'Scenes/07/Take 03',
    ]);
    // A rejected sound of a picture that is used, and a sound of a rejected picture.
    const mixed = [
      picture({ path: 'p.mov', scene: '1', take: '1', tc: '10:00:00:00' }),
      sound({ path: 's.wav', scene: '1', take: '1', tc: '10:00:00:00', clip: { pick: 'rejected' } }),
    ];
    expect(bins(mixed)).toEqual(['Scenes/01/Take 01', '_Rejected']);
  });

  it('the mark in a name outweighs a circle elsewhere, and is the same mark in every spelling', () => {
    expect(settle({ name: readName('x_REJECTS.mov', 'picture'), log: { pick: 'circled' } }).pick).toBe(
      'rejected',
    );
    expect(marksOf('x rejeté')).toEqual(['DO_NOT_USE']);
    expect(withoutMarks('SCENE_07_TAKE_03_A_DO_NOT_USE_MOS')).toBe('SCENE_07_TAKE_03_A');
  });
});
