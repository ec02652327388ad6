import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutList, CutSource } from '../../manifest/documents/cutlist.ts';
import { ale as aleExport, handoffAle } from '../../manifest/exports/ale.ts';
import { DEFAULT_OPTIONS, type Exported } from '../../manifest/exports/export.ts';
import { aleCut } from '../../manifest/readers/ale-cut.ts';
import { ale } from '../../manifest/readers/ale.ts';
import { aleCutLists } from '../../manifest/readers/ale/cut.ts';
import { readTable } from '../../manifest/readers/ale/table.ts';
import { RATES, type RateName } from '../../manifest/time/rate.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import {
  clip,
  event,
  filmCut,
  handoff,
  list,
  midnightCut,
  pictureSource,
  soundSource,
  track,
} from './cutlist-samples.ts';

const corpus =
  process.env['BATON_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const facts = readFileSync(fileURLToPath(new URL('../corpus/ale.tsv', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));
const here = existsSync(join(corpus, 'ale'));
if (!here) console.log(`skipped: ALEs of other programs (no ${join(corpus, 'ale')}; set BATON_CORPUS)`);

function written(cut: CutList, options = DEFAULT_OPTIONS): Exported {
  const made = aleExport.write(cut, options);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

/** Rates whose frames have two digits, which is all an ALE holds. */
const COUNTED = (Object.keys(RATES) as RateName[]).filter((name) => !/^1[12]/.test(name));

/** A small ALE by hand. */
const text = (rows: string[], { columns = 'Name\tTracks\tStart\tEnd', heading = 'FPS\t25' } = {}) =>
  ['Heading', 'FIELD_DELIM\tTABS', heading, '', 'Column', columns, '', 'Data', ...rows, ''].join('\n');
const sheet = (given: string) => ale.read(given, { name: 'day.ale' });
const cut = (given: string, rate?: CutList['rate']) =>
  aleCutLists(given, rate ? { name: 'day.ale', rate } : { name: 'day.ale' });

describe('what is written', () => {
  for (const [name, sample] of [
    ['film', filmCut()],
    ['midnight', midnightCut()],
  ] as const)
    test(`the sources of the ${name} cut read as their golden`, async () => {
      const { files, losses } = written(sample);
      for (const file of files)
        await expect(file.text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
          `exports/goldens/${name}${file.suffix}`,
        );
      const said = losses
        .map((loss) => `${loss.what} | ${loss.where} | ${loss.count} | ${loss.message}\n`)
        .join('');
      await expect(said).toMatchFileSnapshot(`exports/goldens/${name}.ale-losses.txt`);
    });

  test('every source is one row, and its names and timecode read back, at every rate with two digits for frames', () => {
    fc.assert(
      fc.property(anyCutList({ rates: COUNTED, mixed: true, retimes: true, made: true }), (given) => {
        const used = new Map<string, CutSource>();
        for (const each of given.tracks.flatMap((one) => one.events))
          if (each.source) used.set(each.source.clip ?? each.source.file!, each.source);
        const made = aleExport.write(given);
        if ('refused' in made) {
          expect(used.size).toBe(0);
          return;
        }
        const rows = made.files.flatMap((file) => {
          const back = cut(file.text);
          expect(back.issues).toEqual([]);
          return back.value.flatMap((each) =>
            each.tracks.filter((one) => one.index === 1).flatMap((one) => one.events),
          );
        });
        const identity = ({ source }: { source: CutSource | null }) => {
          const { clip: id, file, name, reel, scene, take, camera, rate, start, duration } = source!;
          // Sound counts samples in the cut and frames in an ALE: its names are compared, its time elsewhere.
          const time = source!.hasPicture ? [rate, start, duration] : [];
          return JSON.stringify([id, file, name, reel, scene, take, camera, ...time]);
        };
        expect(new Set(rows.map(identity))).toEqual(
          new Set([...used.values()].map((source) => identity({ source }))),
        );
        expect(rows.length).toBe(used.size);
      }),
    );
  });

  test('each file holds one rate and says so in its heading and its name', () => {
    const [a, b] = [
      pictureSource('A', RATES['25'], '10:00:00:00'),
      pictureSource('B', RATES['23.976'], '11:00:00:00'),
    ];
    const given = list(RATES['25'], '01:00:00:00', [
      track('V1', [event(a, 0, 50, 0, RATES['25']), event(b, 50, 50, 0, RATES['25'])]),
    ]);
    const { files, losses } = written(given);
    expect(files.map((file) => [file.suffix, readTable(file.text, 'x').table.heading.get('FPS')])).toEqual([
      ['_25.ale', '25'],
      ['_23.976.ale', '23.976'],
    ]);
    expect(losses.map((loss) => [loss.what, loss.count])).toContainEqual(['mixed-rate', 2]);
    expect(files.every((file) => readTable(file.text, 'x').table.rows.length === 1)).toBe(true);
  });

  test("Avid's required headings are there, at most 64 of at most 32 characters", () => {
    const { columns } = readTable(written(filmCut()).files[0]!.text, 'x').table;
    for (const heading of ['Name', 'Tracks', 'Start', 'End', 'Tape']) expect(columns).toContain(heading);
    expect(columns.length).toBeLessThanOrEqual(64);
    for (const heading of columns) expect(heading.length).toBeLessThanOrEqual(32);
  });

  test('drop-frame timecode has its semicolon; End is the frame after the last', () => {
    const rate = RATES['29.97df'];
    const source = pictureSource('A', rate, '00:00:59;20', { duration: 12 });
    const { files } = written(list(rate, '01:00:00;00', [track('V1', [event(source, 0, 5, 0, rate)])]));
    expect(files[0]!.text).toContain('\t00:00:59;20\t00:01:00;04\t00:00:00;12\t');
    expect(files[0]!.text).toContain('FPS\t29.97\r\n');
  });

  test('tabs and line breaks in a name part no cells, and are said', () => {
    const rate = RATES['25'];
    const source = pictureSource('A', rate, '10:00:00:00', { scene: '7\tA\n', take: '2' });
    const { files, losses } = written(
      list(rate, '01:00:00:00', [track('V1', [event(source, 0, 5, 0, rate)])]),
    );
    expect(sheet(files[0]!.text).value.rows[0]).toMatchObject({ scene: '7 A', take: '2' });
    expect(losses.filter((loss) => loss.what === 'character').map((loss) => loss.message)).toEqual([
      'A.mov: Scene holds tabs or line breaks, which part the cells of an ALE; they are spaces there',
    ]);
  });

  test('media without timecode, of unknown length, or of a rate no ALE counts is said', () => {
    const rate = RATES['25'];
    const fast = RATES['120'];
    const given = list(rate, '01:00:00:00', [
      track('V1', [
        event(pictureSource('none', rate, null), 0, 10, 0, rate),
        event(pictureSource('endless', rate, '10:00:00:00', { duration: null }), 10, 10, 90, rate),
        event(pictureSource('fast', fast, '10:00:00:000'), 20, 10, 0, rate),
      ]),
    ]);
    const { files, losses } = written(given);
    expect(losses.map((loss) => [loss.what, loss.where])).toEqual([
      ['media-length', 'endless.mov'],
      ['flattened', 'sequence'],
      ['source', 'fast.mov'],
      ['no-source-timecode', 'none.mov'],
    ]);
    const rows = sheet(files[0]!.text).value.rows;
    expect(rows.map((row) => [row.file, row.startTc, row.endTc])).toEqual([
      ['none.mov', '00:00:00:00', '00:00:40:00'],
      ['endless.mov', '10:00:00:00', '10:00:04:00'],
    ]);
  });

  test('a cut without media is refused', () => {
    const rate = RATES['25'];
    const title = event(null, 0, 10, 0, rate, { kind: 'title', name: 'END' });
    expect(aleExport.write(list(rate, '01:00:00:00', [track('V1', [title])]))).toHaveProperty('refused');
  });

  test('a whole handoff is one row a clip, with rolls, days, picks and notes', () => {
    const rate = RATES['23.976'];
    const paper = handoff([
      clip(
        'CAM/A001C001.mov',
        { rate, startTc: '10:00:00:00', durationFrames: 48, channels: 2, recordedOn: '2026-11-20' },
        {
          identity: { scene: '7', take: '2', camera: 'A', reel: 'A001' },
          pick: 'circled',
        },
      ),
      clip(
        'SOUND/S1.wav',
        { sampleRate: 48000, startSamples: 1_729_728_000, durationSamples: 96_096, channels: 3 },
        {
          kind: 'sound',
          identity: { soundRoll: 'SR1', scene: '7', take: '2' },
        },
      ),
      clip('notes.pdf', {}, { kind: 'document' }),
    ]);
    paper.rate = rate;
    paper.log.entries.push({
      id: 'e',
      sheet: 'log.csv',
      row: 2,
      notes: [{ id: 'n', kind: 'note', text: 'Hold the end', timecode: '10:00:01:00' }],
      clips: ['id of CAM/A001C001.mov'],
    });
    const { files, losses } = handoffAle(paper, { main: '/Volumes/Shoot' });
    expect(files.map((file) => file.suffix)).toEqual(['.ale']);
    const { rows } = sheet(files[0]!.text).value;
    expect(rows).toMatchObject([
      {
        file: 'A001C001.mov',
        scene: '7',
        take: '2',
        camera: 'A',
        reel: 'A001',
        pick: 'circled',
        startTc: '10:00:00:00',
        endTc: '10:00:02:00',
        notes: [{ text: 'Hold the end', timecode: '10:00:01:00' }],
        other: { 'Shoot date': '20261120', 'Source File Path': '/Volumes/Shoot/CAM/A001C001.mov' },
      },
      { file: 'S1.wav', soundRoll: 'SR1', startTc: '10:00:00:00', endTc: '10:00:02:00' },
    ]);
    expect(losses.map((loss) => [loss.what, loss.where])).toEqual([['source', 'notes.pdf']]);
  });
});

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
