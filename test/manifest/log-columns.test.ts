/** Which column is what: by heading in six languages, by likeness, by cells, by a person's word; and where the headings stand. */
import { describe, expect, it } from 'vitest';
import type { LogMeaning } from '../../manifest/documents/log.ts';
import { columnOf, plainHeading, proposeColumns } from '../../manifest/log/columns.ts';
import { findHeader } from '../../manifest/log/header.ts';
import { HEADINGS } from '../../manifest/log/headings.ts';
import { chosenBefore, parseChoice } from '../../manifest/log/mappings.ts';

const meanings = (headings: string[], rows: string[][] = []) =>
  proposeColumns(headings, rows).map((column) => column.meaning);
const propose = (heading: string, cells: string[] = []) =>
  proposeColumns(
    [heading],
    cells.map((cell) => [cell]),
  )[0]!;

describe('headings', () => {
  it.each<[string, string[], LogMeaning[]]>([
    [
      'English',
      ['Scene #', 'Slate', 'Take No.', 'Cam Roll', 'Print', "Director's Notes"],
      ['scene', 'setup', 'take', 'reel', 'circled', 'note:director'],
    ],
    [
      'German',
      ['Szenen-Nr.', 'Einstellung', 'Klappe', 'Kamerarolle', 'Kopierer', 'Anmerkungen Regie'],
      ['scene', 'setup', 'take', 'reel', 'circled', 'note:director'],
    ],
    [
      'French',
      ['Séquence', 'Plan', 'Prise', 'Carte caméra', 'Cerclée', 'Commentaires réalisateur'],
      ['scene', 'setup', 'take', 'reel', 'circled', 'note:director'],
    ],
    [
      'Spanish',
      ['Escena', 'Plano', 'Toma', 'Tarjeta cámara', 'Seleccionada', 'Notas del director'],
      ['scene', 'setup', 'take', 'reel', 'circled', 'note:director'],
    ],
    [
      'Italian',
      ['Scena', 'Inquadratura', 'Ciak', 'Rullo camera', 'Cerchiata', 'Note regia'],
      ['scene', 'setup', 'take', 'reel', 'circled', 'note:director'],
    ],
    [
      'Portuguese',
      ['Cena', 'Plano', 'Tomada', 'Cartão câmera', 'Selecionada', 'Notas do diretor'],
      ['scene', 'setup', 'take', 'reel', 'circled', 'note:director'],
    ],
  ])('%s', (_language, headings, expected) => {
    expect(headings.map(columnOf)).toEqual(expected);
    expect(meanings(headings)).toEqual(expected);
  });

  it('every heading of the list is in the form that headings are compared in, and stands there once', () => {
    const all = Object.values(HEADINGS).flatMap((names) => names.split(', '));
    expect(all.filter((name) => plainHeading(name) !== name)).toEqual([]);
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  });

  it('order of words, brackets, plurals, one wrong letter and two languages at once are likely, and say why', () => {
    expect(propose('Notes (DP)')).toMatchObject({ meaning: 'note:camera', confidence: 'sure' });
    expect(propose('Duration (mm:ss)')).toMatchObject({ meaning: 'duration', confidence: 'likely' });
    expect(propose('Scene / Szene')).toMatchObject({ meaning: 'scene', confidence: 'likely' });
    expect(propose('Camera Roll of the day')).toMatchObject({
      meaning: 'reel',
      confidence: 'likely',
      why: '"Camera Roll of the day" holds "camera roll"',
    });
    expect(propose('Circledd')).toMatchObject({ meaning: 'circled', confidence: 'likely' });
    expect(propose('B Cam Clip')).toMatchObject({ meaning: 'file', confidence: 'likely' });
  });

  it('a heading that only begins like one is not taken for it', () => {
    expect(meanings(['Scene description', 'Take count', 'Lens', 'Weather', 'toString', '__proto__'])).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });

  it('a column nobody named is guessed by its cells', () => {
    expect(propose('Was', ['A001C003_230614_R1AB.mov', 'A001C004', ''])).toMatchObject({
      meaning: 'file',
      confidence: 'guess',
    });
    expect(propose('Wann', ['10:00:00:00', '10:01:00:00'])).toMatchObject({
      meaning: 'start',
      confidence: 'guess',
    });
    expect(propose('Wer', ['Ada', 'Jonas'])).toMatchObject({ meaning: null });
  });

  it('of two columns for one meaning the surer is read, and the other says so', () => {
    const [likely, sure] = proposeColumns(['Scene / Szene', 'Scene'], []);
    expect([likely!.meaning, sure!.meaning]).toEqual([null, 'scene']);
    expect(likely!.why).toBe('scene is read from "Scene"');
    expect(meanings(['Notes', 'Comments', 'Clip', 'File'])).toEqual(['note', 'note', 'file', 'file']);
  });
});

describe('where headings stand', () => {
  it('below titles, in the row that has most of them', () => {
    const rows = [
      ['HARBOUR LIGHTS'],
      ['Day 1', 'Scene 7, take 3 ff.'],
      [],
      ['Scene', 'Take', 'Notes'],
      ['7', '3', 'x'],
    ];
    expect(findHeader(rows)).toMatchObject({ row: 3, headings: ['Scene', 'Take', 'Notes'] });
  });

  it('in two lines, the upper one merged over several columns', () => {
    const rows = [
      ['Scene', 'Take', 'Camera', '', 'Sound', ''],
      ['', '', 'Roll', 'Clip', 'Roll', 'File'],
      ['7', '3', 'A001', 'C003', 'S01', '7-3.wav'],
    ];
    const header = findHeader(rows)!;
    expect(header.row).toBe(1);
    expect(meanings(header.headings)).toEqual(['scene', 'take', 'reel', 'file', 'sound-roll', 'sound-file']);
  });

  it('a first row of data is not taken for a second line of headings', () => {
    const rows = [
      ['Scene', 'Take', 'Sound', 'Notes'],
      ['7', '3', 'MOS', 'Print'],
      ['7', '4', '', ''],
    ];
    expect(findHeader(rows)!.row).toBe(0);
  });

  it('a column of 72A-3 is enough, whatever else there is', () => {
    expect(
      findHeader([
        ['Slate', 'Comments'],
        ['72A-3*', 'x'],
        ['72A-4', 'y'],
      ])?.row,
    ).toBe(0);
    expect(
      findHeader([
        ['Slate', 'Comments'],
        ['72', 'x'],
        ['73', 'y'],
      ]),
    ).toBeNull();
  });
});

describe("a person's word", () => {
  it('goes before everything, in any sheet that has the heading', () => {
    const columns = proposeColumns(['Scene', 'Bemerkung'], [], {
      chosen: [
        { heading: 'bemerkung', meaning: 'note:director' },
        { heading: 'Scene', meaning: null },
      ],
    });
    expect(columns.map(({ meaning, confidence }) => [meaning, confidence])).toEqual([
      [null, 'chosen'],
      ['note:director', 'chosen'],
    ]);
  });

  it('is HEADING=MEANING, and says what there is where it is not', () => {
    expect(parseChoice('A = B=scene')).toEqual({ heading: 'A = B', meaning: 'scene' });
    expect(parseChoice('Lens=none')).toEqual({ heading: 'Lens', meaning: null });
    expect(parseChoice('Lens=glass')).toContain('scene, setup, take');
    expect(parseChoice('Lens')).toContain('HEADING=MEANING');
    expect(parseChoice('=scene')).toContain('HEADING=MEANING');
  });

  it('is remembered by sheet, and for the next sheet with the same headings; what Baton proposed is proposed anew', () => {
    const column = (heading: string, meaning: string, confidence: 'chosen' | 'likely') => ({
      heading,
      meaning,
      confidence,
    });
    const mappings = {
      'day1.csv': { columns: [column('Nr', 'take', 'chosen'), column('Bild', 'scene', 'likely')] },
      'odd.csv': { columns: [column('Nr', 'mood-of-the-day', 'chosen')] },
    };
    expect(chosenBefore(mappings, 'day1.csv', [])).toEqual([{ heading: 'Nr', meaning: 'take' }]);
    expect(chosenBefore(mappings, 'day2.csv', [['Day 2'], ['nr.', 'BILD', '']])).toEqual([
      { heading: 'Nr', meaning: 'take' },
    ]);
    expect(chosenBefore(mappings, 'day2.csv', [['Nr', 'Szene']])).toEqual([]);
    expect(chosenBefore(mappings, 'odd.csv', [])).toEqual([{ heading: 'Nr', meaning: null }]);
  });

  it('of a heading that stands there twice is used in order', () => {
    const chosen = [
      { heading: 'Roll', meaning: 'reel' as const },
      { heading: 'Roll', meaning: 'sound-roll' as const },
    ];
    expect(proposeColumns(['Roll', 'Roll'], [], { chosen }).map((column) => column.meaning)).toEqual([
      'reel',
      'sound-roll',
    ]);
  });
});
