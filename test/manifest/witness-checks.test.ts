/** Checks of what a clip's name, its metadata and the log say. */
import { describe, expect, it } from 'vitest';
import { logMedia } from '../../manifest/checks/log-media.ts';
import { pickConflict } from '../../manifest/checks/pick-conflict.ts';
import { witness } from '../../manifest/checks/witness.ts';
import type { LogEntry, Witness } from '../../manifest/documents/handoff.ts';
import { entry, picture } from '../fixtures/handoff.ts';
import { issues, codes, said } from './name-checks-stage.ts';

describe('what name, metadata and log say', () => {
  it('three that disagree are one issue with three values, and say what counts', () => {
    const clip = said('A/SCENE_07_TAKE_02_A.mov', {
      log: { scene: '7', take: '3', reel: 'A002' },
      media: { scene: '08', take: '3', reel: 'A001' },
    });
    expect(issues(witness, [clip])).toMatchObject([
      {
        code: 'witness-conflict',
        clips: [clip.path],
        message:
          'A/SCENE_07_TAKE_02_A.mov: scene: the log says 7, its own metadata says 08, its name says 07; 7 counts. take: the log says 3, its own metadata says 3, its name says 02; 3 counts. reel: the log says A002, its own metadata says A001; A002 counts.',
      },
    ]);
  });

  it('a row of another take is off in start, length and pick too: still one issue', () => {
    const clip = said('SCENE_07_TAKE_02_A_DO_NOT_USE.mov', {
      log: { scene: '7', take: '3', pick: 'circled' },
    });
    clip.tech = { rate: { num: 25, den: 1, drop: false }, startTc: '10:00:00:00', durationFrames: 250 };
    const row: LogEntry = entry({
      row: 3,
      take: '3',
      clips: [clip.id],
      startTc: '11:00:00:00',
      duration: '0:40',
    });
    const log = { log: { sheets: [], entries: [row] } };
    expect([logMedia, pickConflict].flatMap((each) => codes(each, [clip], log))).toEqual([]);
    const [one, ...more] = issues(witness, [clip], log);
    expect(more).toEqual([]);
    expect(one!.message).toContain('pick: the log says circled, its name says rejected; rejected counts');
    expect(one!.message).toContain(
      'day1.csv row 3 says SCENE_07_TAKE_02_A_DO_NOT_USE.mov starts at 11:00:00:00',
    );
    expect(one!.message).toContain('it also says SCENE_07_TAKE_02_A_DO_NOT_USE.mov lasts 0:40');
  });

  it('start and length of one row are one issue', () => {
    const clip = picture({ path: 'p.mov', rate: '25', tc: '10:00:00:00', frames: 250 });
    const row = entry({ row: 3, clips: [clip.id], startTc: '12:00:00:00', duration: '0:40' });
    expect(codes(logMedia, [clip], { log: { sheets: [], entries: [row] } })).toEqual(['log-start']);
  });

  it('the pick alone has its own check, whoever says it', () => {
    const clip = said('p_NG.mov', { log: { pick: 'circled' } });
    const other = said('s.wav', { kind: 'sound', log: { pick: 'circled' }, media: { pick: 'rejected' } });
    expect(issues(pickConflict, [clip, other]).map(({ message }) => message)).toEqual([
      'p_NG.mov: the log circles it, it is named as not to be used; it is treated as rejected.',
      's.wav: the log circles it, its own metadata rejects it; it is treated as circled.',
    ]);
    expect(codes(witness, [clip, other])).toEqual([]);
  });

  it.each([
    [
      { scene: '7', take: '3' },
      { scene: '07', take: '03' },
    ],
    [{ scene: '7', setup: 'A' }, { scene: '7A' }],
    [{ scene: '7' }, { scene: '7A' }],
    [{ setup: '27' }, { scene: '27' }],
    [{ take: '1-3' }, { take: '2' }],
    [{ camera: 'A-Cam' }, { camera: 'A' }],
    [{ camera: 'A+B' }, { camera: 'B' }],
    [{ camera: '1' }, { camera: 'A' }],
    [{ reel: 'A001' }, { reel: 'A001R2EC' }],
    [{ reel: 'Roll 1' }, { reel: 'A001' }],
    [{ reel: '1' }, { reel: 'A001' }],
    [{ pick: 'circled' as const }, { pick: 'alternate' as const }],
    [{ soundKind: 'unknown' as const }, { soundKind: 'mos' as const }],
  ])('%j and %j are one thing', (log: Witness, media: Witness) => {
    expect(issues(witness, [said('x.mov', { log, media })])).toEqual([]);
  });

  it.each([
    [{ take: '2' }, { take: '2PU' }],
    [{ camera: 'B' }, { camera: 'A' }],
    [{ reel: 'A002' }, { reel: 'A001R2EC' }],
    [{ reel: 'B001' }, { reel: 'A001' }],
    [{ soundKind: 'sync' as const }, { soundKind: 'mos' as const }],
  ])('%j and %j are two', (log: Witness, media: Witness) => {
    expect(codes(witness, [said('x.mov', { log, media })])).toEqual(['witness-conflict']);
  });

  it('a roll that somebody called otherwise is one issue for all its clips; what a person set is settled', () => {
    const clips = [1, 2, 3].map((n) => said(`x${n}.mov`, { log: { reel: 'A002' }, media: { reel: 'A001' } }));
    expect(issues(witness, clips)).toMatchObject([{ clips: clips.map(({ path }) => path) }]);
    expect(
      codes(
        witness,
        clips.map((clip) => ({ ...clip, identity: { reel: 'A001' } })),
      ),
    ).toEqual([]);
  });
});
