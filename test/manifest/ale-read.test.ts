/** ALEs that are read: of other programs, by hand, broken and hostile. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aleCut } from '../../manifest/readers/ale-cut.ts';
import { ale } from '../../manifest/readers/ale.ts';
import { aleCutLists } from '../../manifest/readers/ale/cut.ts';
import { readTable } from '../../manifest/readers/ale/table.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { corpus } from '../corpus/folder.ts';
import { event, list, soundSource, track } from './cutlist-samples.ts';
import { written, sheet, cut } from './ale-stage.ts';

const facts = readFileSync(fileURLToPath(new URL('../corpus/ale.tsv', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const here = existsSync(join(corpus, 'ale'));
if (!here) console.log(`skipped: ALEs of other programs (no ${join(corpus, 'ale')}; set BATON_CORPUS)`);

/** A small ALE by hand. */
const text = (rows: string[], { columns = 'Name\tTracks\tStart\tEnd', heading = 'FPS\t25' } = {}) =>
  ['Heading', 'FIELD_DELIM\tTABS', heading, '', 'Column', columns, '', 'Data', ...rows, ''].join('\n');

describe.skipIf(!here)('ALEs of other programs', () => {
  test('the table of facts has every file', () => {
    expect(facts.map(([path]) => path).sort()).toEqual(
      readdirSync(join(corpus, 'ale'))
        .map((name) => `ale/${name}`)
        .sort(),
    );
  });

  for (const [path, columns, rows, fps, frames, codes] of facts)
    test(`${path} has ${rows} rows`, () => {
      const given = readFileSync(join(corpus, path!), 'utf8');
      const { table } = readTable(given, path!);
      expect([table.columns.length, table.rows.length, table.heading.get('FPS')]).toEqual([
        Number(columns),
        Number(rows),
        fps,
      ]);
      const log = ale.read(given, { name: path! });
      expect(log.value.rows).toHaveLength(Number(rows));
      expect(log.issues.map((issue) => issue.code).join(' ')).toBe(codes ?? '');
      for (const row of log.value.rows) expect([row.file, row.startTc, row.endTc].every(Boolean)).toBe(true);
      const { value, issues } = aleCutLists(given, { name: path! });
      expect(issues).toEqual([]);
      const [first] = value[0]!.tracks;
      expect(first!.events).toHaveLength(Number(rows));
      expect(first!.events.reduce((sum, each) => sum + each.sourceOut - each.sourceIn, 0)).toBe(
        Number(frames),
      );
      for (const line of ['\r\n', '\r'])
        expect(ale.read(given.replace(/\r\n|\n/g, line), { name: path! }).value).toEqual(log.value);
      expect(ale.looksLike(given)).toBe(true);
    });
});

describe('what is read', () => {
  test('blank lines may be missing, cells short or long, tabs may trail', () => {
    const tight =
      'Heading\nFPS\t25\nColumn\nName\tScene\tTake\t\nData\nA\t7\nB\t8\t2\t\t\nC\t9\t3\tsurplus\n';
    const { value, issues } = sheet(tight);
    expect(value.rows.map(({ row, file, scene, take }) => [row, file, scene, take])).toEqual([
      [2, 'A', '7', undefined],
      [3, 'B', '8', '2'],
      [4, 'C', '9', '3'],
    ]);
    expect(issues.map((issue) => [issue.code, issue.at])).toEqual([['log-row-too-long', 'day.ale row 4']]);
    expect(value.rows[2]!.other).toEqual({ 'column 4': 'surplus', FPS: '25' });
  });

  test('the first filled column names file, reel and sound roll; the others are carried along', () => {
    const columns = 'Name\tTracks\tTape\tCamroll\tSoundroll\tSource File\tFPS\tFPS\tASC_SAT\t__proto__';
    const rows = ['n1\tVA1\t\tA007\tSR9\tf1.mxf\t25\t24\t0.9\tx', 'n2\tA1\tT5\t\t\t\t25\t24\t\t'];
    const { value } = sheet(text(rows, { columns }));
    expect(value.rows).toMatchObject([
      {
        file: 'f1.mxf',
        reel: 'A007',
        soundRoll: 'SR9',
        other: { Name: 'n1', Tracks: 'VA1', FPS: '25', 'FPS (2)': '24' },
      },
      { file: 'n2', soundRoll: 'T5' },
    ]);
    expect(value.rows[1]!.reel).toBeUndefined();
  });

  test('tracks are read as programs write them', () => {
    const shapes: [string, string][] = [
      ['V', 'V1'],
      ['VA1A2', 'V1 A1 A2'],
      ['V A1A2', 'V1 A1 A2'],
      ['A1-8', 'A1 A2 A3 A4 A5 A6 A7 A8'],
      ['1,2,3,4', 'A1 A2 A3 A4'],
      ['V1D1A3', 'V1 A3'],
      ['', 'V1'],
      ['A', 'A1'],
      ['A1-999', Array.from({ length: 64 }, (_, at) => `A${at + 1}`).join(' ')],
    ];
    for (const [cell, tracks] of shapes) {
      const { value } = cut(text([`n\t${cell}\t01:00:00:00\t01:00:01:00`]));
      expect(value[0]!.tracks.map((each) => each.name).join(' ')).toBe(tracks);
    }
  });

  test('clips lie end to end from one hour; a row that cannot be placed is named', () => {
    const rows = [
      'a\tV\t10:00:00:00\t10:00:02:00',
      'b\tV\t10:00:00:00\t10:00:00:30',
      'c\tVA1\t23:59:59:00\t00:00:01:00',
      'd\tV\t10:00:01:00\t10:00:00:00',
      'e\tV\t\t10:00:00:00',
    ];
    const { value, issues } = cut(text(rows));
    expect(value[0]).toMatchObject({ name: 'day', start: 90000, rate: RATES['25'] });
    expect(value[0]!.tracks[0]!.events.map((each) => [each.name, each.recordIn, each.recordOut])).toEqual([
      ['a', 0, 50],
      ['c', 50, 100],
    ]);
    expect(value[0]!.tracks[1]!.events).toMatchObject([{ name: 'c', recordIn: 50, link: 2, channels: [1] }]);
    expect(issues.map((issue) => [issue.code, issue.severity, issue.at])).toEqual([
      ['ale-row', 'error', 'day.ale row 3'],
      ['ale-row', 'error', 'day.ale row 5'],
      ['ale-row', 'error', 'day.ale row 6'],
    ]);
  });

  test('a semicolon is drop-frame; a rate of its own is kept and laid exactly', () => {
    const drop = cut(text(['a\tV\t10:00:59;28\t10:01:00;02'], { heading: 'FPS\t29.97' }));
    expect(drop.value[0]).toMatchObject({ rate: RATES['29.97df'] });
    expect(drop.value[0]!.tracks[0]!.events[0]!.sourceOut).toBe(2);
    const columns = 'Name\tTracks\tStart\tEnd\tFPS';
    const mixed = cut(
      text(['a\tV\t10:00:00:00\t10:00:01:00\t24', 'b\tV\t10:00:00:00\t10:00:00:01\t50'], { columns }),
    );
    expect(
      mixed.value[0]!.tracks[0]!.events.map((each) => [each.recordIn, each.recordOut, each.sourceOut]),
    ).toEqual([
      [0, 25, 24],
      [25, 26, 1],
    ]);
    expect(mixed.issues.map((issue) => issue.code)).toEqual(['ale-mixed-rate']);
  });

  test('Duration stands in for End, as timecode or frames; without either a row has no length', () => {
    const columns = 'Name\tStart\tDuration';
    const { value, issues } = cut(
      text(['a\t01:00:00:00\t120', 'b\t01:00:00:00\t00:00:01:05', 'c\t01:00:00:00'], { columns }),
    );
    expect(value[0]!.tracks[0]!.events.map((each) => each.sourceOut)).toEqual([120, 30]);
    expect(issues[0]!.message).toBe('day.ale row 4: it has neither End nor Duration');
  });

  test('an ALE is both: a log sheet to a scan, a string-out to a conversion', () => {
    const given = text(['a\tV\t10:00:00:00\t10:00:02:00']);
    expect([ale.reads, aleCut.reads, aleCut.looksLike(given)]).toEqual(['log-sheet', 'timeline', true]);
    expect(aleCut.read(given, { name: 'day.ale' })).toEqual(cut(given));
  });

  test('without FPS the rate is asked for', () => {
    const none = text(['a\tV\t01:00:00:00\t01:00:01:00'], { heading: 'TAPE\tx' });
    expect(cut(none).issues[0]!.message).toBe('day.ale row 2: nothing says its frame rate; say which it is');
    expect(cut(none, RATES['24']).value[0]!.tracks[0]!.events[0]!.recordOut).toBe(24);
  });
});

describe('broken and hostile files', () => {
  test('a file without its parts is one error', () => {
    for (const given of [
      '',
      'Heading\nFPS\t25\n',
      'Column\nName\n',
      'Data\na\tb\n',
      'TITLE: x\n',
      '\u0000'.repeat(10),
    ])
      for (const issues of [sheet(given).issues, cut(given).issues])
        expect(issues.map((issue) => [issue.code, issue.severity])).toEqual([['ale-parts', 'error']]);
  });

  test('10,000 rows, a cell of a megabyte and a thousand columns are read', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, at) => `c${at}\tV\t${frameToTimecode(at, RATES['25'])}\t${frameToTimecode(at + 1, RATES['25'])}`,
    );
    expect(sheet(text(rows)).value.rows).toHaveLength(10_000);
    expect(cut(text(rows)).value[0]!.tracks[0]!.events[9999]!.recordOut).toBe(10_000);
    const long = sheet(text([`${'x'.repeat(1 << 20)}\tV\t01:00:00:00\t01:00:01:00`]));
    expect(long.issues.map((issue) => issue.code)).toEqual(['log-cell-too-long']);
    const columns = Array.from({ length: 1000 }, (_, at) => `h${at}`).join('\t');
    expect(sheet(text(['a'], { columns })).issues.map((issue) => issue.code)).toEqual(['log-row-empty']);
  });

  test('whatever stands in it, neither reading throws, and every row is an event or an issue', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '01:00:00:00',
        '01:00:01;00',
        '25:99:99:99',
        'NaN',
        '1e999',
        '-1',
        'V1A1-9999999',
        '__proto__',
      ),
    );
    const row = fc.array(cell, { maxLength: 8 }).map((cells) => cells.join('\t'));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), cell, (rows, fps) => {
        const given = text(rows, { heading: `FPS\t${fps}`, columns: 'Name\tTracks\tStart\tEnd\tFPS\tTape' });
        const count = readTable(given, 'x').table.rows.length;
        expect(sheet(given).value.rows.length).toBe(count);
        const { value, issues } = cut(given, RATES['24']);
        const lost = issues.filter((issue) => issue.code === 'ale-row').length;
        const names = new Set(
          value.flatMap((each) => each.tracks.flatMap((one) => one.events.map((it) => it.recordIn))),
        );
        expect(names.size + lost).toBe(count);
      }),
    );
  });

  test('sound keeps its place: a source of samples comes back at the frame its timecode names', () => {
    const rate = RATES['25'];
    const sound = soundSource('S', rate, '10:00:00:00');
    const { files } = written(list(rate, '01:00:00:00', [track('A1', [event(sound, 0, 25, 10, rate)])]));
    const back = cut(files[0]!.text).value[0]!.tracks.map((each) => each.events[0]!.source!);
    expect(back).toHaveLength(4);
    expect(back[0]).toMatchObject({
      start: 900_000,
      duration: 2000,
      hasPicture: false,
      reel: 'SR001',
      channels: 4,
    });
  });
});
