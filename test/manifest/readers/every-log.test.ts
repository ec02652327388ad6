/** The laws of every reader of log sheets: every filled row comes out, and no text makes one throw. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { LogSheet } from '../../../manifest/documents/log.ts';
import type { Reader } from '../../../manifest/readers/reader.ts';
import { LOGS } from './log-stage.ts';

const rows = (reader: Reader<LogSheet>, text: string) => reader.read(text, { name: 'x.csv' }).value.rows;

describe('every reader of log sheets', () => {
  /** A sheet each reader takes for its own, with a number of rows below its headings. */
  const SAMPLES: Record<string, (cells: string[][]) => string> = {
    'csv-log': (cells) => Papa.unparse([['Scene', 'Take', 'Notes', 'Status'], ...cells]),
    'sound-report': (cells) =>
      `SOUND REPORT\n\n${Papa.unparse([['File Name', 'Scene', 'Take', 'Channels'], ...cells])}`,
    'resolve-csv': (cells) => Papa.unparse([['File Name', 'Clip Directory', 'Scene', 'Take'], ...cells]),
    'frameio-csv': (cells) => Papa.unparse([['File', 'Commenter', 'Comment', 'Timecode'], ...cells]),
    'json-log': (cells) =>
      JSON.stringify(cells.map(([scene, take, notes, status]) => ({ scene, take, notes, status }))),
    ale: (cells) =>
      `Heading\nFPS\t25\n\nColumn\nName\tScene\tTake\tComments\n\nData\n${cells.map((row) => row.map((cell) => cell.replace(/[\t\r\n]/g, ' ')).join('\t')).join('\n')}\n`,
  };
  const cell = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '7',
      '1-3',
      '72A-3*',
      '"',
      ';',
      '\t',
      'WT 49',
      '01:00:00:00 x',
      '\n',
      '__proto__',
      'Scene',
      'A001C003-C009',
      '③',
    ),
  );

  it('has a sample here', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(LOGS.map((reader) => reader.id).sort());
  });

  it.each(LOGS.map((reader) => [reader.id, reader] as const))(
    '%s: every filled row comes out, whatever stands in it',
    (id, reader) => {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom('7', 'A001C003.mov'), cell, cell, cell), {
            minLength: 1,
            maxLength: 30,
          }),
          (cells) => {
            const text = SAMPLES[id]!(cells);
            expect(rows(reader, text)).toHaveLength(cells.length);
          },
        ),
      );
    },
  );

  it.each(LOGS.map((reader) => [reader.id, reader] as const))('%s: no text makes it throw', (_id, reader) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            'Scene',
            'Take',
            ',',
            ';',
            '\t',
            '"',
            '\n',
            '\r',
            'SOUND REPORT',
            'File Name',
            '{',
            '[',
            '}',
            ']',
            ':',
            '"records"',
            'Heading',
            'Column',
            'Data',
            '\0',
            '7',
          ),
          { maxLength: 60 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        reader.looksLike(given);
        const { value } = reader.read(given, { name: 'x' });
        for (const row of value.rows) expect(Array.isArray(row.notes)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
