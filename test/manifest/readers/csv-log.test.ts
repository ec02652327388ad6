import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvLog } from '../../../manifest/readers/csv-log.ts';

const read = (text: string) => csvLog.read(text, { name: 'day1.csv' });
const rows = (text: string) => read(text).value.rows;

describe('separators, marks and languages', () => {
  it.each([',', ';', '\t'])('cells parted by %j, with a byte-order mark and CRLF', (separator) => {
    const text = `\uFEFF${[
      ['Scene', 'Take', 'Notes'],
      ['7', '3', 'fine'],
    ]
      .map((row) => row.join(separator))
      .join('\r\n')}\r\n`;
    expect(rows(text)).toEqual([{ row: 2, scene: '7', take: '3', notes: [{ kind: 'note', text: 'fine' }] }]);
  });

  it('German headings', () => {
    const text = 'Szene;Klappe;Kamera;Ton;Kopierer;Regie;Bemerkungen\n7;3;A;stumm;x;schön;Wolke\n';
    expect(rows(text)).toEqual([
      {
        row: 2,
        scene: '7',
        take: '3',
        camera: 'A',
        soundKind: 'mos',
        pick: 'circled',
        notes: [
          { kind: 'director', text: 'schön' },
          { kind: 'note', text: 'Wolke' },
        ],
      },
    ]);
  });

  it('titles above the header are passed over, and columns of no use are carried along', () => {
    const text = 'HARBOUR LIGHTS,,,\nDay 1,,,\nScene,Take,Lens,Weather\n7,3,35mm,rain\n';
    expect(rows(text)).toEqual([
      { row: 4, scene: '7', take: '3', notes: [], other: { Lens: '35mm', Weather: 'rain' } },
    ]);
  });
});

describe('marks', () => {
  it.each([
    ['x', 'circled'],
    ['✓', 'circled'],
    ['Print', 'circled'],
    ['ja', 'circled'],
    ['', undefined],
    ['no', undefined],
    ['-', undefined],
    ['NG', 'rejected'],
    ['alt', 'alternate'],
  ])('"%s" under Circled is %s', (mark, pick) => {
    expect(rows(`Scene,Take,Circled\n7,3,${mark}\n`)[0]!.pick).toBe(pick);
  });

  it('a mark under Good is good, and circled says more', () => {
    expect(rows('Scene,Take,Good,Circled\n7,3,x,\n7,4,x,x\n').map((row) => row.pick)).toEqual([
      'good',
      'circled',
    ]);
  });

  it('a star at the take circles it', () => {
    expect(rows('Scene,Take\n7,3*\n')[0]).toMatchObject({ take: '3', pick: 'circled' });
  });

  it.each([
    ['MOS', 'mos'],
    ['mos', 'mos'],
    ['WT', 'wild'],
    ['sync', 'sync'],
    ['T01.wav', undefined],
  ])('%s in the sound column is %s', (cell, kind) => {
    expect(rows(`Scene,Take,Sound\n7,3,${cell}\n`)[0]!.soundKind).toBe(kind);
  });
});

describe('notes', () => {
  const notes = (cell: string) =>
    rows(
      Papa.unparse([
        ['Scene', 'Take', 'Script Notes'],
        ['7', '3', cell],
      ]),
    )[0]!.notes;

  it('a timecode at the start places a note, and several may share a cell', () => {
    expect(notes('10:00:01:05 boom in shot; 10:00:02:00 – great')).toEqual([
      { kind: 'script', text: 'boom in shot', timecode: '10:00:01:05' },
      { kind: 'script', text: 'great', timecode: '10:00:02:00' },
    ]);
    expect(notes('first\nsecond').map((note) => note.text)).toEqual(['first', 'second']);
  });

  it('@45s and "at 1:12" are offsets, a bare number is text', () => {
    expect(notes('@45s smile')).toEqual([{ kind: 'script', text: 'smile', offsetSeconds: 45 }]);
    expect(notes('at 1:12 turn')).toEqual([{ kind: 'script', text: 'turn', offsetSeconds: 72 }]);
    expect(notes('3 extras missing')).toEqual([{ kind: 'script', text: '3 extras missing' }]);
  });

  it('commas, quotes and umlauts survive', () => {
    expect(notes('"wow", she said, schön')[0]!.text).toBe('"wow", she said, schön');
  });
});

describe('sheets that are not right', () => {
  it('no header row is said, with what was seen and how many rows were not read', () => {
    const { value, issues } = read('7,3,nice\n7,4,better\n');
    expect(value.rows).toEqual([]);
    expect(issues).toMatchObject([{ code: 'log-no-header', severity: 'error' }]);
    expect(issues[0]!.message).toContain('7 | 3 | nice');
    expect(issues[0]!.message).toContain('2 filled rows');
  });

  it('an empty sheet, one line of a megabyte and a quote that never closes are answered, not thrown', () => {
    expect(read('').issues[0]!.message).toContain('it is empty');
    expect(read('x'.repeat(1_000_000)).issues[0]!.code).toBe('log-no-header');
    const open = read('Scene,Take,Notes\n7,3,"never closed\n7,4,lost\n');
    expect(open.issues.map((issue) => issue.code)).toContain('log-quote');
  });

  it('cells beyond the header are kept and said', () => {
    const { value, issues } = read('Scene,Take\n7,3,great, really\n');
    expect(issues[0]).toMatchObject({ code: 'log-row-too-long', at: 'day1.csv row 2' });
    expect(value.rows[0]!.other).toEqual({ 'column 3': 'great', 'column 4': ' really' });
  });

  it('a row that names no take and no file is said and kept', () => {
    const { value, issues } = read('Scene,Take,Notes\n,,lunch\n');
    expect(value.rows).toHaveLength(1);
    expect(issues[0]!.code).toBe('log-row-empty');
  });

  it('a hundred of one fault are enough, and the rest are counted', () => {
    const { value, issues } = read(`Scene,Take,Notes\n${',,x\n'.repeat(250)}`);
    expect(value.rows).toHaveLength(250);
    expect(issues).toHaveLength(101);
    expect(issues[100]!.message).toBe('day1.csv: 150 more rows like day1.csv row 2.');
  });

  it('two columns of one name are both carried along', () => {
    expect(rows('Scene,Take,Lens,Lens\n7,3,35,50\n')[0]!.other).toEqual({ Lens: '35', 'Lens (2)': '50' });
  });

  it('formula cells and __proto__ columns are text', () => {
    const [row] = rows('Scene,Take,__proto__,Notes\n7,3,evil,=cmd|calc\n');
    expect(row!.notes[0]!.text).toBe('=cmd|calc');
    expect(Object.getPrototypeOf(row!.other ?? {})).toBe(Object.prototype);
  });
});

it('every filled row comes out, whatever stands in its cells', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('7', 'MOS', 'x', '10:00:00:00 note', '"', ';', '\n'));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('1', '2A'), fc.constantFrom('1', '2'), cell, cell)),
      (sheet) => {
        const text = Papa.unparse([['Scene', 'Take', 'Sound', 'Notes'], ...sheet]);
        expect(rows(text)).toHaveLength(sheet.length);
      },
    ),
  );
});
