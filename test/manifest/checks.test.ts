import { describe, expect, it } from 'vitest';
import { check, countIssues } from '../../manifest/check.ts';
import type { Check, Facts } from '../../manifest/checks/check.ts';
import { logMatch } from '../../manifest/checks/log-match.ts';
import { logSheet } from '../../manifest/checks/log-sheet.ts';
import { missingMedia } from '../../manifest/checks/missing-media.ts';
import { names } from '../../manifest/checks/names.ts';
import { noTimecode } from '../../manifest/checks/no-timecode.ts';
import { notePlace } from '../../manifest/checks/note-place.ts';
import { pickConflict } from '../../manifest/checks/pick-conflict.ts';
import { unreadableMedia } from '../../manifest/checks/unreadable-media.ts';
import { unsynced } from '../../manifest/checks/unsynced.ts';
import type { Clip, LogEntry } from '../../manifest/documents/handoff.ts';
import { entry, handoff, picture, sound } from '../fixtures/handoff.ts';

const issuesOf = (one: Check, clips: Clip[], entries: LogEntry[] = [], facts: Facts = {}) =>
  one.run(handoff(clips, { log: { sheets: [], entries } }), facts);
const codes = (...args: Parameters<typeof issuesOf>) => issuesOf(...args).map((issue) => issue.code);
const good = { scene: '7', take: '3', tc: '10:00:00:00' };

describe('media on the drive', () => {
  const clip = picture({ path: 'A/7-3.mov', ...good });

  it('a file that is not there, or has another size, is an error', () => {
    expect(codes(missingMedia, [clip], [], { disk: { [clip.id]: { size: null } } })).toEqual([
      'media-missing',
    ]);
    expect(codes(missingMedia, [clip], [], { disk: { [clip.id]: { size: 1 } } })).toEqual(['media-changed']);
    expect(codes(missingMedia, [clip], [], { disk: { [clip.id]: { size: clip.size } } })).toEqual([]);
  });

  it('is not judged where nobody looked', () => {
    expect(check(handoff([clip]), {}).some((issue) => issue.code.startsWith('media-missing'))).toBe(false);
  });

  it('a header that cannot be read is an error, an odd one a warning', () => {
    const broken = { ...clip, problem: { code: 'truncated', message: 'it ends before its header says' } };
    expect(issuesOf(unreadableMedia, [broken])).toMatchObject([
      { code: 'media-unreadable', severity: 'error' },
    ]);
    const odd = { ...clip, problem: { code: 'variable-rate', message: 'its frames last unequally' } };
    expect(issuesOf(unreadableMedia, [odd])).toMatchObject([
      { code: 'media-variable-rate', severity: 'warning' },
    ]);
  });
});

describe('names', () => {
  it('a name made in haste is named, with the right one where the log knows it', () => {
    const clip = picture({ path: 'FINAL_TAKE_3_REV2.mov', scene: '31', take: '6', camera: 'A' });
    expect(issuesOf(names, [clip])).toMatchObject([
      { code: 'name-unclear', fix: 'name it SCENE_31_TAKE_06_CAM_A.mov', clips: ['FINAL_TAKE_3_REV2.mov'] },
    ]);
  });

  it('a clip that nothing places is said once; B-roll, wild tracks and rejects are not asked', () => {
    expect(codes(names, [picture({ path: 'harbour.mp4' })])).toEqual(['name-no-scene']);
    // Cameras' own names have a check of their own.
    expect(codes(names, [picture({ path: 'C0001.mp4' })])).toEqual([]);
    const excused = [
      picture({ path: 'a.mov', clip: { broll: true } }),
      sound({ path: 'wt.wav', clip: { soundKind: 'wild' } }),
      picture({ path: 'b.mov', clip: { pick: 'rejected' } }),
    ];
    expect(codes(names, excused)).toEqual([]);
  });
});

describe('the log', () => {
  const clip = picture({ path: 'A/7-3.mov', ...good });

  it('a row with no clip and a clip with no row are each said', () => {
    expect(codes(logMatch, [clip], [entry({ row: 2, scene: '7', take: '9' })])).toEqual([
      'log-row-no-clip',
      'log-clip-no-row',
    ]);
  });

  it('without any log nothing is missing from it', () => {
    expect(codes(logMatch, [clip])).toEqual([]);
  });

  it('two rows for one clip are said, and the second is named', () => {
    const rows = [
      entry({ row: 2, take: '3', clips: [clip.id] }),
      entry({ row: 5, take: '3', clips: [clip.id] }),
    ];
    expect(issuesOf(logMatch, [clip], rows)).toMatchObject([{ code: 'log-row-twice', at: 'day1.csv row 5' }]);
  });

  it('what could not be read of a sheet is said until it is mended', () => {
    const issue = {
      code: 'log-no-header',
      severity: 'error' as const,
      at: 'day1.csv',
      clips: [],
      message: 'no header',
    };
    const sheets = [{ path: 'day1.csv', reader: 'csv-log', rows: 0, issues: [issue] }];
    expect(logSheet.run(handoff([], { log: { sheets, entries: [] } }), {})).toEqual([issue]);
  });
});

describe('notes', () => {
  const clip = picture({ path: 'A/7-3.mov', ...good, frames: 48 });
  const note = (timecode: string) =>
    entry({ row: 2, clips: [clip.id], notes: [{ id: 'n', kind: 'script', text: 'boom', timecode }] });

  it.each([
    ['10:00:01:23', []],
    ['10:00:02:00', ['note-outside-clip']],
    ['09:59:59:23', ['note-outside-clip']],
    ['10:04:61:00', ['note-timecode']],
  ])('a note at %s in a clip from 10:00:00:00 to 10:00:02:00', (timecode, expected) => {
    expect(codes(notePlace, [clip], [note(timecode)])).toEqual(expected);
  });

  it('names row, clip and where the clip starts', () => {
    const [issue] = issuesOf(notePlace, [clip], [note('11:00:00:00')]);
    expect(issue!.message).toContain('day1.csv row 2');
    expect(issue!.fix).toContain('10:00:00:00');
  });

  it('after midnight is inside a clip that began before it', () => {
    const late = picture({ path: 'n.mov', scene: '1', take: '1', tc: '23:59:59:00', frames: 96 });
    const row = entry({
      row: 2,
      clips: [late.id],
      notes: [{ id: 'n', kind: 'note', text: 'x', timecode: '00:00:01:00' }],
    });
    expect(codes(notePlace, [late], [row])).toEqual([]);
  });
});

describe('timecode and sync', () => {
  it('picture and sound without timecode are said; MOS, B-roll and wild tracks need none', () => {
    const list = [
      picture({ path: 'p.mov', scene: '1', take: '1' }),
      sound({ path: 's.wav', scene: '1', take: '1' }),
      picture({ path: 'm.mov', clip: { soundKind: 'mos' } }),
      picture({ path: 'b.mov', clip: { broll: true } }),
      sound({ path: 'w.wav', clip: { soundKind: 'wild' } }),
    ];
    expect(issuesOf(noTimecode, list).map((issue) => issue.clips[0])).toEqual(['p.mov', 's.wav']);
  });

  it('unsynced picture is said with its reason, once: no timecode has its own check', () => {
    expect(codes(unsynced, [picture({ path: 'p.mov', ...good })])).toEqual(['unsynced-no-sound']);
    expect(
      codes(unsynced, [picture({ path: 'p.mov', scene: '7', take: '3' }), sound({ path: 's.wav', ...good })]),
    ).toEqual([]);
    expect(codes(unsynced, [picture({ path: 'p.mov', ...good }), sound({ path: 's.wav', ...good })])).toEqual(
      [],
    );
  });

  it('orphan sound is said; rejects and B-roll are not', () => {
    expect(codes(unsynced, [sound({ path: 's.wav', ...good })])).toEqual(['unsynced-orphan']);
    expect(codes(unsynced, [picture({ path: 'p.mov', ...good, clip: { pick: 'rejected' } })])).toEqual([]);
  });
});

it('a take that the log circles and its name forbids is a conflict', () => {
  const clip = picture({
    path: 'p.mov',
    ...good,
    clip: { witnesses: { name: { pick: 'rejected' }, log: { pick: 'circled' } } },
  });
  expect(codes(pickConflict, [clip])).toEqual(['pick-conflict']);
});

it('errors stand first and are counted', () => {
  const clip = { ...picture({ path: 'p.mov', ...good }), problem: { code: 'empty-file', message: 'empty' } };
  const issues = check(handoff([picture({ path: 'q.mov' }), clip]), {});
  expect(issues[0]!.severity).toBe('error');
  expect(countIssues(issues)).toEqual({ error: 1, warning: issues.length - 1, note: 0 });
});

it('20,000 clips are checked', () => {
  const clips = Array.from({ length: 20_000 }, (_, index) => {
    const make = index % 2 ? sound : picture;
    return make({ path: `${index}`, scene: String(index >> 1), take: '1', tc: '10:00:00:00' });
  });
  expect(check(handoff(clips), {})).toEqual([]);
});
