/** Checks of the log against the media and against itself. */
import { describe, expect, it } from 'vitest';
import { logMatch } from '../../manifest/checks/log-match.ts';
import { logMedia } from '../../manifest/checks/log-media.ts';
import { logTimecode } from '../../manifest/checks/log-timecode.ts';
import type { Check } from '../../manifest/checks/check.ts';
import type { Clip, LogEntry } from '../../manifest/documents/handoff.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { entry, handoff, picture, sound } from '../fixtures/handoff.ts';

const issues = (check: Check, clips: Clip[], entries: LogEntry[], rate?: RateName) =>
  check.run(handoff(clips, { log: { sheets: [], entries }, ...(rate ? { rate: RATES[rate] } : {}) }), {});
const codes = (...args: Parameters<typeof issues>) => issues(...args).map((issue) => issue.code);

describe('timecodes in the log', () => {
  const of = (words: Partial<LogEntry>, rate?: RateName) =>
    issues(logTimecode, [], [entry({ row: 14, scene: '7', ...words })], rate).map((issue) => issue.message);

  it('says row, timecode, rate and rule', () => {
    expect(of({ startTc: '10:04:61:00' }, '25')).toEqual([
      'day1.csv row 14: TC in 10:04:61:00 is not a timecode at 25: seconds run from 00 to 59.',
    ]);
    expect(of({ endTc: '10:04:10:25' }, '25')[0]).toContain('frames run from 00 to 24');
    expect(of({ startTc: '10:01:00;00' }, '29.97df')[0]).toContain('the next is 10:01:00;02');
  });

  it('without any rate the clock is judged all the same', () => {
    expect(of({ startTc: '10:04:61:00' })[0]).toContain('seconds run from 00 to 59');
    expect(of({ startTc: '10:04:10:29' })).toEqual([]);
  });

  it('words, clocks without frames and right ones are left alone; in after out is said, but not over midnight', () => {
    for (const startTc of ['none', '10:04', '10:04:12', '10:04:12:24', 'see notes', '72.5'])
      expect(of({ startTc }, '25'), startTc).toEqual([]);
    expect(of({ startTc: '10:00:10:00', endTc: '10:00:09:00' }, '25')[0]).toContain('lies before TC in');
    expect(of({ startTc: '23:59:50:00', endTc: '00:00:10:00' }, '25')).toEqual([]);
  });

  it('a note of a row with no clip is judged here, one of a row with a clip by its own check', () => {
    const notes = [{ id: 'n', kind: 'note' as const, text: 'boom', timecode: '10:00:70:00' }];
    expect(of({ notes }, '25')[0]).toContain('the note at 10:00:70:00');
    expect(of({ notes, clips: ['x'] }, '25')).toEqual([]);
  });
});

describe('start and length against the media', () => {
  const clip = picture({ path: 'p.mov', rate: '25', tc: '10:00:00:00', frames: 250 });
  const of = (words: Partial<LogEntry>, ...clips: Clip[]) => {
    const here = clips.length > 0 ? clips : [clip];
    return codes(logMedia, here, [entry({ row: 3, clips: here.map((each) => each.id), ...words })]);
  };

  it('a person may note any moment of the take, a machine its first frame', () => {
    expect(of({ startTc: '10:00:05:00' })).toEqual([]);
    expect(of({ startTc: '10:00:05:00', about: 'picture' })).toEqual(['log-start']);
    expect(of({ startTc: '10:00:00:02', about: 'picture' })).toEqual([]);
    expect(of({ startTc: '09:59:59:10' })).toEqual([]);
    expect(of({ startTc: '10:00:20:00' })).toEqual(['log-start']);
    expect(of({ startTc: '09:59:00:00' })).toEqual(['log-start']);
  });

  it('names both, and whole hours where it is that', () => {
    const [issue] = issues(logMedia, [clip], [entry({ row: 3, clips: [clip.id], startTc: '11:00:00:00' })]);
    expect(issue!.message).toBe(
      'day1.csv row 3 says p.mov starts at 11:00:00:00, and it starts at 10:00:00:00 (25; 1 hour apart).',
    );
    expect(issue!.clips).toEqual(['p.mov']);
  });

  it('midnight is no difference', () => {
    const late = picture({ path: 'n.mov', rate: '25', tc: '23:59:59:20', frames: 250 });
    expect(of({ startTc: '00:00:02:00' }, late)).toEqual([]);
    expect(of({ startTc: '00:00:02:00', about: 'picture' }, late)).toEqual(['log-start']);
  });

  it('sound goes by its samples, at the rate its report names', () => {
    const wav = sound({ path: 's.wav', rate: null, tc: '12:39:59:00', frames: 120, late: 3 });
    const row = { about: 'sound' as const, rate: RATES['23.976'] };
    expect(of({ ...row, startTc: '12:39:59:00', duration: '00:00:05' }, wav)).toEqual([]);
    expect(of({ ...row, startTc: '12:39:13:10' }, wav)).toEqual(['log-start']);
    expect(of({ ...row, duration: '00:00:12' }, wav)).toEqual(['log-length']);
  });

  it('a stopwatch may stop early, and never run longer than the media', () => {
    expect(of({ duration: '0:04' })).toEqual([]);
    expect(of({ duration: '0:14' })).toEqual(['log-length']);
    expect(of({ duration: '0:04', about: 'picture' })).toEqual(['log-length']);
    expect(of({ duration: '00:00:10:00', about: 'picture' })).toEqual([]);
    expect(of({ duration: '00:00:10:05', about: 'picture' })).toEqual(['log-length']);
    expect(of({ duration: 'long' })).toEqual([]);
    expect(of({ startTc: '10:00:00:00', endTc: '10:00:30:00' })).toEqual(['log-length']);
  });

  it('a row for two cameras is right where it fits one; media without timecode is not judged', () => {
    const other = picture({ path: 'b.mov', rate: '25', tc: '15:00:00:00', frames: 250 });
    expect(of({ startTc: '10:00:00:00' }, other, clip)).toEqual([]);
    expect(of({ startTc: '12:00:00:00' }, other, clip)).toEqual(['log-start']);
    expect(of({ startTc: '12:00:00:00' }, picture({ path: 'c.mov' }))).toEqual([]);
    expect(of({ startTc: '12:00:00:00', about: 'comment' })).toEqual([]);
  });
});

describe('one row per clip', () => {
  const clip = picture({ path: 'p.mov', scene: '7', take: '3' });
  const wav = sound({
    path: 's.wav',
    scene: '7',
    take: '3',
    clip: { identity: { scene: '7', take: '3', soundRoll: 'S1' } },
  });

  it('sheets of several departments each have their row; two rows in one sheet are one too many', () => {
    const rows = (sheet: string) => [
      entry({ row: 2, scene: '7', take: '3', clips: [clip.id] }),
      entry({ row: 3, scene: '7', take: '3', sheet, clips: [clip.id] }),
    ];
    expect(codes(logMatch, [clip], rows('camera.ale'))).toEqual([]);
    expect(codes(logMatch, [clip], rows('day1.csv'))).toEqual(['log-row-twice']);
  });

  it('rows that name two sound files of one recording are no duplicates', () => {
    const rows = ['A_1.wav', 'A_2.wav'].map((file, at) =>
      entry({ row: at + 2, file, about: 'sound', clips: [wav.id] }),
    );
    expect(codes(logMatch, [wav], rows)).toEqual([]);
    expect(codes(logMatch, [wav], [rows[0]!, { ...rows[0]!, row: 9 }])).toEqual(['log-row-twice']);
  });

  it('a sound report alone asks no picture for a row, and asks the sounds of its rolls', () => {
    const other = sound({ path: 'o.wav', clip: { identity: { scene: '7', take: '4', soundRoll: 'S1' } } });
    const elsewhere = sound({
      path: 'e.wav',
      clip: { identity: { scene: '7', take: '5', soundRoll: 'S2' } },
    });
    const row = entry({ row: 2, about: 'sound', file: 's.wav', soundRoll: 's1', clips: [wav.id] });
    const found = issues(logMatch, [clip, wav, other, elsewhere], [row]);
    expect(found.map(({ code, clips }) => [code, clips])).toEqual([['log-clip-no-row', ['o.wav']]]);
    expect(found[0]!.message).toContain('the report of roll S1');
  });

  it('bins and timelines are asked for no clip, remarks on a missing file are said once', () => {
    expect(codes(logMatch, [], [entry({ row: 2, file: 'BIN 1', about: 'nothing' })])).toEqual([]);
    const remarks = [2, 3, 4].map((row) => entry({ row, file: 'CUT_V2.mov', about: 'comment' }));
    const [issue, ...more] = issues(logMatch, [], remarks);
    expect(more).toEqual([]);
    expect(issue!.message).toContain('row 2 and 2 more are remarks on CUT_V2.mov');
  });

  it('sheets that disagree about a take are said, ways of writing it are not', () => {
    const two = (a: Partial<LogEntry>, b: Partial<LogEntry>) =>
      codes(
        logMatch,
        [clip],
        [
          entry({ row: 2, clips: [clip.id], ...a }),
          entry({ row: 8, sheet: 'b.ale', clips: [clip.id], ...b }),
        ],
      );
    expect(two({ scene: '7', take: '3' }, { scene: '7', take: '4' })).toEqual(['log-rows-disagree']);
    expect(two({ scene: '7', take: '3' }, { scene: '8', take: '3' })).toEqual(['log-rows-disagree']);
    expect(two({ scene: '72', setup: 'A', take: '3' }, { scene: '72A', take: '03' })).toEqual([]);
    expect(two({ scene: '14', setup: '27', take: '3' }, { scene: '27', take: '3' })).toEqual([]);
    expect(two({ scene: '7', take: '1-3' }, { scene: '7', take: '2' })).toEqual([]);
    expect(two({ pick: 'circled' }, { pick: 'rejected' })).toEqual(['log-rows-disagree']);
    expect(two({ pick: 'circled' }, { pick: 'good' })).toEqual([]);
  });

  it('a copy of a sheet is said once, however many rows it has', () => {
    const clips = [1, 2, 3].map((take) => picture({ path: `${take}.mov`, scene: '7', take: String(take) }));
    const rows = (sheet: string) =>
      clips.map((each, at) =>
        entry({
          row: at + 2,
          sheet,
          clips: [each.id],
          notes: [{ id: `${sheet}${at}`, kind: 'note', text: `note ${at}` }],
        }),
      );
    expect(codes(logMatch, clips, [...rows('day1.csv'), ...rows('day1 copy.csv')])).toEqual([
      'log-sheet-twice',
    ]);
    expect(codes(logMatch, clips, rows('day1.csv'))).toEqual([]);
  });
});
