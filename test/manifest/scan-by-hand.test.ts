import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handoffHash } from '../../manifest/canonical.ts';
import { LogEntrySchema, NoteSchema, TechSchema, type Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { csvLog } from '../../manifest/readers/csv-log.ts';
import { parseHandoff } from '../../manifest/readers/handoff.ts';
import { mergeScan, type FoundFile } from '../../manifest/scan.ts';
import { asRead, changedByHand, markOf, withHand } from '../../manifest/scan/as-read.ts';
import { RATES } from '../../manifest/time/rate.ts';

let given = 0;
let said: Issue[] = [];
const choices = {
  newId: () => `clip-${++given}`,
  at: '2026-03-14T00:00:00.000Z',
  say: (issue: Issue) => said.push(issue),
};
const file = (path: string, more: Partial<FoundFile> = {}): FoundFile => ({
  root: 'media',
  path,
  size: 1000,
  kind: 'picture',
  tech: { rate: RATES['24'], startTc: '10:00:00:00', durationFrames: 240 },
  media: {},
  ...more,
});
const CSV = 'Scene,Take,Notes\n1,1,boom\n1,2,flare\n';
function scan(previous: Handoff | null, files: FoundFile[], csv = CSV): Handoff {
  said = [];
  const sheets = csv ? [csvLog.read(csv, { name: 'day1.csv' }).value] : [];
  const findings = { title: 'T', roots: ['media'], files, transcripts: [], taken: [], sheets };
  return mergeScan(previous, findings, choices);
}
const FILES = [file('SCENE_01_TAKE_01.mov'), file('SCENE_01_TAKE_02.mov', { size: 2000 })];
const first = scan(null, FILES);
const edited = (change: (document: Handoff) => void) => {
  const document = structuredClone(first);
  change(document);
  return document;
};

describe('what a file said', () => {
  it('is marked so that no two fields of one document are taken for each other', () => {
    for (const shape of [TechSchema.shape, LogEntrySchema.shape, NoteSchema.shape]) {
      const fields = Object.keys(shape);
      const marks = fields.map((field) => asRead({ [field]: 1 }, [field]).slice(0, 2));
      expect(new Set(marks).size, fields.join()).toBe(fields.length);
    }
  });

  it('tells a change of any field, and nothing else', () => {
    const fields = ['a', 'b', 'c', 'd'];
    const thing = fc.dictionary(fc.constantFrom(...fields), fc.oneof(fc.string(), fc.integer()));
    fc.assert(
      fc.property(thing, thing, thing, (read, hand, now) => {
        const marks = asRead(read, fields);
        const changed = changedByHand(hand, marks, now, fields).map(({ field }) => field);
        const differ = (a: Record<string, unknown>, b: Record<string, unknown>, field: string) =>
          JSON.stringify(a[field]) !== JSON.stringify(b[field]);
        const wanted = fields.filter((field) => differ(hand, read, field) && differ(hand, now, field));
        expect(changed).toEqual(wanted);
        const merged = withHand(now, changedByHand(hand, marks, now, fields));
        for (const field of fields)
          expect(merged[field]).toEqual((differ(hand, read, field) ? hand : now)[field]);
      }),
    );
  });

  it('marks nothing that is absent', () => {
    expect(asRead({ a: undefined }, ['a', 'b'])).toBe('');
    expect(markOf('', 'a')).toBe('');
  });
});

describe('a hand edit of what was measured', () => {
  it('stays at the next scan and the one after, and is said', () => {
    const mine = edited(({ clips }) => void (clips[0]!.tech.startTc = '11:00:00:00'));
    const next = scan(mine, FILES);
    expect(next.clips[0]!.tech.startTc).toBe('11:00:00:00');
    expect(said).toMatchObject([{ code: 'scan-by-hand', severity: 'note', clips: ['SCENE_01_TAKE_01.mov'] }]);
    expect(said[0]!.message).toContain('startTc "11:00:00:00" (read: "10:00:00:00")');
    expect(handoffHash(scan(next, FILES))).toBe(handoffHash(next));
  });

  it('may add a timecode to a file that has none, and take one away', () => {
    const bare = [file('a.mov', { tech: { rate: RATES['24'], durationFrames: 9 } }), file('b.mov')];
    const mine = structuredClone(scan(null, bare, ''));
    mine.clips[0]!.tech.startTc = '09:00:00:00';
    delete mine.clips[1]!.tech.startTc;
    const next = scan(mine, bare, '');
    expect(next.clips.map(({ tech }) => tech.startTc)).toEqual(['09:00:00:00', undefined]);
  });

  it('stays where the file was followed to another folder', () => {
    const mine = edited(({ clips }) => void (clips[0]!.tech.startTc = '11:00:00:00'));
    const next = scan(mine, [file('DAY1/other.mov'), FILES[1]!]);
    expect(next.clips.find(({ path }) => path === 'DAY1/other.mov')).toMatchObject({
      id: first.clips[0]!.id,
      tech: { startTc: '11:00:00:00' },
    });
  });

  it('and of the file too: the hand’s stays, with a warning', () => {
    const mine = edited(({ clips }) => void (clips[0]!.tech.startTc = '11:00:00:00'));
    const tech = { ...FILES[0]!.tech, startTc: '12:00:00:00' };
    const next = scan(mine, [{ ...FILES[0]!, tech }, FILES[1]!]);
    expect(next.clips[0]!.tech.startTc).toBe('11:00:00:00');
    expect(said).toMatchObject([{ code: 'scan-by-hand-both', severity: 'warning' }]);
  });

  it('that the file’s new rate does not have is given up, and said', () => {
    const mine = edited(({ clips }) => void (clips[0]!.tech.startTc = '11:00:00:23'));
    const tech = { rate: { num: 20, den: 1, drop: false }, startTc: '10:00:00:00', durationFrames: 240 };
    const next = scan(mine, [{ ...FILES[0]!, tech }, FILES[1]!]);
    expect(next.clips[0]!.tech.startTc).toBe('10:00:00:00');
    expect(said).toMatchObject([{ code: 'scan-by-hand-lost', severity: 'warning' }]);
    expect(parseHandoff(JSON.stringify(next)).issues).toEqual([]);
  });

  it('is no reason to keep what nobody changed', () => {
    const tech = { ...FILES[0]!.tech, startTc: '12:00:00:00' };
    expect(scan(first, [{ ...FILES[0]!, tech }, FILES[1]!]).clips[0]!.tech.startTc).toBe('12:00:00:00');
    expect(said).toEqual([]);
  });

  it('stays through a scan that was stopped before the file was read', () => {
    const mine = edited(({ clips }) => void (clips[0]!.tech.startTc = '11:00:00:00'));
    const { tech, asRead: then } = mine.clips[0]!;
    const next = scan(mine, [file('SCENE_01_TAKE_01.mov', { tech, asRead: then! }), FILES[1]!]);
    expect(next.clips[0]!.tech.startTc).toBe('11:00:00:00');
    expect(scan(next, FILES).clips[0]!.tech.startTc).toBe('11:00:00:00');
  });
});

describe('a hand edit in the log', () => {
  const notes = (document: Handoff) =>
    document.log.entries.flatMap((each) => each.notes.map(({ text }) => text));

  it('of a note’s words stays, also where its sheet was changed elsewhere', () => {
    const mine = edited(({ log }) => void (log.entries[0]!.notes[0]!.text = 'boom, upper left'));
    expect(notes(scan(mine, FILES))).toEqual(['boom, upper left', 'flare']);
    expect(said.map(({ code }) => code)).toEqual(['scan-by-hand']);
    const sorted = scan(mine, FILES, 'Scene,Take,Notes\n1,3,new\n1,2,flare at the end\n1,1,boom\n');
    expect(notes(sorted)).toEqual(['new', 'flare at the end', 'boom, upper left']);
    expect(handoffHash(scan(sorted, FILES, ''))).toBe(handoffHash(sorted));
  });

  it('of a note that the sheet changed too: the hand’s stays, with a warning', () => {
    const mine = edited(({ log }) => void (log.entries[0]!.notes[0]!.text = 'mine'));
    expect(notes(scan(mine, FILES, CSV.replace('boom', 'theirs')))[0]).toBe('mine');
    expect(said).toMatchObject([{ code: 'scan-by-hand-both', at: 'day1.csv row 2' }]);
  });

  it('of a row’s take binds it to that take’s clip', () => {
    const mine = edited(({ log }) => void (log.entries[0]!.take = '2'));
    const next = scan(mine, FILES);
    expect(next.log.entries[0]).toMatchObject({ take: '2', clips: [first.clips[1]!.id] });
  });

  it('keeps a note that was added, with or without an id, and a row', () => {
    const mine = edited(({ log }) => {
      log.entries[0]!.notes.push({ text: 'added', offset: 5 } as never);
      log.entries[1]!.notes.push({ id: 'mine', kind: 'director', text: 'by id' });
      log.entries.push({
        sheet: 'day1.csv',
        row: 9,
        scene: '1',
        take: '2',
        notes: [{ text: 'a row' }],
      } as never);
    });
    const { value, issues } = parseHandoff(JSON.stringify(mine));
    expect(issues).toMatchObject([{ code: 'manifest-no-id', severity: 'note' }]);
    expect(issues[0]!.message).toContain('log.entries[0].notes[1]');
    const next = scan(value!, FILES);
    expect(notes(next).sort()).toEqual(['a row', 'added', 'boom', 'by id', 'flare']);
    expect(next.log.entries[2]!.clips).toEqual([first.clips[1]!.id]);
    expect(handoffHash(scan(next, FILES))).toBe(handoffHash(next));
    expect(parseHandoff(JSON.stringify(mine)).value).toEqual(value);
  });

  it('keeps a row that the sheet no longer has, where something in it was changed', () => {
    const mine = edited(({ log }) => void (log.entries[0]!.notes[0]!.text = 'mine'));
    const next = scan(mine, FILES, 'Scene,Take,Notes\n1,2,flare\n');
    expect(notes(next)).toEqual(['flare', 'mine']);
    expect(said[0]!.message).toContain('"mine" is in no sheet any more');
    expect(notes(scan(first, FILES, 'Scene,Take,Notes\n1,2,flare\n'))).toEqual(['flare']);
  });
});

it('ids that are none are not made up: a number stays an error', () => {
  const broken = edited(({ log }) => void ((log.entries[0]!.notes[0] as { id: unknown }).id = 7));
  expect(parseHandoff(JSON.stringify(broken)).issues.map(({ code }) => code)).toEqual(['manifest-invalid']);
});

describe('files that were moved', () => {
  const twins = (names: string[], ends: string[]) =>
    names.map((path, at) => file(path, { content: { ends: ends[at]! } }));

  it('are followed by content where size and timecode are alike', () => {
    const before = scan(null, twins(['a.mov', 'b.mov'], ['1', '2']), '');
    const next = scan(before, twins(['u.mov', 'v.mov'], ['2', '1']), '');
    expect(next.clips.map(({ path, id }) => [path, id])).toEqual([
      ['u.mov', before.clips[1]!.id],
      ['v.mov', before.clips[0]!.id],
    ]);
    expect(said).toEqual([]);
  });

  it('copies renamed in one go are followed in order, and that is said', () => {
    const before = scan(null, twins(['a.mov', 'b.mov'], ['1', '1']), '');
    const next = scan(before, twins(['u.mov', 'v.mov'], ['1', '1']), '');
    expect(next.clips.map(({ id }) => id)).toEqual(before.clips.map(({ id }) => id));
    expect(said).toMatchObject([
      { code: 'scan-followed-alike', severity: 'note', clips: ['u.mov', 'v.mov'] },
    ]);
    expect(said[0]!.message).toContain('a.mov is now u.mov');
  });

  it('and cannot be told apart are new, and that is said', () => {
    const before = scan(null, [file('a.mov'), file('b.mov')], '');
    const next = scan(before, [file('u.mov'), file('v.mov')], '');
    expect(next.clips).toHaveLength(4);
    expect(said).toMatchObject([{ code: 'scan-move-unclear', severity: 'warning' }]);
  });

  it('whose names were exchanged keep their ids', () => {
    const long = { tech: { ...FILES[0]!.tech, durationFrames: 999 } };
    const before = scan(null, [file('a.mov'), file('b.mov', long)], '');
    const next = scan(before, [file('a.mov', long), file('b.mov')], '');
    expect(next.clips.map(({ path, id }) => [path, id])).toEqual([
      ['a.mov', before.clips[1]!.id],
      ['b.mov', before.clips[0]!.id],
    ]);
    expect(next.history.at(-1)).toMatchObject({ kind: 'scan', moved: 2 });
  });

  it('a file under an old name that is another recording keeps the id, and the history says what it was', () => {
    const next = scan(first, [
      file('SCENE_01_TAKE_01.mov', { size: 7, tech: { ...FILES[0]!.tech, durationFrames: 3 } }),
      FILES[1]!,
    ]);
    expect(next.clips[0]!.id).toBe(first.clips[0]!.id);
    const [replaced] = next.history.at(-1)!['replaced'] as { clip: string; was: string }[];
    expect(replaced!.clip).toBe(first.clips[0]!.id);
    expect(replaced!.was).toContain('1000 bytes, 240 frames, from 10:00:00:00, and now 7 bytes, 3 frames');
  });

  it('no clip is lost and no path is doubled, whatever moves', () => {
    const lengths = fc.integer({ min: 1, max: 3 });
    const drive = fc.dictionary(fc.constantFrom('a.mov', 'b.mov', 'c.mov', 'd.mov', 'e.mov'), lengths);
    const files = (on: Record<string, number>) =>
      Object.entries(on).map(([path, durationFrames]) =>
        file(path, { size: durationFrames, tech: { ...FILES[0]!.tech, durationFrames } }),
      );
    fc.assert(
      fc.property(drive, drive, drive, (one, two, three) => {
        let document = scan(null, files(one), '');
        for (const on of [two, three]) {
          const ids = document.clips.map(({ id }) => id);
          document = scan(document, files(on), '');
          expect(document.clips.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
          const paths = document.clips.map(({ path }) => path);
          expect(new Set(paths).size).toBe(paths.length);
          expect(paths).toEqual(expect.arrayContaining(Object.keys(on)));
        }
      }),
    );
  });
});
