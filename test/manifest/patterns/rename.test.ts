/** Which names a pattern gives, and for which clips by name and folder. */
import { describe, expect, it } from 'vitest';
import { binsOf } from '../../../manifest/bins.ts';
import type { Clip } from '../../../manifest/documents/handoff.ts';
import { settle } from '../../../manifest/identity.ts';
import { readName } from '../../../manifest/names.ts';
import { marksOf, withoutMarks } from '../../../manifest/patterns/words.ts';
import { sync } from '../../../manifest/sync.ts';
import { handoff, picture, sound } from '../../fixtures/handoff.ts';
import { plan, names } from './rename-stage.ts';

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
